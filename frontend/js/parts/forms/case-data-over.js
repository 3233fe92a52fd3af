/**
 * The same question over the page, for an administrator's notes: sent, asked about, and sent again when they are about no child.
 */
import { html, useLayoutEffect, useRef } from '../../core.js';
import { Problem } from '../../api.js';
import { CaseData } from './case-data.js';
import { askOver } from '../shell/over.js';
import { CHANGE_THEM, TITLE } from '../../words/privacy/case-data.js';

/**
 * Send a body whose words may be asked about.
 * @template T
 * @param {(body: any) => Promise<T>} send
 * @param {any} body
 * @returns {Promise<T>}
 */
export async function sendWatched(send, body) {
  try {
    return await send(body);
  } catch (why) {
    if (!(why instanceof Problem) || why.code !== 'case-data-suspected') throw why;
    if (await askOver(() => undefined, Asked, { warnings: why.warnings })) return send({ ...body, confirm_no_case_data: true });
    why.detail = CHANGE_THEM(why.warnings.map((one) => one.detail));
    throw why;
  }
}

/** @param {{warnings: any[], done: (ok: boolean) => void}} props */
function Asked({ warnings, done }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const goOn = useRef(false);
  const close = () => dialog.current?.close();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="seen-title" onClose=${() => done(goOn.current)}>
    <h2 id="seen-title">${TITLE}</h2>
    <${CaseData} verb="saved" warnings=${warnings} onClose=${close} onGoOn=${() => { goOn.current = true; close(); }} /></dialog>`;
}
