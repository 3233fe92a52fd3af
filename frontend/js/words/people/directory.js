/**
 * What the screens of people, agencies, accounts, duplicates and handover all say: reading, saving, choosing somebody.
 */
import { html } from '../../core.js';

// Reading

export const NOT_THERE = 'Not here';
export const NO_ANSWER = 'The server did not answer';
export const OFFLINE = 'You are offline';
export const NEEDS_SERVER = 'This page is only there when the server is.';
export const TRY_AGAIN = 'Try again';

// Saving

export const LOST = 'This did not reach the server. Nothing you have typed is lost. Try again in a moment.';
export const SIGN_IN_TO_SAVE = 'Sign in again to save this';
export const SAVING = 'Saving…';
export const UNCHANGED = 'Nothing was changed';
export const CANCEL = 'Cancel';
export const KEPT = 'What you typed is not saved. It waits in this window: go back to finish it.';
export const WAITED = 'This is what you had not saved yet.';
export const AFRESH = 'Start afresh';
export const LEAVE = 'This is not saved.';
export const LEAVE_YES = 'Discard it';
export const LEAVE_NO = 'Go on with it';
export const NAME_MISSING = 'Enter the name';
export const TYPED = 'About what you typed';
export const changedMeanwhile = () => html`<b>Somebody else changed this while you were typing.</b> What you typed is still here, and what they wrote stands beside it. Save again to put yours in its place.`;
/** What somebody else wrote in a field. @param {string} written empty: they emptied it */
export const theirs = (written) => html`Somebody else wrote meanwhile: <b>${written || 'nothing'}</b>`;

// Choosing somebody

export const NOBODY = 'Nobody (leave it without a name)';
export const NO_POST = 'no post stated';
