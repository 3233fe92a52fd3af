/**
 * What the screens of duplicates and handover share: reading lists to their end, sending without losing words, what went wrong.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { sendWatched } from './case-data-over.js';
import { goToSignIn, notice, online, reload, withSession } from '../store.js';
import { OPENING } from '../words.js';
import * as words from '../words/directory.js';

/** @typedef {{field: string, text: string}} Wrong */

const MOST_PAGES = 30; // 6,000 people; a directory is not longer than that

/**
 * A list with all its pages.
 * @param {string} path
 * @returns {Promise<any[]>}
 */
export async function readAll(path) {
  /** @type {any[]} */
  const found = [];
  for (let next = path, turn = 0; next && turn < MOST_PAGES; turn += 1) {
    const { data } = await request('GET', next);
    found.push(...data.data);
    next = data.links.next;
  }
  return found;
}

/**
 * Something read from the server when the screen opens, and again when asked for.
 * @template T
 * @param {() => Promise<T>} read
 * @returns {{data: T | null, problem: Problem | null, again: () => Promise<void>}}
 */
export function useAnswer(read) {
  const [found, setFound] = useState(/** @type {{data: any, problem: Problem | null}} */ ({ data: null, problem: null }));
  const again = async () => {
    try {
      const data = await read();
      setFound({ data, problem: null });
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.status === 401) goToSignIn();
      setFound((now) => ({ ...now, problem: why }));
    }
  };
  useEffect(() => { again(); }, []);
  return { ...found, again };
}

/** Why there is nothing to see, and what to do. @param {{problem: Problem | null, again: () => void}} props */
export function Waiting({ problem, again }) {
  if (!problem) return html`<p role="status">${OPENING}</p>`;
  const known = problem.status === 404 || problem.status === 409;
  const title = known ? words.NOT_HERE : online.value ? words.NO_ANSWER : words.OFFLINE;
  return html`<div class="panel empty" role="alert"><h2>${title}</h2>
    <p>${problem.status ? problem.detail : words.PAGE_NEEDS_SERVER}
    ${!known && html` <button class="as-link" onClick=${again}>${words.TRY_AGAIN}</button>`}</p></div>`;
}

/**
 * Sending: once at a time, with a key that stays until the words are others, and what went wrong beside the fields.
 * @param {string} field where a problem goes that is about no field
 * @param {Record<string, string>} [fieldOf] the id of the field for the first step of a pointer
 */
export function useSend(field, fieldOf = {}) {
  const [wrong, setWrong] = useState(/** @type {Wrong[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const sent = useRef({ asked: '', key: '' });
  /** @param {string} method @param {string} path @param {any} body @param {string} why @returns {Promise<any>} the answer, or null */
  const send = async (method, path, body, why) => {
    if (busy) return null;
    setBusy(true);
    setWrong([]);
    const asked = JSON.stringify([method, path, body]);
    if (sent.current.asked !== asked) sent.current = { asked, key: crypto.randomUUID() };
    try {
      const headers = { 'Idempotency-Key': sent.current.key };
      const answer = await withSession(() => sendWatched((watched) => request(method, path, { body: watched, headers }), body), why);
      if (answer) reload(); // the plan shows it too
      return answer && (answer.data ?? true);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      setWrong(wordsOf(problem, field, fieldOf));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, wrong, setWrong };
}

/** @param {Problem} problem @param {string} field @param {Record<string, string>} fieldOf @returns {Wrong[]} */
function wordsOf(problem, field, fieldOf) {
  if (!problem.status || problem.status >= 500) {
    return [{ field, text: words.LOST }];
  }
  if (!problem.errors.length) return [{ field, text: problem.detail }];
  return problem.errors.map((one) => ({ field: fieldOf[one.pointer.split('/')[1]] ?? field, text: one.detail }));
}

/** Say what was done. @param {string} said */
export const say = (said) => { notice.value = said; };
