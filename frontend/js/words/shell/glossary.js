/**
 * The words of the glossary, and of short forms explained where they stand.
 */

export const TITLE = 'Glossary';
export const INTRO = 'The short forms in the plan’s words. On an action and on the overview press one where it first stands, and its meaning is shown beside it.';
export const NONE = 'This plan has no glossary yet.';
export const NOT_SAID = 'Not spelled out in the plan';
export const NOT_SAID_HERE = 'not spelled out in the plan';
export const ASK = 'Something missing or wrong? Tell the business manager.';
export const USED = 'Used in ';
export const NOT_USED = 'Not in the words of an action or objective now';

/** @param {number} number */
export const objective = (number) => `objective ${number}`;
