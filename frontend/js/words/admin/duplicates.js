/**
 * The words of the screen of names that may be one person.
 */
import { html } from '../../core.js';
import { listed, longDay, plural } from '../../words.js';

export const TITLE = 'Possible duplicates';
export const IN_SHORT = 'Names that may be one person. Nothing is joined until you say so, and what is joined can be parted again.';
export const NONE = 'No two names are alike';
export const NONE_HINT = 'When a plan brings a name much like another, both stand here.';

// A pair

/** @param {string} first @param {string} second */
export const both = (first, second) => `${first} and ${second}`;
/** @param {string} why such as "names that sound alike", from the server */
export const alike = (why) => `They have ${why}.`;
/** @param {string} names only read out */
export const same = (names) => html`They are the same person<span class="unseen">: ${names}</span>`;
/** @param {string} names only read out */
export const notSame = (names) => html`Not the same<span class="unseen">: ${names}</span>`;
export const SIGN_IN_TO_SAY = 'Sign in again to say this';
/** @param {string} names */
export const areTwo = (names) => `${names} are two people`;
export const POST = 'Post';
export const NO_POST = 'Not stated';
export const AGENCY = 'Agency';
export const NO_AGENCY = 'Not stated in the plan';
export const LEADS = 'Leads';
export const LEADS_NONE = 'No objective';
/** @param {(string | number)[]} numbers */
export const objectives = (numbers) => listed(numbers.map((number) => `Objective ${number}`));
export const ACTIONS = 'Actions';
export const NO_ACTIONS = 'None';
/** An action's number; that it is one is only read out. @param {string | number} number */
export const action = (number) => html`<span class="unseen">Action </span>${number}`;
export const UPDATES = 'Updates';
export const NO_UPDATES = 'None';
export const ACCOUNT = 'Account';
export const NO_ACCOUNT = 'None';
/** @param {string} email @param {boolean} ended */
export const account = (email, ended) => (ended ? `${email} (ended)` : email);

// Joining

/** @param {string} names */
export const join = (names) => `Join ${names}`;
export const WHICH_NAME = 'Which name stays?';
export const WHICH_ACCOUNT = 'Both can sign in. Which account stays?';
export const ACCOUNT_MISSING = 'Choose which account stays';
export const NOTE = 'Note (optional)';
export const NOTE_HINT = 'How you know. Everybody who reads the history sees it.';
export const JOIN = 'Join them';
export const JOINING = 'Joining…';
export const CANCEL = 'Cancel';
export const SIGN_IN_TO_JOIN = 'Sign in again to join them';
/** @param {string} gone @param {string} kept */
export const areJoined = (gone, kept) => `${gone} is joined to ${kept}`;
/** @typedef {{objectives?: number, named_on?: number, plans?: number, updates?: number, accounts?: number}} Counts */
/** Those that are there, in the order given, because the sentences differ in it. @param {[number | undefined, string, string?][]} parts */
const counted = (parts) => listed(parts.flatMap(([count, one, many]) => (count ? [plural(count, one, many)] : [])));
/**
 * What will happen, before it does.
 * @param {string} gone @param {string} kept
 * @param {Counts} counts what goes to the name that stays
 * @param {number} already actions on which both are named
 * @param {string} ends the e-mail of the account that ends, or nothing
 */
export const willMove = (gone, kept, counts, already, ends) => {
  const moving = counted([[counts.objectives, 'objective'], [counts.named_on, 'place on an action', 'places on actions'], [counts.updates, 'update'],
    [counts.accounts, 'account']]);
  return [
    moving ? `${moving} of ${gone} will be ${kept}’s.` : `Nothing stands to the name ${gone}.`,
    already ? `On ${plural(already, 'action')} both are named; one place is enough.` : '',
    ends ? `The account ${ends} ends.` : '',
    'The words of the paper stay as they are printed. You can undo this.',
  ].filter(Boolean).join(' ');
};

// What was joined

export const JOINED = 'Joined';
/** @param {string} merged @param {string} kept @param {boolean} undone */
export const joinedTo = (merged, kept, undone) => (undone ? html`<b>${merged}</b> was joined to <b>${kept}</b>.`
  : html`<b>${merged}</b> is joined to <b>${kept}</b>.`);
/** @param {Counts} counts */
export const moved = (counts) => {
  const words = counted([[counts.named_on, 'place on an action', 'places on actions'], [counts.objectives, 'objective'], [counts.plans, 'plan'],
    [counts.updates, 'update'], [counts.accounts, 'account']]);
  return words ? `${words} moved.` : 'Nothing stood to that name.';
};
/** @param {string} by @param {string} day @param {string | null} note */
export const joinedBy = (by, day, note) => `Joined by ${by} on ${longDay(day)}${note ? `: “${note}”` : ''}.`;
/** @param {string} by @param {string} day */
export const undoneBy = (by, day) => `Undone by ${by} on ${longDay(day)}`;
/** @param {string} merged @param {string} kept only read out */
export const undo = (merged, kept) => html`Undo<span class="unseen"> that ${merged} is ${kept}</span>`;
export const SIGN_IN_TO_UNDO = 'Sign in again to undo this';
/** @param {string} merged @param {string} kept */
export const twoAgain = (merged, kept) => `${merged} and ${kept} are two people again`;
/** @param {string} name */
export const thereAgain = (name) => `${name} is there again. Something stays as it is`;

// What was told apart

export const APART = 'Not the same person';
/** @param {string} first @param {string} second */
export const areApart = (first, second) => html`<b>${first}</b> and <b>${second}</b> are two people.`;
/** @param {string} by @param {string} day */
export const saidBy = (by, day) => `Said by ${by} on ${longDay(day)}.`;
/** @param {string} names only read out */
export const takeBack = (names) => html`Take that back<span class="unseen">: ${names}</span>`;
export const SIGN_IN_TO_TAKE_BACK = 'Sign in again to take this back';
/** @param {string} names */
export const mayBeOne = (names) => `${names} may be one person`;
