/**
 * The fields of two forms of the lead officer that stand in several places, and what each sends: [method, path, body]. Signing off is on
 * the page of the action and among My actions, a date among the gaps. Fetched when one of them is opened.
 */
import { html, useState } from '../core.js';
import { Words } from './acts.js';
import { KIND_WORDS } from '../words.js';
import * as said from '../words/acts.js';
import { REASON, WHEN } from '../words/edit-action.js';

/** @typedef {import('../types.js').ActionDetail} ActionDetail */

/** Sign off as complete. */
function SignOff() {
  return html`<p class="hint">${said.SIGN_OFF_HINT}</p>
    <${Words} id="sign-impact" name="impact" label=${said.IMPACT} hint=${said.IMPACT_HINT} />
    <div class="field"><label for="sign-title">${said.EVIDENCE_TITLE}</label><input id="sign-title" name="title" /></div>
    <div class="field"><label for="sign-url">${said.EVIDENCE_LINK}</label><input id="sign-url" name="url" type="url" /></div>`;
}

/** @param {ActionDetail} action @param {Record<string, any>} data */
SignOff.request = (action, data) => ['POST', `/actions/${action.id}/sign-off`, {
  ...(data.impact.trim() ? { impact: data.impact.trim() } : {}),
  ...(data.url.trim() ? { evidence: [{ title: data.title.trim() || data.url.trim(), url: data.url.trim() }] } : {}),
}];

const isDated = (kind) => !['ongoing', 'to_be_confirmed'].includes(kind);

/** A new By When: its kind, the words for the paper, its days, and why. */
function MoveDate() {
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
MoveDate.request = (action, { kind, printed, from, to, reason }) => ['POST', `/actions/${action.id}/dates`, {
  kind, reason: reason.trim(),
  ...(printed.trim() ? { printed: printed.trim() } : {}),
  ...(isDated(kind) ? { from, to: kind === 'date' ? from : to } : {}),
}];

/** By the id of the form. @type {Record<string, any>} */
export const FORMS = { 'sign-off': SignOff, 'move-date': MoveDate };
