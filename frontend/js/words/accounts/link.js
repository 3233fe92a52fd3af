/**
 * What a link in a letter opens: an invitation, a new password, a new address, stopping one, a first second factor.
 */
import { html } from '../../core.js';

export const AWAY = 'The server did not answer. Nothing you have typed is lost. Try again in a moment.';
export const SIGN_IN = 'Sign in';
export const CHANGING = 'Changing…';

export const gone = {
  NAME: 'Link',
  TITLE: 'This link does not work any more',
  /** By what the link was for. @type {Record<string, () => any>} */
  WHAT_NOW: {
    reset: () => html`It works once, and only for a while. Open the link in your newest letter again, all of it; if that does not help, <a href="/reset">ask for a new one</a>.`,
    email: () => html`It works once, and only for a while. Open the link in your newest letter again, all of it; if that does not help, enter the address again under <a
      href="/account/email">your account</a>.`,
    stop: () => 'It works once, for a day. If your e-mail address was changed and you did not ask for it, tell your partnership’s business manager now.',
    factor: () => html`It works once, for 30 minutes. Open the link in your newest letter, or ask for another under <a href="/account/security">your account</a>.`,
    invitation: () => 'It works once, and only for a while. Open the link in your newest letter again, all of it; if that does not help, ask your partnership’s business '
      + 'manager for a new invitation.',
  },
};

export const password = {
  LABEL: 'New password',
  HINT: '12 characters or more. Three or four words that have nothing to do with each other are good. Not your name, your e-mail address or words of the plan.',
  SHOW: 'Show password',
  MISSING: 'Choose a password',
  SHORT: 'Make it longer: 12 characters or more',
};

export const invitation = {
  NAME: 'Invitation',
  WAITING: 'Your invitation',
  /** @param {string} name */
  TITLE: (name) => `Welcome, ${name}`,
  /** @param {string} service @param {string} email */
  ABOUT: (service, email) => html`You are invited to the action plan of ${service}. Choose a password; you will sign in with it and <b>${email}</b>.`,
  GO_ON: 'Choose this password and sign in',
  GOING_ON: 'Opening the plan…',
};

export const reset = {
  NAME: 'New password',
  TITLE: 'Choose a new password',
  CHANGE: 'Change my password',
  DONE: 'Your password is changed',
  WHAT_NOW: 'You are signed out on every device. Sign in with the new password.',
};

export const forgotten = {
  NAME: 'Forgotten password',
  TITLE: 'Forgotten your password?',
  ABOUT: 'Enter the address that you sign in with. We send a link to it, with which you choose a new password.',
  EMAIL: 'E-mail address',
  NO_EMAIL: 'Enter your e-mail address',
  SEND: 'Send me a link',
  SENDING: 'Sending…',
  BACK: 'Back to sign in',
  DONE: 'Look into your mailbox',
  /** @param {string} answer */
  WHAT_NOW: (answer) => `${answer} The link in it works for 30 minutes.`,
};

export const address = {
  NAME: 'New address',
  TITLE: 'Sign in with this address from now on?',
  ABOUT: 'The address that this letter came to takes the place of the one you signed in with until now.',
  USE: 'Use this address',
  DONE: 'Your e-mail address is changed',
  WHAT_NOW: 'From now on you sign in with the new address. We told the old one.',
};

export const stop = {
  NAME: 'Stop a change',
  TITLE: 'Stop the change of address?',
  ABOUT: 'Somebody who is signed in to your account has asked to sign in with another address. Stop it if that was not you. Where it was changed already, the address that this letter came to counts again. '
    + 'Your account is signed out everywhere.',
  USE: 'Stop it and sign out everywhere',
  /** By what became of the address. @type {Record<string, string>} */
  DONE: { kept: 'The change is stopped', 'put-back': 'Your e-mail address is back', taken: 'Your account is signed out everywhere' },
  /** @type {Record<string, string>} */
  WHAT_NOW: {
    kept: 'Your e-mail address stays as it was, and your account is signed out everywhere. Somebody may know your password: choose a new one now.',
    'put-back': 'The address had been changed. The one that this letter came to counts again, and your account is signed out everywhere. Somebody may know your password: '
      + 'choose a new one now.',
    taken: 'The address had been changed, and the one before cannot be put back: another account has it. Tell your partnership’s business manager now.',
  },
  NEXT: 'Choose a new password',
};

export const factor = {
  NAME: 'Set up signing in',
  TITLE: 'Go on with setting up your second factor',
  ABOUT: 'You asked for this link because your role needs more than a password to sign in. If you did not ask for it, close this page and change your password.',
  USE: 'Go on',
  SIGN_IN: 'Sign in here first',
  SIGN_IN_FIRST: 'Nobody is signed in in this browser. Sign in, then open the link in the letter again.',
};
