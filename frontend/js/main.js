/**
 * Shell: top and bottom bars, the strips that tell the state, the page itself, and what happens on a change of route.
 */
import { html, render, signal, useEffect, useRef } from './core.js';
import { Count, H1 } from './parts/bits.js';
import { told } from './api.js';
import { goToSignIn, loadPlan, me, myPlan, notice, online, open, plan, reloadIfOld, state,
  watchNetwork } from './store.js';
import { arrival, route, startRouter, to } from './router.js';
import { OFFLINE, longDay } from './words.js';

/** Page name to its module and, where it has them, its own sheets. @type {Record<string, [() => Promise<any>, ...string[]]>} */
const PAGES = {
  overview: [() => import('./pages/overview.js')],
  actions: [() => import('./pages/actions.js')],
  action: [() => import('./pages/action.js'), 'action.css'],
  my: [() => import('./pages/my.js')],
  report: [() => import('./pages/report.js'), 'report.css'],
  'sign-in': [() => import('./pages/sign-in.js'), 'action.css'],
  account: [() => import('./pages/account.js'), 'action.css', 'account.css'],
  admin: [() => import('./pages/admin.js'), 'action.css', 'admin.css'],
  link: [() => import('./pages/link.js'), 'action.css'],
  accessibility: [() => import('./pages/accessibility.js')],
  missing: [() => import('./pages/missing.js')],
};
/** Fetched when they are opened, and never ahead: few people ever open them. */
const ALONE = ['admin', 'link', 'sign-in'];
const PUBLIC = ['sign-in', 'link', 'accessibility'];

/** @type {[string, string, string, string][]} page, path, words, icon */
const PLACES = [
  ['overview', '/', 'Overview', 'M4 11l8-7 8 7M6 10v10h4v-6h4v6h4V10'],
  ['actions', '/actions', 'Actions', 'M5 6h14M5 12h14M5 18h9'],
  ['my', '/my', 'My actions', 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c0-4 3-6 7-6s7 2 7 6'],
  ['report', '/report', 'Report', 'M6 3h8l4 4v14H6zM14 3v4h4'],
];

/** Page components that have arrived. @type {Record<string, any>} */
const arrived = {};
const latest = signal('');

function loadSheet(name) {
  const href = new URL(`../css/${name}`, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return undefined;
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  const ready = new Promise((resolve) => { link.onload = link.onerror = resolve; });
  document.head.append(link);
  return ready;
}

/** Fetch a page's module and sheets once; all of them, so that nothing is drawn unstyled. */
async function fetchPage(name) {
  if (!arrived[name]) {
    const [load, ...sheets] = PAGES[name];
    const [module] = await Promise.all([load(), ...sheets.map(loadSheet)]).catch(() => [null]);
    if (module) arrived[name] = module.default;
  }
  latest.value = arrived[name] ? name : `failed:${name}`;
}

const MANAGE = ['admin', '/admin', 'Manage', 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6'];

const Nav = () => {
  const owed = myPlan()?.owed.length ?? 0;
  const places = me.value?.account.role === 'admin' ? [...PLACES, MANAGE] : PLACES;
  const here = route.value.page === 'action' ? 'actions' : route.value.page;
  return html`<nav class="places" aria-label="Main"><ul role="list">${places.map(([page, path, words, icon]) => html`
    <li key=${page}><a href=${to(path)} aria-current=${here === page ? 'page' : undefined}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${icon} /></svg><span>${words}</span>
      ${page === 'my' && owed > 0 && html`<${Count}>${owed}<span class="unseen"> need an update</span><//>`}
    </a></li>`)}</ul></nav>`;
};

const Top = () => html`
  <header class="top"><div class="page top-in">
    <a class="brand" href=${to('/')}><svg viewBox="0 0 28 26" aria-hidden="true" focusable="false"><path
      d="M1 1h7v10H1zM20 1h7v10h-7zM10.5 14h7v10h-7z" /><path class="dim" d="M10.5 1h7v10h-7zM1 14h7v10H1z" /><path
      class="gold" d="M20 14h7v10h-7z" /></svg><span>${plan.value?.name ?? 'Partnership Plan'}</span></a>
    ${me.value && html`<${Nav} /><a class="who" href=${to('/account')}
      aria-current=${route.value.page === 'account' ? 'page' : undefined}><span>${me.value.account.name}</span>
      ${' '}<span class="agency">${me.value.person?.agency?.short_name ?? 'Account'}</span></a>`}
  </div></header>`;

const Strips = () => html`<div role="status">
  ${!online.value && html`<p class="state-strip">${OFFLINE}</p>`}
  ${state.value === 'kept' && online.value && html`<p class="state-strip">The server is not answering. This is the plan as
    you last saw it (${plan.value ? longDay(plan.value.as_of) : ''}). <button class="as-link" onClick=${open}>Try
    again</button></p>`}</div>`;

const Loading = () => html`<div class="page"><div role="status"><h1 class="unseen">Opening the plan…</h1></div>
  <div class="ghosts" aria-hidden="true"><i></i><i></i><i></i><i></i></div></div>`;

const Stopped = ({ title, children }) => html`<div class="page narrow"><${H1} title=${title}>${title}<//><p>${children}</p>
  <p><button class="button" onClick=${() => (state.value === 'failed' ? open() : location.reload())}>Try again</button></p></div>`;

function Content() {
  const page = route.value.page;
  useEffect(() => { fetchPage(page); }, [page, online.value]);
  const Page = latest.value && arrived[page];
  if (latest.value === `failed:${page}`) return html`<${Stopped} title="This page could not be opened">The server did not
    answer. Nothing you have written is lost.<//>`;
  if (PUBLIC.includes(page)) return Page ? html`<${Page} />` : html`<${Loading} />`;
  if (state.value === 'factor-needed' && Page && page === 'account') return html`<${Page} />`;
  if (state.value === 'failed') return html`<${Stopped} title="The plan could not be opened">The server did not answer.
    Nothing you have written is lost.<//>`;
  if (state.value === 'no-plan') return html`<div class="page narrow"><${H1} title="No plan">There is no plan here yet<//>
    <p>${route.value.slug ? html`No plan has the name “${route.value.slug}”. <a href="/">See your plan</a>.`
    : 'The business manager has not brought a plan in yet.'}</p></div>`;
  if (!Page || !plan.value) return html`<${Loading} />`;
  return html`<${Page} key=${page} />`;
}

/** A message that says itself once and then goes; what it says stays true on the page. */
function Notice() {
  useEffect(() => {
    if (!notice.value) return undefined;
    const timer = setTimeout(() => { notice.value = ''; }, 8000);
    return () => clearTimeout(timer);
  }, [notice.value]);
  return html`<div role="status" class="notice-place">${notice.value && html`<p class="notice">${notice.value}</p>`}</div>`;
}

/**
 * Fetch the other pages once somebody starts using this one, so that they open when the signal has gone; not before,
 * because the first visit should cost no more than what it shows.
 */
function fetchTheRest() {
  for (const kind of ['pointerdown', 'keydown', 'scroll']) {
    addEventListener(kind, () => {
      if (!me.value || !online.value || arrived.rest) return; // asked for offline, a module may count as failed for good
      arrived.rest = true;
      Object.keys(PAGES).forEach((name) => !ALONE.includes(name) && PAGES[name][0]().catch(() => undefined));
    }, { passive: true });
  }
}

function App() {
  const first = useRef(true);
  const { page, number, path } = route.value;
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (!location.hash) scrollTo(0, arrival.y);
    notice.value = arrival.say;
    arrival.say = '';
    if (PUBLIC.includes(page)) return;
    if (state.value === 'signed-out') goToSignIn();
    else if (!plan.value) open();
    else if (route.value.slug && plan.value && route.value.slug !== plan.value.slug) loadPlan().catch(() => { state.value = 'no-plan'; });
    else reloadIfOld();
  }, [path]);
  const board = page === 'overview' && route.value.query.get('view') === 'board';
  return html`<a class="skip" href="#main">Skip to main content</a>
    <div class=${board ? 'shell is-board' : 'shell'}><${Top} /><${Strips} />
    <main id="main" tabindex="-1" key=${`${page}${number}`}><${Content} /></main>
    <footer class="foot page"><a href=${to('/accessibility')}>Help and accessibility</a></footer></div>
    <${Notice} />`;
}

// Dialogs over any page; without the server there is nothing to ask.
const no = () => false;
told.confirm = () => import('./parts/confirm.js').then((part) => part.ask(loadSheet), no);
told.sheet = loadSheet;
told.signIn = (why = '') => import('./parts/sign-in-again.js').then((part) => part.ask(loadSheet, why), no);
startRouter();
watchNetwork();
fetchTheRest();
fetchPage(route.value.page);
if (!['sign-in', 'link'].includes(route.value.page)) open();
const place = /** @type {HTMLElement} */ (document.getElementById('app'));
place.replaceChildren();
render(html`<${App} />`, place);
