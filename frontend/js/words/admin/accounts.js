/**
 * The words of the accounts: their list, inviting somebody, one account and what can be done with it.
 */
import { html } from '../../core.js';
import { londonDay, longDay, plural } from '../../words.js';

/** @type {Record<string, string>} */
export const STATE_WORDS = { invited: 'Invited, not yet accepted', active: 'Can sign in', disabled: 'Ended' };
/** What an administrator should see to. @type {Record<string, string>} */
export const CONCERN_WORDS = { left: 'Has left, can still sign in', no_factor: 'Has no second factor yet' };
/** The columns of the list, and what each line is called on a phone. */
export const NAME = 'Name';
export const ROLE = 'Role';
export const STATE = 'State';
export const FACTOR = 'Second factor';
export const LAST_USED = 'Last used';

/** @param {boolean} is */
export const yesNo = (is) => (is ? 'Yes' : 'No');
/** "Never", or the day. @param {string | null} instant */
export const day = (instant) => (instant ? longDay(londonDay(instant)) : 'Never');

/** How an account stands, and that its person has left. @param {import('../../types.js').ManagedAccount} account */
export const stateOf = (account) => (account.person?.left_on && account.state !== 'disabled'
  ? `${STATE_WORDS[account.state]}; their last day: ${longDay(account.person.left_on)}` : STATE_WORDS[account.state]);
/** What it shows beside the password. @param {import('../../types.js').ManagedAccount} account */
export const factorOf = (account) => (!account.second_factor && account.directory_second_factor ? 'In their agency’s directory' : yesNo(account.second_factor));

export const factors = {
  TITLE: 'Second factors',
  /** @param {number} without @param {number} active */
  counted: (without, active) => (without ? `${without} of ${plural(active, 'account')} that can sign in have no second factor yet.`
    : `All of ${plural(active, 'account')} that can sign in have a second factor.`),
  /** @param {string[]} roles */
  needed: (roles) => (roles.length ? 'Whoever needs one is led to setting it up at the next sign-in.' : 'No role needs one here (SECOND_FACTOR_ROLES).'),
  /** @param {string | undefined} name @param {number} without @param {number} active */
  ofAgency: (name, without, active) => `${name ?? 'No agency stated'}: ${without} of ${active}`,
  SHOW: 'Show who',
  DOWNLOAD: 'Download as CSV',
  /** @param {string} day */
  FILE: (day) => `no-second-factor-${day}.csv`,
};

// The list

export const TITLE = 'Accounts';
export const OPENING = 'Opening…';
export const FAILED_TITLE = 'Not opened';
export const FAILED = 'This page could not be opened';
export const NO_ANSWER = 'The server did not answer.';
export const TRY_AGAIN = 'Try again';
export const FIND = 'Find accounts';
export const FIND_FIELD = 'Name or e-mail';
export const SHOW = 'Show';
export const ALL = 'All';
export const MORE = 'Show more';
export const NO_MATCH = 'No account matches';

/** @param {number} count @param {boolean} more whether the server has more of them */
export const counted = (count, more) => `${plural(count, 'account')}${more ? ', and more' : ''}`;
/** @param {string} all @param {string} invite where they lead */
export const noMatchHelp = (all, invite) => html`<a href=${all}>Show all accounts</a>, or <a href=${invite}>invite somebody</a>.`;

// Inviting

export const INVITE = 'Invite somebody';
export const INVITE_LEDE = 'They choose their own password with a link that works once, for seven days.';
export const CHOOSE = 'Choose…';
export const WHO = 'Who is it for?';
export const WHO_HINT = 'People of the plan without an account. Only a business manager or a reader can be nobody in the plan.';
export const WHO_MISSING = 'Choose who it is for';
export const NEW = 'Somebody new';
export const NOBODY = 'Nobody in the plan';
export const NAME_MISSING = 'Enter the name';
export const POST = 'Post';
export const POST_HINT = 'May be left out';
export const AGENCY = 'Agency';
export const NO_AGENCY = 'Not stated';
export const EMAIL_ADDRESS = 'E-mail address';
export const EMAIL_MISSING = 'Enter the e-mail address';
export const MAY = 'What may they do?';
export const MAY_HINT = 'A contributor posts on actions that name them, a lead officer leads objectives, a reader only reads, a business manager does everything.';
export const MAY_MISSING = 'Choose what they may do';
export const INVITE_BUTTON = 'Invite';
export const INVITING = 'Inviting…';
export const SIGN_IN_TO_SAVE = 'Sign in again to save this';
export const INVITED_TITLE = 'Invited';
export const INVITATION = 'The invitation';
export const INVITE_ANOTHER = 'Invite somebody else';
export const SEE_ACCOUNT = 'See the account';

/** Somebody in the list of people. @param {string} name @param {string | null} post */
export const personChoice = (name, post) => (post ? `${name}, ${post}` : name);
/** @param {string} name */
export const invited = (name) => `${name} is invited`;

// One account

export const ACCOUNT = 'Account';
export const FACTS = 'What is kept';
export const EMAIL = 'E-mail';
export const IN_PLAN = 'In the plan as';
export const FACTOR_OR_PASSKEY = 'Second factor or passkey';
export const NAME_AND_ROLE = 'Name and role';
export const MAY_CHANGED = 'A new role signs them out everywhere, ends links that they were sent, and counts from then on.';
export const PERSON_HINT = 'Whose actions they report on. Leave it empty for nobody in the plan.';
export const PERSON_UNKNOWN = 'Choose somebody from the list, or leave it empty';
/** What follows from another person. @param {string} email @param {string} person empty: nobody @param {string} role */
export const whatFollows = (email, person, role) => html`${person
  ? html`Whoever signs in with ${email} is then <b>${person}</b> in the plan: what names ${person} is theirs to report on, and what they post bears the name above.`
  : html`Whoever signs in with ${email} is then <b>nobody in the plan</b>.${['contributor', 'lead_officer'].includes(role) ? ' They can only read.' : ''}`} It counts from the next page they open.
    What was posted before stays as it is; so do the e-mail address and the password.`;
export const SAVE = 'Save';
export const ACTS_TITLE = 'What you can do';
export const LINK = 'The link';
export const BUSY = 'One moment…';
export const SIGN_IN_TO_DO = 'Sign in again to do this';

/** @param {string} name */
export const saved = (name) => `${name} is saved`;
/** @param {string} instant */
export const linkUntil = (instant) => (Date.parse(instant) > Date.now() ? `The link works until ${day(instant)}`
  : 'The link no longer works. Send the invitation again.');

/**
 * What can be done with an account: its title and button, what will happen, and what is said when it has.
 * @type {Record<string, {title: string, button: string, what: (account: {name: string, email: string, state: string}) => string, done: (name: string) => string}>}
 */
export const ACTS = {
  invite: {
    title: 'Send the invitation again', button: 'Send the invitation', done: () => '',
    what: ({ email }) => `${email} gets a new link, which works once, for seven days. The one before no longer works.`,
  },
  reset: {
    title: 'Send a link to a new password', button: 'Send the link', done: () => '',
    what: ({ email }) => `${email} gets a link that works once, for 30 minutes. The present password works until it is used.`,
  },
  factor: {
    title: 'Send a link to set up a second factor', button: 'Send the link', done: () => '',
    what: ({ email }) => `${email} gets a link that works once, for 30 minutes, in the browser in which they are signed in. For somebody who has been asked for one and got no letter.`,
  },
  factors: {
    title: 'Remove second factor and passkeys', button: 'Remove them', done: (name) => `The second factor of ${name} is removed`,
    what: ({ name }) => `For somebody who has lost their phone. ${name} is signed out everywhere, signs in with the password alone, and sets up a new `
      + 'second factor. Make sure first that it is really them who asks: call them.',
  },
  sessions: {
    title: 'Sign out everywhere', button: 'Sign out everywhere', done: (name) => `${name} is signed out everywhere`,
    what: ({ name }) => `${name} is signed out on every device at once, and can sign in again. Links that they were sent no longer work.`,
  },
  open: {
    title: 'Open this account again', button: 'Open again', done: (name) => `${name} can sign in again`,
    what: ({ name }) => `${name} can sign in again with the password as it was.`,
  },
  end: {
    title: 'End this account', button: 'End the account', done: (name) => `The account of ${name} is ended`,
    what: ({ name, state }) => (state === 'invited'
      ? `The link in the invitation no longer works, and ${name} cannot sign in. You can open the account again.`
      : `${name} is signed out everywhere at once and cannot sign in. What they posted stays under their name. You can open the account again.`),
  },
};
