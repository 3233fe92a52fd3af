/**
 * The words of an update that come once somebody writes or answers one: what else it may say, what became of it, and the forms below it.
 */
import { html } from '../../core.js';

/** @param {{name: string, agency: string | null} | undefined} author */
export const conflict = (author) => html`<b>${author?.name ?? 'Somebody'}${author?.agency ? ` (${author.agency})` : ''} updated this action while you were writing.</b> Nothing of yours is lost.`;
export const CONFLICT_THEN = 'Change your words or rating if you need to, then post yours after theirs.';
export const reached = () => html`<b>Your update did reach the server.</b> Here is what was posted; your later words are still in the box.`;
/** @param {string | undefined} lead */
export const forbidden = (lead) => html`<b>You are no longer named on this action, so it cannot be posted.</b> Your words are kept below; copy them to ${lead ?? 'the lead officer'}.`;
export const otherTab = () => html`<b>This draft was changed in another tab.</b> Both are kept: yours is in the box below, the other says:`;
export const TAKE_OTHER = 'Use the other words';
export const KEEP_MINE = 'Keep mine';
export const gone = () => html`<b>This draft was posted or deleted in another tab.</b> Your words are still in the box.`;

export const NEXT_STEP = 'Next step';
export const IMPACT = 'Impact';
export const IMPACT_HINT = 'What difference has it made?';
export const EVIDENCE = 'Evidence';
export const EVIDENCE_WHAT = 'What it is';
export const EVIDENCE_LINK = 'Link (https://…)';
/** @param {number} place counted from 1 */
export const removeEvidence = (place) => html`Remove<span class="unseen"> evidence ${place}</span>`;
export const ADD_EVIDENCE = 'Add a link to evidence';
