/**
 * Short forms in the plan's words, each explained where it first stands. Nothing here touches the page.
 */
/** @typedef {import('../types.js').Term} Term */
/** @typedef {{text: string, term?: Term}} Piece a short form keeps its printed letters in `text` @param {string} text */

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Find all short forms, the longest first, as words of their own: "CP" is not in "SCP" nor in "CPs'" but in "CP plan".
 * @param {Term[]} glossary
 * @returns {RegExp | null}
 */
function patternOf(glossary) {
  if (!glossary.length) return null;
  const shorts = glossary.map((term) => term.short).sort((a, b) => b.length - a.length).map(escaped);
  // A plural is the same word: "SCPs", "GPs".
  return new RegExp(`(?<![\\p{L}\\p{N}&])(${shorts.join('|')})s?(?![\\p{L}\\p{N}&])`, 'gu');
}

/**
 * The texts of a page in reading order, split so that the first use of each short form is a piece of its own.
 * @param {Term[]} glossary
 * @param {string[]} texts
 * @returns {Piece[][]} one list of pieces for each text; put together they are the text again
 */
export function firstUses(glossary, texts) {
  const pattern = patternOf(glossary);
  const terms = new Map(glossary.map((term) => [term.short, term]));
  /** @type {Set<string>} */
  const seen = new Set();
  return texts.map((text) => {
    /** @type {Piece[]} */
    const pieces = [];
    let from = 0;
    for (const match of pattern ? text.matchAll(pattern) : []) {
      if (seen.has(match[1])) continue;
      seen.add(match[1]);
      if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
      pieces.push({ text: match[0], term: terms.get(match[1]) });
      from = match.index + match[0].length;
    }
    if (from < text.length) pieces.push({ text: text.slice(from) });
    return pieces;
  });
}

/**
 * The glossary in alphabetical order, each with the actions and objectives whose printed words use it.
 * @param {import('../types.js').Plan} plan
 * @param {string} locale whose alphabet
 * @returns {{term: Term, actions: string[], objectives: number[]}[]}
 */
export function usesOf(plan, locale) {
  const all = plan.objectives.flatMap((objective) => objective.actions);
  return [...plan.glossary ?? []].sort((a, b) => a.short.localeCompare(b.short, locale)).map((term) => {
    const pattern = /** @type {RegExp} */ (patternOf([term]));
    /** @param {string[]} texts */
    const uses = (...texts) => texts.join(' ').search(pattern) >= 0;
    return { term, actions: all.filter((one) => uses(one.text, one.by_whom.printed, one.by_when.printed)).map((one) => one.number),
      objectives: plan.objectives.filter((one) => uses(one.text, one.lead?.printed ?? '')).map((one) => one.number) };
  });
}
