/**
 * Acknowledging a contributor's update in one press. Fetched with the press.
 */
import { Problem, request } from '../../api.js';
import { notice, withSession } from '../../store.js';
import { AWAY, SIGN_IN_TO_SAVE, answered } from '../../words/updates/acts.js';

/**
 * @param {{update: import('../../types.js').Update, onChanged: () => void}} what
 * @returns {Promise<string>} what went wrong; nothing when it is done, or when the person chose not to sign in now
 */
export default async function acknowledge({ update, onChanged }) {
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  const send = () => request('POST', `/updates/${update.id}/acknowledgement`, { body: { state: 'acknowledged' }, headers });
  try {
    if (!(await withSession(send, SIGN_IN_TO_SAVE))) return '';
  } catch (why) {
    if (!(why instanceof Problem)) throw why;
    return why.status === 0 || why.status >= 500 ? AWAY : why.detail;
  }
  notice.value = answered(update.author.name);
  onChanged();
  return '';
}
