/**
 * What a form that changes a fact has to say: whose value stands, that it was not sent, that it is not saved yet. It takes the focus.
 */
import { html, useLayoutEffect, useRef } from '../../core.js';
import { ABOUT, AWAY, CLASH, FORBIDDEN, KEEP_THEIRS, LEAVE, LEAVE_NO, LEAVE_YES, MINE, NOTHING, OFFLINE, SAVE_MINE, SOMEBODY, THEIRS,
  WAITED } from '../../words/plan/edit-action.js';

/** @param {{box: any, what: string, onDiscard: () => void, onStay: () => void, onSave: () => void}} props */
export function EditBox({ box, what, onDiscard, onStay, onSave }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  // What waited is found again on arrival, where the heading has the focus.
  useLayoutEffect(() => { if (box && box.kind !== 'waited') place.current?.focus(); }, [box]);
  if (!box) return null;
  /** @param {string} yes @param {() => void} onYes @param {string} no @param {() => void} onNo */
  const two = (yes, onYes, no, onNo) => html`<div class="buttons"><button type="button" class="button is-second" onClick=${onNo}>${no}</button>
    <button type="button" class="button is-second" onClick=${onYes}>${yes}</button></div>`;
  /** @type {Record<string, () => any>} */
  const said = {
    clash: () => html`<p>${CLASH(box.by ?? SOMEBODY, what)}</p>
      <p class="small muted">${THEIRS}</p><div class="quoted">${box.theirs || NOTHING}</div>
      <p class="small muted">${MINE}</p><div class="quoted">${box.mine || NOTHING}</div>
      ${two(SAVE_MINE, onSave, KEEP_THEIRS, onDiscard)}`,
    leave: () => html`<p><b>${LEAVE}</b></p>${two(LEAVE_YES, onDiscard, LEAVE_NO, onStay)}`,
    waited: () => html`<p><b>${WAITED}</b></p>`,
    offline: () => html`<p><b>${OFFLINE}</b></p>`,
    away: () => html`<p><b>${AWAY}</b></p>`,
    forbidden: () => html`<p><b>${FORBIDDEN(box.detail)}</b></p>`,
  };
  return html`<div class="box" tabindex="-1" ref=${place} role="group" aria-label=${ABOUT}>${said[box.kind]()}</div>`;
}
