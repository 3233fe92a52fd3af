/**
 * What became of a link: sent by mail, or shown here this once.
 */
import { html } from '../../core.js';

export const LABEL = 'About the link';
export const LINK = 'Link';
export const COPY = 'Copy';
export const COPIED = 'Copied';
export const NOT_COPIED = 'This browser does not let it be copied. Select the link and copy it.';
/** `what` is such as "The invitation". @param {string} what @param {string} email */
export const SENT = (what, email) => `${what} is sent to ${email}.`;
/** @param {string} what */
export const MADE_ALREADY = (what) => html`<b>${what} was made already.</b> Make a new one if the link is lost.`;
/** @param {string} name */
export const NOT_SENT = (name) => html`<b>The letter could not be sent.</b> ${handOn(name)}`;
/** @param {string} name */
export const NO_SERVER = (name) => html`<b>There is no mail server.</b> ${handOn(name)}`;

/** @param {string} name */
const handOn = (name) => `Give this link to ${name} yourself, in a way that nobody else reads. It is not shown again.`;
