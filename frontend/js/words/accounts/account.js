/**
 * One's own account: the page, the address, the devices. What is about signing in safely is in account/security.js.
 */
import { html } from '../../core.js';
import { clock, londonDay, longDay, plural } from '../../words.js';

export const NAME = 'Account';
export const BREADCRUMB = 'Breadcrumb';
export const YOUR_ACCOUNT = 'Your account';
export const NOT_FOUND = 'Not found';
export const NO_PAGE = 'There is no such page';
export const NOT_OPENED = 'Not opened';
export const COULD_NOT_OPEN = 'This page could not be opened';
export const NO_ANSWER = 'The server did not answer.';
export const STILL_SIGNED_IN = 'The server did not answer, so you are still signed in. Try again in a moment.';
export const SIGN_OUT = 'Sign out';

/** What leads to the parts, by their name in the address. @type {Record<string, [string, string]>} */
export const SECTIONS = {
  security: ['Password and sign-in', 'Your password, authenticator app, recovery codes and passkeys'],
  email: ['E-mail address', 'The address you sign in with, and where letters go'],
  sessions: ['Where you are signed in', 'Your devices; end one, or all but this'],
};

export const FACTS = { email: 'E-mail', role: 'Role', person: 'In the plan as', post: 'Post', agency: 'Agency' };
export const NOT_NAMED = 'Not named in the plan';
export const NO_AGENCY = 'Agency not stated in the plan';

/** Everything that is held about who is signed in. */
export const held = {
  TITLE: 'What is held about you',
  WHAT: 'What you wrote, what was changed of you, your account and its sign-ins: all in one file, which a browser opens',
  BUTTON: 'Download your data',
  FILE: 'my-data.json',
  DONE: 'Your data is downloaded',
  SIGN_IN: 'Sign in again to download your data',
};

export const drafts = {
  TITLE: 'Drafts on this device',
  NONE: 'None.',
  /** @param {string} number */
  FINISH: (number) => html`Finish it<span class="unseen"> on ${number}</span>`,
  /** @param {string} number */
  DELETE: (number) => html`Delete<span class="unseen"> the draft on ${number}</span>`,
};

export const email = {
  /** @param {string} address */
  NOW: (address) => html`You sign in with <b>${address}</b>.`,
  /** @param {string} address */
  SENT: (address) => html`A letter is on its way to <b>${address}</b>. Open the link in it within a day. Until then nothing changes.`,
  CHANGE: 'Change it',
  LABEL: 'New e-mail address',
  HINT: 'We send a link there first, so that a mistyped address shuts nobody out. The old address is told.',
  MISSING: 'Enter the new e-mail address',
  SEND: 'Send a link to this address',
  SENDING: 'Sending…',
  AWAY: 'The server did not answer. What you typed is still there. Try again in a moment.',
};

/** @param {string} instant */
const when = (instant) => `${longDay(londonDay(instant))}, ${clock(instant)}`;
/** @type {Record<string, string>} */
const HOW = { password: 'by password', second_factor: 'by password and code', passkey: 'by passkey', directory: 'by your agency’s directory',
  directory_second_factor: 'by your agency’s directory, with a second factor' };

export const sessions = {
  /** @param {string} security */
  ABOUT: (security) => html`If you do not know one of these, end it and <a href=${security}>change your password</a>.`,
  THIS: '(this device)',
  /** @param {string} method @param {string} instant */
  SINCE: (method, instant) => `Signed in ${HOW[method]}, ${when(instant)}`,
  /** @param {string} instant */
  LAST_USED: (instant) => `Last used ${when(instant)}`,
  /** @param {string} device @param {string} since */
  END: (device, since) => html`End<span class="unseen"> ${device}, signed in ${when(since)}</span>`,
  END_OTHERS: 'End all others',
  /** @param {string} device */
  ENDED: (device) => `${device} is signed out`,
  /** @param {number} count */
  ENDED_OTHERS: (count) => `${plural(count, 'other device')} signed out`,
};
