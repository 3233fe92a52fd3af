/**
 * What a lead officer answers, one after another: others' updates, and what was delivered. Fetched with the first of them.
 */
import { html, useEffect, useState } from '../../core.js';
import { request } from '../../api.js';
import { reload } from '../../store.js';
import { useAct } from '../forms/acts.js';
import { SignOffFields } from './sign-off-fields.js';
import { UpdateEntry } from './timeline.js';
import * as words from '../../words/updates/queue.js';

/** @typedef {import('../../types.js').ActionDetail} ActionDetail */
/** @typedef {import('../../types.js').Update} Update */
/** @typedef {{step: import('../../rules/mine.js').Step, found: any, finish: (outcome: any, said: string) => void}} Props */

/** @param {Update} update */
const waits = (update) => update.acknowledgement?.state === 'waiting' && !update.mine && !update.withdrawn;

/** Those that wait: on the first page, or on a later one where many were posted since. @param {ActionDetail} action */
async function waitingOf(action) {
  let found = action.updates.filter(waits);
  let next = action.links.updates;
  while (!found.length && next) {
    const { data } = await request('GET', next);
    found = data.data.filter(waits);
    next = data.links.next;
  }
  return /** @type {Update[]} */ (found);
}

/** @param {{updates: Update[], acts: any, onChanged: () => unknown}} props */
const Entries = ({ updates, acts, onChanged }) => html`<ol role="list" class="timeline">${updates.map((update) => html`
  <${UpdateEntry} key=${update.id} update=${update} change=${undefined} acts=${acts} onChanged=${onChanged} />`)}</ol>`;

/** @param {{retry: () => void}} props */
const Failed = ({ retry }) => html`<p role="alert">${words.NOT_FETCHED}</p>
  <p><button type="button" class="as-link" onClick=${retry}>${words.AGAIN}</button></p>`;

/** @param {Props} props */
function AcknowledgeStep({ found, finish }) {
  const { state, action, read } = found;
  const [waiting, setWaiting] = useState(/** @type {Update[] | null} */ (null));
  const [failed, setFailed] = useState(false);
  /** @param {any} detail */
  const look = (detail) => waitingOf(detail).then((updates) => { setWaiting(updates); return updates; }, () => { setFailed(true); return null; });
  useEffect(() => { if (action && waiting === null) look(action); }, [action]);
  /** One is answered: on this action there may be another. */
  const changed = async () => {
    const names = (waiting ?? []).map((update) => update.author.name);
    const detail = await read();
    const left = detail && await look(detail);
    // What was pressed is gone from the page, so the focus goes where the next one begins.
    if (left?.length) return document.querySelector('h1')?.focus();
    finish('answered', words.answered(names));
    return reload();
  };
  if (state === 'failed' || failed) return html`<${Failed} retry=${() => { setFailed(false); read(); }} />`;
  if (!waiting) return html`<p role="status">${words.LOADING}</p>`;
  if (!action.may.includes('acknowledge')) return html`<p class="panel refusal">${action.why_not.acknowledge ?? words.READ_ONLY}</p>`;
  if (!waiting.length) return html`<p>${words.ANSWERED_ALREADY}</p>`;
  return html`<div class="panel"><${Entries} updates=${waiting} acts=${{ answers: true }} onChanged=${changed} /></div>`;
}

/** @param {Props} props */
function SignOffStep({ step, found, finish }) {
  const { state, action, etag, read } = found;
  const { act, problem, busy, asked, confirmed, forget } = useAct('', () => undefined);
  if (state === 'failed') return html`<${Failed} retry=${read} />`;
  if (!action) return html`<p role="status">${words.LOADING}</p>`;
  if (!action.may.includes('sign_off')) return html`<p class="panel refusal">${action.why_not.sign_off ?? words.READ_ONLY}</p>`;
  const claims = action.updates.filter((/** @type {import('../../types.js').Update} */ update) => !update.withdrawn).slice(0, 1);
  /** @param {import('../../types.js').Sent} event */
  const send = async (event) => {
    event.preventDefault();
    const [method, path, body] = /** @type {[string, string, unknown]} */ (SignOffFields.request(action, Object.fromEntries(new FormData(event.currentTarget))));
    if (!(await act(method, path, body, etag))) return read();
    finish('signed', words.signed(step.action.number));
    return reload();
  };
  const form = () => document.getElementById('queue-sign-off');
  return html`<div class="panel acts">${claims.length ? html`<${Entries} updates=${claims} acts=${{}} />`
    : html`<p>${words.printedOnly(action.by_when.printed)}</p>`}
    <form id="queue-sign-off" onSubmit=${send} onInput=${forget} aria-describedby=${problem ? 'queue-problem' : undefined}><${SignOffFields} />
      ${asked && html`<${asked.Ask} state=${{ problem, busy, asked, confirmed, forget }} form=${form} />`}
      <p class="wrong" id="queue-problem" role="alert">${problem}</p>
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.SAVING : words.SIGN_OFF}</button></form></div>`;
}

/** By the kind of step. @type {Record<string, any>} */
export const STEPS = { acknowledge: AcknowledgeStep, 'sign-off': SignOffStep };
