/**
 * Keeps the page for when the network is away: by the service worker, or in this page alone where there is none (plain
 * http on an office network, a locked-down browser).
 */

const WORKER = '/sw.js';

/** The one script address that this page ever makes. */
function address() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const policy = types?.createPolicy('sw', {
    createScriptURL: (url) => {
      if (url !== WORKER) throw new TypeError('Only the service worker is started here.');
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
