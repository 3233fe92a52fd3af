/**
 * The words of the overview and of the board view, which shows the same plan on one screen.
 */
import { html } from '../../core.js';
import { plural } from '../../words.js';

export const TITLE = 'Overview';
export const BOARD = 'Board view';
export const FULL = 'Full view';
export const AS_AT = 'As at';
export const NEXT_REVIEW = 'Next review';
export const OWNER = 'Plan owner';
export const SUMMARY = 'Summary';
export const OBJECTIVES = 'Objectives';

/** @param {number} count @param {number} of @param {string} href */
export const done = (count, of, href) => html`Delivered or complete: <a href=${href}>${count} of ${of}</a>`;
/** @param {number} count @param {number} of @param {string} href */
export const dated = (count, of, href) => html`<a href=${href}>${count} of ${of}</a> actions have a date`;
/** After the tally. @param {number} count */
export const delivered = (count) => (count ? `; ${count} delivered, to be signed off` : '');
/** After the number and the rating. */
export const LATE = 'past its date';
/** @param {number} number */
export const objective = (number) => `Objective ${number}: `;

export const CONCERNS = 'Needs attention';
export const NO_CONCERNS = 'Nothing needs attention.';
export const DELIVERED = 'Delivered, waiting to be signed off';
/** @param {string} day */
export const due = (day) => `Due ${day}`;
export const NOBODY_WHY = 'By whom is blank in the plan';
/** @param {number} count @param {string} title */
export const all = (count, title) => html`All ${count}<span class="unseen">: ${title}</span>`;

export const AGENCIES = 'By agency';
export const AGENCIES_SAY = 'Actions on which the agency\'s people are named. An action shared by two agencies counts for both.';
export const AGENCY = 'Agency';
export const ACTIONS = 'Actions';
export const NO_AGENCY = 'Agency not stated in the plan';

export const OWES = 'What the plan still owes itself';
export const QUESTIONS = 'To be confirmed in the plan';
/** @param {number} count */
export const questions = (count) => `${plural(count, 'question')} to settle, and who should`;

export const EMPTY = 'This plan has no actions yet.';
export const EMPTY_SEED = 'Bring one in with the command “plan seed”, or ask whoever runs this service.';
export const EMPTY_WAIT = 'The business manager has not brought them in yet.';

// The plan in one sentence, in pieces: [words] or [words, address], because its numbers lead to the lists behind them.

/** @typedef {[string, string?]} Said */

/** @param {string} one @param {string} many @returns {(count: number) => string} */
const clause = (one, many) => (count) => `${count} ${count === 1 ? one : many}`;

/** @param {number} good @param {number} of @param {string} complete @param {string} onTrack the words of the two ratings @returns {Said[]} */
export const goodOnes = (good, of, complete, onTrack) => (good
  ? [[`${good} of ${of}`, '/actions?rating=G&rating=B'], [` actions ${good === 1 ? 'is' : 'are'} ${complete} or ${onTrack}. `]]
  : [['None of the '], [plural(of, 'action'), '/actions'], [` is ${complete} or ${onTrack} yet. `]]);
/** @param {number} count @param {string} off the word of the rating */
export const offTrack = (count, off) => clause(`is ${off}`, `are ${off}`)(count);
export const pastDate = clause('is past its date', 'are past their date');
export const waiting = clause('needs an update', 'need an update');
/** @param {string} off the word of the rating @param {boolean} more whether the sentence goes on */
export const noTrouble = (off, more) => `Nothing is ${off} or past its date${more ? '; ' : '.'}`;
export const BETWEEN = ', ';
export const BEFORE_LAST = ' and ';
export const STOP = '.';

// The board view.
export const WALK = 'Tab or the arrow keys walk over the actions, Esc leads to the full view.';
export const BY_WHEN = 'By when:';
export const NO_UPDATE = 'No update yet';
