/**
 * What is said on the page on which the business manager keeps the objectives.
 */
import { html } from '../../core.js';
import { plural } from '../../words.js';

export const TITLE = 'Objectives';
export const LEDE = 'Their wording, order and lead officers. Another lead officer can act at once, and the one before no more.';
export const EDIT = 'Edit';
export const UP = 'Move up';
export const DOWN = 'Move down';
export const REMOVE = 'Remove';
export const CANCEL = 'Cancel';
export const ONE_AT_A_TIME = 'Save or cancel this first';
export const SAVE = 'Save';
export const ADD = 'Add an objective';
export const ADD_BUTTON = 'Add this objective';
export const OPENING = 'Opening…';
export const NO_LEAD = 'No lead officer named';
/** @param {number} number */
export const objective = (number) => `Objective ${number}`;
/** @param {number} number @param {string | null} title */
export const named = (number, title) => (title ? `Objective ${number}: ${title}` : `Objective ${number}`);
/** What a button does; of which objective is heard. @param {string} what @param {number} number */
export const withObjective = (what, number) => html`${what}<span class="unseen"> objective ${number}</span>`;
/** @param {number} count */
export const actions = (count) => plural(count, 'action');
export const ORDER_HINT = 'When an objective gets another number, the numbers of its actions change with it. Minutes, e-mails and links '
  + 'that name a number will then mean another action; the history of each says which number it had.';

export const WORDING = 'Wording';
export const WORDING_MISSING = 'Write the objective';
export const PRINTED = 'As printed';
export const SHORT_TITLE = 'Short title';
export const SHORT_HINT = 'Two or three words, where the whole objective does not fit. Leave empty for none.';
export const LEAD = 'Lead officer';
export const LEAD_HINT = 'Begin to write a name, then choose. Leave empty for nobody.';
export const LEAD_UNKNOWN = 'Choose somebody from the list, or leave it empty';
export const LEAD_PRINTED = 'Lead officer as printed';
export const LEAD_PRINTED_HINT = 'The words for the paper. Leave empty to print the name.';
export const LEAD_PRINTED_ALONE = 'Choose the lead officer that these words are for';

/** @param {number} number */
export const saved = (number) => `Objective ${number} is saved`;
/** @param {number} number */
export const added = (number) => `Objective ${number} is added`;
/** @param {number} old @param {number} now */
export const moved = (old, now) => `Objective ${old} is now ${now}`;
/** @param {number | string} number */
export const removed = (number) => `Objective ${number} is removed from the plan`;
export const SIGN_IN_TO_SAVE = 'Sign in again to save this';
/** @param {string} detail */
export const look = (detail) => `${detail} It is shown here as it stands now.`;

/** @param {number} count */
export const holds = (count) => `${plural(count, 'action')} ${count === 1 ? 'stands' : 'stand'} in it, so it cannot be removed. Remove ${
  count === 1 ? 'it' : 'them'} first, each with its reason.`;
export const REASON = 'Why it is removed';
export const REASON_MISSING = 'Write why it is removed';
export const REMOVE_BUTTON = 'Remove this objective';

export const GONE_TITLE = 'Removed from the plan';
export const GONE_NONE = 'Nothing was removed from this plan.';
/** @param {string} type @param {string} number */
export const goneThing = (type, number) => `${type === 'action' ? 'Action' : 'Objective'} ${number}`;
/** @param {string} day @param {string} by @param {string} reason */
export const goneBy = (day, by, reason) => `Removed on ${day} by ${by}${reason && `: ${reason}`}`;
/** @param {string} type @param {string} number */
export const bringBack = (type, number) => html`Bring back<span class="unseen"> ${goneThing(type, number)}</span>`;
export const FIRST_ITS_OBJECTIVE = 'Its objective was removed too. Bring that back first.';
/** @param {string} type @param {string} number */
export const broughtBack = (type, number) => `${goneThing(type, number)} is back in the plan`;
