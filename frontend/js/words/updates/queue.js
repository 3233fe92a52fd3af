/**
 * The words of doing one's actions one after another.
 */
import { html } from '../../core.js';
import { listed, longDay, plural } from '../../words.js';

export const SKIP = 'Skip for now';
export const STOP = 'Stop';
export const NEXT = 'Next';
export const BY_WHEN = 'By when:';
export const NEVER = 'Nobody has posted an update yet.';
export const READ_ONLY = 'You can read this action.';
export const NOT_FETCHED = 'What was posted could not be fetched. Try again in a moment, or skip it for now.';
export const AGAIN = 'Try again';
export const FORM_FAILED = 'This form could not be fetched: the server did not answer. Try again in a moment, or skip it for now.';
export const ANSWERED_ALREADY = 'Nothing waits for your answer here any more.';
export const SIGN_OFF = 'Sign off as complete';
export const SAVING = 'Saving…';
export const BACK = 'Back to my actions';
export const END = 'That was the last one';
export const SKIPPED = 'Skipped or kept for later';
export const LOADING = 'Opening…';
export const YOUR_WORDS = 'Your words, kept on this device:';

/** What a step asks for. @type {Record<string, string>} */
export const ASKS = { acknowledge: 'Answer an update', 'sign-off': 'Sign off', update: 'Update' };
/** What became of a step that one comes back to. @type {Record<string, string>} */
export const DONE = { posted: 'Your update is posted.', answered: 'You have answered it.', signed: 'It is signed off as complete.' };

/** @param {string} name who wrote it @param {string} when "3 weeks ago" */
export const lastSaid = (name, when) => html`The last update says: <b>${name}</b>, ${when}`;
/** @param {number} place @param {number} of */
export const placeOf = (place, of) => `${place} of ${of}`;
/** @param {string} said @param {number} left */
export const told = (said, left) => `${said} ${left ? `${left} left` : 'That was the last one'}`;
/** @param {string} number */
export const posted = (number) => `Update posted on ${number}.`;
/** @param {string} number */
export const skipped = (number) => `${number} skipped.`;
/** @param {string} number */
export const kept = (number) => `Your words on ${number} are kept on this device.`;
/** @param {string} number */
export const keptOffline = (number) => `You are offline: your update on ${number} is kept on this device.`;
/** @param {string} number */
export const signed = (number) => `${number} is signed off as complete.`;
/** @param {string[]} names of those whose updates they were */
export const answered = (names) => `The update by ${listed([...new Set(names)])} is answered.`;
/** @param {string} number */
export const gone = (number) => `Nothing waits on ${number} any more`;
/** @param {string} number */
export const whole = (number) => `Open ${number} on its own page`;
/** @param {string} printed */
export const printedOnly = (printed) => `The plan prints “${printed}” in its date column; nobody has posted about it yet.`;

/** @param {Record<'posted' | 'answered' | 'signed' | 'kept' | 'skipped', number>} counts */
export function summary({ posted: updates, answered, signed: signedOff, kept: drafts, skipped: left }) {
  const did = [updates && `posted ${plural(updates, 'update')}`, answered && `answered on ${plural(answered, 'action')}`,
    signedOff && `signed off ${plural(signedOff, 'action')}`].filter(Boolean);
  const later = [drafts && `${plural(drafts, 'draft')} ${drafts === 1 ? 'is' : 'are'} kept on this device`,
    left && `${left} ${left === 1 ? 'was' : 'were'} skipped`].filter(Boolean);
  return [did.length && `You ${listed(/** @type {string[]} */ (did))}.`, later.length && `${listed(/** @type {string[]} */ (later))}.`]
    .filter(Boolean).join(' ');
}

/** @param {number} count */
export const still = (count) => `${plural(count, 'thing')} ${count === 1 ? 'is' : 'are'} still in your list.`;

/** @param {string | null} day @param {number} days until then */
export function meeting(day, days) {
  if (!day || days < 0) return 'The date of the board’s next meeting is not set.';
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  return `The board next meets on ${longDay(day)}, ${when}.`;
}
