/**
 * Shell: top and bottom bars, the strips that tell the state, the page itself, and what happens on a change of route.
 */
import { html, render, signal, useEffect, useRef } from './core.js';
import { Count, H1 } from './parts/bits.js';
import { Problem, told } from './api.js';
import { dayProblem, dayShown, goToSignIn, loadPlan, me, myPlan, newer, notice, online, open, plan, reloadIfOld, state,
  watchNetwork } from './store.js';
import { arrived, fetchPage, latest, loadSheet, rest } from './pages.js';
import { arrival, dayAsked, navigate, route, startRouter, to } from './router.js';
import * as words from './words.js';

const PUBLIC = ['sign-in', 'link', 'accessibility'];

/** @type {[string, string, string][]} page, path, icon */
const PLACES = [
  ['overview', '/', 'M4 11l8-7 8 7M6 10v10h4v-6h4v6h4V10'],
  ['actions', '/actions', 'M5 6h14M5 12h14M5 18h9'],
  ['my', '/my', 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c0-4 3-6 7-6s7 2 7 6'],
  ['report', '/report', 'M6 3h8l4 4v14H6zM14 3v4h4'],
];

/** parts/past.js, fetched with the first past day; {} when it could not be. */
const past = signal(/** @type {any} */ (null));
/** The strip that says what has changed, and what paper needs, once they have arrived. */
const quiet = signal(/** @type {any} */ (null));

const MANAGE = ['admin', '/admin', 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6'];

const Nav = () => {
  const owed = myPlan()?.owed.length ?? 0;
  const places = me.value?.account.role === 'admin' ? [...PLACES, MANAGE] : PLACES;
  const here = { action: 'actions', board: 'overview' }[route.value.page] ?? route.value.page;
  return html`<nav class="places" aria-label=${words.MAIN}><ul role="list">${places.map(([page, path, icon]) => html`
    <li key=${page}><a href=${to(path)} aria-current=${here === page ? 'page' : undefined}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${icon} /></svg><span>${words.PLACE_WORDS[page]}</span>
      ${page === 'my' && owed > 0 && html`<${Count}>${owed}<span class="unseen">${words.OWED}</span><//>`}
    </a></li>`)}</ul></nav>`;
};

const KEYS = 'Control+K';

/** A dialog, or else a page. @param {Event} event */
function find(event) {
  event.preventDefault();
  import('./parts/shell/search.js').then((part) => part.ask(), () => navigate(to('/search')));
}

/** On a Mac Cmd+K: Ctrl+K deletes there. @param {KeyboardEvent} event */
function findByKeys(event) {
  const held = /Mac|iP/.test(navigator.platform) ? event.metaKey : event.ctrlKey && !event.altKey;
  if (held && event.key.toLowerCase() === 'k' && me.value && !document.querySelector('dialog[open]')) find(event);
}

const Top = () => html`
  <header class="top"><div class="page top-in">
    <a class="brand" href=${to('/')}><svg viewBox="0 0 28 26" aria-hidden="true" focusable="false"><path
      d="M1 1h7v10H1zM20 1h7v10h-7zM10.5 14h7v10h-7z" /><path class="dim" d="M10.5 1h7v10h-7zM1 14h7v10H1z" /><path
      class="gold" d="M20 14h7v10h-7z" /></svg><span>${plan.value?.name ?? words.PRODUCT}</span></a>
    ${me.value && html`<${Nav} /><a class="find" href=${to('/search')} aria-keyshortcuts=${KEYS}
      onClick=${(event) => event.ctrlKey || event.metaKey || event.shiftKey || find(event)}><svg viewBox="0 0 24 24"
      aria-hidden="true" focusable="false"><path d="M15 15l5 5M4 10a6 6 0 1 0 12 0 6 6 0 1 0-12 0" /></svg><span>${words.SEARCH}</span></a><a class="who" href=${to('/account')}
      aria-current=${route.value.page === 'account' ? 'page' : undefined}><span>${me.value.account.name}</span>
      ${' '}<span class="agency">${me.value.person?.agency?.short_name ?? words.ACCOUNT}</span></a>`}
  </div></header>`;

const Strips = () => html`<div role="status">
  ${dayAsked() && past.value?.Strip && html`<${past.value.Strip} />`}
  ${!online.value && html`<p class="state-strip">${words.OFFLINE}</p>`}
  ${state.value === 'kept' && online.value && html`<p class="state-strip">${words.LAST_SEEN(plan.value ? words.longDay(plan.value.as_of) : '')}<button
    class="as-link" onClick=${open}>${words.TRY_AGAIN}</button></p>`}
  ${newer.value && html`<p class="state-strip">${words.NEW_RELEASE}</p>`}</div>`;

const Loading = () => html`<div class="page"><div role="status"><h1 class="unseen">${words.OPENING_PLAN}</h1></div>
  <div class="ghosts" aria-hidden="true"><i></i><i></i><i></i><i></i></div></div>`;

/** @param {{title: string, children: any}} props */
const Stopped = ({ title, children }) => html`<div class="page narrow"><${H1} title=${title}>${title}<//><p>${children}</p>
  <p><button class="button" onClick=${() => (state.value === 'failed' ? open() : location.reload())}>${words.TRY_AGAIN}</button></p></div>`;

function Content() {
  const day = dayAsked();
  const page = day && route.value.page === 'action' ? 'past-action' : route.value.page;
  useEffect(() => { fetchPage(page); }, [page, online.value]);
  const Page = latest.value && arrived[page];
  if (latest.value === `failed:${page}` || (day && past.value && !past.value.Strip)) return html`<${Stopped} title=${words.PAGE_FAILED}>${words.NO_ANSWER}<//>`;
  if (PUBLIC.includes(page)) return Page ? html`<${Page} />` : html`<${Loading} />`;
  if (state.value === 'factor-needed' && Page && page === 'account') return html`<${Page} />`;
  if (day && !past.value) return html`<${Loading} />`; // never a past day without its strip
  if (day && dayProblem.value && past.value.Strip) return html`<${past.value.NotThere} />`;
  if (state.value === 'failed') return html`<${Stopped} title=${words.PLAN_FAILED}>${words.NO_ANSWER}<//>`;
  if (state.value === 'no-plan') return html`<div class="page narrow"><${H1} title=${words.NO_PLAN}>${words.NO_PLAN_HERE}<//>
    <p>${route.value.slug ? words.NO_PLAN_NAMED(route.value.slug) : words.NO_PLAN_YET}</p></div>`;
  if (!Page || !plan.value || dayShown.value !== day || state.value === 'signed-out') return html`<${Loading} />`;
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

/** Keep the page for when the signal has gone, once somebody uses it: the first visit costs no more than what it shows. */
function whenUsed() {
  let begun = false;
  const begin = () => {
    if (begun || !me.value || !online.value) return; // asked for offline, a module may count as failed for good
    begun = true;
    watchQuietly();
    import('./offline.js').then((part) => part.keepForOffline(rest()), () => { begun = false; });
  };
  for (const kind of ['pointerdown', 'keydown', 'scroll']) addEventListener(kind, begin, { passive: true });
}

/** What the first view does without: asking for what others change, and what stands on paper only. */
const watchQuietly = () => import('./quiet.js').then((module) => { quiet.value = module.start(); }, () => undefined);

function App() {
  const first = useRef(true);
  const { page, number, path, slug } = route.value;
  const day = dayAsked();
  useEffect(() => {
    if (day && !past.value?.Strip) import('./parts/shell/past.js').then((part) => { past.value = part; }, () => { past.value = {}; });
  }, [day]);
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
    else if (slug && plan.value && slug !== plan.value.slug) loadPlan().catch(() => { state.value = 'no-plan'; });
    else reloadIfOld();
  }, [path, slug, day]);
  return html`<a class="skip" href="#main">${words.SKIP}</a>
    <div class=${page === 'board' ? 'shell is-board' : 'shell'}><${Top} /><${Strips} />${quiet.value && html`<${quiet.value} />`}
    <main id="main" tabindex="-1" key=${`${page}${number}${day}`}><${Content} /></main>
    <footer class="foot page"><a href=${to('/accessibility')}>${words.HELP}</a>
      ${me.value && html` <a href=${to('/glossary')}>${words.GLOSSARY}</a>`}</footer></div>
    <${Notice} />`;
}

// Dialogs over any page. One that does not arrive: what was to be confirmed stays refused, what was to be saved did not reach the server.
const no = () => false;
told.sheet = (name = '') => loadSheet(name); // of what is fetched when it is asked for
told.confirm = () => import('./parts/accounts/confirm.js').then((part) => part.ask(loadSheet), no);
told.signIn = (why = '') => import('./parts/accounts/sign-in-again.js').then((part) => part.ask(loadSheet, why), () => { throw new Problem(0, null, null); });
told.kept = (problem) => import('./kept.js').then((part) => part.readWithout(problem), () => { state.value = 'failed'; });
told.otherTab = () => import('./parts/accounts/session.js').then((part) => part.follow(), () => location.reload());
told.shortForms = () => import('./parts/shell/abbreviations.js');
// A new release waits for a link, and until nobody writes (offline.js).
const RELEASE = new URL(import.meta.url).pathname.split('/')[2];
told.release = (serves) => { if (serves) newer.value = serves !== RELEASE; };
startRouter();
addEventListener('keydown', findByKeys);
watchNetwork();
whenUsed();
// An untouched page learns of changes too, and is a paper when it is printed.
setTimeout(() => { if (online.value) watchQuietly(); }, 4_000);
fetchPage(route.value.page);
if (!['sign-in', 'link'].includes(route.value.page)) open();
const place = /** @type {HTMLElement} */ (document.getElementById('app'));
place.replaceChildren();
render(html`<${App} />`, place);
