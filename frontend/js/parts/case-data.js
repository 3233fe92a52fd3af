/**
 * The question before words are kept that look like case data: what was seen, and two ways to go on. Fetched when it is asked.
 */
import { html, useEffect, useRef } from '../core.js';

/**
 * @param {{warnings: import('../types.js').CaseDataWarning[], posting?: string, field?: string, onClose: () => void, onGoOn: () => void}} props
 *   `field` is where the first of the words stand
 */
export function CaseData({ warnings, posting = 'posted', field = '', onClose, onGoOn }) {
  const change = () => {
    onClose();
    document.getElementById(field)?.focus();
  };
  return html`<p><b>Before this is ${posting}:</b></p>
    <ul class="seen">${warnings.map((one) => html`<li key=${one.pointer + one.words}>${one.detail}</li>`)}</ul>
    <p>Do not name children or families. Your words are still in the form.</p>
    <p class="buttons"><button type="button" class="button" onClick=${change}>Change my words</button>
      <button type="button" class="button is-second" onClick=${onGoOn}>${posting === 'posted' ? 'Post' : 'Save'} as it is: it is not
      about a child or family</button></p>`;
}

/**
 * The same inside a form of acts.js; takes the focus.
 * @param {{state: any, form: () => HTMLFormElement | null | undefined}} props `state` is what useAct gives
 */
export function AskInForm({ state, form }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => place.current?.focus(), [state.asked]);
  const name = state.asked.warnings[0].pointer.split('/').pop();
  const words = form()?.querySelector(`[name="${name}"]`) ?? form()?.querySelector('textarea');
  const goOn = () => {
    state.confirmed.current = true;
    form()?.requestSubmit();
  };
  return html`<div class="box" tabindex="-1" ref=${place} role="group" aria-label="About your words"><${CaseData} posting="saved"
    warnings=${state.asked.warnings} field=${words?.id} onClose=${state.forget} onGoOn=${goOn} /></div>`;
}
