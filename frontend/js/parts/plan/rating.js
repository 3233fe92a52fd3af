/**
 * Ratings of many actions as people see them: strips, bars and tallies.
 */
import { html } from '../../core.js';
import { plan } from '../../store.js';
import { to } from '../../router.js';
import { Glyph } from '../bits.js';
import { RATING_ORDER, lower, ratingWord } from '../../words.js';
import { ALL_TOLD } from '../../words/plan/lists.js';

/**
 * How many actions have each rating.
 * @param {import('../../types.js').Action[]} actions
 * @returns {Record<string, number>}
 */
export function tally(actions) {
  /** @type {Record<string, number>} */
  const counts = { R: 0, A: 0, G: 0, B: 0, none: 0 };
  for (const action of actions) counts[action.rating.value ?? 'none'] += 1;
  return counts;
}

/**
 * "1 off track, 2 at risk, 1 not rated".
 * @param {Record<string, number>} counts
 * @returns {string}
 */
export const tallyWords = (counts) => RATING_ORDER.filter((letter) => counts[letter])
  .map((letter) => `${counts[letter]} ${lower(ratingWord(plan.value, letter))}`).join(', ');

/**
 * Shares as one bar. Widths are SVG attributes, since the policy refuses inline style.
 * @param {{counts: Record<string, number>, of?: number, label?: string, small?: boolean}} props `of` sets the scale
 */
export function Bar({ counts, of, label, small }) {
  const total = RATING_ORDER.reduce((sum, letter) => sum + (counts[letter] || 0), 0);
  const scale = 1000 / (of || total || 1);
  let x = 0;
  const parts = RATING_ORDER.filter((letter) => counts[letter]).map((letter) => {
    const part = { letter, x, width: counts[letter] * scale };
    x += part.width;
    return part;
  });
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' };
  return html`<svg class=${small ? 'bar is-small' : 'bar'} viewBox="0 0 1000 30" preserveAspectRatio="none" ...${named}>
    ${parts.map((part) => html`<rect key=${part.letter} class=${`fill-${part.letter}`} x=${part.x + 1} y="1"
      width=${Math.max(part.width - 2, 1)} height="28" />`)}</svg>`;
}

/**
 * The whole plan's bar with its legend; each count is a link to its list.
 * @param {{plan: import('../../types.js').Plan}} props
 */
export function PlanBar({ plan: shown }) {
  const counts = shown.counts.rating;
  const label = ALL_TOLD(shown.counts.actions, tallyWords(counts));
  return html`
    <${Bar} counts=${counts} label=${label} />
    <ul class="legend" role="list">${RATING_ORDER.map((letter) => html`
      <li key=${letter}><a href=${to(`/actions?rating=${letter}`)}>
        <${Glyph} value=${letter} /><b class="figure">${counts[letter] || 0}</b>
        <span>${ratingWord(shown, letter)}</span></a></li>`)}
    </ul>`;
}
