/**
 * What only the business manager does on an action: enter somebody's update, and remove words for good. Fetched for them only.
 */
import { html } from '../core.js';
import { Words, useAct } from './acts.js';
import { ActForm } from './small-form.js';

/** @typedef {import('../types.js').Draft} Draft */
/** @typedef {(part: Partial<Draft>) => void} Change */

const KEPT = 'What is removed cannot be brought back here. Backups made before today still hold it. The reason stays, so do not repeat the words in it.';

const Phrase = ({ id, label, hint, required = false }) => html`<div class="field"><label for=${id}>${label}</label>
  <p class="hint" id=${`${id}-hint`}>${hint}</p><input id=${id} name="words" autocomplete="off" minlength="3" required=${required} aria-describedby=${`${id}-hint`} /></div>`;

/** @param {{update: import('../types.js').Update, onChanged: () => void}} props */
export function Redact({ update, onChanged }) {
  const { act, ...state } = useAct('The words are removed', onChanged);
  const id = `redact-${update.id}`;
  return html`<${ActForm} id=${id} title="Remove words…" button="Remove for good" state=${state} onSend=${(data) => act('POST', `/updates/${update.id}/redaction`,
    { reason: data.reason.trim(), ...(data.words.trim() ? { words: data.words.trim() } : {}) })}>
    <p class="hint">For words about a child or family. ${KEPT}</p>
    <${Phrase} id=${`${id}-words`} label="Only these words" hint="As they stand in the update, in any case. Leave empty to remove all its words." />
    <${Words} id=${`${id}-why`} name="reason" label="Why you remove them" required=${true} /><//>`;
}

/** @param {{action: import('../types.js').ActionDetail, onChanged: () => void}} props */
export function RedactAction({ action, onChanged }) {
  const { act, ...state } = useAct(`The words are removed from ${action.number}`, onChanged);
  return html`<section class="panel acts" aria-labelledby="redact-title"><h2 id="redact-title">For the business manager</h2>
    <${ActForm} id="redact-action" title="Remove words from this action…" button="Remove for good" state=${state}
      onSend=${(data) => act('POST', `/actions/${action.id}/redaction`, { reason: data.reason.trim(), words: data.words.trim() })}>
    <p class="hint">From its wording, its reasons and dates, the people as printed, its updates and their history. ${KEPT}</p>
    <${Phrase} id="redact-action-words" label="The words to remove" hint="Three characters or more, in any case." required=${true} />
    <${Words} id="redact-action-why" name="reason" label="Why you remove them" required=${true} /><//></section>`;
}

/**
 * Whose update it is, for the business manager who enters what arrived by e-mail.
 * @param {{draft: Draft, change: Change, action: import('../types.js').ActionDetail, plan: import('../types.js').Plan}} props
 */
export function OnBehalf({ draft, change, action, plan }) {
  const named = new Set(action.by_whom.places.map((place) => place.person));
  const people = [...plan.people].sort((a, b) => Number(named.has(b.id)) - Number(named.has(a.id)));
  return html`<div class="field"><label for="on-behalf">Whose update is this?</label>
    <select id="on-behalf" onChange=${(event) => change({ onBehalfOf: event.target.value })}>
      <option value="" selected=${!draft.onBehalfOf}>Mine</option>${people.map((person) => html`
      <option key=${person.id} value=${person.id} selected=${draft.onBehalfOf === person.id}>${person.name}${
  named.has(person.id) ? '' : ' (not on this action)'}</option>`)}</select></div>`;
}
