/**
 * The words of the audit: its filters, its table, taking it away.
 */
import { html } from '../../core.js';
import { longDay, plural } from '../../words.js';

/** What the API calls kinds, in the groups that somebody looks for. @type {Record<string, string>} */
export const KINDS = {
  '': 'Everything',
  'sign-in-failed': 'Failed sign-ins',
  'signed-in,signed-out,session-ended,confirmed': 'Sign-ins and sessions',
  'password-changed,factor-changed': 'Passwords and second factors',
  'link-sent,link-used,mail-failed': 'Invitations, links and mail',
  refused: 'Refusals',
  exported: 'Exports',
  'token-used': 'Use of tokens',
};

export const TITLE = 'Audit';
export const LOADING = 'Loading…';
export const NOT_LOADED = 'The audit could not be loaded.';
export const NO_ANSWER = 'The server did not answer. Try again in a moment.';

/** @param {number} count @param {boolean} more whether the server has more of them */
export const counted = (count, more) => `${plural(count, 'event')}${more ? ', and more' : ''}`;

/** @param {string} journal where it is */
export const lede = (journal) => html`Who signed in or could not, what was refused, what was taken out, and which systems came, newest first, in London time. What
  changed the plan itself is in <a href=${journal}>its journal</a>.`;

// The filters

export const FILTER = 'Filter the audit';
export const KIND = 'What happened';
export const WHO_FIELD = 'Person or system';
export const FROM = 'From';
export const TO = 'To';
export const SHOW = 'Show';
export const BACKWARDS = 'The first day is after the last day.';
export const USED = 'Filters in use';
export const CLEAR = 'Clear all';
export const ONE_ACCOUNT = 'One account';
export const ONE_SYSTEM = 'One system';

/** What was searched for. @param {string} words */
export const searched = (words) => `“${words}”`;
/** @param {string} day YYYY-MM-DD */
export const fromDay = (day) => `From ${longDay(day)}`;
/** @param {string} day YYYY-MM-DD */
export const toDay = (day) => `To ${longDay(day)}`;
/** @param {string} filter */
export const removeFilter = (filter) => html`<span class="unseen">Remove filter </span>${filter}`;

// The table

export const TABLE = 'What happened';
export const COLUMNS = ['When', 'What happened', 'Who', 'From the address'];
/** What a line is called on a phone. */
export const WHO = 'Who';
export const ADDRESS = 'From';
export const NOT_KNOWN = 'Not known';
export const NO_MATCH = 'No event matches all of these filters';
export const NOTHING = 'Nothing has happened yet';
export const NOTHING_MORE = 'Sign-ins, refusals and exports will be listed here.';

/** @param {string | null} who */
export const onlyOf = (who) => html`<span class="unseen">Only events of </span>${who ?? 'one account'}`;
/** @param {string} all where it leads */
export const noMatchHelp = (all) => html`<a href=${all}>Clear all filters</a> to see the others.`;

// Taking it away

export const DOWNLOAD = 'Download these as CSV';
export const DOWNLOAD_HINT = 'The newest 50,000 at most, for a spreadsheet.';
export const DOWNLOADED = 'The file is in your downloads';
export const SIGN_IN_TO_DOWNLOAD = 'Sign in again to download this';
