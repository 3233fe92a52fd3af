/**
 * What a lead officer or the business manager may do on an action besides posting. Which of these appear is the
 * server's word (`may`); a refusal is shown in the server's words.
 */
import { html, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { notice, withSession } from '../store.js';

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
/** @typedef {{action: ActionDetail, etag: string | null, onChanged: () => void}} ActProps */

/**
 * Send one act; whatever was typed stays in its form until the server has taken it.
 * @param {string} done said when it worked
 * @param {() => void} onChanged
 */
export function useAct(done, onChanged) {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const confirmed = useRef(false);
  /** @param {string} method @param {string} path @param {unknown} body @param {string | null} [etag] */
  const act = async (method, path, body, etag) => {
    if (busy) return false;
    setBusy(true);
    setProblem('');
    setAsked(null);
    const sent = confirmed.current ? { .../** @type {object} */ (body), confirm_no_case_data: true } : body;
    confirmed.current = false;
    /** @type {Record<string, string>} */
    const headers = etag ? { 'If-Match': etag } : {};
    if (method === 'POST') headers['Idempotency-Key'] = crypto.randomUUID();
    try {
      if (!(await withSession(() => request(method, path, { body: sent, headers }), 'Sign in again to save this'))) return false;
      notice.value = done;
      onChanged();
      return true;
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      const box = why.code === 'case-data-suspected' && await import('./case-data.js').catch(() => null);
      if (box) setAsked({ Ask: box.AskInForm, warnings: why.warnings });
      else setProblem(wordsOf(why));
      if (why.status === 412) onChanged();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { act, problem, busy, asked, confirmed, forget: () => setAsked(null) };
}

function wordsOf(why) {
  if (why.status === 412) return why.detail;
  if (why.status === 0 || why.status >= 500) return 'This did not reach the server. Nothing you have written is lost. Try again in a moment.';
  return why.errors.map((one) => one.detail).join(' ') || why.detail;
}

/** @param {any} props `state` is what useAct gives. */
export function ActForm({ id, title, children, state, button, onSend, onOpen }) {
  const { problem, busy, asked, forget } = state;
  const box = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  const send = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(await onSend(Object.fromEntries(new FormData(form))))) return;
    form.reset();
    if (!box.current) return;
    box.current.open = false;
    box.current.querySelector('summary')?.focus();
  };
  return html`<details class="act" ref=${box} onToggle=${onOpen}><summary>${title}</summary>
    <form onSubmit=${send} onInput=${forget} aria-describedby=${problem ? `${id}-problem` : undefined}>${children}
      ${asked && html`<${asked.Ask} state=${state} form=${() => box.current?.querySelector('form')} />`}
      <p class="wrong" id=${`${id}-problem`} role="alert">${problem}</p>
      ${button && html`<button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Saving…' : button}</button>`}</form></details>`;
}

/** @param {any} props A labelled box for words. */
export const Words = ({ id, name, label, hint, required, rows = 2 }) => html`<div class="field"><label for=${id}>${label}</label>
  ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  <textarea id=${id} name=${name} rows=${rows} required=${required} aria-describedby=${hint ? `${id}-hint` : undefined}></textarea></div>`;

/**
 * One of the lead officer's forms; its fields are fetched when it is opened. `id` names them in lead-forms.js.
 * @param {ActProps & {id: string, title: string, done: string}} props
 */
function LeadForm({ id, title, done, action, etag, onChanged }) {
  const [Fields, setFields] = useState(/** @type {any} */ (null));
  const { act, ...state } = useAct(done, onChanged);
  const load = () => import('./lead-forms.js').then((forms) => setFields(() => forms.FORMS[id]), () => undefined);
  return html`<${ActForm} id=${id} title=${title} button=${Fields && title} state=${state} onOpen=${load}
    onSend=${(data) => act(.../** @type {[string, string, unknown]} */ (Fields.request(action, data)), etag)}>${
  Fields ? html`<${Fields} action=${action} />` : html`<p role="status">Opening…</p>`}<//>`;
}

/** Everything else this person may do here. @param {ActProps} props */
export function Acts({ action, etag, onChanged }) {
  const may = (verb) => action.may.includes(verb);
  const some = ['sign_off', 'move_date', 'set_status'].some(may);
  if (!some) return null;
  const rest = { action, etag, onChanged };
  const refused = action.status === 'delivered' && !may('sign_off') && action.why_not?.sign_off;
  return html`<section class="panel acts" aria-labelledby="acts-title"><h2 id="acts-title">For the lead officer</h2>
    ${may('sign_off') && html`<${LeadForm} id="sign-off" title="Sign off as complete" done=${`${action.number} is signed off as complete`} ...${rest} />`}
    ${refused && html`<p class="muted small">${refused}</p>`}
    ${may('move_date') && html`<${LeadForm} id="move-date" title="Move the date" done=${`The date of ${action.number} is moved`} ...${rest} />`}
    ${may('set_status') && html`<${LeadForm} id="set-status" title="Set the status" done=${`The status of ${action.number} is changed`} ...${rest} />`}</section>`;
}

/** Acknowledge a contributor's update, or return it with a question. @param {{update: import('../types.js').Update, onChanged: () => void}} props */
export function Acknowledge({ update, onChanged }) {
  const { act, ...state } = useAct(`The update by ${update.author.name} is answered`, onChanged);
  const path = `/updates/${update.id}/acknowledgement`;
  return html`<div class="acknowledge">
    <button type="button" class="button is-second" aria-disabled=${state.busy ? 'true' : undefined}
      onClick=${() => act('POST', path, { state: 'acknowledged' })}>Acknowledge<span class="unseen"> the update by ${update.author.name}</span></button>
    <${ActForm} id=${`return-${update.id}`} title="Return with a question" button="Return with this question" state=${state}
      onSend=${(data) => act('POST', path, { state: 'returned', question: data.question.trim() })}>
      <${Words} id=${`question-${update.id}`} name="question" label=${`Question to ${update.author.name}`} required=${true} /><//></div>`;
}

/** Take one's own update back, with a reason. @param {{update: import('../types.js').Update, onChanged: () => void}} props */
export function Withdraw({ update, onChanged }) {
  const { act, ...state } = useAct('Your update is withdrawn', onChanged);
  return html`<${ActForm} id=${`withdraw-${update.id}`} title="Withdraw this update" button="Withdraw it" state=${state}
    onSend=${(data) => act('POST', `/updates/${update.id}/withdrawal`, { reason: data.reason.trim() })}>
    <p class="hint">For an update posted by mistake. Its words disappear; that it was withdrawn, and why, stays.</p>
    <${Words} id=${`withdraw-why-${update.id}`} name="reason" label="Why you withdraw it" required=${true} /><//>`;
}
