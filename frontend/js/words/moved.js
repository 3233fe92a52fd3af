/**
 * That a date was moved, as lists and the report say it.
 */
import { printedWhen } from '../words.js';

/** "Moved twice, first printed Spring 2021", or nothing. @param {import('../types.js').ByWhen} when */
export function movedWords(when) {
  const moves = when.moved.length - 1;
  if (moves < 1) return '';
  const times = moves === 1 ? 'once' : moves === 2 ? 'twice' : `${moves} times`;
  return `Moved ${times}, first printed as ${printedWhen(when.moved[0]).replace(/^No date given$/, 'no date')}`;
}
