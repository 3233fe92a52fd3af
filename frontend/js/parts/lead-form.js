/**
 * One of the lead officer's forms (lead-forms.js) with its button. Fetched when it is opened.
 */
import { html } from '../core.js';
import { useAct } from './acts.js';
import { FORMS } from './lead-forms.js';
import { SmallForm } from './small-form.js';

/** What is said when an act is done. @type {Record<string, (number: string) => string>} */
const DONE = {
  'sign-off': (number) => `${number} is signed off as complete`,
  'move-date': (number) => `The date of ${number} is moved`,
  'set-status': (number) => `The status of ${number} is changed`,
};

/** @param {{id: string, button: string, action: import('../types.js').ActionDetail, etag: string | null, onChanged: () => void}} props */
export default function LeadForm({ id, button, action, etag, onChanged }) {
  const { act, ...state } = useAct(DONE[id](action.number), onChanged);
  const Fields = FORMS[id];
  return html`<${SmallForm} id=${id} button=${button} state=${state}
    onSend=${(data) => act(.../** @type {[string, string, unknown]} */ (Fields.request(action, data)), etag)}><${Fields} action=${action} /><//>`;
}
