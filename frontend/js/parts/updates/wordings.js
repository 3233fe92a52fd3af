/**
 * What an update said before it was corrected, the first wording first.
 */
import { html } from '../../core.js';
import { Linked } from '../bits.js';
import { clock, londonDay } from '../../words.js';
import { EVIDENCE, IMPACT, NEXT_STEP, UNTIL } from '../../words/updates/correct.js';

/** @param {{update: import('../../types.js').Update}} props */
export default function Wordings({ update }) {
  return html`<ol role="list">${update.wordings.map((one) => html`<li key=${one.until} class="quoted">
    <p class="small muted">${UNTIL(londonDay(one.until), clock(one.until))}</p><p class="words"><${Linked} text=${one.text} /></p>
    ${one.next_step && html`<p><b>${NEXT_STEP}</b> ${one.next_step}</p>`}${one.impact && html`<p><b>${IMPACT}</b> ${one.impact}</p>`}
    ${one.evidence.length > 0 && html`<p><b>${EVIDENCE}</b> ${one.evidence.map((each) => each.title).join(', ')}</p>`}</li>`)}</ol>`;
}
