/**
 * Words of the form that says who is on an action.
 */

export const ON_IT = 'On this action, in this order';
export const NOBODY = 'Nobody yet. Find somebody above.';
/** @param {string} words */
export const PAPER = (words) => `On paper: ${words}`;
export const UP = 'Up';
export const DOWN = 'Down';
export const REMOVE = 'Remove';
export const QUALIFIER = 'Words in brackets';
/** @param {string} name */
export const OF = (name) => ` for ${name}`;
/** @param {string} name @param {number} place @param {number} all */
export const MOVED = (name, place, all) => `${name} is now ${place} of ${all}`;
/** @param {string} name */
export const REMOVED = (name) => `${name} is removed`;
/** @param {string} name */
export const ADDED = (name) => `${name} is added`;
/** @param {string} name */
export const TWICE = (name) => `${name} is on this list already`;
export const NEW = 'new in the directory';
export const NEW_TITLE = 'Somebody new in the directory';

export const FIND = 'Find a person, group or agency';
export const FIND_HINT = 'By name or agency. The arrow keys go through what is found, Enter takes it.';
/** @param {number} count */
export const FOUND = (count) => (count === 0 ? 'Nothing found' : count === 1 ? '1 found' : `${count} found`);
/** @param {number} count */
export const MORE = (count) => `The first 8 of ${count}; type more of the name`;
export const GROUP = 'group';
export const AGENCY = 'agency';
export const NO_AGENCY = 'Agency not stated';
export const FETCHING = 'Fetching the directory…';
export const NOT_FETCHED = 'The directory could not be fetched.';
export const AGAIN = 'Try again';

export const ADD_NEW = 'Add someone new';
/** @param {string} name */
export const ADD_NEW_CALLED = (name) => `Add “${name}” as someone new`;
export const NEW_NAME = 'Name';
export const NEW_KIND = 'This is';
export const A_PERSON = 'A person';
export const A_GROUP = 'A group of people';
export const NEW_AGENCY = 'Agency (if known)';
export const NEW_POST = 'Post (if known)';
export const NOT_KNOWN = 'Not known';
export const ADD = 'Add to the list';
export const NOT_NOW = 'Back to finding';
export const NEED_NAME = 'Write the name';
export const NEAR = 'Is it one of these? They are in the directory already.';
/** @param {string} name */
export const NONE_OF_THESE = (name) => `No, ${name} is somebody else`;
