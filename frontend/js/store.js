/**
 * What the client knows: who is signed in, the plan, whether the server answers. Pages read these signals; only the
 * functions here write them.
 */
import { batch, signal } from './core.js';
import { Problem, keepSession, maybeSignedIn, request, told } from './api.js';
import { dayAsked, navigate, route } from './router.js';

/** Who is signed in, and what is theirs. */
export const me = signal(/** @type {import('./types.js').Me | null} */ (null));
/** The plan document. */
export const plan = signal(/** @type {import('./types.js').Plan | null} */ (null));
/** starting, ready, kept (an old copy is shown), failed (nothing to show), signed-out, no-plan, factor-needed */
export const state = signal('starting');
/** The past day that `plan` is of; empty is today. What cannot be shown of a day, and why. */
export const dayShown = signal('');
export const dayProblem = signal(/** @type {Problem | null} */ (null));
export const online = signal(navigator.onLine);
/** Whether the server has a newer release of the client than this page. */
export const newer = signal(false);
/** What was typed into a form and not saved, by what it is about: it waits here while somebody looks at another page. @type {Map<string, any>} */
export const unsaved = new Map();
/** Said once, in the status region. */
export const notice = signal('');

// The role wants a second factor before anything else.
told.factorNeeded = () => {
  state.value = 'factor-needed';
  if (route.value.number !== 'security') navigate('/account/security', { replace: true });
};

const STALE_AFTER = 30_000;
let loadedAt = 0;
/** The ETag of the plan that is shown. */
export let planTag = '';

/** When the server last said that somebody may read this, on the device's clock (ms); 0: not since it said the contrary. */
export const heardAt = signal(0);
/** The server has answered whoever is signed in with what they asked for. */
export function heard() {
  heardAt.value = Date.now();
  endIsKnown = false;
}

const ENDED = 'ended';
/** What all tabs of this browser are told: that one of them has signed out, or that it has learnt that the session is over (ENDED). */
export const tabs = new BroadcastChannel('session');
/** Whether this tab knows that the session is over: it is said once, and not back. */
let endIsKnown = false;

/** Remove the copy on this device (kept.js): at sign-out, and at the first contact after the session has ended. None is kept until the server is heard again. */
export function forgetCopy() {
  heardAt.value = 0;
  try { localStorage.removeItem('kept-plan'); } catch { /* Nothing was kept either. */ }
}

told.ended = () => {
  forgetCopy();
  if (!endIsKnown) tabs.postMessage(ENDED);
  endIsKnown = true;
};

/** Another tab knows that the session is over: keep nothing, and ask the server. What is typed here stays, as when this tab learns it by itself. */
function hearOfEnd() {
  forgetCopy();
  endIsKnown = true;
  if (me.value) reload();
  else if (state.value === 'starting') open();
}

/** The part of /me that is about the plan now shown. @returns {import('./types.js').MyPlan | undefined} */
export const myPlan = () => me.value?.plans.find((mine) => mine.id === plan.value?.id);

/** Open the sign-in page and come back here afterwards. */
export function goToSignIn() {
  state.value = 'signed-out';
  if (['sign-in', 'link', 'accessibility'].includes(route.value.page)) return; // readable by anybody
  const here = location.pathname + location.search + location.hash;
  navigate(here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`, { replace: true });
}

/** @param {unknown} problem */
async function reading(problem) {
  if (!(problem instanceof Problem)) throw problem;
  if (problem.status === 401) {
    // Nobody is sent away from words they have typed: sending them asks for the password in its own dialog.
    if (!plan.value || !hasTyped()) goToSignIn();
    return;
  }
  if (problem.code === 'second-factor-needed') return; // the page for it is open
  await told.kept(problem);
}

/** Whether a form on the page holds words. */
export const hasTyped = () => [...document.querySelectorAll('textarea')].some((area) => area.value.trim() !== '');

/** Read /me again. */
export async function loadMe() {
  const who = /** @type {import('./types.js').Me} */ ((await request('GET', '/me')).data);
  // Somebody else signed in in another tab: open the page anew for them. Words typed here wait as their writer's draft.
  if (me.value && who.account.id !== me.value.account.id) location.reload();
  me.value = who;
  keepSession(who);
}

/** Read the plan again, as at the day in the address. The browser keeps none of it: what is shown is named, and costs a 304. */
export async function loadPlan() {
  const slug = route.value.slug || me.value?.plans[0]?.slug;
  if (!slug) {
    state.value = 'no-plan';
    return;
  }
  const day = dayAsked();
  const headers = plan.value?.slug === slug && dayShown.value === day ? { 'If-None-Match': planTag } : undefined;
  const { data, etag, status } = await request('GET', `/plans/${encodeURIComponent(slug)}${day && `?as_at=${encodeURIComponent(day)}`}`, { headers });
  heard();
  if (dayAsked() !== day) return; // somebody went to another day meanwhile
  if (status !== 304) showPlan(data, etag, day);
  dayProblem.value = null;
  state.value = 'ready';
  loadedAt = performance.now();
}

/** Show this plan from now on; `day` is the past day it stood on. In one step, or a past day is taken for today between two. @param {import('./types.js').Plan} shown @param {string | null} tag @param {string} [day] */
export function showPlan(shown, tag, day = '') {
  planTag = tag ?? '';
  batch(() => {
    plan.value = shown;
    dayShown.value = day;
  });
}

/** First load, and "Try again": who am I, then the plan. */
export async function open() {
  if (!plan.value) state.value = 'starting';
  if (!maybeSignedIn()) {
    forgetCopy();
    if (route.value.page !== 'accessibility') goToSignIn();
    return;
  }
  try {
    await loadMe();
    await loadPlan();
  } catch (problem) {
    reading(problem);
  }
}

/** Read again whatever may have changed; quietly, because the page already shows something. */
export async function reload() {
  try {
    await Promise.all([loadMe(), loadPlan()]);
  } catch (problem) {
    reading(problem);
  }
}

/** Read again on the way to another page, unless that was done a moment ago; another day is always read. */
export function reloadIfOld() {
  if (dayShown.value !== dayAsked()) {
    dayProblem.value = null;
    loadPlan().catch(reading);
    return;
  }
  if (plan.value && performance.now() - loadedAt > STALE_AFTER) reload();
}

/**
 * Do something that writes; if the session has ended, ask for the password and do it again.
 * @template T
 * @param {() => Promise<T>} act
 * @param {string} why the dialog's heading, such as "Sign in again to post"
 * @returns {Promise<T | null>} null when the person chose not to sign in now
 */
export async function withSession(act, why) {
  try {
    return await act();
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
    return await told.signIn(why) ? act() : null;
  }
}

/** Follow the network going away and coming back, and what other tabs say of the session. */
export function watchNetwork() {
  tabs.onmessage = ({ data }) => { if (data === ENDED) hearOfEnd(); else told.otherTab(); };
  addEventListener('offline', () => { online.value = false; });
  addEventListener('online', () => {
    online.value = true;
    if (me.value) reload();
  });
  document.addEventListener('visibilitychange', () => { if (!document.hidden && me.value && !told.quiet?.()) reloadIfOld(); });
}
