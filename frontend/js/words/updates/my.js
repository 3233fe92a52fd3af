/**
 * The words of My actions.
 */
import { listed, longDay, plural } from '../../words.js';

export const TITLE = 'My actions';
/** In their order. @type {Record<string, string>} */
export const GROUPS = { waiting: 'Waits for you', owed: 'Update now', drafts: 'Your drafts on this device', upToDate: 'Up to date', closed: 'Complete' };
export const NONE = 'No action names you yet.';
export const SEE_PLAN = 'See how the plan is going';
export const FINISH = 'Finish your draft';
export const OPENING = 'Opening…';

/** On the button of a card. @type {Record<string, string>} */
export const DO = { acknowledge: 'Answer', 'sign-off': 'Sign off', update: 'Update' };
/** Why it waits. @type {Record<string, string>} */
export const WHY = { acknowledge: 'An update waits for your answer', 'sign-off': 'Delivered, to be signed off by a second person' };

/** @param {number} waiting */
const wait = (waiting) => `${waiting} ${waiting === 1 ? 'thing waits' : 'things wait'} for your answer`;

/** @param {string} name @param {number} owed @param {number} waiting */
export function heading(name, owed, waiting) {
  if (owed) return `${name}, ${plural(owed, 'action')} ${owed === 1 ? 'needs' : 'need'} an update`;
  return `${name}, ${waiting ? wait(waiting) : 'you are up to date'}`;
}

/** @param {number} on @param {number[]} leads @param {number} waiting @param {{next_review_on: string | null, as_of: string}} plan */
export function standing(on, leads, waiting, { next_review_on: meets, as_of: today }) {
  const led = leads.length ? `lead objective${leads.length > 1 ? 's' : ''} ${listed(leads.map(String))}` : '';
  const named = on ? `are named on ${plural(on, 'action')}` : '';
  const you = [named, led].filter(Boolean).join(' and ');
  return [you && `You ${you}.`, waiting && `${wait(waiting)}.`,
    meets && meets >= today && `The board next meets on ${longDay(meets)}.`].filter(Boolean).join(' ');
}

/** @param {number} count */
export const startAll = (count) => `Do all ${count}, one after another`;
/** @param {number} count */
export const seeAll = (count) => `See all ${count} actions`;
