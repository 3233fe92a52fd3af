/**
 * Take one's own update back, with a reason. Fetched when it is opened.
 */
import { html } from '../core.js';
import { Words, useAct } from './acts.js';
import { SmallForm } from './small-form.js';

/** @param {{update: import('../types.js').Update, onChanged: () => void}} props */
export default function Withdraw({ update, onChanged }) {
  const { act, ...state } = useAct('Your update is withdrawn', onChanged);
  return html`<${SmallForm} id=${`withdraw-${update.id}`} button="Withdraw it" state=${state}
    onSend=${(data) => act('POST', `/updates/${update.id}/withdrawal`, { reason: data.reason.trim() })}>
    <p class="hint">For an update posted by mistake. Its words disappear; that it was withdrawn, and why, stays.</p>
    <${Words} id=${`withdraw-why-${update.id}`} name="reason" label="Why you withdraw it" required=${true} /><//>`;
}
