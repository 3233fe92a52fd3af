/**
 * The marks of a rating: always a word and a shape, never colour alone. The bars and strips made of them are in rating.js.
 */
import { html } from '../core.js';
import { plan } from '../store.js';
import { ratingWord } from '../words.js';

/** @type {Record<string, string>} */
const SHAPES = {
  B: 'M6 12.5l4 4L18 8',
  R: 'M7 7l10 10M17 7L7 17',
  A: 'M12 5.5v8M12 17.6v.4',
  G: 'M5.5 12h12.5M13 6.5L18.5 12 13 17.5',
  none: 'M6.5 12h11',
};

/**
 * The shape alone, drawn in the colour of the text around it.
 * @param {{value: string | null}} props
 */
export const Shape = ({ value }) => html`
  <svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${SHAPES[value || 'none']} /></svg>`;

/**
 * The shape in its solid square. Decorative: the word stands beside it.
 * @param {{value: string | null}} props
 */
export const Glyph = ({ value }) => html`<span class=${`glyph solid-${value || 'none'}`}><${Shape} value=${value} /></span>`;

/**
 * Rating tag: light, because it is not a button.
 * @param {{value: string | null}} props
 */
export const Tag = ({ value }) => html`
  <span class=${`tag tint-${value || 'none'}`}><${Shape} value=${value} />${ratingWord(plan.value, value)}</span>`;
