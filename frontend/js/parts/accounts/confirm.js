/**
 * The dialog before something sensitive, when nothing was shown for ten minutes: a code or a passkey, or the password of who has neither.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { CodeField, Field, RecoveryField } from '../forms/fields.js';
import { NoPasskey, confirmationByPasskey, hasPasskeys } from './passkeys.js';
import { askOver } from '../shell/over.js';
import { me } from '../../store.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import * as words from '../../words/accounts/sign-in.js';

/** @param {(name: string) => unknown} loadSheet */
export const ask = (loadSheet) => askOver(loadSheet, Confirm);

/** @param {{done: (ok: boolean) => void}} props */
function Confirm({ done }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const confirmed = useRef(false);
  const [factors, setFactors] = useState(/** @type {import('../../types.js').Factors | null} */ (null));
  const [directory, setDirectory] = useState(''); // where somebody has nothing of ours to show
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    request('GET', '/me/factors').then(({ data }) => {
      setFactors(data);
      if (!data.password && !hasFactor(data)) return request('GET', '/auth/methods').then((found) => setDirectory(found.data.directory?.name ?? ''));
      return undefined;
    }).catch((why) => setProblem(said(why)));
  }, []);
  const byCode = Boolean(factors && hasFactor(factors));
  const field = byCode ? 'confirm-code' : 'confirm-password';
  useLayoutEffect(() => { if (factors) document.getElementById(field)?.focus(); }, [factors]);

  /** @param {any} body */
  const show = async (body) => {
    if (busy) return;
    setBusy(true);
    try {
      await request('POST', '/auth/confirm', { body: await body() });
      confirmed.current = true;
      dialog.current?.close();
    } catch (why) {
      setProblem(said(why));
      document.getElementById(field)?.focus();
    }
    setBusy(false);
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const typed = /** @type {HTMLInputElement} */ (document.getElementById(field))?.value ?? '';
    if (!typed.trim()) setProblem(byCode ? words.confirm.NO_CODE : words.confirm.NO_PASSWORD);
    else show(async () => (byCode ? { code: typed.trim() } : { password: typed }));
  };
  const problems = problem ? [{ field, text: problem }] : [];
  // A password alone is not taken of who has a factor: whoever stole it has that.
  const types = factors && (byCode ? factors.totp || factors.recovery_codes > 0 : factors.password);
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="confirm-title" onClose=${() => done(confirmed.current)}>
    <form onSubmit=${submit} novalidate><h2 id="confirm-title" tabindex="-1">${words.confirm.TITLE}</h2>
      <p>${words.confirm.WHY}</p>
      ${!types && html`<p class="wrong" role="alert">${problem}</p>`}
      <input type="hidden" name="username" autocomplete="username" value=${me.value?.account.email} />
      ${types && (byCode ? html`<${factors?.totp ? CodeField : RecoveryField} key="code" id="confirm-code" label=${factors?.totp ? words.CODE : words.RECOVERY}
      hint=${factors?.totp ? words.HINT_ANY_CODE : words.HINT_RECOVERY} problems=${problems} />`
    : html`<${Field} key="password" id="confirm-password" label=${words.PASSWORD_OF(me.value?.account.name ?? '')} type="password"
      autocomplete="current-password" problems=${problems} />`)}
      ${byCode && !types && html`<p>${words.confirm.ONLY_PASSKEY}</p>`}
      ${directory && html`<p>${words.confirm.BY_DIRECTORY(directory)}</p>`}
      <div class="buttons">${directory && html`<a class="button" href=${`/api/v1/auth/directory/start?next=${encodeURIComponent(location.pathname + location.search)}`}>
        ${words.confirm.DIRECTORY_AGAIN(directory)}</a>`}${types && html`<button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.CHECKING : words.confirm.CONFIRM}</button>`}
        ${factors && factors.passkeys.length > 0 && hasPasskeys() && html`<button type="button" class="button is-second"
          onClick=${() => show(confirmationByPasskey)}>${words.confirm.USE_PASSKEY}</button>`}
        <button type="button" class="as-link" onClick=${() => dialog.current?.close()}>${words.CANCEL}</button></div>
    </form></dialog>`;
}

/** @param {import('../../types.js').Factors} factors */
const hasFactor = ({ totp, passkeys }) => Boolean(totp) || passkeys.length > 0;

/** @param {unknown} why */
function said(why) {
  if (why instanceof NoPasskey) return words.NO_PASSKEY;
  return why instanceof Problem && why.status ? why.detail : AWAY;
}
