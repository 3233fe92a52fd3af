/**
 * An open page learns of changes: it asks for the plan now and then, says quietly what is new, and shows it when told to.
 */
import { effect, html, signal, useEffect } from './core.js';
import { Problem, request, told } from './api.js';
import { keepCopies } from './kept.js';
import { Paper } from './parts/shell/paper.js';
import { goToSignIn, hasTyped, heard, loadMe, notice, online, plan, planTag, showPlan, state } from './store.js';
import { dayAsked, route } from './router.js';
import { changedActions, waitFor } from './rules/changed.js';
import { ENDED, SHOW, SIGN_IN, WAIT, changed, changedOnBoard } from './words/shell/quiet.js';

/** Pages that ask by themselves, and swap nothing unasked. */
const QUIET = ['overview', 'board', 'actions', 'my'];
const READ_FOR = 6_000; // how long a board says what is new before it shows it

/** What has changed and is not shown yet. */
const news = signal(/** @type {{plan: import('./types.js').Plan, tag: string, numbers: string[]} | null} */ (null));
/** Whether somebody asked for it while words of theirs would have been in its way. */
const refused = signal(false);
const ended = signal(false);
let unchanged = 0;
let timer = 0;
/** Where the reader was, before they came to the strip. @type {Element | null} */
let before = null;

/** A past day does not change. */
const mayAsk = () => !document.hidden && !dayAsked() && online.value && state.value === 'ready' && QUIET.includes(route.value.page);

/** Ask now if that makes sense, and later again. */
async function ask() {
  clearTimeout(timer);
  const shown = plan.value;
  if (shown && mayAsk()) {
    try {
      const tag = news.value?.tag ?? planTag;
      const { data, etag, status } = await request('GET', `/plans/${encodeURIComponent(shown.slug)}`, { headers: tag ? { 'If-None-Match': tag } : {} });
      heard();
      const found = status !== 304;
      if (found && shown === plan.value) take(data, etag ?? '');
      ended.value = false;
      unchanged = found ? 0 : unchanged + 1;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.status) ended.value = problem.status === 401;
      unchanged += 1;
    }
  }
  clearTimeout(timer);
  timer = setTimeout(ask, waitFor(unchanged, Math.random()));
}

/** What looks the same is taken over at once; the rest waits to be shown. @param {import('./types.js').Plan} found @param {string} tag */
function take(found, tag) {
  const shown = /** @type {import('./types.js').Plan} */ (plan.value);
  const same = found.revision === shown.revision && found.as_of === shown.as_of;
  if (same && !hasTyped()) showPlan(found, tag);
  else news.value = { plan: found, tag, numbers: changedActions(shown, found) };
}

/** Swap the plan in. The page keeps its place, and the reader theirs. */
function show() {
  if (!news.value) return;
  refused.value = hasTyped();
  if (refused.value) return;
  showPlan(news.value.plan, news.value.tag);
  if (route.value.page === 'my') loadMe().catch(() => undefined);
  const place = before?.isConnected ? before : document.getElementById('main');
  if (place instanceof HTMLElement && route.value.page !== 'board') place.focus({ preventScroll: true });
}

/** The board has nobody at the keyboard: it says what is new, and then shows it. */
function showOnBoard() {
  const numbers = news.value?.numbers ?? [];
  show();
  notice.value = changedOnBoard(numbers);
}

function Strip() {
  const waiting = news.value;
  const board = route.value.page === 'board';
  useEffect(() => {
    if (!waiting || !board) return undefined;
    const later = setTimeout(showOnBoard, READ_FOR);
    return () => clearTimeout(later);
  }, [waiting, board]);
  const here = QUIET.includes(route.value.page);
  return html`<div role="status" class="notice-place quiet-place">${here && waiting && html`<p class="notice">
      ${board ? changedOnBoard(waiting.numbers) : refused.value ? WAIT : changed(waiting.numbers)}
      ${!board && html` <button class="button is-second" onClick=${show}>${SHOW}</button>`}</p>`}
    ${here && !waiting && ended.value && html`<p class="notice">${ENDED}
      ${!board && html` <button class="button is-second" onClick=${goToSignIn}>${SIGN_IN}</button>`}</p>`}</div>`;
}

const Later = () => html`<${Strip} /><${Paper} />`;

let started = false;

/**
 * Begin to ask. Calling it again changes nothing.
 * @returns {() => any} the strip and the head of paper, to be put on every page
 */
export function start() {
  if (started) return Later;
  started = true;
  keepCopies();
  told.sheet('print.css');
  // A page that is shown again asks at once, in place of the shell's own reading.
  told.quiet = () => {
    const here = QUIET.includes(route.value.page);
    if (here) ask();
    return here;
  };
  document.addEventListener('focusin', (event) => {
    const to = /** @type {Element} */ (event.target);
    if (!to.closest('.quiet-place')) before = to;
  });
  // Whatever brings the plan up to date (a post, another page) has shown the news too.
  effect(() => {
    if (news.value && plan.value && plan.value.revision >= news.value.plan.revision && plan.value.as_of >= news.value.plan.as_of) {
      news.value = null;
      refused.value = false;
    }
  });
  timer = setTimeout(ask, waitFor(0, Math.random()));
  return Later;
}
