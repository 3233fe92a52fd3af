/**
 * The service worker: keeps the client's own files, so that the page opens without a network, with the drafts in it.
 * It never touches /api, so nothing of anybody's data is ever in its store. The server puts in where this release's
 * files are and which of them are needed offline (api/client/client_files.py).
 */
const BASE = '__ASSETS__';
const FILES = __FILES__;
const PATIENCE = 4000; // ms to wait for the page; after that the kept one opens

/** Keep a file of this very release; another release's would come without "immutable". */
async function keep(cache, path) {
  const address = `${BASE}/${path}`;
  const answer = await fetch(address);
  if (!answer.ok || !answer.headers.get('Cache-Control')?.includes('immutable')) throw new Error(`not of this release: ${path}`);
  return cache.put(path === 'index.html' ? '/' : address, answer);
}

async function install() {
  const cache = await caches.open(BASE);
  await Promise.all(['index.html', ...FILES].map((path) => keep(cache, path)));
  return self.skipWaiting(); // open pages go on with the files of their own release, which stay kept
}

/** Keep the release before this one as well: its pages may still be open, with words in them. */
async function activate() {
  const old = (await caches.keys()).filter((name) => name !== BASE);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
  return self.clients.claim();
}

const kept = async (request) => await caches.match(request, { ignoreVary: true }) ?? fetch(request);

/** The page of the newest release that is kept. */
async function keptPage() {
  return (await caches.open(BASE)).match('/');
}

/** The page from the server, unless it is away, in trouble or slow. */
async function page(request) {
  const asked = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return await keptPage() ?? asked;
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || /^\/(api|problems)(\/|$)/.test(pathname)) return;
  if (pathname.startsWith('/assets/')) event.respondWith(kept(request));
  else if (request.mode === 'navigate') event.respondWith(page(request));
});
