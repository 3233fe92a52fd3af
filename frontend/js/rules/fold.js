/**
 * Words as people type them, folded for searching as the server folds them (api/domain/folding.py): case, accents, width, quotes, dashes and
 * what cannot be seen make no difference. tests/data/folding.json holds both together.
 */

const QUOTES = /["'`´‘’‚‛“”„‟‹›«»′″‴‵‶‷ʹʺʻʼʽˈˊˋ՚׳״᾽᾿῾❛❜❝❞〝〞〟ꞌ＂＇｀]/g;
const [FROM, TO] = ['øłđðħıĸŋŧəɓɗɖƙƴɛɔɣƒʋƶƀǥɨʉɲƈƥƭɍɏȼⱥɫƚʈʂɠƞς⁄', 'olddhikntebddkyeogfvzbgiuncptrycalltsgnσ/'];
const LETTERS = /** @type {Record<string, string>} */ ({ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' });
[...FROM].forEach((letter, index) => { LETTERS[letter] = TO[index]; });

/** Of one letter or many. @param {string} text */
export const fold = (text) => text.replace(QUOTES, '').normalize('NFKD').replace(/[\p{M}\p{Cf}\u115f\u1160\u2800]/gu, '').toLowerCase()
  .replace(/[^\x00-\x7f]/g, (letter) => LETTERS[letter] ?? letter).replace(/[‐-―−⁃⸺⸻־᠆]/g, '-').replace(QUOTES, '');

/** The words that were typed: whatever has all of them is found. @param {string} text */
export const wordsOf = (text) => fold(text).split(/[\s-]+/).filter(Boolean);
