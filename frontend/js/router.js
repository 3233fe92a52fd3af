/**
 * The address is the state: this file reads it, changes it and tells the pages. Which file a page is stands in pages.js.
 */
import { signal } from './core.js';

/** @typedef {{page: string, slug: string, number: string, query: URLSearchParams, hash: string, path: string}} Route */

/** @type {[RegExp, string][]} */
const ROUTES = [
  [/^\/$/, 'overview'],
  [/^\/actions\/?$/, 'actions'],
  [/^\/actions\/([^/]+)\/?$/, 'action'],
  [/^\/my\/?$/, 'my'],
  [/^\/report\/?$/, 'report'],
  [/^\/gaps\/?$/, 'gaps'],
  [/^\/sign-in\/?$/, 'sign-in'],
  [/^\/account(?:\/([^/]+))?\/?$/, 'account'],
  [/^\/(invitation|reset|email|stop|factor)\/?$/, 'link'],
  [/^\/admin(?:\/(.+?))?\/?$/, 'admin'],
  [/^\/accessibility\/?$/, 'accessibility'],
  [/^\/journal\/?$/, 'journal'],
  [/^\/search\/?$/, 'search'],
  [/^\/glossary\/?$/, 'glossary'],
];

/**
 * What an address asks for. /p/{slug}/… names a plan; without it the first plan is meant.
 * @returns {Route}
 * @param {{pathname: string, search: string, hash: string}} place
 */
export function readRoute(place) {
  let path = place.pathname;
  try { decodeURIComponent(path); } catch { path = '/%'; } // it is no text, so it leads nowhere
  const named = path.match(/^\/p\/([^/]+)(\/.*)?$/);
  if (named) path = named[2] || '/';
  const found = ROUTES.find(([pattern]) => pattern.test(path));
  return {
    page: found ? found[1] === 'overview' && place.search.includes('view=board') ? 'board' : found[1] : 'missing',
    slug: named ? decodeURIComponent(named[1]) : '',
    number: (found && path.match(found[0])?.[1]) || '',
    query: new URLSearchParams(place.search),
    hash: place.hash,
    path,
  };
}

/** What the page that appears next should do: take the focus (never on the first load), scroll to where it was left, say what was done. */
export const arrival = { focus: false, y: 0, say: '' };

/** Whether the next link is better followed by the browser itself, which opens a new release; the shell decides. */
export const leaving = { anew: () => false };

/** The route now shown. */
export const route = signal(readRoute(location));

/** @param {Route} place */
const dayOf = (place) => (['overview', 'board', 'actions', 'action', 'report'].includes(place.page) ? place.query.get('as-at') ?? '' : '');

/** The past day in the address, as somebody wrote it; empty is today. */
export const dayAsked = () => dayOf(route.value);

/**
 * A local address for a path of the plan now shown, keeping /p/{slug} when the address has it, and the past day.
 * @param {string} path @param {string} [day]
 */
export function to(path, day = dayAsked()) {
  const [whole, hash = ''] = path.split(/(?=#)/);
  const dated = day && /^\/(actions|report)?([/?]|$)/.test(whole)
    ? `${whole}${whole.includes('?') ? '&' : '?'}as-at=${encodeURIComponent(day)}${hash}` : path;
  return route.value.slug ? `/p/${encodeURIComponent(route.value.slug)}${dated}` : dated;
}

/** Go to a local address, or put it in place of the history entry. @param {string} address */
export function navigate(address, { replace = false } = {}) {
  if (!replace) history.replaceState({ y: scrollY }, '');
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  follow(0);
}

/** What one reads there: another has a heading of its own, where filters change only what stands below it. @param {Route} place */
const viewOf = (place) => [place.path, place.page, dayOf(place), place.query.get('next')].join();

/** Show what the address now says. @param {number} y */
function follow(y) {
  const next = readRoute(location);
  if (viewOf(next) !== viewOf(route.value)) Object.assign(arrival, { focus: true, y });
  route.value = next;
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.target || link.origin !== location.origin || link.hasAttribute('download')) return;
  if (link.pathname.startsWith('/api/') || link.pathname.startsWith('/assets/')) return;
  const samePage = link.pathname === location.pathname && link.search === location.search;
  if (link.hash && samePage) return; // the browser's own jump keeps focus and scrolling right
  if (link.pathname !== location.pathname && leaving.anew()) return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
}

/** Listen to links and to Back and Forward. */
export function startRouter() {
  history.scrollRestoration = 'manual';
  document.addEventListener('click', followLink);
  addEventListener('popstate', (event) => follow(event.state?.y ?? 0));
}
