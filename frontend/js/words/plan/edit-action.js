/**
 * Words of the forms that change an action where it is read.
 */
import { html } from '../../core.js';
import { CALLED } from '../updates/action.js';

/** @typedef {import('../../rules/action.js').FactName} FactName */

/** @param {FactName} name */
export const TITLE = (name) => `Change ${CALLED[name].fact}`;
/** @param {FactName} name */
export const SAVE = (name) => `Save the ${CALLED[name].what}`;
/** @param {FactName} name @param {string} number */
export const DONE = (name, number) => `The ${CALLED[name].what} of ${number} ${CALLED[name].many ? 'are' : 'is'} changed`;
export const SAVING = 'Saving…';
export const CANCEL = 'Cancel';
export const SIGN_IN_AGAIN = 'Sign in again to save this';
export const ABOUT = 'About your change';

export const LEAVE = 'This change is not saved.';
export const LEAVE_YES = 'Discard it';
export const LEAVE_NO = 'Go on with it';
/** @param {string} number */
export const KEPT = (number) => `Your change of ${number} is not saved. It waits in this window: go back to ${number} to finish it.`;
export const WAITED = 'This is what you had not saved yet.';

export const OFFLINE = 'You are offline. What you wrote is still in the form. Save it when you are back online.';
export const AWAY = 'This did not reach the server. What you wrote is still in the form. Try again in a moment.';
/** @param {string} detail */
export const FORBIDDEN = (detail) => `${detail} What you wrote is still below; copy it to them.`;

/** @param {string} by @param {string} what */
export const CLASH = (by, what) => html`<b>${by} changed the ${what} while you were writing.</b> Nothing of yours is lost.`;
export const THEIRS = 'Theirs, as it stands:';
export const MINE = 'Yours:';
export const NOTHING = 'Nobody named';
export const KEEP_THEIRS = 'Keep theirs';
export const SAVE_MINE = 'Save mine over it';
/** @param {string} by @param {string} what */
export const BOTH = (by, what) => `${by} changed the ${what} meanwhile; both changes stand.`;
export const SOMEBODY = 'Somebody';

export const UNDO = 'Undo';
/** @param {string} what */
export const UNDO_WHAT = (what) => ` the change of the ${what}`;
export const UNDOING = 'Undoing…';
/** @param {string} number @param {string} what */
export const UNDONE = (number, what) => `Undone: ${number} has the ${what} it had before.`;
export const NOT_UNDONE = 'The undo did not reach the server. Try again in a moment.';

export const WHEN = {
  kind: 'The new date is', printed: 'Words for the paper', hint: 'Such as “Summer 2022”. Leave empty to print the date.',
  day: 'Date', first: 'First day', last: 'Last day', stays: 'The date printed in the plan, and every later one, stay visible.',
  needDay: 'Give the day', needFirst: 'Give the first day', needLast: 'Give the last day',
};
export const REASON = 'Reason';
export const NEED_REASON = 'Give the reason';
export const STATUS = { to: 'New status', now: (/** @type {string} */ word) => `Now: ${word}` };
export const WORDING = { label: 'Wording of the action', hint: 'The words printed in the plan stay one tap away.', need: 'Write the action', same: 'These are the words as they stand' };
