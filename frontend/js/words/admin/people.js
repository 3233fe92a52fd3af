/**
 * The words of the screens of people: the list, one person, a new one.
 */
import { html } from '../../core.js';
import { longDay, plural } from '../../words.js';

export const TITLE = 'People';
export const ADD = 'Add a person';
export const SEE_PERSON = 'See this person';

// The list

export const FIND = 'Find people';
export const SHOW = 'Show';
export const EVERY_AGENCY = 'All';
export const EVERYBODY = 'Everybody';
export const THERE = 'Those who are there';
export const LEFT = 'Those who left';
export const NO_MATCH = 'Nobody matches';
export const SHOW_EVERYBODY = 'Show everybody';
export const EMPTY = 'There is nobody yet';
/** What to do about it. @param {string} href */
export const addOrLoad = (href) => html`<a href=${href}>Add a person</a>, or load a plan.`;
export const REST_MISSING = 'The rest did not arrive. Try again in a moment.';
export const SHOW_MORE = 'Show more';
/** @param {number} count @param {boolean} more whether there are others after them */
export const counted = (count, more) => `${plural(count, 'person', 'people')}${more ? ', and more' : ''}`;
export const COLUMNS = { name: 'Name', post: 'Post', agency: 'Agency', email: 'E-mail' };
export const NO_POST = 'Not stated';
export const NO_AGENCY = 'Not stated in the plan';
export const NO_EMAIL = 'None';
/** @param {string} day */
export const leftOn = (day) => `Left on ${longDay(day)}`;
/** @param {string[]} names */
export const also = (names) => `Also ${names.join(', ')}`;

// One person

export const PERSON = 'Person';
export const KEPT = 'What is kept';
export const SAVE = 'Save';
export const ADD_BUTTON = 'Add this person';
/** @param {string} name */
export const added = (name) => `${name} is added`;
/** @param {string} name */
export const saved = (name) => `${name} is saved`;
export const EMAIL_WRONG = 'Enter an e-mail address, for example jane.carroll@example.org';
export const NAME = 'Name';
export const NAME_HINT = 'What the plan printed stays as it was printed. A former name is kept among the other names.';
export const POST = 'Post';
export const AGENCY = 'Agency';
export const EMAIL = 'E-mail address';
export const EMAIL_HINT = 'Seen by administrators and lead officers, and by contributors of the same agency.';
export const ALIASES = 'Other names';
export const ALIASES_HINT = 'One on each line. They are found by these too.';
export const LEFT_ON = 'Left on';
export const LEFT_ON_HINT = 'Their last day. They stay on their actions until somebody takes over.';

/** @param {string} day */
export const hasLeft = (day) => `Left on ${longDay(day)}.`;
/** What still stands in the name of somebody who has left. @param {number} actions @param {number} objectives */
export const stillNamed = (actions, objectives) => {
  const parts = [actions && plural(actions, 'open action'), objectives && plural(objectives, 'objective')].filter(Boolean);
  return `${parts.join(' and ')} still ${actions + objectives === 1 ? 'names' : 'name'} them.`;
};
export const HAND_OVER = 'Hand over';
export const HAND_OVER_ALL = 'Hand over their actions and objectives';
export const ALL_HELD = 'All that is held about them';

export const IN_PLANS = 'In the plans';
export const LEADS = 'Leads';
export const LEADS_NONE = 'No objective';
/** @param {number} number @param {string | null} title */
export const objective = (number, title) => `Objective ${number}${title ? `: ${title}` : ''}`;
export const NAMED_ON = 'Named on';
export const NAMED_NOWHERE = 'No action';
/** An action's number; that it is one is only read out. @param {string} number */
export const action = (number) => html`<span class="unseen">Action </span>${number}`;
export const ACCOUNT = 'Account';
export const CAN_SIGN_IN = 'Can sign in';
export const NO_ACCOUNT = 'None';
