/**
 * Who is on an action, as the form holds it: finding people in the directory, names that are nearly the same, the list as it is sent.
 */

import { wordsOf } from './fold.js';

/** @typedef {'person' | 'group' | 'agency' | 'new_person' | 'new_group'} Kind */
/** @typedef {{key: string, kind: Kind, id: string | null, name: string, printed: string | null, about: string, qualifier: string,
 *   agency: string | null, post: string | null}} Row `printed`: the words of the paper, where it was on the action already */
/** @typedef {{kind: Kind, id: string, name: string, names: string[], about: string}} Holder */

export const MOST_FOUND = 8;

/** @param {string} text */
const parts = (text) => wordsOf(text.replace(/[.,]/g, ' '));

/**
 * Those in whose name, other names or agency each word that was typed begins one.
 * @param {Holder[]} directory
 * @param {string} typed
 * @param {string} [locale] whose alphabet
 * @returns {Holder[]} those whose own name begins with it first
 */
export function findHolders(directory, typed, locale) {
  const words = parts(typed);
  if (!words.length) return [];
  const fits = directory.filter((one) => {
    const said = parts([one.name, ...one.names, one.about].join(' '));
    return words.every((word) => said.some((each) => each.startsWith(word)));
  });
  /** @param {Holder} one */
  const begins = (one) => (parts(one.name).join(' ').startsWith(words.join(' ')) ? 0 : 1);
  return fits.sort((a, b) => begins(a) - begins(b) || a.name.localeCompare(b.name, locale));
}

/** How many letters have to change to make one of the other. @param {string} one @param {string} other */
function slips(one, other) {
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}

/** @param {string} one @param {string} other */
const alike = (one, other) => one === other || (Math.min(one.length, other.length) > 3 && slips(one, other) <= (one.length > 6 ? 2 : 1));

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'cllr', 'sir', 'dame', 'rev']);
/** @param {string} name */
const namesOf = (name) => parts(name).filter((part) => !TITLES.has(part));

/**
 * People who may be the one meant: the same name, a slip of the pen, the same surname and first initial, or in another order.
 * @param {Holder[]} directory
 * @param {string} name
 * @returns {Holder[]}
 */
export function nearNames(directory, name) {
  const ours = namesOf(name);
  if (!ours.length) return [];
  const [first, last] = [ours[0], ours[ours.length - 1]];
  /** @param {string} other */
  const near = (other) => {
    const theirs = namesOf(other);
    if (!theirs.length) return false;
    const [theirFirst, theirLast] = [theirs[0], theirs[theirs.length - 1]];
    return (last === theirLast && (first[0] === theirFirst[0] || alike(first, theirFirst)))
      || (first === theirFirst && alike(last, theirLast)) || [...ours].sort().join() === [...theirs].sort().join();
  };
  return directory.filter((one) => one.kind === 'person' && [one.name, ...one.names].some(near));
}

/**
 * The list with one row at another place.
 * @template T
 * @param {T[]} rows
 * @param {number} from
 * @param {number} by
 */
export function moved(rows, from, by) {
  const to = from + by;
  if (to < 0 || to >= rows.length) return rows;
  const next = [...rows];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** The words for the paper, as the server makes them. @param {Row[]} rows @param {(said: string[]) => string} listed several as one */
export function paperWords(rows, listed) {
  const said = rows.map(({ printed, name, qualifier }) => (qualifier.trim() ? `${printed ?? name} (${qualifier.trim()})` : printed ?? name));
  return listed(said);
}

/** The list as it is sent. @param {Row[]} rows */
export const bodyOf = (rows) => rows.map(({ kind, id, name, printed, qualifier, agency, post }) => ({
  ...(kind === 'new_group' ? { new_group: { name } }
    : kind === 'new_person' ? { new_person: { name, ...(agency ? { agency } : {}), ...(post?.trim() ? { post: post.trim() } : {}) } }
      : { [kind]: id, ...(printed ? { name: printed } : {}) }),
  ...(qualifier.trim() ? { qualifier: qualifier.trim() } : {}),
}));
