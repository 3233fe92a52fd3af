/**
 * The only file that calls fetch(). It keeps the session going: the tokens are HttpOnly cookies the page never sees,
 * the CSRF value lives in memory (or in the readable cookie the server sets beside the other two).
 */

const BASE = '/api/v1';
const PATIENCE = 20_000; // a meeting room's wireless is slow, but nobody waits longer than this
/** The session is over for good: nothing of it stays on this device. */
const ENDED = ['session-revoked', 'unauthenticated', 'invalid-token'];

let csrf = '';
let account = ''; // whose session this page works in
let freshUntil = 0; // in the monotonic clock of the page; 0 = not known
/** @type {Promise<void> | null} */
let refreshing = null;

/** What the page does when told so; confirm and signIn ask, and say whether to repeat; release hears which one serves. @type {Record<string, (why?: any) => any>} */
export const told = {};

/** An answer of 400 or more, or no answer at all (status 0). */
export class Problem extends Error {
  /**
   * @param {number} status 0 when the server did not answer
   * @param {any} body problem+json, or null
   * @param {string | null} etag
   */
  constructor(status, body, etag) {
    super(body?.detail ?? '');
    this.status = status;
    this.code = /** @type {string} */ (body?.code ?? (status ? 'unknown' : 'no-answer'));
    this.title = /** @type {string} */ (body?.title ?? '');
    this.detail = /** @type {string} */ (body?.detail ?? '');
    this.errors = /** @type {{pointer: string, code: string, detail: string}[]} */ (body?.errors ?? []);
    this.current = /** @type {import('./types.js').ActionDetail | undefined} */ (body?.current);
    this.original = /** @type {import('./types.js').Update | undefined} */ (body?.original);
    this.methods = /** @type {string[]} */ (body?.methods ?? []);
    this.whoCan = /** @type {string} */ (body?.who_can ?? '');
    this.warnings = /** @type {import('./types.js').CaseDataWarning[]} */ (body?.warnings ?? []);
    this.clashes = /** @type {{field: string, by: string, at: string, value: any}[]} */ (body?.clashes ?? []);
    this.etag = etag;
  }
}

/**
 * Remember whose session it is, its CSRF value and how long the access token lasts.
 * @param {{csrf_token?: string | null, expires_in?: number, account?: {id: string}}} answer
 */
export function keepSession(answer) {
  if (answer.account) account = answer.account.id;
  if (answer.csrf_token) csrf = answer.csrf_token;
  if (answer.expires_in) freshUntil = performance.now() + answer.expires_in * 1000;
}

/** Forget what belongs to the session, at sign-out. */
export function dropSession() {
  csrf = '';
  account = '';
  freshUntil = 0;
}

const csrfCookie = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/)?.[1] ?? '';

/**
 * Whether somebody may be signed in here. Asked first, so that a stranger is shown the sign-in page without a refused
 * request; a wrong yes costs one request.
 * @returns {boolean}
 */
export const maybeSignedIn = () => csrf !== '' || csrfCookie() !== '';

/**
 * One request on the wire, for whoever looks after the session themselves.
 * @param {string} method
 * @param {string} path below /api/v1, or a whole local address from `links`
 * @param {{body?: unknown, headers?: Record<string, string>, file?: boolean}} options `file`: the data is wanted as a Blob
 * @returns {Promise<{data: any, etag: string | null, status: number}>}
 */
export async function send(method, path, { body, headers = {}, file = false }) {
  /** @type {Record<string, string>} */
  const all = { Accept: 'application/json', ...headers };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  if (method !== 'GET') all['X-CSRF-Token'] = csrf || csrfCookie();
  let answer;
  try {
    answer = await fetch(path.startsWith('/api/') ? path : BASE + path, {
      method, headers: all, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Problem(0, null, null);
  }
  told.release?.(answer.headers.get('Client-Release') ?? '');
  const etag = answer.headers.get('ETag');
  const data = await bodyOf(answer, file);
  if (ENDED.includes(data?.code)) told.ended();
  if (!answer.ok && answer.status !== 304) throw new Problem(answer.status, data, etag);
  return { data, etag, status: answer.status };
}

/** What an answer holds. One that breaks off, and a success that is not ours (a network's own sign-in page), are no answer. @param {Response} answer @param {boolean} file */
async function bodyOf(answer, file) {
  try {
    if (file && answer.ok) return await answer.blob();
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  } catch (why) {
    if (why instanceof SyntaxError && !answer.ok) return null;
    throw new Problem(0, null, null);
  }
}

/** Ask for a new access token; one request however many are waiting for it. @returns {Promise<void>} */
function refresh() {
  refreshing ??= (async () => {
    try {
      keepSession((await send('POST', '/auth/refresh', {})).data);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'refresh-superseded') throw problem;
      // Another tab was quicker; its cookies are ours too once they have arrived.
      await new Promise((resolve) => setTimeout(resolve, 400));
    } finally {
      refreshing = null;
    }
  })();
  return refreshing;
}

/** Writes on their way. @type {Map<string, Promise<{data: any, etag: string | null, status: number}>>} */
const going = new Map();

/**
 * A request that looks after the session: it refreshes a token about to expire, and once more when told that it has.
 * A write that is asked for again before its answer is the same write: a double click does nothing twice.
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, headers?: Record<string, string>, file?: boolean}} [options]
 * @returns {Promise<{data: any, etag: string | null, status: number}>}
 * @throws {Problem}
 */
export function request(method, path, options = {}) {
  const same = method === 'GET' ? '' : JSON.stringify([method, path, options.body]);
  const already = going.get(same);
  if (already) return already;
  const answer = ask(method, path, options);
  if (same) going.set(same, answer.finally(() => going.delete(same)));
  return going.get(same) ?? answer;
}

/** @param {string} method @param {string} path @param {any} options */
async function ask(method, path, options) {
  if (freshUntil && performance.now() > freshUntil - 60_000) await refresh().catch(() => undefined);
  try {
    return await send(method, path, options);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 401 && problem.code === 'token-expired') {
      await refresh().catch((why) => { throw why.status ? problem : why; });
      return send(method, path, options);
    }
    if (problem.code === 'csrf' && method !== 'GET') {
      const who = (await send('GET', '/me', {})).data;
      // Somebody else signed in in another tab: what is written here is never sent under their name.
      if (account && who.account.id !== account) throw new Problem(401, { code: 'somebody-else' }, null);
      keepSession(who);
      return send(method, path, options);
    }
    if (problem.code === 'second-factor-needed') told.factorNeeded();
    if (problem.code === 'confirmation-needed' && await told.confirm()) return send(method, path, options);
    throw problem;
  }
}
