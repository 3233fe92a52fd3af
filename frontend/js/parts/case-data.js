/**
 * The question before words are kept that look like case data: what was seen, and two ways to go on. Fetched when it is asked.
 */
import { html } from '../core.js';

/** @param {{warnings: import('../types.js').CaseDataWarning[], posting?: string, onChange: () => void, onGoOn: () => void}} props */
export function CaseData({ warnings, posting = 'posted', onChange, onGoOn }) {
  return html`<p><b>Before this is ${posting}:</b></p>
    <ul class="seen">${warnings.map((one) => html`<li key=${one.pointer + one.words}>${one.detail}</li>`)}</ul>
    <p>Do not name children or families. Your words are still in the form.</p>
    <p class="buttons"><button type="button" class="button" onClick=${onChange}>Change my words</button>
      <button type="button" class="button is-second" onClick=${onGoOn}>${posting === 'posted' ? 'Post' : 'Save'} as it is: it is not
      about a child or family</button></p>`;
}
