/**
 * The words around a past day: the strip, the form that asks for a day, and what is said when there is nothing to show.
 */
import { html } from '../../core.js';
import { longDay } from '../../words.js';

/** @param {string} day */
export const PAST = (day) => html`You see the plan as it stood on <b>${longDay(day)}</b>. Nothing can be changed here.`;
export const TO_TODAY = 'Back to today';
export const CHANGED_SINCE = 'What has changed since';

export const DAY = 'Show the plan as it stood at the end of';
export const SHOW = 'Show this day';
/** @param {string} from @param {string} today */
export const WRONG_DAY = (from, today) => `Choose a day from ${longDay(from)} to ${longDay(today)}`;

export const NOT_SHOWN = 'This day cannot be shown';
export const NOT_SHOWN_WHY = {
  offline: 'You are offline. A past day is not kept on this device; the plan of today may be.',
  server: 'The server did not answer. A past day is not kept on this device; the plan of today may be.',
  /** @param {string} words */
  nonsense: (words) => `“${words}” is not a day. A day is written like 2021-04-22.`,
  tell: 'A day can be shown from the first one of the plan until today.',
};
export const TRY_AGAIN = 'Try again';

/** @param {string} number @param {string} day */
export const NO_ACTION = (number, day) => `There was no action ${number} in this plan on ${longDay(day)}`;
export const NO_ACTION_THEN = 'See all actions of that day';
/** @param {string} day */
export const STOOD = (day) => `As it stood on ${longDay(day)}`;
