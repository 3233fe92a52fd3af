/**
 * The words around correcting an update.
 */
import { longDay } from '../../words.js';

export const READING = 'Opening…';
export const NOT_READ = 'The update could not be read.';
export const TRY_AGAIN = 'Try again';
export const TEXT = 'What the update should say';
export const KEPT = 'The words it has now stay one tap away, for everybody to see. For another rating, post a new update.';
export const SAVE = 'Save the correction';
export const SAVING = 'Saving…';
export const LEAVE = 'Leave it as it is';
export const SAVED = 'Your update is corrected. The earlier words are kept with it.';
export const SIGN_IN = 'Sign in again to save this';
export const EMPTY = 'Write what happened; an update needs its words';
export const SAME = 'Nothing is different yet. Change the words, or leave the update as it is';
export const LOST = 'This did not reach the server. Your words are still in the form. Try again in a moment.';
export const STALE = 'This update was changed while you were writing. Nothing of yours is lost. This is how it stands now; save again to put your words in place of these.';
/** @param {string} day @param {string} time */
export const UNTIL = (day, time) => `Until ${longDay(day)}, ${time}`;
export const NEXT_STEP = 'Next step:';
export const IMPACT = 'Impact:';
export const EVIDENCE = 'Evidence:';
