/**
 * Take one's own update back, with a reason. Fetched when it is opened.
 */
import { html } from '../../core.js';
import { Words, useAct } from '../forms/acts.js';
import { SmallForm } from '../forms/small-form.js';
import * as said from '../../words/updates/acts.js';

/** @param {{update: import('../../types.js').Update, onChanged: () => void}} props */
export default function Withdraw({ update, onChanged }) {
  const { act, ...state } = useAct(said.WITHDRAWN, onChanged);
  return html`<${SmallForm} id=${`withdraw-${update.id}`} button=${said.WITHDRAW} state=${state}
    onSend=${(data) => act('POST', `/updates/${update.id}/withdrawal`, { reason: data.reason.trim() })}>
    <p class="hint">${said.WITHDRAW_HINT}</p>
    <${Words} id=${`withdraw-why-${update.id}`} name="reason" label=${said.WITHDRAW_WHY} required=${true} /><//>`;
}
