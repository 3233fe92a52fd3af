/**
 * The figures behind the charts: what moved, and where each segment and square stands.
 */

/** @typedef {{on: string, counts: Record<string, number>, actions: number}} Point */
/** @typedef {{since: string, changes: {letter: string, by: number}[]}} Movement */

/**
 * What moved until the last point: compared with the newest earlier one that was different, else with the one before.
 * @param {Point[]} points oldest first
 * @param {string[]} order the letters, in the order in which they are told
 * @returns {Movement | null} null when there is nothing to compare with
 */
export function movementOf(points, order) {
  if (points.length < 2) return null;
  const now = points[points.length - 1];
  const earlier = points.slice(0, -1).reverse();
  /** @param {Point} then */
  const changesSince = (then) => order.map((letter) => ({ letter, by: now.counts[letter] - then.counts[letter] })).filter((one) => one.by);
  const then = earlier.find((one) => changesSince(one).length);
  return then ? { since: then.on, changes: changesSince(then) } : { since: earlier[earlier.length - 1].on, changes: [] };
}

/**
 * The points until a day, and that day as the plan shows it.
 * @param {Point[]} points
 * @param {import('../types.js').Plan} plan
 * @returns {Point[]}
 */
export const pointsUntil = (points, plan) => [
  ...points.filter((point) => point.on < plan.as_of),
  { on: plan.as_of, counts: plan.counts.rating, actions: plan.counts.actions },
];

/**
 * One column: its segments from the ground up, with a gap between them.
 * @param {Record<string, number>} counts
 * @param {string[]} order from the ground up
 * @param {number} each the height of one action
 * @param {number} ground
 * @returns {{letter: string, count: number, y: number, height: number}[]}
 */
export function stackOf(counts, order, each, ground) {
  let y = ground;
  return order.filter((letter) => counts[letter]).map((letter) => {
    const height = counts[letter] * each;
    y -= height;
    return { letter, count: counts[letter], y: y + 1, height: Math.max(height - 2, 1) };
  });
}

/** @typedef {{agency: string | null, counts: number[], all: number}} AgencyRow */

/**
 * Updates by agency and month without the empty months before the first update.
 * @param {{months: string[], data: {agency: string | null, months: {month: string, updates: number}[]}[]}} found
 * @returns {{months: string[], rows: AgencyRow[], most: number, all: number}}
 */
export function gridOf(found) {
  const counts = found.data.map((row) => row.months.map((month) => month.updates));
  const first = found.months.findIndex((_, at) => counts.some((row) => row[at]));
  const rows = found.data.map((row, at) => ({ agency: row.agency, counts: counts[at].slice(Math.max(first, 0)), all: sum(counts[at]) }));
  return { months: found.months.slice(Math.max(first, 0)), rows, most: Math.max(1, ...counts.flat()), all: sum(counts.flat()) };
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/**
 * Which months have their name above them: every so many, the last always; the year where it is another.
 * @param {string[]} months YYYY-MM
 * @param {number} every
 * @returns {{at: number, month: string, year: string}[]} `year` is empty where it is that of the name before
 */
export function labelsOf(months, every) {
  const named = months.map((month, at) => ({ at, month })).filter(({ at }) => (months.length - 1 - at) % every === 0);
  /** @param {{month: string}} one */
  const yearOf = (one) => one?.month.slice(0, 4);
  return named.map((one, at) => ({ ...one, year: yearOf(one) === yearOf(named[at - 1]) ? '' : yearOf(one) }));
}

/**
 * How dark a square is: 0 for none, 1 to 4 by its share of the most.
 * @param {number} count
 * @param {number} most
 * @returns {number}
 */
export const levelOf = (count, most) => (count ? Math.max(1, Math.ceil((count / most) * 4)) : 0);

/**
 * The last day of the month of a day.
 * @param {string} day YYYY-MM-DD
 * @returns {string}
 */
export function lastOfMonth(day) {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
