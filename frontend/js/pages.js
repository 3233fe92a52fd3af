/**
 * Which file each page is, with its sheets: fetched when it is opened. Only main.js asks; the router knows addresses only.
 */
import { signal } from './core.js';

/** Page name to its module and, where it has them, its own sheets. @type {Record<string, [() => Promise<any>, ...string[]]>} */
const PAGES = {
  overview: [() => import('./pages/overview.js')],
  board: [() => import('./pages/board.js'), 'board.css'],
  actions: [() => import('./pages/actions.js')],
  action: [() => import('./pages/action.js'), 'action.css'],
  my: [() => import('./pages/my.js')],
  report: [() => import('./pages/report.js'), 'report.css'],
  gaps: [() => import('./pages/gaps.js'), 'action.css', 'gaps.css'],
  'sign-in': [() => import('./pages/sign-in.js'), 'action.css'],
  account: [() => import('./pages/account.js'), 'action.css', 'account.css'],
  admin: [() => import('./pages/admin.js'), 'action.css', 'admin.css'],
  link: [() => import('./pages/link.js'), 'action.css'],
  accessibility: [() => import('./pages/accessibility.js')],
  'past-action': [() => import('./pages/past-action.js'), 'action.css'],
  journal: [() => import('./pages/journal.js'), 'action.css'],
  search: [() => import('./pages/search.js'), 'search.css'],
  glossary: [() => import('./pages/glossary.js'), 'glossary.css'],
  missing: [() => import('./pages/missing.js')],
};
/** Never fetched ahead: few people open them. */
const ALONE = ['admin', 'link', 'sign-in'];
const PATIENCE = 20_000; // ms for a page's own files

/** Page components that have arrived. @type {Record<string, any>} */
export const arrived = {};
/** The page that arrived last, or `failed:` and its name. */
export const latest = signal('');

/** The modules of the pages that are to open without the network too. */
export const rest = () => Object.keys(PAGES).filter((name) => !ALONE.includes(name)).map((name) => PAGES[name][0]);

/** Bring a sheet of css/, once. @param {string} name */
export function loadSheet(name) {
  const href = new URL(`../css/${name}`, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return undefined;
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  const ready = new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = () => resolve(link.remove()); // to be asked for again
  });
  document.head.append(link);
  return ready;
}

/** Fetch a page's module and sheets once; all of them, so that nothing is drawn unstyled; and not for ever. @param {string} name */
export async function fetchPage(name) {
  if (!arrived[name]) {
    const [load, ...sheets] = PAGES[name];
    const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, [null]); });
    const all = Promise.all([load(), ...sheets.map(loadSheet)]).catch(() => [null]);
    const [module] = await Promise.race([all, late]);
    if (module) arrived[name] = module.default;
  }
  latest.value = arrived[name] ? name : `failed:${name}`;
}
