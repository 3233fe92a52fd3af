/**
 * How I sign in: password, authenticator app, recovery codes, passkeys.
 */
import { html } from '../../core.js';
import { londonDay, longDay, plural } from '../../words.js';

export const FACTOR_NEEDED = 'Set up a second factor to go on';
/** @param {string} role @param {boolean} passkeys whether this browser makes them */
export const WHY_NEEDED = (role, passkeys) => (passkeys
  ? `Your role (${role.toLowerCase()}) needs more than a password to sign in. Add a passkey below, which is the easy way, or set up an authenticator app; everything else opens then.`
  : `Your role (${role.toLowerCase()}) needs more than a password to sign in. Set up an authenticator app below; everything else opens then.`);

export const mail = {
  TITLE: 'First, open a link in your mailbox',
  ABOUT: 'Your password alone is not enough to set this up: somebody else may know it. We send a link to your e-mail address. Open it in this browser.',
  SEND: 'Send me a link',
  AGAIN: 'Send another link',
  OPENED: 'I have opened it',
};

export const password = {
  TITLE: 'Password',
  PRESENT: 'Present password',
  NEW: 'New password',
  HINT: '12 characters or more. Three or four words that have nothing to do with each other are good.',
  SHOW: 'Show passwords',
  OTHERS_END: 'Your other devices are signed out when it changes.',
  NO_PRESENT: 'Enter your present password',
  NO_NEW: 'Enter a new password',
  CHANGE: 'Change password',
  CHANGING: 'Changing…',
  CHANGED: 'Your password is changed. Your other devices are signed out.',
};

export const app = {
  TITLE: 'Authenticator app',
  /** @param {string} instant */
  SINCE: (instant) => `Set up on ${longDay(londonDay(instant))}. You are asked for its code when you sign in.`,
  ABOUT: 'An app on your phone shows a new code every 30 seconds. With it, a password that somebody saw is not enough to sign in as you.',
  SET_UP: 'Set up an app',
  MOVE: 'Move to another phone',
  REMOVE: 'Remove the app',
  REMOVED: 'Your authenticator app is removed',
  STEPS: 'Set up your app',
  SCAN: 'Scan this with an authenticator app, such as Microsoft or Google Authenticator, or the phone’s own passwords app.',
  PICTURE: 'QR code of the secret below',
  /** @param {string} address */
  BY_HAND: (address) => html`On this phone? <a href=${address}>Open it in your app</a>, or type this secret:`,
  CODE: 'Code that the app shows now',
  NO_CODE: 'Enter the code that your app shows',
  CONFIRM: 'Confirm the app',
  NOT_NOW: 'Not now',
  DONE: 'Your authenticator app is set up. Keep the recovery codes now.',
};

export const codes = {
  TITLE: 'Recovery codes',
  /** @param {number} count */
  LEFT: (count) => `You have ${plural(count, 'code')} left. Each works once, when you have lost your phone.`,
  NONE: 'You have none. Without them, a lost phone means waiting for the business manager.',
  MAKE: 'Make recovery codes',
  RENEW: 'Make new codes',
  OLD_END: 'The old ones end then.',
  MADE: 'New recovery codes. Keep them now.',
  KEEP: 'Keep these recovery codes now',
  ABOUT: 'They are shown this once. Each signs you in once when you have lost your phone. Keep them where your phone is not.',
  COPY: 'Copy',
  COPIED: 'Codes copied',
  NOT_COPIED: 'This browser did not let them be copied',
  PRINT: 'Print',
  DOWNLOAD: 'Download as text',
  KEPT: 'I have kept them',
  /** The file, and what is copied. @param {string[]} all */
  FILE: (all) => `Partnership Plan: recovery codes\nEach works once.\n\n${all.join('\n')}\n`,
  FILE_NAME: 'recovery-codes.txt',
};

export const passkeys = {
  TITLE: 'Passkeys',
  ABOUT: 'Sign in with your finger, face or the device’s PIN, and no password. The easy way on a phone.',
  /** @param {string} made @param {string | null} used */
  USED: (made, used) => (used ? `Added ${longDay(londonDay(made))}; last used ${longDay(londonDay(used))}` : `Added ${longDay(londonDay(made))}; not used yet`),
  /** @param {string} name */
  REMOVE: (name) => html`Remove<span class="unseen"> ${name}</span>`,
  /** @param {string} name */
  REMOVED: (name) => `Passkey ${name} is removed. Remove it from your device as well.`,
  NAME: 'Name of the new passkey',
  HINT: 'So that you know it again, such as My phone',
  NO_NAME: 'Give it a name, such as My phone',
  ADD: 'Add a passkey',
  WAITING: 'Waiting for your device…',
  /** @param {string} name */
  ADDED: (name) => `Passkey ${name} is added`,
  NOT_MADE: 'Your device made no passkey. Try again, or use another device.',
  NOT_HERE: 'This browser, at this address, makes no passkeys.',
};
