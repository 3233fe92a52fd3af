/**
 * Ratings of many actions as people see them: strips, bars and tallies.
 */
import { html } from '../core.js';
import { plan } from '../store.js';
import { to } from '../router.js';
import { Glyph, Shape } from './bits.js';
import { RATING_ORDER, STATUS_WORDS, listed, lower, ratingWord } from '../words.js';

/**
 * What a square of the strip says in words.
 * @param {import('../types.js').Action} action
 * @returns {string}
 */
function squareLabel(action) {
  const status = action.status === 'delivered' || action.status === 'on_hold' ? STATUS_WORDS[action.status].toLowerCase() : '';
  return [action.number, ratingWord(plan.value, action.rating.value), action.past_date && 'past its date', status]
    .filter(Boolean).join(', ');
}

/**
 * One square per action, in number order, each a link.
 * @param {{actions: import('../types.js').Action[]}} props
 */
export const Strip = ({ actions }) => html`
  <ol class="strip" role="list">${actions.map((action) => html`
    <li key=${action.id}>
      <a class=${`square solid-${action.rating.value || 'none'} ${action.past_date ? 'is-past' : ''}`}
        href=${to(`/actions/${action.number}`)} aria-label=${squareLabel(action)} title=${squareLabel(action)}>
        <span>${action.number}</span><${Shape} value=${action.rating.value} />
      </a>
    </li>`)}</ol>`;

/**
 * How many actions have each rating.
 * @param {import('../types.js').Action[]} actions
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
 * @param {{plan: import('../types.js').Plan}} props
 */
export function PlanBar({ plan: shown }) {
  const counts = shown.counts.rating;
  const label = `All ${shown.counts.actions} actions: ${tallyWords(counts)}`;
  return html`
    <${Bar} counts=${counts} label=${label} />
    <ul class="legend" role="list">${RATING_ORDER.map((letter) => html`
      <li key=${letter}><a href=${to(`/actions?rating=${letter}`)}>
        <${Glyph} value=${letter} /><b class="figure">${counts[letter] || 0}</b>
        <span>${ratingWord(shown, letter)}</span></a></li>`)}
    </ul>`;
}

/**
 * Names joined in one sentence, for a place that lists who can do something.
 * @param {import('../types.js').Action} action
 * @returns {string}
 */
export const namesOn = (action) => listed(action.by_whom.places.map((place) => place.name));
