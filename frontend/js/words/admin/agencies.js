/**
 * The words of the screens of agencies and groups: the lists, one agency, what it became.
 */
import { html } from '../../core.js';
import { listed, longDay, plural } from '../../words.js';

/** @type {Record<string, string>} */
export const KIND_WORDS = {
  council: 'Council', health: 'Health', police: 'Police', education: 'Education', probation: 'Probation',
  voluntary: 'Voluntary sector', partnership: 'Partnership', other: 'Other',
};

// The list

export const TITLE = 'Agencies and groups';
export const AGENCIES = 'Agencies';
export const ADD = 'Add an agency';
export const EMPTY = 'There is no agency yet';
/** What to do about it. @param {string} href */
export const addOrLoad = (href) => html`<a href=${href}>Add an agency</a>, or load a plan.`;
export const SHOW_MORE = 'Show more';
export const COLUMNS = { name: 'Name', short: 'Short name', kind: 'Kind', parent: 'Part of', became: 'What became of it' };
/** @param {string[]} names */
export const also = (names) => `Also ${names.join(', ')}`;
export const NO_KIND = 'Not stated';
export const NO_PARENT = 'None';
export const STILL_THERE = 'Still there';
/** @param {string} day */
export const endedOn = (day) => `Ended on ${longDay(day)}`;
/** What it became, in a cell. @param {string} href @param {string} name @param {string} day */
export const becameOn = (href, name, day) => html`<a href=${href}>${name}</a> on ${longDay(day)}`;

// One agency

export const AGENCY = 'Agency';
export const ADD_BUTTON = 'Add this agency';
/** @param {string} name */
export const added = (name) => `${name} is added`;
/** @param {string} name */
export const saved = (name) => `${name} is saved`;
export const KEPT = 'What is kept';
export const SAVE = 'Save';
/** @param {string} day */
export const hasEnded = (day) => `Ended on ${longDay(day)}.`;
/** @param {string} href @param {string} name @param {string} day */
export const hasBecome = (href, name, day) => html`Became <a href=${href}>${name}</a> on ${longDay(day)}.`;
export const IN_PLANS = 'In the plans';
export const ACTIONS = 'Actions';
/** @param {number} actions @param {number} naming those that name the agency itself */
export const actionsOf = (actions, naming) => `${plural(actions, 'action')} with its people${
  naming ? `; ${plural(naming, 'action')} ${naming === 1 ? 'names' : 'name'} the agency itself` : ''}`;
export const SYSTEMS = 'Partner systems';
/** @param {number} count */
export const tokens = (count) => plural(count, 'token');
export const PEOPLE = 'People';
export const NO_PEOPLE = 'Nobody';
/** @param {string | null} post @param {string | null} day the day they left */
export const postAndLeft = (post, day) => [post, day && `left on ${longDay(day)}`].filter(Boolean).join(', ');

export const NAME = 'Name';
export const NAME_HINT = 'A former name is kept among the other names, and older papers keep it.';
export const SHORT = 'Short name';
export const SHORT_HINT = 'As lists and updates show it.';
export const KIND = 'Kind';
export const PARENT = 'Part of';
export const NO_OTHER = 'No other agency';
export const ALIASES = 'Other names';
export const ALIASES_HINT = 'One on each line.';
export const ENDED_ON = 'Ended on';
export const ENDED_HINT_BECAME = 'The first day of what it became.';
export const ENDED_HINT = 'For an agency that ended and became no other. If it became another, say so below.';

// What it became

export const BECAME_TITLE = 'It became another agency…';
export const BECAME = 'It became';
/** @type {[string, string][]} */
export const WHICH_KIND = [['new', 'A new agency'], ['listed', 'An agency that is listed']];
export const NEW_NAME = 'Name of the new agency';
export const NEW_NAME_MISSING = 'Enter the name of the new agency';
export const NEW_SHORT = 'Its short name';
export const NEW_SHORT_HINT = 'Left empty, it is called by its name.';
export const WHICH = 'Which';
export const CHOOSE = 'Choose';
export const WHICH_MISSING = 'Choose what it became';
export const FROM_DAY = 'From which day';
export const FROM_DAY_MISSING = 'Enter the day from which it holds';
export const NOTE = 'Note';
export const NOTE_HINT = 'For the history; may be left empty.';
export const THE_NEW_ONE = 'the new agency';
export const BECAME_BUTTON = 'Record what it became';
/** @param {string} old @param {string} now short names */
export const isNow = (old, now) => `${old} is now ${now}`;
/** What will move. @param {{people: number, actions: number, systems: number, name: string, day: string, old: string}} of `day` may be empty */
export const willMove = ({ people, actions, systems, name, day, old }) => {
  const parts = [people && plural(people, 'person', 'people'), actions && `${plural(actions, 'action')} that ${actions === 1 ? 'names' : 'name'} it`,
    systems && plural(systems, 'partner system')].filter(Boolean);
  const moving = parts.length ? listed(/** @type {string[]} */ (parts)) : 'Nobody and nothing';
  return `${moving} ${people + actions + systems < 2 ? 'moves' : 'move'} to ${name}${day ? ` from ${longDay(day)}` : ''}. Older papers and posted updates keep ${old}.`;
};

// Groups

export const GROUPS = 'Groups';
export const GROUPS_HINT = 'Collectives as a plan prints them. They have no account and get no reminders. Renaming one leaves the printed words as they are.';
export const NO_GROUP = 'There is no group yet.';
export const ADD_GROUP = 'Add a group';
export const GROUP_NAME = 'Name of the new group';
export const GROUP_ADD_BUTTON = 'Add';
/** @param {string} name */
export const newNameOf = (name) => `New name of ${name}`;
/** On the button that opens the form. @param {string} name only read out */
export const rename = (name) => html`Rename<span class="unseen"> ${name}</span>`;
export const RENAME = 'Rename';
/** @param {string} name theirs */
export const renamedMeanwhile = (name) => `Somebody else has renamed it to ${name}. Save again to put your name in its place.`;
export const CANCEL = 'Cancel';
