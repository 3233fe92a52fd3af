/**
 * Search in the plan held in memory: all words have to match, a number first, beginnings of words before their insides.
 * Case, accents, quotes and dashes do not matter (fold.js). Nothing here touches the page.
 */
import { fold, wordsOf } from './fold.js';

/** @typedef {{text: string, hit: boolean}[]} Marked the text in pieces, those that matched marked */
/** @typedef {{id: string, kind: string, number: string, title: string, path: string, fields: string[], more: {said: string, text: string}[]}} Thing
 *   `fields` are looked through, the title first; `more` are told where the title alone does not show the match */
/** @typedef {{id: string, kind: string, number: string, path: string, title: Marked, more: {said: string, text: Marked}[]}} Found */
/** @typedef {{action: string, objective: (number: number) => string, whom: string, latest: string}} Words */

/** The words of a question, each once. @param {string} q @returns {string[]} */
export const tokensOf = (q) => [...new Set(wordsOf(q))];

/** @param {string} letter */
const isLetter = (letter) => /[\p{L}\p{N}]/u.test(letter);

/** Where a word stands in a plain text: at the beginning of a word if it does so anywhere; -1 if nowhere. @param {string} text @param {string} token */
function placeOf(text, token) {
  let inner = -1;
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    if (!at || !isLetter(text[at - 1])) return { at, begins: true };
    if (inner < 0) inner = at;
  }
  return { at: inner, begins: false };
}

/**
 * How far from exact one word is: 0 the number itself, then words that begin with it, then words that hold it; null for no match.
 * @param {Thing} thing
 * @param {string[]} fields plain
 * @param {string} token
 * @returns {number | null}
 */
function distance(thing, fields, token) {
  if (thing.number && (token === thing.number || token === thing.number.replace('.', ''))) return 0;
  if (thing.number && /^\d+\.\d*$/.test(token)) return thing.number.startsWith(token) ? 1 : null; // 4.1 leads to 4.10, never to 14.1
  let best = /** @type {number | null} */ (null);
  fields.forEach((field, index) => {
    const { at, begins } = placeOf(field, token);
    if (at < 0) return;
    const far = (begins ? 2 : 4) + (index ? 1 : 0);
    if (best === null || far < best) best = far;
  });
  return best;
}

/**
 * A text in pieces, with everything marked that a word of the question matches.
 * @param {string} text
 * @param {string[]} tokens
 * @returns {Marked}
 */
export function marked(text, tokens) {
  const letters = [...text];
  /** For each letter of the plain text, the letter it came from. @type {number[]} */
  const from = [];
  const plainText = letters.map((letter, index) => { const p = fold(letter); for (let i = 0; i < p.length; i += 1) from.push(index); return p; }).join('');
  const hit = letters.map(() => false);
  for (const token of tokens) {
    for (let at = plainText.indexOf(token); at >= 0; at = plainText.indexOf(token, at + token.length)) {
      for (let i = at; i < at + token.length; i += 1) hit[from[i]] = true;
    }
  }
  /** @type {Marked} */
  const pieces = [];
  letters.forEach((letter, index) => {
    const last = pieces[pieces.length - 1];
    if (last && last.hit === hit[index]) last.text += letter;
    else pieces.push({ text: letter, hit: hit[index] });
  });
  return pieces;
}

/**
 * The part of a long text around its first match, cut between words.
 * @param {string} text
 * @param {string[]} tokens
 * @param {number} most characters
 * @returns {string}
 */
export function around(text, tokens, most) {
  if (text.length <= most) return text;
  const plainText = fold(text);
  const places = tokens.map((token) => placeOf(plainText, token).at).filter((at) => at >= 0);
  const first = places.length ? Math.min(...places) : 0;
  const space = text.indexOf(' ', Math.min(first - Math.floor(most / 4), text.length - most));
  const start = first < most * 0.7 ? 0 : space < 0 || space > first ? first : space + 1;
  const cut = text.slice(start, start + most);
  const end = start + most >= text.length ? cut : cut.replace(/\s+\S*$/, '');
  return `${start ? '…' : ''}${end}${start + end.length < text.length ? '…' : ''}`;
}

/** @param {import('../types.js').Plan} plan @param {Words} words @returns {Thing[]} Everything of a plan that can be found, in its order. */
export function thingsOf(plan, words) {
  const agency = new Map(plan.agencies.map((one) => [one.id, one]));
  /** @param {string} kind @param {string} id @param {string} title @param {string} path @param {{number?: string, fields?: string[], more?: {said: string, text: string}[]}} [given] */
  const thing = (kind, id, title, path, { number = '', fields = [], more = [] } = /** @type {any} */ ({})) =>
    ({ kind, id, title, path, number, fields: [title, ...fields], more: more.filter((one) => one.text) });
  return [
    ...plan.objectives.flatMap((objective) => objective.actions).map((action) => thing('action', action.id, action.text, `/actions/${action.number}`, {
      number: action.number, fields: [action.by_whom.printed, action.by_whom.named.map((place) => place.name).join(', '), action.latest_update?.text ?? ''],
      more: [{ said: words.whom, text: action.by_whom.printed }, { said: words.latest, text: action.latest_update?.text ?? '' }] })),
    ...plan.objectives.map((one) => thing('objective', one.id, one.short_title ?? one.text, `/actions?objective=${one.number}`, {
      number: String(one.number), fields: [one.text, words.objective(one.number), one.lead?.name ?? ''], more: [{ said: '', text: one.lead?.name ?? '' }] })),
    ...plan.people.map((person) => thing('person', person.id, person.name, `/actions?person=${person.id}`, {
      fields: [person.post ?? '', agency.get(person.agency ?? '')?.name ?? ''],
      more: [{ said: '', text: [person.post, agency.get(person.agency ?? '')?.name].filter(Boolean).join(', ') }] })),
    ...plan.agencies.map((one) => thing('agency', one.id, one.name, `/actions?agency=${one.id}`, { fields: [one.short_name ?? ''] })),
    ...plan.groups.map((one) => thing('group', one.id, one.name, `/actions?q=${encodeURIComponent(one.name)}`)),
  ];
}

/** @param {[string, string, string][]} pages title, other words, path @returns {Thing[]} */
export const pagesAs = (pages) => pages.map(([title, other, path]) =>
  ({ kind: 'page', id: path, number: '', title, path, fields: [title, other], more: [] }));

/** How it is shown: people of a plan are always told with their post; other facts only where they matched. @param {Thing} thing @param {string[]} tokens */
function shown(thing, tokens) {
  const seen = fold(thing.title);
  const hidden = tokens.some((token) => !seen.includes(token) && token !== thing.number);
  const facts = thing.more.filter(({ text }) => !['action'].includes(thing.kind) || (hidden && tokens.some((token) => fold(text).includes(token))));
  return { id: thing.id, kind: thing.kind, number: thing.number, path: thing.path, title: marked(around(thing.title, tokens, 140), tokens),
    more: facts.map(({ said, text }) => ({ said, text: marked(around(text, tokens, 110), tokens) })) };
}

/**
 * Everything that matches all words of the question, the nearest first, and the plan's order among equals.
 * @param {Thing[]} things
 * @param {string} q
 * @returns {Found[]}
 */
export function search(things, q) {
  const tokens = tokensOf(q);
  if (!tokens.length) return [];
  return things.flatMap((thing) => {
    const fields = thing.fields.map(fold);
    const far = tokens.map((token) => distance(thing, fields, token));
    return far.includes(null) ? [] : [{ thing, far: far.reduce((sum, one) => Number(sum) + Number(one), 0) ?? 0 }];
  }).sort((a, b) => a.far - b.far).map(({ thing }) => shown(thing, tokens));
}

/**
 * In groups, the one with the nearest first: a name leads to its person before the actions that print it.
 * @param {Found[]} found nearest first
 * @returns {{kind: string, found: Found[]}[]}
 */
export const grouped = (found) => [...new Set(found.map((one) => one.kind))].map((kind) => ({ kind, found: found.filter((one) => one.kind === kind) }));
