/**
 * Signing an action off as complete, on its page. Fetched when it is opened.
 */
import { html } from '../../core.js';
import { useAct } from '../forms/acts.js';
import { SignOffFields } from './sign-off-fields.js';
import { SmallForm } from '../forms/small-form.js';
import * as said from '../../words/updates/acts.js';

/** @param {{action: import('../../types.js').ActionDetail, etag: string | null, onChanged: () => void}} props */
export default function SignOff({ action, etag, onChanged }) {
  const { act, ...state } = useAct(said.signedOff(action.number), onChanged);
  return html`<${SmallForm} id="sign-off" button=${said.SIGN_OFF} state=${state}
    onSend=${(data) => act(.../** @type {[string, string, unknown]} */ (SignOffFields.request(action, data)), etag)}><${SignOffFields} /><//>`;
}
