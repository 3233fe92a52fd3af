/**
 * The words of the charts.
 */
import { listed, longDay, lower, plural, ratingWord } from '../../words.js';

export const MOVEMENT = 'How ratings have moved';
export const ACTIVITY = 'Updates by month and agency';
export const NOBODY = 'Nobody has posted an update yet.';
export const FIGURES = 'Show the figures as a table';
export const LOADING = 'Fetching the figures…';
export const FAILED = 'The figures could not be fetched.';
export const AGAIN = 'Try again';
export const DAY = 'Day';
export const AGENCY = 'Agency';
export const ALL = 'All';
export const NOW = 'Now';
export const NOT_STATED = 'Agency not stated';
export const NOBODY_LATELY = 'Nobody has posted an update in the last twelve months.';
const SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "30 November" @param {string} day YYYY-MM-DD */
const dayAndMonth = (day) => longDay(day).replace(/ \d+$/, '');

/** @param {string} day the last of the month in which the plan began */
export const noMovementYet = (day) => `There is no movement to show yet: the first month ends on ${dayAndMonth(day)}.`;

/** "Nov" @param {string} day of the month, or the month itself */
export const shortMonth = (day) => SHORT[Number(day.slice(5, 7)) - 1];

/** "November 2026" @param {string} month YYYY-MM */
export const longMonth = (month) => longDay(`${month}-01`).replace(/^\d+ /, '');

/**
 * "Since 31 March 2 more actions are off track and 3 fewer are at risk."
 * @param {import('../../rules/figures.js').Movement | null} moved
 * @param {import('../../types.js').Plan} plan
 */
export function movementWords(moved, plan) {
  if (!moved) return '';
  const since = moved.since.slice(0, 4) === plan.as_of.slice(0, 4) ? dayAndMonth(moved.since) : longDay(moved.since);
  if (!moved.changes.length) return `Since ${since} nothing has moved.`;
  const told = moved.changes.map(({ letter, by }, at) => {
    const many = Math.abs(by);
    const what = `${many} ${by > 0 ? 'more' : 'fewer'}${at ? '' : many === 1 ? ' action' : ' actions'}`;
    return `${what} ${many === 1 ? 'is' : 'are'} ${lower(ratingWord(plan, letter))}`;
  });
  return `Since ${since} ${listed(told)}.`;
}

/** @param {string} first @param {string} last days */
export const movementLabel = (first, last) => `Actions by rating at the ends of months, from ${longDay(first)} to ${longDay(last)}.`;

/** @param {number} drawn @param {number} all columns */
export const drawnOf = (drawn, all) => `The last ${drawn} of ${all} are drawn; the table has all.`;

/**
 * "40 updates since November 2025, most of them by LB Havering (17)."
 * @param {{months: string[], rows: import('../../rules/figures.js').AgencyRow[], all: number}} grid
 */
export function activityWords(grid) {
  const [first] = grid.rows;
  const most = grid.rows.length > 1 ? `, most of them by ${agencyWord(first.agency)} (${first.all})` : ` by ${agencyWord(first.agency)}`;
  return `${plural(grid.all, 'update')} since ${longMonth(grid.months[0])}${grid.all > 1 ? most : ''}.`;
}

/** @param {string} chart its title */
export const figuresOf = (chart) => `${chart}: the figures`;

/** @param {string | null} agency */
export const agencyWord = (agency) => agency ?? NOT_STATED;
