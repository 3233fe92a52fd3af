/**
 * The page of one action, today and on a past day: its facts, its progress, and what it offers to do; the forms have words of their own.
 */
import { html } from '../../core.js';
import { clock, londonDay, lower, shortDay } from '../../words.js';

export const CHANGE = 'Change';
export const AS_PRINTED = 'As printed';
export const FOR_LEAD = 'For the lead officer';
/** `fact` as its button says it, `what` in a sentence. @type {Record<import('../../rules/action.js').FactName, {fact: string, what: string, many?: true}>} */
export const CALLED = {
  by_when: { fact: 'by when', what: 'date' },
  status: { fact: 'status', what: 'status' },
  text: { fact: 'wording', what: 'wording' },
  by_whom: { fact: 'by whom', what: 'people', many: true },
};
export const SIGN_OFF = 'Sign off as complete';
export const FOR_MANAGER = 'For the business manager';
export const REDACT_ACTION = 'Remove words from this action…';
export const READ_ONLY = 'You can read this action.';

export const WHERE = 'Breadcrumb';
/** @param {string} number */
export const action = (number) => `Action ${number}`;
export const ABOUT = 'About this action';
export const LEAD = 'Lead officer';
export const NOT_NAMED = 'Not named';
export const STATUS = 'Status';
export const NOTES = 'To be confirmed';
export const OTHERS = 'Other actions';
/** @param {string} number */
export const previous = (number) => `Previous: ${number}`;
/** @param {string} number */
export const next = (number) => `Next: ${number}`;
/** @param {string} number */
export const none = (number) => `No action ${number}`;
/** @param {string} number */
export const noneHere = (number) => `There is no action ${number} in this plan`;
export const SEE_ALL = 'See all actions';
export const PLACE = 'Its place in the plan';
/** By the verb: title. @type {Record<string, string>} */
export const PLACE_FORMS = { renumber: 'Change its number or objective', remove: 'Remove from the plan' };

export const BLANK = 'The plan leaves this blank';
/** @param {number} count */
export const moved = (count) => `Changed ${count === 1 ? 'once' : `${count} times`}`;
/** @param {string} date */
export const first = (date) => html`First printed: <b>${date}</b>`;
/** @param {string} date @param {string | null} by @param {string} day @param {string | null} why */
export const move = (date, by, day, why) => html`<b>${date}</b>${by && ` by ${by}`}${day && `, ${day}`}: ${why}`;
/** @param {string} words */
export const printed = (words) => `Printed: ${words}`;
/** @param {string} day */
export const left = (day) => `left on ${day}`;

export const PROGRESS = 'Progress';
/** @param {string} from @param {string} to */
export const statusMoved = (from, to) => html`Status changed from ${lower(from)} to <b>${to}</b>`;
/** @param {string} from @param {string} to */
export const ratingMoved = (from, to) => html`Rating changed from ${from} to <b>${to}</b>`;
/** @param {string} from @param {string} to */
export const dateMoved = (from, to) => html`Date changed from ${from} to <b>${to}</b>`;
/** @param {string} word */
export const rated = (word) => `Rated ${lower(word)}`;
export const claimed = () => html`Says it is <b>delivered</b>; a second person confirms it`;
export const WAITS = 'Not yet acknowledged by the lead officer';
/** @param {string | null} by @param {string} day */
export const acknowledged = (by, day) => `Acknowledged by ${by}${day && `, ${day}`}`;
/** @param {string | null} by @param {string} day */
export const returned = (by, day) => `Returned with a question by ${by}${day && `, ${day}`}`;
/** @param {string} day @param {string} why */
export const redacted = (day, why) => `Words removed by an administrator, ${day}: ${why}`;
/** @param {string} by @param {string} day @param {string} why */
export const withdrawn = (by, day, why) => `This update was withdrawn by ${by}, ${day}: ${why}`;
export const NEXT_STEP = 'Next step:';
export const IMPACT = 'Impact:';
export const EVIDENCE = 'Evidence:';
/** @param {string} system */
export const via = (system) => `Via ${system}`;
/** @param {string} by @param {string} whose */
export const entered = (by, whose) => `Entered by ${by} for ${whose}`;
export const ACKNOWLEDGE = 'Acknowledge';
/** @param {string} name */
export const whichUpdate = (name) => ` the update by ${name}`;
export const RETURN = 'Return with a question';
export const WITHDRAW = 'Withdraw this update';
export const REDACT = 'Remove words…';
/** @param {string} day */
export const starts = (day) => (day ? `${day}: the plan starts` : 'The plan starts');
export const NOT_LOADED = 'The timeline could not be loaded. ';
/** @param {number} count */
export const earlier = (count) => `Show ${count} earlier`;
export const EARLIER = 'Show earlier updates';
export const EARLIER_FAILED = 'They could not be loaded.';

export const POST = 'Post an update';
export const WHAT = 'What has happened since the last update?';
/** @param {number} left */
export const room = (left) => `${Math.abs(left)} ${Math.abs(left) === 1 ? 'character' : 'characters'} ${left < 0 ? 'too many' : 'left'}`;
export const MORE = 'Add more: next step, impact, evidence';
export const SEND = 'Post update';
export const SENDING = 'Posting…';
export const SEND_AFTER = 'Post mine after theirs';
export const NO_CHANGE = 'No change since the last update';
/** @param {string} number */
export const posted = (number) => `Update posted on ${number}`;
export const HOW = 'How is it going?';
export const CLAIM = 'Delivered';
export const CLAIMED_ALREADY = 'Already said; waiting for a second person to confirm it';
export const CLAIM_HINT = 'Done; a second person will confirm it';
export const CHOSEN = ' (chosen)';
export const NO_DRAFTS = 'This browser will not keep drafts. Post before you leave this page.';
/** @param {string} at @param {string} [day] */
const when = (at, day = londonDay(at)) => (day === londonDay(Date.now()) ? clock(at) : shortDay(day));
/** @param {string} at */
export const draftKept = (at) => html`Draft kept on this device<span aria-live="off">${at && `, ${when(at)}`}</span>`;
export const DELETE_DRAFT = 'Delete draft';
export const WHOSE = 'Whose update is this?';
export const MINE = 'Mine';
/** @param {string} name */
export const notNamed = (name) => `${name} (not on this action)`;
export const ABOUT_UPDATE = 'About your update';
/** @param {string} kept */
const where = (kept) => (kept === 'refused' ? 'still in the box' : 'kept on this device');
/** @param {string} kept */
export const offline = (kept) => html`<b>You are offline.</b> Your words are ${where(kept)}. Post them when you are back online.`;
/** @param {string} kept */
export const away = (kept) => html`<b>The update did not reach the server.</b> Your words are ${where(kept)}. Try again in a moment.`;
