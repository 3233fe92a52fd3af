/**
 * The head of a page on paper: which plan, which day, what the ratings mean. On the screen it is not there.
 */
import { html } from '../../core.js';
import { Glyph } from '../bits.js';
import { plan } from '../../store.js';
import { route } from '../../router.js';
import { longDay } from '../../words.js';
import { AS_AT } from '../../words/shell/quiet.js';

/** Pages with a head of their own on paper, or without a plan. */
const WITHOUT = ['report', 'board', 'sign-in', 'link', 'accessibility'];

/** Hidden from screen readers too: the page says all of it. */
export function Paper() {
  const shown = plan.value;
  if (!shown || WITHOUT.includes(route.value.page)) return null;
  return html`<div class="paper" aria-hidden="true"><p class="paper-line"><b>${shown.name}, ${shown.partnership}</b>
    <span>${AS_AT} ${longDay(shown.as_of)}</span></p><ul role="list">${shown.rating_key.map((line) => html`<li key=${line.letter}><${Glyph}
    value=${line.letter} />${line.letter}: ${line.word}</li>`)}</ul></div>`;
}
