/**
 * What was changed last on an action, in the words of its history, with an undo that stays until the next change.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { me, notice, withSession } from '../../store.js';
import { BOTH, DONE, NOT_UNDONE, SIGN_IN_AGAIN, SOMEBODY, UNDO, UNDOING, UNDONE, UNDO_WHAT } from '../../words/plan/edit-action.js';
import { CALLED } from '../../words/updates/action.js';
import { FACTS, changedFacts } from '../../rules/action.js';

/** @typedef {import('../../types.js').ActionDetail} ActionDetail */

/**
 * @param {{field: import('../../rules/action.js').FactName, before: ActionDetail, after: ActionDetail, onUndone: (answer: ActionDetail, etag: string | null) => void}} props
 *   the action as the form knew it, and as the server answered
 */
export function LastChange({ field, before, after, onUndone }) {
  const [entries, setEntries] = useState(/** @type {any[] | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const gone = useRef(false);
  const read = async () => {
    const { data } = await request('GET', `/actions/${after.id}/history?limit=20`);
    setEntries(data.data);
    return /** @type {any[]} */ (data.data);
  };
  /** @param {import('../../types.js').Entry[] | null} found */
  const mine = (found) => found?.find((one) => one.verb === FACTS[field].verb && one.by === me.value?.account.name);
  useEffect(() => {
    notice.value = DONE(field, after.number);
    read().then((found) => {
      const others = changedFacts(before, after).filter((other) => other !== field);
      if (others.length) setSaid(others.map((other) => BOTH(found.find((one) => one.verb === FACTS[other].verb)?.by ?? SOMEBODY, CALLED[other].what)).join(' '));
    }).catch(() => undefined); // the change is saved all the same; Undo asks again
  }, []);
  const undo = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const entry = mine(entries ?? await read());
      const headers = { 'Idempotency-Key': crypto.randomUUID() };
      const answer = await withSession(() => request('POST', `/journal/${entry?.id ?? 0}/undo`, { body: {}, headers }), SIGN_IN_AGAIN);
      if (!answer) return;
      gone.current = true;
      setSaid(UNDONE(after.number, CALLED[field].what));
      onUndone(answer.data, answer.etag);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      gone.current = why.status === 409;
      setSaid(why.status && why.status < 500 ? why.detail : NOT_UNDONE);
    } finally {
      setBusy(false);
    }
  };
  const sentence = gone.current ? '' : mine(entries)?.sentence ?? `${DONE(field, after.number)}.`;
  return html`<div class="last-change small">${sentence && html`<p>${sentence}</p>`}<p role="status">${said}</p>
    ${!gone.current && html`<button type="button" class="button is-second" aria-disabled=${busy ? 'true' : undefined} onClick=${undo}>${
  busy ? UNDOING : UNDO}<span class="unseen">${UNDO_WHAT(CALLED[field].what)}</span></button>`}</div>`;
}
