/**
 * Reading for the screens of the directory and the plan's settings: once when they open, again when asked for, a list to its end, and what
 * is said while there is nothing to see.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { goToSignIn, online } from '../store.js';
import { OPENING } from '../words.js';
import * as words from '../words/people/directory.js';

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
 * Something read from the server when the screen opens, again when asked for, and when `of` is another. What was read stays when reading
 * it again fails: `problem` says why.
 * @template T
 * @param {() => Promise<T>} read
 * @param {string} [of] what it is read of
 * @returns {{data: T | null, problem: Problem | null, busy: boolean, again: (other?: () => Promise<T>) => Promise<void>}}
 */
export function useAnswer(read, of = '') {
  const [found, setFound] = useState(/** @type {{of: string | null, data: any, problem: Problem | null}} */ ({ of: null, data: null, problem: null }));
  const asked = useRef(of);
  const again = async (other = read) => {
    asked.current = of;
    // A later question may have been asked meanwhile: its answer is the one that is shown.
    /** @param {any} next */
    const show = (next) => { if (asked.current === of) setFound(next); };
    try {
      const data = await other();
      show({ of, data, problem: null });
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.status === 401) goToSignIn();
      show((/** @type {{of: string | null, data: any}} */ now) => ({ of, data: now.of === of ? now.data : null, problem: why }));
    }
  };
  useEffect(() => { again(); }, [of]);
  return { data: found.data, problem: found.problem, busy: found.of !== of, again };
}

/**
 * Read an address, and again when it changes. A list goes on with `more`.
 * @param {string} path
 */
export function useRead(path) {
  const { data: answer, again, ...found } = useAnswer(() => request('GET', path), path);
  const more = () => again(async () => {
    const { data, ...rest } = await request('GET', answer?.data.links.next);
    return { ...rest, data: { ...data, data: [...answer?.data.data, ...data.data] } };
  });
  return { ...found, data: answer?.data ?? null, etag: answer?.etag ?? null, again: () => again(), more };
}

/** @typedef {ReturnType<typeof useRead>} Reading */

/** Why there is nothing to see, and what to do. @param {{problem: Problem | null, again: () => void}} props */
export function Trouble({ problem, again }) {
  if (!problem) return html`<p role="status">${OPENING}</p>`;
  const gone = problem.status === 404 || problem.status === 409;
  const title = gone ? words.NOT_THERE : online.value ? words.NO_ANSWER : words.OFFLINE;
  return html`<div class="panel empty" role="alert"><h2>${title}</h2><p>${problem.status ? problem.detail : words.NEEDS_SERVER}
    ${!gone && html` <button class="as-link" onClick=${() => again()}>${words.TRY_AGAIN}</button>`}</p></div>`;
}
