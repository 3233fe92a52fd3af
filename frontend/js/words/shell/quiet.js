/**
 * What the quiet strip says: somebody else has changed the plan that is open; and what stands on paper only.
 */
import { listed, plural } from '../../words.js';

export const AS_AT = 'As at';
export const SHOW = 'Show';
export const WAIT = 'Post or delete what you are writing first. Nothing is lost.';
export const ENDED = 'You are signed out: this page no longer learns of changes.';
export const SIGN_IN = 'Sign in';

/** "2 actions changed" @param {string[]} numbers of actions */
export const changed = (numbers) => (numbers.length ? `${plural(numbers.length, 'action')} changed` : 'The plan has changed');

/** On a projector, where nobody presses anything. @param {string[]} numbers of actions */
export const changedOnBoard = (numbers) => (numbers.length && numbers.length <= 6 ? `${changed(numbers)}: ${listed(numbers)}` : changed(numbers));
