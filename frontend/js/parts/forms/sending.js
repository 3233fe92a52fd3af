/**
 * Sending what a form holds: once at a time, asked about when its words look like case data, again after the password when the session has
 * ended, and with one key for the same words, so that an answer that was lost costs no second entry.
 */
import { useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { reload, withSession } from '../../store.js';
import { LOST, SIGN_IN_TO_SAVE } from '../../words/people/directory.js';
import { sendWatched } from './case-data-over.js';

/** @typedef {{field: string, text: string}} Wrong */
/** @typedef {(body: any, headers: Record<string, string>) => Promise<{data: any, etag: string | null}>} Sender */

/** `send` answers null where another is under way or the person did not sign in; it throws the server's Problem. */
export function useSending() {
  const [busy, setBusy] = useState(false);
  const under = useRef(false); // at once, where `busy` is only known to the next drawing
  const sent = useRef({ asked: '', key: '' });
  /**
   * @param {string} method
   * @param {string} path
   * @param {any} body
   * @param {{etag?: string | null, why?: string, sender?: Sender}} [how] `etag` of what is changed, as it was read; `why`: the heading of
   *   the dialog that asks for the password; `sender` in the place of the plain request
   */
  const send = async (method, path, body, how = {}) => {
    const { etag, why = SIGN_IN_TO_SAVE, sender = (watched, headers) => request(method, path, { body: watched, headers }) } = how;
    if (under.current) return null;
    under.current = true;
    setBusy(true);
    const asked = JSON.stringify([method, path, body]);
    if (sent.current.asked !== asked) sent.current = { asked, key: crypto.randomUUID() };
    /** @type {Record<string, string>} */
    const headers = { ...(etag ? { 'If-Match': etag } : {}), ...(method === 'POST' ? { 'Idempotency-Key': sent.current.key } : {}) };
    try {
      return await withSession(() => sendWatched((watched) => sender(watched, headers), body), why);
    } catch (problem) {
      // A key that was taken by other words has to be another one the next time.
      if (problem instanceof Problem && problem.code === 'idempotency-key-reused') sent.current.asked = '';
      throw problem;
    } finally {
      under.current = false;
      setBusy(false);
    }
  };
  return { send, busy };
}

/**
 * The same for a form of a few fields that is sent whole: what went wrong stands beside its fields.
 * @param {string} field where a problem goes that is about no field
 * @param {Record<string, string>} [fieldOf] the id of the field for the first step of a pointer
 */
export function useSend(field, fieldOf = {}) {
  const [wrong, setWrong] = useState(/** @type {Wrong[]} */ ([]));
  const { send: sendIt, busy } = useSending();
  /** @param {string} method @param {string} path @param {any} body @param {string} why @returns {Promise<any>} the answer, or null */
  const send = async (method, path, body, why) => {
    setWrong([]);
    try {
      const answer = await sendIt(method, path, body, { why });
      if (answer) reload(); // the plan shows it too
      return answer && (answer.data ?? true);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      setWrong(wrongOf(problem, field, (pointer) => fieldOf[pointer.split('/')[1]]));
      return null;
    }
  };
  return { send, busy, wrong, setWrong };
}

/**
 * What was refused, at its fields.
 * @param {Problem} problem
 * @param {string} field where a problem goes that is about no field
 * @param {(pointer: string) => string | undefined} fieldOf the field for the pointer of an error
 * @returns {Wrong[]}
 */
export function wrongOf(problem, field, fieldOf) {
  if (!problem.status || problem.status >= 500) return [{ field, text: LOST }];
  if (!problem.errors.length) return [{ field, text: problem.detail }];
  return problem.errors.map((one) => ({ field: fieldOf(one.pointer) || field, text: one.detail }));
}
