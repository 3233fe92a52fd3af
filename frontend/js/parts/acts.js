/**
 * What a lead officer or the business manager may do on an action besides posting. Which of these appear is the
 * server's word (`may`); a refusal is shown in the server's words.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { notice, withSession } from '../store.js';
import { KIND_WORDS, STATUS_WORDS } from '../words.js';

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
      if (box) setAsked({ Ask: box.CaseData, warnings: why.warnings });
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
export function ActForm({ id, title, children, state, button, onSend }) {
  const { problem, busy, asked, confirmed, forget } = state;
  const box = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  const question = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { if (asked) question.current?.focus(); }, [asked]);
  const goOn = () => {
    confirmed.current = true;
    box.current?.querySelector('form')?.requestSubmit();
  };
  const toWords = () => {
    forget();
    const name = asked.warnings[0].pointer.split('/').pop();
    const wrong = box.current?.querySelector(`[name="${CSS.escape(name)}"]`) ?? box.current?.querySelector('textarea');
    /** @type {HTMLElement | null | undefined} */ (wrong)?.focus();
  };
  const send = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(await onSend(Object.fromEntries(new FormData(form))))) return;
    form.reset();
    if (!box.current) return;
    box.current.open = false;
    box.current.querySelector('summary')?.focus();
  };
  return html`<details class="act" ref=${box}><summary>${title}</summary>
    <form onSubmit=${send} onInput=${forget} aria-describedby=${problem ? `${id}-problem` : undefined}>${children}
      ${asked && html`<div class="box" tabindex="-1" ref=${question} role="group" aria-label="About your words"><${asked.Ask}
        warnings=${asked.warnings} posting="saved" onChange=${toWords} onGoOn=${goOn} /></div>`}
      <p class="wrong" id=${`${id}-problem`} role="alert">${problem}</p>
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Saving…' : button}</button></form></details>`;
}

/** @param {any} props A labelled box for words. */
export const Words = ({ id, name, label, hint, required, rows = 2 }) => html`<div class="field"><label for=${id}>${label}</label>
  ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  <textarea id=${id} name=${name} rows=${rows} required=${required} aria-describedby=${hint ? `${id}-hint` : undefined}></textarea></div>`;

function SignOff({ action, etag, onChanged }) {
  const { act, ...state } = useAct(`${action.number} is signed off as complete`, onChanged);
  const send = (data) => act('POST', `/actions/${action.id}/sign-off`, {
    ...(data.impact.trim() ? { impact: data.impact.trim() } : {}),
    ...(data.url.trim() ? { evidence: [{ title: data.title.trim() || data.url.trim(), url: data.url.trim() }] } : {}),
  }, etag);
  return html`<${ActForm} id="sign-off" title="Sign off as complete" button="Sign off as complete" onSend=${send} state=${state}>
    <p class="hint">Complete needs a second person's eyes and something to show: an impact, or a link to evidence.</p>
    <${Words} id="sign-impact" name="impact" label="Impact" hint="What difference has it made? Do not name children or families." />
    <div class="field"><label for="sign-title">Evidence: what it is</label><input id="sign-title" name="title" /></div>
    <div class="field"><label for="sign-url">Evidence: link (https://…)</label><input id="sign-url" name="url" type="url" /></div><//>`;
}

function MoveDate({ action, etag, onChanged }) {
  const [kind, setKind] = useState('date');
  const { act, ...state } = useAct(`The date of ${action.number} is moved`, onChanged);
  const dated = !['ongoing', 'to_be_confirmed'].includes(kind);
  const send = (data) => act('POST', `/actions/${action.id}/dates`, {
    kind, reason: data.reason.trim(),
    ...(data.printed.trim() ? { printed: data.printed.trim() } : {}),
    ...(dated ? { from: data.from, to: kind === 'date' ? data.from : data.to } : {}),
  }, etag);
  return html`<${ActForm} id="move-date" title="Move the date" button="Move the date" onSend=${send} state=${state}>
    <p class="hint">The date printed in the plan, and every later one, stay visible.</p>
    <div class="field"><label for="move-kind">The new date is</label><select id="move-kind" value=${kind}
      onChange=${(event) => setKind(event.target.value)}>${Object.entries(KIND_WORDS).map(([key, words]) => html`
      <option key=${key} value=${key} selected=${key === kind}>${words}</option>`)}</select></div>
    <div class="field"><label for="move-printed">Words for the paper</label><p class="hint" id="move-printed-hint">Such as “Summer 2022”. Leave empty to print the date.</p>
      <input id="move-printed" name="printed" aria-describedby="move-printed-hint" /></div>
    ${dated && html`<div class="pair"><div class="field"><label for="move-from">${kind === 'date' ? 'Date' : 'First day'}</label>
      <input id="move-from" name="from" type="date" required /></div>
      ${kind !== 'date' && html`<div class="field"><label for="move-to">Last day</label><input id="move-to" name="to" type="date" required /></div>`}</div>`}
    <${Words} id="move-reason" name="reason" label="Reason" required=${true} /><//>`;
}

function SetStatus({ action, etag, onChanged }) {
  const { act, ...state } = useAct(`The status of ${action.number} is changed`, onChanged);
  const offered = action.moves.map((key) => [key, STATUS_WORDS[key]]);
  const send = (data) => act('PATCH', `/actions/${action.id}`, { status: data.status, reason: data.reason.trim() }, etag);
  return html`<${ActForm} id="set-status" title="Set the status" button="Set the status" onSend=${send} state=${state}>
    <div class="field"><label for="status-to">New status</label><p class="hint" id="status-hint">Now: ${STATUS_WORDS[action.status]}</p>
      <select id="status-to" name="status" aria-describedby="status-hint">${offered.map(([key, words]) => html`<option key=${key} value=${key}>${words}</option>`)}</select></div>
    <${Words} id="status-reason" name="reason" label="Reason" required=${true} /><//>`;
}

/** Everything else this person may do here. @param {ActProps} props */
export function Acts({ action, etag, onChanged }) {
  const may = (verb) => action.may.includes(verb);
  const some = ['sign_off', 'move_date', 'set_status'].some(may);
  if (!some) return null;
  const refused = action.status === 'delivered' && !may('sign_off') && action.why_not?.sign_off;
  return html`<section class="panel acts" aria-labelledby="acts-title"><h2 id="acts-title">For the lead officer</h2>
    ${may('sign_off') && html`<${SignOff} action=${action} etag=${etag} onChanged=${onChanged} />`}
    ${refused && html`<p class="muted small">${refused}</p>`}
    ${may('move_date') && html`<${MoveDate} action=${action} etag=${etag} onChanged=${onChanged} />`}
    ${may('set_status') && html`<${SetStatus} action=${action} etag=${etag} onChanged=${onChanged} />`}</section>`;
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
