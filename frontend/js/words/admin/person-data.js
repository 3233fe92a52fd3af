/**
 * The words of the screen of what is held about a person, and of erasing how they can be reached.
 */
import { html } from '../../core.js';
import { longDay, plural } from '../../words.js';

export const READING = 'Reading what is held…';
export const NOT_READ_TITLE = 'Not read';
export const NOT_READ = 'This could not be read';
export const NO_ANSWER = 'The server did not answer.';
export const TRY_AGAIN = 'Try again';
/** In the tab of the browser. @param {string} name */
export const tab = (name) => `Data about ${name}`;
/** @param {string} name */
export const title = (name) => `What is held about ${name}`;

export const IN_SHORT = 'In short';
export const EMAIL = 'E-mail';
export const NO_EMAIL = 'None';
/** @param {string} day */
export const erasedOn = (day) => `Erased on ${longDay(day)}`;
export const AGENCY = 'Agency';
export const NO_AGENCY = 'Not stated in the plan';
export const LEFT = 'Left';
export const NOT_LEFT = 'No';
export const ACCOUNT = 'Account';
/** @param {string} email @param {boolean} ended @param {number} sessions that are open */
export const account = (email, ended, sessions) => `${email}, ${ended ? 'ended' : plural(sessions, 'open session')}`;
/** What is counted, and what it is called. @type {[string, string][]} */
export const COUNTED = [['named_on', 'Actions they are on'], ['objectives_led', 'Objectives they lead'], ['plans_owned', 'Plans they own'],
  ['updates', 'Progress updates'], ['acknowledgements', 'Updates of others they answered'], ['dates', 'Dates they moved'],
  ['journal_by', 'Changes they made'], ['journal_about', 'Changes made of them'], ['audit', 'Sign-ins and other events'],
  ['partner_tokens', 'Tokens of partner systems they made'], ['mentions', 'Places where their name is written']];
export const DOWNLOAD = 'Download JSON';
export const forPrinting = () => html`Open for printing<span class="unseen">(in a new tab)</span>`;

// Erasing

export const ERASED = 'Contact details';
/** @param {string} day */
export const wereErased = (day) => `They were erased on ${longDay(day)}. The printed name and what they said stay.`;
export const ERASE = 'Erase contact details';
export const ERASING = 'Erasing…';
export const FOR_WHOM = 'For somebody who has left. This cannot be undone.';
export const WHAT_GOES = [
  'Their e-mail goes, here and in the history; so do aliases that are e-mail addresses.',
  'Their account ends: password, second factor, passkeys, and the names of their devices go.',
  'Their name as the plan prints it, what they said, and what they did stay.',
  'Addresses of their computers stay in the audit until its time is over. Backups made before today hold all of it.',
];
export const REASON = 'Reason';
export const REASON_MISSING = 'Give the reason';
/** @param {string} name */
export const sure = (name) => `Erase how ${name} can be reached`;
export const SURE_MISSING = 'Tick that you want this';
export const AWAY = 'The server did not answer. Nothing was changed. Try again in a moment.';
/** @param {string} name */
export const areErased = (name) => `The contact details of ${name} are erased`;
/** @param {string} name */
export const backTo = (name) => `Back to ${name}`;
