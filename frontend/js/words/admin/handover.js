/**
 * The words of the handover, when somebody leaves.
 */
import { html } from '../../core.js';
import { listed, longDay, plural } from '../../words.js';

export const TITLE = 'Hand over';
/** @param {string} name */
export const from = (name) => `Hand over from ${name}`;
export const NOT_STATED = 'Post and agency are not stated in the plan';

// Before

export const NOTHING_OPEN = 'Nothing is open in their name.';
/** @param {number} plans @param {number} objectives @param {number} actions */
export const isOpen = (plans, objectives, actions) => {
  const parts = [plans && plural(plans, 'plan'), objectives && plural(objectives, 'objective'), actions && plural(actions, 'action')];
  const many = plans + objectives + actions;
  return many ? `${listed(/** @type {string[]} */ (parts.filter(Boolean)))} ${many === 1 ? 'is' : 'are'} open in their name.` : NOTHING_OPEN;
};
/** @param {number} count */
export const updatesWait = (count) => (count === 1 ? `${plural(count, 'update')} waits for their answer, and goes to the new lead officer.`
  : `${plural(count, 'update')} wait for their answer, and go to the new lead officer.`);
/** @param {number} count */
export const closedStay = (count) => `${plural(count, 'closed action')} ${count === 1 ? 'keeps' : 'keep'} their name.`;

// The form

export const TO_ONE = 'Everything to one person';
export const TO_ONE_HINT = 'Type a name or an agency. Below you can give single things to others.';
/** @param {string} plan its title, when there are several; or nothing */
export const thePlan = (plan) => (plan ? `The plan, ${plan}` : 'The plan');
/** @param {number} number @param {string} words its first words, or nothing @param {string} plan as above */
export const objective = (number, words, plan) => `Objective ${number}${words ? `: ${words}` : ''}${plan ? `, ${plan}` : ''}`;
/** @param {string} plan */
export const ownerOf = (plan) => `Owner of ${plan}`;
/** @param {string | null} number @param {string} words */
export const leadOf = (number, words) => html`Lead officer of objective ${number} <span class="muted what">${words}</span>`;
/** @param {string | null} number @param {string} words */
export const action = (number, words) => html`Action ${number} <span class="muted what">${words}</span>`;
export const DAY = 'The day they left';
export const DAY_MISSING = 'Enter the day they left';
export const NOTE = 'Note (optional)';
export const NOTE_HINT = 'Such as “Retires; Lucy takes over from April”. It stands in the history of each action.';
/** @param {string} email */
export const endAccount = (email) => `End their account (${email})`;
export const HAND_OVER = 'Hand over';
export const HANDING_OVER = 'Handing over…';
export const SIGN_IN_TO_HAND_OVER = 'Sign in again to hand over';
/** What is wrong in a box. @param {{kind: string, number: string | null}} item @param {string} typed */
export const chooseWho = ({ kind, number }, typed) => {
  const choose = kind === 'action' ? `Choose who takes ${number}` : kind === 'objective' ? `Choose who takes objective ${number}` : 'Choose who takes the plan';
  return typed ? `There is no ${typed} in the list. ${choose}` : choose;
};

// What will happen, and what happened

export const NOTHING_MOVES = 'Nothing is open, so nothing moves.';
export const CHOOSE_ABOVE = 'Choose above who takes what.';
/** "the plan, objective 3 and 2 actions". @param {boolean} plan @param {string[]} objectives numbers @param {string[]} actions numbers */
export const things = (plan, objectives, actions) => listed([
  ...(plan ? ['the plan'] : []),
  ...objectives.map((number) => `objective ${number}`),
  ...(actions.length > 3 ? [plural(actions.length, 'action')] : actions.map((number) => `action ${number}`)),
]);
/** @param {string} name @param {string} what things */
export const takes = (name, what) => `${name} takes ${what}.`;
/** @param {string} name @param {string} what things */
export const took = (name, what) => `${name} took ${what}.`;
/** @param {string} what things */
export const leftWithout = (what) => `Nobody is named for ${what}.`;
/** @param {number} open @param {number} all */
export const stillOpen = (open, all) => `${plural(open, 'thing')} of ${all} still ${open === 1 ? 'needs' : 'need'} somebody.`;
/** @param {string} name */
export const signedOut = (name) => `${name} is signed out everywhere and cannot sign in again.`;
/** @param {string} name */
export const wordsStay = (name) => `What ${name} wrote keeps their name.`;

export const DONE = 'Handed over';
/** @param {string} name */
export const handedOver = (name) => `${name} has handed over`;
/** @param {string} day */
export const theyLeft = (day) => `They left on ${longDay(day)}.`;
export const ACCOUNT_ENDED = 'Their account has ended.';
export const TO_SEE_TO = 'To see to';
export const BACK = 'Back to people';
/** @param {string} name */
export const hasLeft = (name) => `${name} has left`;
/** @param {string} day */
export const leftOn = (day) => `Left on ${longDay(day)}`;
