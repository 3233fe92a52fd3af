/**
 * Removing words for good from a name: of a person, an agency, a group, an account. First it is said where they stand. Fetched when it is opened.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { withSession } from '../../store.js';
import { AWAY, REDACT, REDACT_WHY, SIGN_IN_TO_SAVE, WORDS_TO_REMOVE, WORDS_TO_REMOVE_HINT } from '../../words/updates/acts.js';
import * as said from '../../words/admin/names.js';
import { Words, useAct } from '../forms/acts.js';
import { SmallForm } from '../forms/small-form.js';

/** @typedef {{body: {words: string, reason: string}, found: {where: string, count: number}[]}} Found */

/** Where they stand, or in a sentence why that cannot be said. @param {string} path @param {Found['body']} body */
async function look(path, body) {
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  // Nothing is kept, so nothing is asked about yet.
  const sent = { ...body, preview: true, confirm_no_case_data: true };
  try {
    const answer = await withSession(() => request('POST', `${path}/redaction`, { body: sent, headers }), SIGN_IN_TO_SAVE);
    return { found: answer?.data.found ?? null, problem: '' };
  } catch (why) {
    if (!(why instanceof Problem)) throw why;
    return { found: null, problem: why.status && why.status < 500 ? why.errors[0]?.detail ?? why.detail : AWAY };
  }
}

/** @param {{path: string, name: string, onChanged: () => void}} props `path` of the thing, `name` as it is called now */
export default function RedactNames({ path, name, onChanged }) {
  const { act, ...state } = useAct(said.REDACTED, onChanged);
  const [found, setFound] = useState(/** @type {Found | null} */ (null));
  const [problem, setProblem] = useState('');
  const [looking, setLooking] = useState(false);
  const id = `redact${path.replaceAll('/', '-')}`;
  /** @param {Record<string, any>} data */
  const send = async (data) => {
    if (looking) return false;
    const body = { words: data.words.trim(), reason: data.reason.trim() };
    if (found && found.body.words === body.words && found.body.reason === body.reason) return act('POST', `${path}/redaction`, body);
    setLooking(true);
    const answer = await look(path, body);
    setLooking(false);
    setProblem(answer.problem);
    setFound(answer.found && { body, found: answer.found });
    return false;
  };
  return html`<${SmallForm} id=${id} class="admin-form" button=${found ? REDACT : said.LOOK} doing=${looking ? said.LOOKING : undefined} state=${{ ...state, busy: looking || state.busy, problem: problem || state.problem }} onSend=${send}>
    <p class="hint">${said.HINT}</p>
    <div class="field"><label for=${`${id}-words`}>${WORDS_TO_REMOVE}</label><p class="hint" id=${`${id}-hint`}>${WORDS_TO_REMOVE_HINT}</p>
      <input id=${`${id}-words`} name="words" autocomplete="off" minlength="3" required defaultValue=${name} aria-describedby=${`${id}-hint`} /></div>
    <${Words} id=${`${id}-why`} name="reason" label=${REDACT_WHY} required=${true} />
    <div role="status">${found && html`<p><b>${said.STANDS}</b></p>
      <ul>${found.found.map((one) => html`<li key=${one.where}>${said.standsIn(one.where, one.count)}</li>`)}</ul>`}</div><//>`;
}
