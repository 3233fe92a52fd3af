/**
 * The plan as at a past day: the strip on top that says so, and the page for a day that cannot be shown.
 */
import { html } from '../../core.js';
import { dayProblem, online, reloadIfOld } from '../../store.js';
import { dayAsked, to } from '../../router.js';
import { H1 } from '../bits.js';
import DayForm, { hereOn } from './day-form.js';
import { CHANGED_SINCE, NOT_SHOWN, NOT_SHOWN_WHY, PAST, TO_TODAY, TRY_AGAIN } from '../../words/plan/past.js';

/** The day's own changes are in what it shows. @param {string} day */
const dayAfter = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
/** @param {string} day */
const isDay = (day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));

/** Says on every page, on paper too, which day this is. */
export function Strip() {
  const day = dayAsked();
  if (dayProblem.value || !isDay(day)) return null;
  return html`<p class="state-strip on-paper">${PAST(day)} <span class="no-print"><a href=${hereOn('')}>${TO_TODAY}</a>${' · '}<a
    href=${to(`/journal?since=${dayAfter(day)}`)}>${CHANGED_SINCE}</a></span></p>`;
}

/** A day before the plan, a day to come, no day at all, or no server to ask. */
export function NotThere() {
  const day = dayAsked();
  const problem = /** @type {import('../../api.js').Problem} */ (dayProblem.value);
  const why = !online.value ? NOT_SHOWN_WHY.offline : !problem.status || problem.status >= 500 ? NOT_SHOWN_WHY.server
    : isDay(day) ? problem.detail.replace(/^as_at: /, '') : NOT_SHOWN_WHY.nonsense(day);
  const answered = problem.status && problem.status < 500;
  return html`<div class="page narrow"><${H1} title=${NOT_SHOWN}>${NOT_SHOWN}<//><p>${why}</p>
    ${answered ? html`<p>${NOT_SHOWN_WHY.tell}</p><${DayForm} focus=${false} />`
    : html`<p><button class="button" onClick=${reloadIfOld}>${TRY_AGAIN}</button></p>`}
    <p><a href=${hereOn('')}>${TO_TODAY}</a></p></div>`;
}
