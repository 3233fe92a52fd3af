/**
 * Removing words for good, which only the business manager does: from an update, an action, or the plan. Fetched when it is opened.
 */
import { html } from '../../core.js';
import { Words, useAct } from '../forms/acts.js';
import { SmallForm } from '../forms/small-form.js';
import * as said from '../../words/updates/acts.js';

/** @param {{id: string, label: string, hint: string, required?: boolean}} props */
const Phrase = ({ id, label, hint, required = false }) => html`<div class="field"><label for=${id}>${label}</label>
  <p class="hint" id=${`${id}-hint`}>${hint}</p><input id=${id} name="words" autocomplete="off" minlength="3" required=${required} aria-describedby=${`${id}-hint`} /></div>`;

/** @param {{update: import('../../types.js').Update, onChanged: () => void}} props */
export default function Redact({ update, onChanged }) {
  const { act, ...state } = useAct(said.REDACTED, onChanged);
  const id = `redact-${update.id}`;
  return html`<${SmallForm} id=${id} button=${said.REDACT} state=${state} onSend=${(data) => act('POST', `/updates/${update.id}/redaction`,
    { reason: data.reason.trim(), ...(data.words.trim() ? { words: data.words.trim() } : {}) })}>
    <p class="hint">${said.REDACT_HINT}</p>
    <${Phrase} id=${`${id}-words`} label=${said.ONLY_WORDS} hint=${said.ONLY_WORDS_HINT} />
    <${Words} id=${`${id}-why`} name="reason" label=${said.REDACT_WHY} required=${true} /><//>`;
}

/** @param {{action: import('../../types.js').ActionDetail, onChanged: () => void}} props */
export function RedactAction({ action, onChanged }) {
  const { act, ...state } = useAct(said.redactedFrom(action.number), onChanged);
  return html`<${SmallForm} id="redact-action" button=${said.REDACT} state=${state}
    onSend=${(data) => act('POST', `/actions/${action.id}/redaction`, { reason: data.reason.trim(), words: data.words.trim() })}>
    <p class="hint">${said.REDACT_ACTION_HINT}</p>
    <${Phrase} id="redact-action-words" label=${said.WORDS_TO_REMOVE} hint=${said.WORDS_TO_REMOVE_HINT} required=${true} />
    <${Words} id="redact-action-why" name="reason" label=${said.REDACT_WHY} required=${true} /><//>`;
}

/** @param {{slug: string, onChanged: () => void}} props */
export function RedactPlan({ slug, onChanged }) {
  const { act, ...state } = useAct(said.REDACTED_FROM_PLAN, onChanged);
  return html`<${SmallForm} id="redact-plan" class="admin-form" button=${said.REDACT} state=${state}
    onSend=${(data) => act('POST', `/plans/${slug}/redaction`, { reason: data.reason.trim(), words: data.words.trim() })}>
    <p class="hint">${said.REDACT_PLAN_HINT}</p>
    <${Phrase} id="redact-plan-words" label=${said.WORDS_TO_REMOVE} hint=${said.WORDS_TO_REMOVE_HINT} required=${true} />
    <${Words} id="redact-plan-why" name="reason" label=${said.REDACT_WHY} required=${true} /><//>`;
}
