/**
 * Recovery codes: shown once, to copy, print or keep as a file; later only how many are left.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { notice } from '../../store.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import { codes as words } from '../../words/accounts/security.js';

/** @param {{factors: import('../../types.js').Factors, codes: string[], kept: () => void, changed: (said: string, codes?: string[]) => void}} props */
export default function RecoveryCodes({ factors, codes, kept, changed }) {
  const [problem, setProblem] = useState('');
  if (codes.length) return html`<${Shown} codes=${codes} kept=${kept} />`;
  if (!factors.totp && !factors.passkeys.length) return null;
  const renew = async () => {
    setProblem('');
    try {
      const { data } = await request('POST', '/me/recovery-codes');
      changed(words.MADE, data.recovery_codes);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code !== 'confirmation-needed') setProblem(why.status ? why.detail : AWAY);
    }
  };
  const left = factors.recovery_codes;
  return html`<section class="panel" aria-labelledby="codes-title"><h2 id="codes-title">${words.TITLE}</h2>
    <p>${left ? words.LEFT(left) : words.NONE}</p>
    <p class="wrong" role="alert">${problem}</p>
    <button class="button is-second" onClick=${renew}>${left ? words.RENEW : words.MAKE}</button>
    ${left > 0 && html`<p class="muted">${words.OLD_END}</p>`}</section>`;
}

/** @param {{codes: string[], kept: () => void}} props */
function Shown({ codes, kept }) {
  const title = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => { title.current?.focus(); }, [codes]);
  const text = words.FILE(codes);
  const copy = () => navigator.clipboard.writeText(text).then(
    () => { notice.value = words.COPIED; }, () => { notice.value = words.NOT_COPIED; });
  const download = () => {
    const href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    Object.assign(document.createElement('a'), { href, download: words.FILE_NAME }).click();
    URL.revokeObjectURL(href);
  };
  return html`<section class="panel" aria-labelledby="codes-title"><h2 id="codes-title" tabindex="-1" ref=${title}>${words.KEEP}</h2>
    <p>${words.ABOUT}</p>
    <ol class="codes">${codes.map((code) => html`<li key=${code}>${code}</li>`)}</ol>
    <div class="buttons no-print"><button class="button is-second" onClick=${copy}>${words.COPY}</button>
      <button class="button is-second" onClick=${() => print()}>${words.PRINT}</button>
      <button class="button is-second" onClick=${download}>${words.DOWNLOAD}</button>
      <button class="button" onClick=${kept}>${words.KEPT}</button></div></section>`;
}
