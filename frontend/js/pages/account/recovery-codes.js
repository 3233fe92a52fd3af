/**
 * Recovery codes: shown once, to copy, print or keep as a file; later only how many are left.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { notice } from '../../store.js';
import { plural } from '../../words.js';

/** @param {{factors: import('../../types.js').Factors, codes: string[], kept: () => void, changed: (said: string, codes?: string[]) => void}} props */
export default function RecoveryCodes({ factors, codes, kept, changed }) {
  const [problem, setProblem] = useState('');
  if (codes.length) return html`<${Shown} codes=${codes} kept=${kept} />`;
  if (!factors.totp && !factors.passkeys.length) return null;
  const renew = async () => {
    setProblem('');
    try {
      const { data } = await request('POST', '/me/recovery-codes');
      changed('New recovery codes. Keep them now.', data.recovery_codes);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code !== 'confirmation-needed') setProblem(why.status ? why.detail : 'The server did not answer. Try again in a moment.');
    }
  };
  const left = factors.recovery_codes;
  return html`<section class="panel" aria-labelledby="codes-title"><h2 id="codes-title">Recovery codes</h2>
    <p>${left ? `You have ${plural(left, 'code')} left. Each works once, when you have lost your phone.`
    : 'You have none. Without them, a lost phone means waiting for the business manager.'}</p>
    <p class="wrong" role="alert">${problem}</p>
    <button class="button is-second" onClick=${renew}>${left ? 'Make new codes' : 'Make recovery codes'}</button>
    ${left > 0 && html`<p class="muted">The old ones end then.</p>`}</section>`;
}

/** @param {{codes: string[], kept: () => void}} props */
function Shown({ codes, kept }) {
  const title = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { title.current?.focus(); }, [codes]);
  const text = `Partnership Plan: recovery codes\nEach works once.\n\n${codes.join('\n')}\n`;
  const copy = () => navigator.clipboard.writeText(text).then(
    () => { notice.value = 'Codes copied'; }, () => { notice.value = 'This browser did not let them be copied'; });
  const download = () => {
    const href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    Object.assign(document.createElement('a'), { href, download: 'recovery-codes.txt' }).click();
    URL.revokeObjectURL(href);
  };
  return html`<section class="panel" aria-labelledby="codes-title"><h2 id="codes-title" tabindex="-1" ref=${title}>Keep these recovery codes now</h2>
    <p>They are shown this once. Each signs you in once when you have lost your phone. Keep them where your phone is not.</p>
    <ol class="codes">${codes.map((code) => html`<li key=${code}>${code}</li>`)}</ol>
    <div class="buttons no-print"><button class="button is-second" onClick=${copy}>Copy</button>
      <button class="button is-second" onClick=${() => print()}>Print</button>
      <button class="button is-second" onClick=${download}>Download as text</button>
      <button class="button" onClick=${kept}>I have kept them</button></div></section>`;
}
