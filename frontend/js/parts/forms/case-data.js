/**
 * The question before words are kept that look like case data: what was seen, and two ways to go on. Fetched when it is asked.
 */
import { html, useLayoutEffect, useRef } from '../../core.js';
import * as words from '../../words/privacy/case-data.js';

/**
 * @param {{warnings: import('../../types.js').CaseDataWarning[], verb?: 'posted' | 'saved', field?: string, onClose: () => void, onGoOn: () => void}} props
 *   `field` is where the first of the words stand
 */
export function CaseData({ warnings, verb = 'posted', field = '', onClose, onGoOn }) {
  const change = () => {
    onClose();
    document.getElementById(field)?.focus();
  };
  const told = words[verb];
  return html`<p><b>${told.BEFORE}</b></p>
    <ul class="seen">${warnings.map((one) => html`<li key=${one.pointer + one.words}>${one.detail}</li>`)}</ul>
    <p>${words.NO_NAMES}</p>
    <p class="buttons"><button type="button" class="button" onClick=${change}>${words.CHANGE}</button>
      <button type="button" class="button is-second" onClick=${onGoOn}>${told.AS_IT_IS}</button></p>`;
}

/**
 * The same inside a form of acts.js; takes the focus.
 * @param {{state: any, form: () => HTMLFormElement | null | undefined}} props `state` is what useAct gives
 */
export function AskInForm({ state, form }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => place.current?.focus(), [state.asked]);
  const name = state.asked.warnings[0].pointer.split('/').pop();
  const field = form()?.querySelector(`[name="${name}"]`) ?? form()?.querySelector('textarea');
  const goOn = () => {
    state.confirmed.current = true;
    form()?.requestSubmit();
  };
  return html`<div class="box" tabindex="-1" ref=${place} role="group" aria-label=${words.LABEL}><${CaseData} verb="saved"
    warnings=${state.asked.warnings} field=${field?.id} onClose=${state.forget} onGoOn=${goOn} /></div>`;
}
