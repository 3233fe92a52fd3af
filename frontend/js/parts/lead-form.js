/**
 * One of the lead officer's forms (lead-forms.js) with its button. Fetched when it is opened.
 */
import { html } from '../core.js';
import { useAct } from './acts.js';
import { FORMS } from './lead-forms.js';
import { SmallForm } from './small-form.js';

/** @param {{id: string, button: string, done: string, action: import('../types.js').ActionDetail, etag: string | null, onChanged: () => void}} props */
export default function LeadForm({ id, button, done, action, etag, onChanged }) {
  const { act, ...state } = useAct(done, onChanged);
  const Fields = FORMS[id];
  return html`<${SmallForm} id=${id} button=${button} state=${state}
    onSend=${(data) => act(.../** @type {[string, string, unknown]} */ (Fields.request(action, data)), etag)}><${Fields} action=${action} /><//>`;
}
