/**
 * Copy used on more than one screen. The plan's own key (plan.rating_key) gives the words of the ratings, because
 * boards use the letters differently; what is here only stands in until the plan is loaded.
 */

/** Ratings in the order every bar, tally and filter shows them: worst first. @type {('R'|'A'|'G'|'B'|'none')[]} */
export const RATING_ORDER = ['R', 'A', 'G', 'B', 'none'];

/** @type {Record<string, string>} */
const STAND_IN = { R: 'Off track', A: 'At risk', G: 'On track', B: 'Complete' };

/** @type {Record<string, string>} */
export const STATUS_WORDS = {
  not_reported: 'Not reported',
  not_started: 'Not started',
  in_progress: 'In progress',
  delivered: 'Delivered',
  complete: 'Complete',
  on_hold: 'On hold',
  business_as_usual: 'Business as usual',
  carried_forward: 'Carried forward',
  withdrawn: 'Withdrawn',
};

/** @type {Record<string, string>} */
export const ROLE_WORDS = {
  admin: 'Business manager',
  lead_officer: 'Lead officer',
  contributor: 'Contributor',
  viewer: 'Reader',
};

/** @type {Record<string, string>} */
export const KIND_WORDS = {
  date: 'A day',
  month: 'A month',
  season: 'A season',
  quarter: 'A quarter',
  year: 'A year',
  ongoing: 'Ongoing',
  to_be_confirmed: 'To be confirmed',
};

export const OFFLINE =
  'You are offline. You can read the plan and write updates; they are kept on this device until you can post them.';
export const HINT = 'Say what was done, what is next and what is in the way. Do not name children or families.';

/**
 * The word for a rating, from the plan's own key.
 * @param {import('./types.js').Plan | null} plan
 * @param {string | null} letter
 * @returns {string}
 */
export function ratingWord(plan, letter) {
  if (!letter || letter === 'none') return 'Not rated';
  return plan?.rating_key.find((line) => line.letter === letter)?.word ?? STAND_IN[letter];
}

/**
 * What a rating means, from the plan's own key.
 * @param {import('./types.js').Plan} plan
 * @param {string} letter
 * @returns {string}
 */
export function ratingMeaning(plan, letter) {
  return plan.rating_key.find((line) => line.letter === letter)?.meaning ?? '';
}

/**
 * "1 action", "4 actions".
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 * @returns {string}
 */
export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/**
 * "a", "a and b", "a, b and c".
 * @param {string[]} items
 * @returns {string}
 */
export const listed = (items) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

/**
 * Lower-case the first letter, for a word set inside a sentence.
 * @param {string} word
 * @returns {string}
 */
export const lower = (word) => word.charAt(0).toLowerCase() + word.slice(1);

/**
 * The first words of a long text, cut between words.
 * @param {string} text
 * @param {number} most characters
 * @returns {string}
 */
export function firstWords(text, most) {
  if (text.length <= most) return text;
  return `${text.slice(0, most + 1).replace(/[\s,;:]+\S*$/, '')}…`;
}
