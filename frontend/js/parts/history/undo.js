/**
 * Undo one entry of the history, with a reason. Fetched when it is opened.
 */
import { html } from '../../core.js';
import { Words, useAct } from '../forms/acts.js';
import { SmallForm } from '../forms/small-form.js';
import { UNDONE, UNDO_HINT, UNDO_THIS, WHY } from '../../words/history/history.js';

/** @param {{entry: {id: number}, onUndone: () => void}} props */
export default function Undo({ entry, onUndone }) {
  const { act, ...state } = useAct(UNDONE, onUndone);
  return html`<${SmallForm} id=${`undo-${entry.id}`} button=${UNDO_THIS} state=${state}
    onSend=${(data) => act('POST', `/journal/${entry.id}/undo`, data.reason.trim() ? { reason: data.reason.trim() } : {})}>
    <p class="hint">${UNDO_HINT}</p><${Words} id=${`undo-why-${entry.id}`} name="reason" label=${WHY} required=${true} /><//>`;
}
