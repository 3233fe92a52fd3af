/**
 * A glossary as lines that somebody writes: "MASH: Multi-Agency Safeguarding Hub | Since 2016", one for each short form.
 */

/** @typedef {import('../types.js').Term} Term */

/**
 * @param {Term[]} terms
 * @returns {string}
 */
export const linesOfTerms = (terms) => terms.map(({ short, long, note }) => `${short}:${long ? ` ${long}` : ''}${note ? ` | ${note}` : ''}`).join('\n');

/**
 * The terms of the lines, and what is wrong with a line: its number with `short` (no short form), `colon` (nothing says where it ends)
 * or `twice` (with the number of the first).
 * @param {string} text
 * @returns {{terms: Term[], wrong: {line: number, code: 'short' | 'colon' | 'twice', first?: number}[]}}
 */
export function readTerms(text) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {Term[]} */
  const terms = [];
  /** @type {{line: number, code: 'short' | 'colon' | 'twice', first?: number}[]} */
  const wrong = [];
  text.split('\n').forEach((written, index) => {
    const line = index + 1;
    if (!written.trim()) return;
    const [words, ...notes] = written.split('|');
    const colon = words.indexOf(':');
    const short = words.slice(0, colon < 0 ? undefined : colon).trim();
    const first = seen.get(short);
    if (colon < 0) wrong.push({ line, code: 'colon' });
    else if (!short) wrong.push({ line, code: 'short' });
    else if (first) wrong.push({ line, code: 'twice', first });
    else {
      seen.set(short, line);
      terms.push({ short, long: words.slice(colon + 1).trim() || null, note: notes.join('|').trim() || null });
    }
  });
  return { terms, wrong };
}
