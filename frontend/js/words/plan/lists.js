/**
 * What the overview, the lists and the report say of the plan and its actions.
 */
import { printedWhen } from '../../words.js';

export const JOURNAL = 'What changed';
export const NO_LEAD = 'No lead officer named';
export const NOT_SET = 'Not set';
/** Before how long ago that was, or alone. @param {string} prefix */
export const NEVER = (prefix) => (prefix ? 'Never updated' : 'Never');
export const UPDATED = 'Updated ';
/** @param {number} count @param {string} tally */
export const ALL_TOLD = (count, tally) => `All ${count} actions: ${tally}`;
export const CHANGE_DAY = 'Change the day';

/** "Moved twice, first printed Spring 2021", or nothing. @param {import('../../types.js').ByWhen} when */
export function movedWords(when) {
  const moves = when.moved.filter((one, at) => at && /** @type {const} */ (['kind', 'from', 'to']).some((name) => one[name] !== when.moved[at - 1][name])).length;
  if (moves < 1) return '';
  const times = moves === 1 ? 'once' : moves === 2 ? 'twice' : `${moves} times`;
  return `Moved ${times}, first printed as ${printedWhen(when.moved[0]).replace(/^No date given$/, 'no date')}`;
}
