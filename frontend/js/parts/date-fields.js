/**
 * The fields of a new By When among the gaps, and what they send: [method, path, body].
 */
import { html, useState } from '../core.js';
import { Words } from './acts.js';
import { KIND_WORDS } from '../words/kinds.js';
import { REASON, WHEN } from '../words/edit-action.js';

/** @typedef {import('../types.js').ActionDetail} ActionDetail */

const isDated = (kind) => !['ongoing', 'to_be_confirmed'].includes(kind);

/** A new By When: its kind, the words for the paper, its days, and why. */
export function DateFields() {
  const [kind, setKind] = useState('date');
  return html`<p class="hint">${WHEN.stays}</p>
    <div class="field"><label for="move-kind">${WHEN.kind}</label><select id="move-kind" name="kind" value=${kind}
      onChange=${(event) => setKind(event.target.value)}>${Object.entries(KIND_WORDS).map(([key, words]) => html`
      <option key=${key} value=${key} selected=${key === kind}>${words}</option>`)}</select></div>
    <div class="field"><label for="move-printed">${WHEN.printed}</label><p class="hint" id="move-printed-hint">${WHEN.hint}</p>
      <input id="move-printed" name="printed" aria-describedby="move-printed-hint" /></div>
    ${isDated(kind) && html`<div class="pair"><div class="field"><label for="move-from">${kind === 'date' ? WHEN.day : WHEN.first}</label>
      <input id="move-from" name="from" type="date" required /></div>
      ${kind !== 'date' && html`<div class="field"><label for="move-to">${WHEN.last}</label><input id="move-to" name="to" type="date" required /></div>`}</div>`}
    <${Words} id="move-reason" name="reason" label=${REASON} required=${true} />`;
}

/** @param {ActionDetail} action @param {Record<string, any>} data */
DateFields.request = (action, { kind, printed, from, to, reason }) => ['POST', `/actions/${action.id}/dates`, {
  kind, reason: reason.trim(),
  ...(printed.trim() ? { printed: printed.trim() } : {}),
  ...(isDated(kind) ? { from, to: kind === 'date' ? from : to } : {}),
}];
