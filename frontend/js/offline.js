/**
 * What a page that somebody uses needs besides: it is kept for when the network is away, by the service worker, or in this
 * page alone where there is none (plain http on an office network, a locked-down browser); and a new release opens with
 * the next link, but never takes the place of a page with words in it.
 */
import { hasTyped, newer, online } from './store.js';
import { leaving } from './router.js';

const WORKER = '/sw.js';
const WRITING = 180_000; // ms after the last letter

/** Fields that were typed into; filters are no words of anybody. @type {Set<any>} */
const typed = new Set();
let typedAt = -WRITING;

/** @param {any} field */
function note(field) {
  if (!field?.matches('input,textarea,select') || field.closest('.filters, [type=search]')) return;
  typed.add(field);
  typedAt = performance.now();
}

/** Whether somebody is writing: a form holds words, or did a moment ago. */
const writing = () => hasTyped() || performance.now() - typedAt < WRITING
  || [...typed].some((field) => field.isConnected && field.value.trim() !== '');

note(document.activeElement); // the first letter came before this file
document.addEventListener('input', (event) => note(event.target));
leaving.anew = () => newer.value && online.value && !writing();

/** The one script address that this page ever makes. */
function address() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const policy = types?.createPolicy('sw', {
    /** @param {string} url */
    createScriptURL: (url) => {
      if (url !== WORKER) throw new TypeError(url); // only the service worker is started here
      return url;
    },
  });
  return policy ? policy.createScriptURL(WORKER) : WORKER;
}

/**
 * @param {(() => Promise<any>)[]} pages what fetches each page's module
 * @returns {Promise<void>}
 */
export async function keepForOffline(pages) {
  const fetchThem = () => pages.forEach((load) => load().catch(() => undefined));
  try {
    const registration = await navigator.serviceWorker.register(address());
    const worker = registration.installing;
    // It could not keep the files: no room, or no permission.
    worker?.addEventListener('statechange', () => { if (worker.state === 'redundant') fetchThem(); });
  } catch {
    fetchThem();
  }
}
