/**
 * The words of My actions.
 */
import { listed, longDay, plural } from '../words.js';

export const TITLE = 'My actions';
export const WAITING = 'Waits for you';
export const OWED = 'Update now';
export const DRAFTS = 'Your drafts';
export const DRAFTS_HINT = 'Kept on this device and not posted yet.';
export const UP_TO_DATE = 'Up to date';
export const CLOSED = 'Complete';
export const NONE = 'No action names you yet.';
export const NONE_HERE = 'What your partnership is doing, and how it goes, is on these pages:';
export const FINISH = 'Finish your draft';
export const OPENING = 'Opening…';
export const FAILED = 'This could not be opened: the server did not answer. Nothing you have written is lost.';
export const AGAIN = 'Try again';
export const BACK = 'Back to my actions';

/** On the button of a card. @type {Record<string, string>} */
export const DO = { acknowledge: 'Answer', 'sign-off': 'Sign off', update: 'Update' };
/** Why it waits. @type {Record<string, string>} */
export const WHY = { acknowledge: 'An update waits for your answer', 'sign-off': 'Delivered, to be signed off by a second person' };

/** @param {string} name @param {number} owed @param {number} waiting */
export function heading(name, owed, waiting) {
  if (owed) return `${name}, ${plural(owed, 'action')} ${owed === 1 ? 'needs' : 'need'} an update`;
  return waiting ? `${name}, your own actions are up to date` : `${name}, you are up to date`;
}

/**
 * @param {number} on how many actions name the person
 * @param {number[]} leads numbers of objectives
 * @param {number} waiting
 * @param {string | null} meets YYYY-MM-DD
 */
export function standing(on, leads, waiting, meets) {
  const led = leads.length ? `lead objective${leads.length > 1 ? 's' : ''} ${listed(leads.map(String))}` : '';
  const named = on ? `are named on ${plural(on, 'action')}` : '';
  const you = [named, led].filter(Boolean).join(' and ');
  return [you && `You ${you}.`, waiting && `${waiting} ${waiting === 1 ? 'thing waits' : 'things wait'} for your answer.`,
    meets && `The board next meets on ${longDay(meets)}.`].filter(Boolean).join(' ');
}

/** @param {number} count */
export const startAll = (count) => `Do all ${count}, one after another`;
/** @param {string} number */
export const alone = (number) => `Open ${number} on its own page`;
