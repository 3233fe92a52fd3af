/**
 * The words of the overview and the board view.
 */
import { longDay } from '../words.js';

export const MOVEMENT = 'How ratings have moved';
export const ACTIVITY = 'Updates by month and agency';
export const NOBODY = 'Nobody has posted an update yet.';
export const UNFETCHED = 'This chart could not be fetched. Open the page again when the server answers.';

/** "30 November" @param {string} day YYYY-MM-DD */
export const dayAndMonth = (day) => longDay(day).replace(/ \d+$/, '');

/** @param {string} day the last of the month in which the plan began */
export const noMovementYet = (day) => `There is no movement to show yet: the first month ends on ${dayAndMonth(day)}.`;
