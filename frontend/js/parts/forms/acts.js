/**
 * Sending one act on an action besides posting; a refusal is shown in the server's words.
 */
import { html, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { notice, withSession } from '../../store.js';
import * as said from '../../words/updates/acts.js';

/**
 * Send one act; whatever was typed stays in its form until the server has taken it.
 * @param {string} done said when it worked
 * @param {() => void} onChanged
 */
export function useAct(done, onChanged) {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const confirmed = useRef(false);
  /** @param {string} method @param {string} path @param {unknown} body @param {string | null} [etag] */
  const act = async (method, path, body, etag) => {
    if (busy) return false;
    setBusy(true);
    setProblem('');
    setAsked(null);
    const sent = confirmed.current ? { .../** @type {object} */ (body), confirm_no_case_data: true } : body;
    confirmed.current = false;
    /** @type {Record<string, string>} */
    const headers = etag ? { 'If-Match': etag } : {};
    if (method === 'POST') headers['Idempotency-Key'] = crypto.randomUUID();
    try {
      if (!(await withSession(() => request(method, path, { body: sent, headers }), said.SIGN_IN_TO_SAVE))) return false;
      notice.value = done;
      onChanged();
      return true;
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      const box = why.code === 'case-data-suspected' && await import('./case-data.js').catch(() => null);
      if (box) setAsked({ Ask: box.AskInForm, warnings: why.warnings });
      else setProblem(wordsOf(why));
      if (why.status === 412) onChanged();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { act, problem, busy, asked, confirmed, forget: () => setAsked(null) };
}

/** @param {Problem} why */
function wordsOf(why) {
  if (why.status === 412) return why.detail;
  if (why.status === 0 || why.status >= 500) return said.AWAY;
  return why.errors.map((one) => one.detail).join(' ') || why.detail;
}

/** @param {any} props A labelled box for words. */
export const Words = ({ id, name, label, hint, required, rows = 2 }) => html`<div class="field"><label for=${id}>${label}</label>
  ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  <textarea id=${id} name=${name} rows=${rows} required=${required} aria-describedby=${hint ? `${id}-hint` : undefined}></textarea></div>`;
