/**
 * The fields of signing an action off, on its page and among My actions, and what they send: [method, path, body].
 */
import { html } from '../../core.js';
import { Words } from '../forms/acts.js';
import * as said from '../../words/updates/acts.js';

/** @typedef {import('../../types.js').ActionDetail} ActionDetail */

/** An impact, or a link to evidence. */
export function SignOffFields() {
  return html`<p class="hint">${said.SIGN_OFF_HINT}</p>
    <${Words} id="sign-impact" name="impact" label=${said.IMPACT} hint=${said.IMPACT_HINT} />
    <div class="field"><label for="sign-title">${said.EVIDENCE_TITLE}</label><input id="sign-title" name="title" /></div>
    <div class="field"><label for="sign-url">${said.EVIDENCE_LINK}</label><input id="sign-url" name="url" inputmode="url" /></div>`;
}

/** @param {ActionDetail} action @param {Record<string, any>} data */
SignOffFields.request = (action, data) => ['POST', `/actions/${action.id}/sign-off`, {
  ...(data.impact.trim() ? { impact: data.impact.trim() } : {}),
  ...(data.url.trim() ? { evidence: [{ title: data.title.trim() || data.url.trim().slice(0, 200), url: data.url.trim() }] } : {}),
}];
