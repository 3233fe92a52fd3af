/**
 * The words of the page of gaps.
 */
import { html } from '../../core.js';
import { plural } from '../../words.js';

export const TITLE = 'What the plan still owes itself';
export const IN_SHORT = 'No date, nobody named, questions from the paper: who should settle each, and where';
/** By the group: title, why. @type {Record<string, string[]>} */
export const GROUP_WORDS = {
  'no-date': ['No date', 'Without a date nobody can say whether it is late.'],
  'still-tbc': ['Still “TBC” after a review', 'A review has passed since this was to be confirmed.'],
  nobody: ['Nobody named', 'What nobody is named on is nobody’s to do.'],
  'only-groups': ['Only groups named', 'A group has no account and gets no reminder; one person has to answer for it.'],
  duplicates: ['Names that may be one person', 'Updates and reminders go astray while one person stands under two names.'],
  'to-confirm': ['Done, says the paper: the lead officer to confirm', 'The paper says it in the date column. Until it is confirmed, nothing shows what was done.'],
  questions: ['Questions from the paper, and others', 'Something in the wording is not clear, or does not agree with the rest.'],
  'no-lead': ['Objectives without a lead officer', 'Nobody answers updates there, moves dates or signs off.'],
  header: ['The head of the plan is not filled in', 'The overview and every report begin with it.'],
  'no-agency': ['People without an agency', 'Their actions count for no agency, and a partner sees none of them as its own.'],
};
/** @param {number} count @param {number} mine how many this reader may settle */
export const leadIn = (count, mine) => (count
  ? `${plural(count, 'thing')} ${count === 1 ? 'is' : 'are'} left open.${mine && mine < count ? ` ${mine === 1 ? 'One is' : `${mine} are`} yours to settle.` : ''}`
  : 'Nothing is left open.');
export const GROUPS_NAMED = 'Kinds of gaps';
export const ONLY_MINE = 'Only what I can settle';
export const NOTHING_MINE = 'Nothing here is yours to settle';
export const SEE_ALL = 'See everything that is open';
export const NOTHING = 'The plan owes itself nothing';
export const NOTHING_MORE = 'Every action has a date and somebody’s name, and every question is answered.';
export const ALL_SETTLED = 'All of these are settled.';
export const YOURS_SETTLED = 'All of these that were yours are settled.';
/** By the member. @type {Record<string, string>} */
export const FIELD_WORDS = { next_review_on: 'Next review date', ends_on: 'End date of the plan', owner: 'Plan owner, as a person' };
/** Who should settle it. @param {string} who @param {string | undefined} lead @param {number | undefined} objective */
export const whoShould = (who, lead, objective) => (who === 'admin' || !lead ? 'For the business manager'
  : `For ${lead}, lead officer of objective ${objective}`);
/** Who can, to somebody who cannot. @param {string} _who @param {string | undefined} lead @param {number | undefined} objective */
export const whoCan = (_who, lead, objective) => (lead ? `${lead} (lead officer of objective ${objective}) or the business manager can settle this.`
  : 'The business manager can settle this.');
/** By what settles it. @type {Record<string, string>} */
export const SETTLE_WORDS = {
  date: 'Set the date', people: 'Name somebody', note: 'Settle it', plan: 'Set it', objective: 'Name a lead officer', person: 'State the agency',
};
export const COMPARE = 'Compare the two names';
/** What a button is about, for who hears it alone. @param {string} what */
export const about = (what) => html`<span class="unseen">: ${what}</span>`;
/** @param {number} number */
export const objectiveCalled = (number) => `Objective ${number}`;
/** @param {number} count */
export const showAll = (count) => `Show all ${count}`;
export const OPENING = 'Opening…';
export const NOT_OPENED = 'This form could not be opened: the server did not answer. Try again.';
export const SHOW_FEWER = 'Show fewer';
export const CANCEL = 'Cancel';
export const TRY_AGAIN = 'Try again';
export const ONE_AT_A_TIME = 'Save or cancel this first';
export const CHOOSE = 'Choose';
export const AGENCY = 'Agency';
export const AGENCY_MISSING = 'Choose the agency';
export const VALUE_MISSING = 'Say which';
/** @param {string} field */
export const fieldSet = (field) => `${FIELD_WORDS[field]}: set`;
/** @param {string} name */
export const agencyStated = (name) => `The agency of ${name} is stated now`;
export const ANSWER = 'How it was settled';
export const ANSWER_HINT = 'The question leaves this list. The history keeps it with your answer. Do not name children or families.';
export const ANSWER_MISSING = 'Write how it was settled';
export const SETTLE = 'Settle this question';
export const NOTE_SETTLED = 'The question is settled; the history keeps it with the answer';
export const ASK = 'Ask a question about the plan';
export const ASK_HINT = 'Something the plan leaves open. It stands here until somebody settles it. Do not name children or families.';
export const QUESTION = 'Question';
export const QUESTION_MISSING = 'Write the question';
export const ASKED = 'The question is on the list';
