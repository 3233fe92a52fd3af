/**
 * The dialog over the page when the session has ended while somebody was writing.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem } from '../../api.js';
import { NoPasskey, hasPasskeys, signInByPasskey } from './passkeys.js';
import { askOver } from '../shell/over.js';
import { signIn } from './session.js';
import { me } from '../../store.js';
import { SIGN_IN_TO_POST } from '../../words.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import * as words from '../../words/accounts/sign-in.js';

/** @param {(name: string) => unknown} loadSheet @param {string} why the heading, such as "Sign in again to post" */
export const ask = (loadSheet, why) => askOver(loadSheet, SignInAgain, { why });

/** @param {{why: string, done: (ok: boolean) => void}} props */
function SignInAgain({ why: heading, done }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [methods, setMethods] = useState(/** @type {string[]} */ ([]));
  const said = heading === SIGN_IN_TO_POST ? words.again.post : words.again.save;
  const signedIn = useRef(false);
  const who = useRef(me.value?.account);
  const asksCode = methods.includes('code') || methods.includes('recovery');
  // Native and modal: the browser traps the focus, closes on Esc and gives the focus back; only then does it go.
  useLayoutEffect(() => { dialog.current?.showModal(); }, []);
  useLayoutEffect(() => { if (asksCode) document.getElementById('again-code')?.focus(); }, [asksCode]);
  /** @param {any} show */
  const enter = async (show) => {
    if (busy) return;
    setBusy(true);
    try {
      const found = await show();
      // What is written here is never sent under the name of somebody else.
      if (who.current && found.account.id !== who.current.id) location.reload();
      me.value = found;
      signedIn.current = true;
      dialog.current?.close();
    } catch (why) {
      if (why instanceof Problem && why.code === 'second-factor-required') setMethods(why.methods);
      setProblem(problemOf(why));
      document.getElementById(asksCode ? 'again-code' : 'again-password')?.focus();
    }
    setBusy(false);
  };
  /** @param {import('../../types.js').Sent} event */
  const submit = (event) => {
    event.preventDefault();
    const given = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(event.currentTarget)));
    enter(() => signIn(who.current?.email ?? '', given.password, given.code?.trim() || undefined));
  };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="again-title" onClose=${() => done(signedIn.current)}>
    <form onSubmit=${submit}><h2 id="again-title">${heading}</h2>
      <p>${said.WHY}</p>
      <input type="hidden" name="username" autocomplete="username" value=${who.current?.email} />
      <div class=${problem ? 'field is-wrong' : 'field'}><label for="again-password">${words.PASSWORD_OF(who.current?.name ?? '')}</label>
        <p class="wrong" role="alert" id="again-wrong">${problem}</p>
        <input id="again-password" name="password" type="password" autocomplete="current-password" required
          aria-describedby="again-wrong" aria-invalid=${problem && !asksCode ? 'true' : undefined} /></div>
      ${asksCode && html`<div class="field"><label for="again-code">${words.again.CODE}</label>
        <input id="again-code" name="code" type="text" inputmode=${methods.includes('code') ? 'numeric' : 'text'} autocomplete="one-time-code"
          spellcheck="false" required aria-describedby="again-wrong" /></div>`}
      <div class="buttons"><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.SIGNING_IN : said.GO_ON}</button>
        ${hasPasskeys() && html`<button type="button" class="button is-second" onClick=${() => enter(signInByPasskey)}>${words.again.USE_PASSKEY}</button>`}
        <button type="button" class="as-link" onClick=${() => dialog.current?.close()}>${said.NOT_NOW}</button></div>
    </form></dialog>`;
}

/** @param {unknown} why */
function problemOf(why) {
  if (why instanceof NoPasskey) return words.NO_PASSKEY;
  return why instanceof Problem && why.status ? why.detail : AWAY;
}
