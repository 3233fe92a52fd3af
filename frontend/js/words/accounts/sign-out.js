/**
 * What is said when somebody signs out while updates wait.
 */
import { listed, plural } from '../../words.js';

/** @type {[string, string][]} */
export const CHOICES = [['post', 'Post it now'], ['keep', 'Keep it on this device'], ['delete', 'Delete it']];
/** @param {number} count updates @param {number} changes typed into other forms */
export const TITLE = (count, changes) => (count ? `You have ${plural(count, 'update')} not yet posted` : `You have ${plural(changes, 'change')} not saved`);
/** @param {number} count */
export const CHANGES = (count) => (count === 1 ? 'A change you typed is not saved. Signing out discards it.' : `${count} changes you typed are not saved. Signing out discards them.`);
/** @param {string} page */
export const BACK_TO = (page) => `Go back to ${page}`;
export const SHARED = 'On a computer that others use, post or delete: what you keep stays here for when you sign in again.';
export const PERSONAL = 'What you keep stays on this device for when you sign in again.';
export const STAY = 'Stay signed in';
export const BACK = 'Go back';
export const BUSY = 'Signing out…';
/** @param {string[]} numbers */
export const REALLY = (numbers) => `Delete the ${numbers.length > 1 ? 'updates' : 'update'} on ${listed(numbers)}?`;
export const FOR_GOOD = 'What you wrote cannot be brought back.';
export const DELETE = 'Delete and sign out';
/** @param {string} number */
export const OPEN = (number) => `Open ${number}`;
export const NOT_POSTED = 'There is a problem: you are still signed in';
export const NO_ANSWER = 'The server did not answer. Your words are kept on this device.';
export const OVERTAKEN = 'Somebody updated this action while you were writing. Open it to post yours after theirs.';
export const TO_LOOK_AT = 'Open it to post: there is something to answer first.';
export const NOT_SIGNED_IN = 'Your session has ended, so it was not posted.';
export const GONE = 'This action is not in the plan any more.';

/** The button: what it will do. @param {number} posts @param {number} deletes @param {number} changes */
export const LEAVE = (posts, deletes, changes) => {
  const first = [posts && 'post', deletes && 'delete', changes && 'discard'].filter(Boolean).join(', ');
  return first ? `${first.charAt(0).toUpperCase()}${first.slice(1)} and sign out` : 'Sign out';
};
