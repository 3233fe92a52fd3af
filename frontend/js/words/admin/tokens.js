/**
 * The words of the partner systems: their tokens, making one, showing it this once, revoking it.
 */
import { html } from '../../core.js';
import { londonDay, longDay, plural } from '../../words.js';

/** What a scope is called here, and what it opens. @type {Record<string, [string, string]>} */
export const SCOPES = {
  'plan:read': ['Read the plan', 'The plan, its actions, updates and numbers, and the people it names (no e-mail addresses)'],
  'changes:read': ['Follow changes', 'What changed since it last asked, and the history of each action'],
  'export:read': ['Take the actions as a table', 'CSV and JSON, one row for each action, for Power BI and spreadsheets'],
  'updates:write': ['Post updates', 'On actions that name its agency; the lead officer acknowledges them as anybody’s'],
};

export const TITLE = 'Partner systems';
export const LEDE = "Another agency's system (a dashboard, Power BI, a case system) comes in with a token of its own. Give each system one, and only what it needs.";
export const LIST = 'Tokens';
export const LOADING = 'Loading…';
export const NOT_LOADED = 'The tokens could not be loaded.';
export const NONE = 'No system has a token yet';
export const NONE_HELP = 'Make the first one below.';

/** @param {number} count */
export const counted = (count) => plural(count, 'system can come in', 'systems can come in');

// The table

export const SYSTEM = 'System';
export const MAY = 'May';
export const UNTIL = 'Until';
export const LAST_USED = 'Last used';
export const MADE = 'Made';
export const ACTS = 'What to do';
export const NEVER = 'Never';

/** @param {string} instant */
export const day = (instant) => longDay(londonDay(instant));
/** @param {string} instant */
export const revokedOn = (instant) => `Revoked on ${day(instant)}`;
/** @param {string} instant */
export const endedOn = (instant) => `Ended on ${day(instant)}`;
/** @param {string} instant @param {string} by */
export const madeOn = (instant, by) => `${day(instant)} by ${by}`;
/** @param {string} name */
export const auditOf = (name) => html`Audit<span class="unseen"> of ${name}</span>`;
/** @param {string} name */
export const revoke = (name) => html`Revoke…<span class="unseen"> ${name}</span>`;

/** Why it should perhaps not count any more. @param {import('../../types.js').PartnerToken} token @returns {string[]} */
export const leftBehind = (token) => [
  ...(token.agency_ended_on ? [`The agency ended on ${longDay(token.agency_ended_on)}. Revoke it.`] : []),
  ...(token.maker_ended ? [`${token.made_by}, who made it, cannot sign in any more. Ask the agency whether it is still used.`] : []),
];

// Revoking

export const REVOKE_WARNING = 'The system can do nothing from its next request on. What it posted stays. This cannot be taken back; a new token can be made.';
export const REVOKING = 'Revoking…';
export const KEEP = 'Keep it';
export const SIGN_IN_TO_REVOKE = 'Sign in again to revoke this';
export const NO_ANSWER = 'The server did not answer. Try again in a moment.';

/** @param {string} name @param {string} agency */
export const revokeTitle = (name, agency) => `Revoke ${name} of ${agency}?`;
/** @param {string} name */
export const revokeButton = (name) => `Revoke ${name}`;
/** @param {string} [name] */
export const revoked = (name) => `${name} is revoked`;

// Making one

export const MAKE = 'Make a token';
export const MAKE_BUTTON = 'Make the token';
export const MAKING = 'Making it…';
export const SYSTEM_HINT = 'What people call it, such as Liquidlogic. Its updates are shown as “via Liquidlogic”.';
export const SYSTEM_MISSING = 'Name the system, for example Liquidlogic';
export const AGENCY = 'Agency';
export const AGENCY_HINT = 'It posts only on actions that name this agency or its people.';
export const AGENCY_MISSING = 'Choose the agency whose system it is';
export const NO_AGENCIES = 'The agencies could not be loaded.';
export const TRY_AGAIN = 'Try again';
export const CHOOSE = 'Choose…';
export const MAY_LEGEND = 'What it may do';
export const MAY_MISSING = 'Choose at least one thing that it may do';
export const DAYS = 'Days until it ends';
export const DAYS_HINT = '365 at most. Make a new one before this one ends.';
export const DAYS_WRONG = 'Write a number of days from 1 to 365';
export const SIGN_IN_TO_MAKE = 'Sign in again to make this';
export const LOST = 'The server did not answer. Nothing you wrote is lost. Try again in a moment.';

// Showing it

export const TOKEN = 'Token';
export const TRY_IT = 'A line to try it';
export const ANSWER_LOST = 'It was made, but the answer that held it was lost on the way, and nobody can show it again. Revoke it below and make another.';
export const DONE = 'I have copied it';
export const CLOSE = 'Close';
export const COPIED = 'Copied';
export const SELECTED = 'Selected: copy it with Ctrl+C';

/** @param {string} name @param {string} agency */
export const tokenFor = (name, agency) => `The token for ${name} of ${agency}`;
/** @param {string} what */
export const copy = (what) => html`Copy<span class="unseen"> ${what}</span>`;
export const copyNow = () => html`<b>Copy it now. Nobody can show it again</b>, neither you nor whoever runs the service: only a mark of it is kept.
  Hand it over by a way that others do not read, not by e-mail.`;

/** @param {string} token */
const bearer = (token) => `-H 'Authorization: Bearer ${token}'`;
/** A line for the shell. @param {string} token @param {string} address */
export const tryReading = (token, address) => `curl ${bearer(token)} ${address}`;
/** @param {string} token @param {string} base of the API */
export const tryPosting = (token, base) => `curl ${bearer(token)} -H 'Content-Type: application/json' -H "Idempotency-Key: $(uuidgen)" -d '{"text": "…"}' ${
  base}/actions/ACTION-ID/updates`;
