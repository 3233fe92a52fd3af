/**
 * What is said where actions are added to a plan, get another number, or are removed from it.
 */
import { html } from '../../core.js';

export const OPENING = 'Opening…';
export const NOT_OPENED = 'This could not be opened: the server did not answer. Try again in a moment.';
export const ONE_AT_A_TIME = 'Add or cancel this one first';

// Adding an action

/** Which objective is heard. @param {number} number */
export const add = (number) => html`Add an action<span class="unseen"> to objective ${number}</span>`;
export const ADD_BUTTON = 'Add this action';
/** @param {number} number */
export const ADD_TITLE = (number) => `A new action of objective ${number}`;
export const ADD_HINT = 'It comes after the last one and begins as not reported. Who is named on it may post updates.';
export const WORDING = 'Wording';
export const WORDING_HINT = 'What is to be done, as the plan prints it. Do not name children or families.';
export const WORDING_MISSING = 'Write what is to be done';
export const BY_WHEN = 'By when';
export const NO_DATE = 'No date given';
export const PRINTED = 'Words for the paper';
export const PRINTED_HINT = 'Such as “Summer 2027”. Leave empty to print the date.';
export const DATE = 'Date';
export const FIRST_DAY = 'First day';
export const LAST_DAY = 'Last day';
export const DATE_MISSING = 'Choose the date';
export const FIRST_MISSING = 'Choose the first day';
export const LAST_MISSING = 'Choose the last day';
export const BY_WHOM = 'By whom';
export const BY_WHOM_HINT = 'Begin to write a name, then choose. Groups and agencies can be put on it afterwards.';
/** @param {number} place */
export const person = (place) => (place ? `Person ${place + 1}` : 'Person');
export const ANOTHER = 'Name another person';
export const UNKNOWN = 'Choose somebody from the list, or leave it empty';
export const NO_PEOPLE = 'The list of people could not be opened. Add the action without them, or try again in a moment.';
/** @param {string} number */
export const added = (number) => `Action ${number} is added`;
export const SIGN_IN_TO_SAVE = 'Sign in again to save this';

// Another number

export const NUMBER_BUTTON = 'Give it this number';
export const NEW_NUMBER = 'New number';
export const NUMBER_HINT = 'The actions between the old number and the new one move by one. Minutes, e-mails and links that name '
  + 'one of these numbers will then mean another action. The history of each says which number it had.';
export const OBJECTIVE = 'Objective';
export const MOVE_BUTTON = 'Move it there';
export const MOVE_HINT = 'Its lead officer will be that of the other objective. The actions after its old number move up by one, and those from '
  + 'its new number on move down. Minutes, e-mails and links that name one of these numbers will then mean another action.';
/** @param {string} number */
export const last = (number) => `${number} (after the last)`;
/** @param {number | string} number @param {string} words */
export const numberOf = (number, words) => `${number}: ${words}`;
/** @param {string} number */
export const isNow = (number) => `${number} (its number now)`;
export const SAME_NUMBER = 'Choose another number';
/** @param {string} old @param {string} now */
export const numbered = (old, now) => `Action ${old} is now ${now}`;

// Removing

export const REMOVE_BUTTON = 'Remove it';
/** @param {string} number */
export const removeHint = (number) => `For an action that should not be in this plan. One that is done, on hold or carried forward stays, with that status. `
  + `The number ${number} becomes free, the history stays, and the plan on past days still shows it. It can be brought back.`;
export const REASON = 'Why it is removed';
export const REASON_HINT = 'Everybody who looks for it will read this.';
export const REASON_MISSING = 'Write why it is removed';
/** @param {string} number */
export const sure = (number) => `Yes, remove action ${number} from the plan`;
export const SURE_MISSING = 'Tick the box to confirm';
/** @param {string} number */
export const removed = (number) => `Action ${number} is removed from the plan`;
/** @param {string} detail */
export const look = (detail) => `${detail} It is shown here as it stands now; remove it if it should still go.`;
