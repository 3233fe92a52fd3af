/**
 * Sign in: by passkey, or by e-mail and password and, where the account has one, the code of a second factor.
 * Password managers and pasting are welcome; there is no puzzle.
 */
import { html, useLayoutEffect, useRef, useState } from '../core.js';
import { Problem } from '../api.js';
import { ErrorSummary, H1 } from '../parts/bits.js';
import { DirectoryProblem, DirectorySignIn } from '../parts/accounts/directory-sign-in.js';
import { CodeField, Field, RecoveryField } from '../parts/forms/fields.js';
import { NoPasskey, hasPasskeys, signInByPasskey } from '../parts/accounts/passkeys.js';
import { signIn } from '../parts/accounts/session.js';
import { loadPlan, me, state } from '../store.js';
import { navigate, route } from '../router.js';
import { localPath } from '../rules/addresses.js';
import { AWAY } from '../words/accounts/sign-in.js';
import * as words from '../words/accounts/sign-in.js';

/** The page at "/sign-in". */
export default function SignIn() {
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState('');
  const [shown, setShown] = useState(false);
  /** How this account goes on after its password; empty before. */
  const [methods, setMethods] = useState(/** @type {string[]} */ ([]));
  const [recovering, setRecovering] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const next = route.value.query.get('next');
  const second = methods.length > 0;
  const typesCode = methods.includes('code') || methods.includes('recovery');
  const field = !second ? 'email' : recovering ? 'recovery' : typesCode ? 'code' : 'passkey';
  useLayoutEffect(() => { if (second) document.getElementById(field)?.focus(); }, [second, recovering]);

  /** @param {any} how @param {any} show */
  const enter = async (how, show) => {
    if (busy) return;
    setProblems([]);
    setBusy(how);
    try {
      me.value = await show();
      state.value = 'starting';
      // Those who came by no particular address start where their work is.
      const home = ['contributor', 'lead_officer'].includes(me.value?.account.role ?? '') ? '/my' : '/';
      navigate(localPath(next, home), { replace: true });
      await loadPlan();
    } catch (why) {
      refuse(why, how);
      setBusy('');
    }
  };
  /** @param {any} why @param {any} how */
  const refuse = (why, how) => {
    if (why instanceof NoPasskey) return setProblems([{ field: 'passkey', text: words.NO_PASSKEY }]);
    if (!(why instanceof Problem)) throw why;
    if (why.code === 'second-factor-needed') return undefined; // its page is open
    if (me.value) state.value = 'failed'; // signed in, but the plan did not come
    if (why.code === 'second-factor-required') {
      setRecovering(!why.methods.includes('code') && why.methods.includes('recovery'));
      return setMethods(why.methods);
    }
    return setProblems([{ field: how === 'passkey' ? 'passkey' : field, text: why.status === 0 ? AWAY : words.REFUSED(why.title, why.detail) }]);
  };
  /** @param {import('../types.js').Sent} event */
  const submit = (event) => {
    event.preventDefault();
    const given = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(event.currentTarget)));
    const code = second ? (recovering ? given.recovery : given.code) ?? '' : undefined;
    const missing = [
      ...(given.email.trim() ? [] : [{ field: 'email', text: words.NO_EMAIL }]),
      ...(given.password ? [] : [{ field: 'password', text: words.NO_PASSWORD }]),
      ...(code === undefined || code.trim() ? [] : [{ field, text: recovering ? words.NO_RECOVERY : words.NO_CODE }]),
    ];
    setProblems(missing);
    if (!missing.length) enter('password', () => signIn(given.email.trim(), given.password, code?.trim()));
  };
  const back = () => {
    setProblems([]);
    setMethods([]);
    setTimeout(() => document.getElementById('password')?.focus());
  };
  const passkey = hasPasskeys() && (!second || methods.includes('passkey')) && html`<div class=${problems.some((one) => one.field === 'passkey') ? 'field is-wrong' : 'field'}>
    <button type="button" id="passkey" class=${second && typesCode ? 'button is-second' : 'button'} aria-disabled=${busy ? 'true' : undefined}
      onClick=${() => enter('passkey', signInByPasskey)}>${busy === 'passkey' ? words.WAITING : words.BY_PASSKEY}</button></div>`;
  return html`<div class="page sign-in"><${H1} title=${words.SIGN_IN}>${words.SIGN_IN}<//>
    ${next && !problems.length && !second && html`<p>${words.TO_GO_ON}</p>`}
    <${DirectoryProblem} />
    <form class="panel" ref=${form} onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      ${!second && passkey && html`${passkey}<p class="muted or">${words.OR_PASSWORD}</p>`}
      <div class="steps" hidden=${second}>
        <${Field} id="email" label=${words.EMAIL} type="email" autocomplete="username" spellcheck="false" problems=${problems} />
        <${Field} id="password" label=${words.PASSWORD} type=${shown ? 'text' : 'password'} autocomplete="current-password" problems=${problems}>
          <label class="check is-bare"><input type="checkbox" checked=${shown} onChange=${() => setShown(!shown)} />${words.SHOW_PASSWORD}</label><//></div>
      ${second && html`<p role="status">${typesCode ? words.ONE_MORE_STEP : words.PASSKEY_NEEDED}</p>`}
      ${second && typesCode && (recovering ? html`<${RecoveryField} key="recovery" id="recovery" label=${words.RECOVERY} hint=${words.HINT_RECOVERY} problems=${problems} />`
    : html`<${CodeField} key="code" id="code" label=${words.CODE} hint=${words.HINT_CODE} problems=${problems} />`)}
      ${(!second || typesCode) && html`<button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy === 'password' ? words.SIGNING_IN : words.SIGN_IN}</button>`}
      ${second && passkey}
      ${second && html`<div class="buttons">${methods.includes('code') && methods.includes('recovery') && html`<button type="button" class="as-link"
        onClick=${() => { setProblems([]); setRecovering(!recovering); }}>${recovering ? words.USE_CODE : words.USE_RECOVERY}</button>`}
        <button type="button" class="as-link" onClick=${back}>${words.BACK}</button></div>`}</form>
    ${!second && html`<p><a href="/reset">${words.FORGOTTEN}</a></p><${DirectorySignIn} />`}
    <p class="muted">${second ? words.LOST_DEVICE : words.NO_ACCOUNT}</p></div>`;
}
