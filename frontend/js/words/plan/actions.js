/**
 * The words of the list of actions and its filters.
 */
import { html } from '../../core.js';
import { BY_WHEN, BY_WHOM, NEEDS_UPDATE, NOBODY, PAST_DATE } from '../../words.js';

export const TITLE = 'Actions';
/** @param {number} found @param {number} all @param {boolean} filtered */
export const counted = (found, all, filtered) => (filtered ? `${found} of ${all} actions` : `All ${all} actions`);

export const FILTER = 'Filter the actions';
export const SEARCH = 'Search';
/** @param {number} used */
export const filters = (used) => (used ? `Filters (${used})` : 'Filters');
export const OBJECTIVE = 'Objective';
export const AGENCY = 'Agency';
export const PERSON = 'Person';
export const ORDER = 'Order';
export const RATING = 'Rating';
export const SHOW = 'Show';
export const ALL = 'All';
export const NOT_STATED = 'Not stated';
export const ANYONE = 'Anyone';
export const ANY = 'Any';
export const IN_USE = 'Filters in use';
export const REMOVE = 'Remove filter ';
export const CLEAR = 'Clear all';
export const NONE = 'No action matches all of these filters.';
/** @param {number} all @param {string} href */
export const noneThen = (all, href) => html`<a href=${href}>Clear all filters</a> to see the ${all} actions.`;

export const COLUMNS = ['No.', 'Action', BY_WHOM, BY_WHEN, RATING, 'Last update'];

// The filters themselves

/** @type {Record<string, string>} */
export const DUE_WORDS = {
  past: PAST_DATE, dated: 'Has a date', ongoing: 'Ongoing', 'to-be-confirmed': 'To be confirmed',
  'not-given': 'No date given', status: 'A status is printed',
};
/** @type {Record<string, string>} */
export const SORT_WORDS = { '': 'As in the plan', by_when: 'By when, earliest first', last_update: 'Longest without update',
  '-last_update': 'Newest update first' };
/** @type {Record<string, string>} */
export const SHOW_WORDS = { 'needs-update': NEEDS_UPDATE, done: 'Delivered or complete' };

/** @param {string} words */
export const quoted = (words) => `“${words}”`;
export const NO_AGENCY = 'Agency not stated';
export const UNKNOWN_AGENCY = 'Unknown agency';
export const NO_PERSON = NOBODY;
export const UNKNOWN_PERSON = 'Unknown person';
