/**
 * The fields of the lead officer's forms, and what each sends: [method, path, body]. Fetched when one of them is opened.
 */
import { html, useState } from '../core.js';
import { Words } from './acts.js';
import { KIND_WORDS, STATUS_WORDS } from '../words.js';

/** @typedef {import('../types.js').ActionDetail} ActionDetail */

/** Sign off as complete. */
function SignOff() {
  return html`<p class="hint">Complete needs a second person's eyes and something to show: an impact, or a link to evidence.</p>
    <${Words} id="sign-impact" name="impact" label="Impact" hint="What difference has it made? Do not name children or families." />
    <div class="field"><label for="sign-title">Evidence: what it is</label><input id="sign-title" name="title" /></div>
    <div class="field"><label for="sign-url">Evidence: link (https://…)</label><input id="sign-url" name="url" type="url" /></div>`;
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
  return html`<p class="hint">The date printed in the plan, and every later one, stay visible.</p>
    <div class="field"><label for="move-kind">The new date is</label><select id="move-kind" name="kind" value=${kind}
      onChange=${(event) => setKind(event.target.value)}>${Object.entries(KIND_WORDS).map(([key, words]) => html`
      <option key=${key} value=${key} selected=${key === kind}>${words}</option>`)}</select></div>
    <div class="field"><label for="move-printed">Words for the paper</label><p class="hint" id="move-printed-hint">Such as “Summer 2022”. Leave empty to print the date.</p>
      <input id="move-printed" name="printed" aria-describedby="move-printed-hint" /></div>
    ${isDated(kind) && html`<div class="pair"><div class="field"><label for="move-from">${kind === 'date' ? 'Date' : 'First day'}</label>
      <input id="move-from" name="from" type="date" required /></div>
      ${kind !== 'date' && html`<div class="field"><label for="move-to">Last day</label><input id="move-to" name="to" type="date" required /></div>`}</div>`}
    <${Words} id="move-reason" name="reason" label="Reason" required=${true} />`;
}

/** @param {ActionDetail} action @param {Record<string, any>} data */
MoveDate.request = (action, { kind, printed, from, to, reason }) => ['POST', `/actions/${action.id}/dates`, {
  kind, reason: reason.trim(),
  ...(printed.trim() ? { printed: printed.trim() } : {}),
  ...(isDated(kind) ? { from, to: kind === 'date' ? from : to } : {}),
}];

/** A status, with its reason. @param {{action: ActionDetail}} props */
function SetStatus({ action }) {
  return html`<div class="field"><label for="status-to">New status</label><p class="hint" id="status-hint">Now: ${STATUS_WORDS[action.status]}</p>
    <select id="status-to" name="status" aria-describedby="status-hint">${action.moves.map((key) => html`
      <option key=${key} value=${key}>${STATUS_WORDS[key]}</option>`)}</select></div>
    <${Words} id="status-reason" name="reason" label="Reason" required=${true} />`;
}

/** @param {ActionDetail} action @param {Record<string, any>} data */
SetStatus.request = (action, data) => ['PATCH', `/actions/${action.id}`, { status: data.status, reason: data.reason.trim() }];

/** By the id of the form. @type {Record<string, any>} */
export const FORMS = { 'sign-off': SignOff, 'move-date': MoveDate, 'set-status': SetStatus };
