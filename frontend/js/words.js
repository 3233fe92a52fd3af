/**
 * What every screen says: ratings, statuses, counts and dates. The plan's own key gives the words of its ratings; STAND_IN is for until it is loaded.
 */
import { html } from './core.js';

/** Of this language: how the clock is written, and in which order names stand. */
export const LOCALE = 'en-GB';

/** Ratings in the order every bar, tally and filter shows them: worst first. @type {('R'|'A'|'G'|'B'|'none')[]} */
export const RATING_ORDER = ['R', 'A', 'G', 'B', 'none'];

/** @type {Record<string, string>} */
const STAND_IN = { R: 'Off track', A: 'At risk', G: 'On track', B: 'Complete' };

/** @type {Record<string, string>} */
export const STATUS_WORDS = {
  not_reported: 'Not reported',
  not_started: 'Not started',
  in_progress: 'In progress',
  delivered: 'Delivered',
  complete: 'Complete',
  on_hold: 'On hold',
  business_as_usual: 'Business as usual',
  carried_forward: 'Carried forward',
  withdrawn: 'Withdrawn',
};

// Of the shell.
export const PRODUCT = 'Partnership Plan';
/** By the page. @type {Record<string, string>} */
export const PLACE_WORDS = { overview: 'Overview', actions: 'Actions', my: 'My actions', report: 'Report', admin: 'Manage' };
export const MAIN = 'Main';
export const OWED = ' need an update';
export const ACCOUNT = 'Account';
export const SEARCH = 'Search';
export const GLOSSARY = 'Glossary';
export const HELP = 'Help and accessibility';
export const SKIP = 'Skip to main content';
export const OPENING_PLAN = 'Opening the plan…';
/** @param {string} day */
export const LAST_SEEN = (day) => `The server is not answering. This is the plan as you last saw it (${day}). `;
export const PAGE_FAILED = 'This page could not be opened';
export const PLAN_FAILED = 'The plan could not be opened';
export const NO_ANSWER = 'The server did not answer. Nothing you have written is lost.';
export const NO_PLAN = 'No plan';
export const NO_PLAN_HERE = 'There is no plan here yet';
export const NO_PLAN_YET = 'The business manager has not brought a plan in yet.';
/** @param {string} slug */
export const NO_PLAN_NAMED = (slug) => html`No plan has the name “${slug}”. <a href="/">See your plan</a>.`;
export const OFFLINE = 'You are offline. You can read the plan and write updates; they are kept on this device until you can post them.';
export const SIGN_IN_TO_POST = 'Sign in again to post';
export const NEW_RELEASE = 'There is a new version of this page. It opens when you go to another page.';
/** @param {string} day */
export const OLD_DRAFT = (day) => `You wrote this on ${day} and did not post it. Post it, change it or delete it.`;
export const HINT = 'Say what was done, what is next and what is in the way. Do not name children or families.';

export const NO_WORDS = 'Write what has happened since the last update';
export const NO_RATING = 'Choose how it is going';
/** @param {number} over @param {number} most */
export const TOO_LONG = (over, most) => `Shorten the update by ${plural(over, 'character')}, to ${most}`;
export const BY_WHEN = 'By when';
export const BY_WHOM = 'By whom';
export const PAST_DATE = 'Past its date';
export const NEEDS_UPDATE = 'Needs an update';
export const NOBODY = 'Nobody named';
/** @param {number | string} number */
export const OBJECTIVE = (number) => `Objective ${number}`;
export const PROBLEM = 'There is a problem';
export const TRY_AGAIN = 'Try again';
export const OPENING = 'Opening…';
export const NOT_OPENED = 'This could not be fetched. Nothing is lost. Press it again when you are back online.';
export const HISTORY = 'History';
export const CORRECT = 'Correct this';
/** @param {string} day @param {boolean} late */
export const corrected = (day, late) => `Corrected on ${longDay(day)}${late ? ', after it was acknowledged' : ''}. See the first wording`;

/** The word for a rating, from the plan's own key. @param {import('./types.js').Plan | null} plan @param {string | null} letter */
export function ratingWord(plan, letter) {
  if (!letter || letter === 'none') return 'Not rated';
  return plan?.rating_key.find((line) => line.letter === letter)?.word ?? STAND_IN[letter];
}

/** What a rating means, from the plan's own key. @param {import('./types.js').Plan} plan @param {string | null} letter */
export function ratingMeaning(plan, letter) {
  return plan.rating_key.find((line) => line.letter === letter)?.meaning ?? '';
}

/** "1 action", "4 actions". @param {number} count @param {string} one @param {string} [many] */
export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** "a", "a and b", "a, b and c". @param {string[]} items */
export const listed = (items) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

/** Lower-case the first letter, for a word set inside a sentence. @param {string} word */
export const lower = (word) => word.charAt(0).toLowerCase() + word.slice(1);

/** The first words of a long text, cut between words. @param {string} text @param {number} most */
export function firstWords(text, most) {
  if (text.length <= most) return text;
  return `${text.slice(0, most + 1).replace(/[\s,;:]+\S*$/, '')}…`;
}

// Dates. "Today" is always an argument (the server's plan.as_of): the clock of the device is never asked whether
// something is late.

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const CLOCK = new Intl.DateTimeFormat(LOCALE, { timeZone: 'Europe/London', timeStyle: 'short' });
/** "10:42", in London. @param {string} moment */
export const clock = (moment) => CLOCK.format(new Date(moment));

/** No words: an ISO day. @type {Intl.DateTimeFormat} */
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

/** "2021-05-31" as "31 May 2021". @param {string} day */
export function longDay(day) {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** "2021-09-30" as "30 Sep 2021", for tight places. @param {string} day */
export function shortDay(day) {
  const [date, month, year] = longDay(day).split(' ');
  return `${date} ${month.slice(0, 3)} ${year}`;
}

/** The calendar day in London of a moment, because a post at 23:30 UTC in summer belongs to the next day. @param {string | number} moment */
export const londonDay = (moment) => LONDON.format(new Date(moment));

/** @param {string} day */
const serial = (day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** How long before today a day was: "today", "10 days ago", "5 weeks ago", "3 months ago", "2 years ago". @param {string} day @param {string} today */
export function ago(day, today) {
  const days = serial(today) - serial(day);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  if (days < 63) return `${Math.floor(days / 7)} weeks ago`;
  if (days < 730) return `${Math.floor(days / 30.44)} months ago`;
  return `${Math.floor(days / 365.25)} years ago`;
}

/** What the By When cell says when nothing is printed in it. @param {import('./types.js').Period} when */
export function printedWhen(when) {
  if (when.printed) return when.printed;
  if (when.kind === 'not_given') return 'No date given';
  if (when.kind === 'ongoing') return 'Ongoing';
  if (when.kind === 'to_be_confirmed') return 'To be confirmed';
  return when.to ? longDay(when.to) : 'No date given';
}

/** How the printed words were read, where that says more than the words: "by 31 May 2021". @param {import('./types.js').Period} when */
export function readingOf(when) {
  if (!when.to) return '';
  return when.kind === 'date' ? longDay(when.to) : `read as by ${longDay(when.to)}`;
}
