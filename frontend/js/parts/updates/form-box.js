/**
 * What happened to an update that was posted, above the form. Fetched with the first touch of the form.
 */
import { html, useLayoutEffect, useRef } from '../../core.js';
import { Tag } from '../bits.js';
import { ABOUT_UPDATE } from '../../words/updates/action.js';
import * as words from '../../words/updates/update.js';

/** @typedef {import('../../types.js').Draft} Draft */

/** @param {{box: any, onTake: (draft: Draft) => void, onClose: () => void}} props It takes the focus. */
export function FormBox({ box, onTake, onClose }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => { place.current?.focus(); }, [box]);
  const theirs = box.latest && html`<div class="quoted"><${Tag} value=${box.latest.rating} /><p>${box.latest.text}</p></div>`;
  /** @type {Record<string, () => any>} */
  const said = {
    conflict: () => html`<p>${words.conflict(box.latest?.author)}</p>${theirs}<p>${words.CONFLICT_THEN}</p>`,
    reached: () => html`<p>${words.reached()}</p>${theirs}`,
    'case-data': () => html`<${box.Ask} ...${box} />`,
    forbidden: () => html`<p>${words.forbidden(box.lead)}</p>`,
    'other-tab': () => html`<p>${words.otherTab()}</p><div class="quoted"><p>${box.theirs.text}</p></div>
      <p class="buttons"><button type="button" class="button is-second" onClick=${() => onTake(box.theirs)}>${words.TAKE_OTHER}</button><button
      type="button" class="button is-second" onClick=${onClose}>${words.KEEP_MINE}</button></p>`,
    'gone-elsewhere': () => html`<p>${words.gone()}</p>`,
  };
  return html`<div class="box" tabindex="-1" ref=${place} role="group" aria-label=${ABOUT_UPDATE}>${said[box.kind]()}</div>`;
}
