/**
 * One action: what it is, how it goes, who is on it, and what the person reading may do about it.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { goToSignIn, loadMe, loadPlan, me, online, plan } from '../store.js';
import { route, to } from '../router.js';
import { ByWhom, WhenFacts } from '../parts/action-facts.js';
import { H1, Linked } from '../parts/bits.js';
import { Tag } from '../parts/rating.js';
import { Timeline } from '../parts/timeline.js';
import { UpdateForm } from '../parts/update-form.js';
import { STATUS_WORDS, firstWords, printedWhen } from '../words.js';

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
/** @typedef {import('../types.js').Action} Action */

const LEAD_VERBS = ['acknowledge', 'sign_off', 'move_date', 'set_status'];

const Heading = ({ action, objective }) => html`
  <nav aria-label="Breadcrumb" class="crumbs"><ol role="list"><li><a href=${to('/')}>Overview</a></li>
    <li><a href=${to(`/actions?objective=${objective.number}`)}>Objective ${objective.number}</a></li>
    <li aria-current="page">Action ${action.number}</li></ol></nav>
  <div class="action-head"><p class="big-number" aria-hidden="true">${action.number}</p>
    <div><${H1} title=${`${action.number} ${firstWords(action.text, 50)}`} class="wording"><span class="unseen">Action ${
  action.number}: </span><${Linked} text=${action.text} /><//>
      <ul class="head-facts" role="list"><li><${Tag} value=${action.rating.value} /></li>
        ${!['not_reported', 'in_progress', 'complete'].includes(action.status) && html`<li class="status-word">${STATUS_WORDS[action.status]}</li>`}
        <li><span class="muted">By when: </span><b>${printedWhen(action.by_when)}</b></li>
        ${action.past_date && html`<li class="flag late">Past its date</li>`}
        ${action.needs_update && html`<li class="flag">Needs an update</li>`}</ul>
      ${action.rating.says && html`<p class="says">${action.rating.says}</p>`}
      ${action.status_reason && html`<p class="says">${STATUS_WORDS[action.status]}: ${action.status_reason}</p>`}</div></div>`;

const Side = ({ action, objective }) => html`<aside class="side" aria-label="About this action"><dl>
  <div><dt>By when</dt><dd><${WhenFacts} action=${action} today=${plan.value?.as_of ?? ''} /></dd></div>
  <div><dt>By whom</dt><dd><${ByWhom} action=${action} /></dd></div>
  <div><dt>Lead officer</dt><dd>${objective.lead ? html`${objective.lead.name}<br /><span class="muted small">${
  [objective.lead.post, objective.lead.agency].filter(Boolean).join(', ')}</span>` : 'Not named'}</dd></div>
  <div><dt>Status</dt><dd>${STATUS_WORDS[action.status]}</dd></div>
  <div><dt>Objective ${objective.number}</dt><dd><a href=${to(`/actions?objective=${objective.number}`)}>${
  objective.short_title ?? objective.text}</a></dd></div>
  ${action.notes.length > 0 && html`<div><dt>To be confirmed</dt><dd><ul class="notes" role="list">${action.notes.map((note) => html`
    <li key=${note.code + note.text} class="small"><b>${noteTitle(note.code)}.</b> ${note.text}</li>`)}</ul></dd></div>`}
</dl></aside>`;

/** "lead-to-confirm" as "Lead to confirm". @param {string} code */
const noteTitle = (code) => code.charAt(0).toUpperCase() + code.slice(1).replace(/-/g, ' ');

const Pager = ({ before, after }) => html`<nav class="pager" aria-label="Other actions">
  ${before && html`<a href=${to(`/actions/${before.number}`)} rel="prev"><span aria-hidden="true">← </span>Previous: ${before.number}</a>`}
  ${after && html`<a class="after" href=${to(`/actions/${after.number}`)} rel="next">Next: ${after.number}<span aria-hidden="true"> →</span></a>`}</nav>`;

/**
 * Read one action; a failure is a state: the plan tells most of it.
 * @param {Action} brief
 */
function useDetail(brief) {
  const [found, setFound] = useState(/** @type {{state: string, action: ActionDetail | null, etag: string | null}} */ (
    { state: 'loading', action: null, etag: null }));
  const read = async () => {
    try {
      const { data, etag } = await request('GET', `/actions/${brief.id}`);
      setFound({ state: 'ready', action: data, etag });
      return /** @type {ActionDetail} */ (data);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      // While words wait in the form nobody is sent away; posting asks for the password in its own dialog.
      if (problem.status === 401 && found.state === 'loading') goToSignIn();
      setFound((old) => (old.action ? old : { ...old, state: 'failed' }));
      return null;
    }
  };
  // At first, and when the network is back.
  useEffect(() => { if (found.state !== 'ready') read(); }, [brief.id, online.value]);
  return { ...found, read, setFound };
}

/** A module that only some need. */
function useLater(needed, load) {
  const [found, setFound] = useState(/** @type {any} */ (null));
  useEffect(() => { if (needed) load().then(setFound, () => undefined); }, [needed]);
  return found;
}

function OneAction({ brief, objective }) {
  const { state, action: read, etag, read: reread, setFound } = useDetail(brief);
  const region = useRef(/** @type {HTMLElement | null} */ (null));
  const action = read ?? { ...brief, updates: [], status_changes: [], lead: objective.lead };
  const acting = LEAD_VERBS.some((verb) => read?.may.includes(verb)) || read?.updates.some((one) => one.mine);
  const Acts = useLater(acting, () => import('../parts/acts.js'));
  const Place = useLater(read?.may.includes('remove'), () => import('../parts/structure.js'));
  const Manager = useLater(me.value?.account.role === 'admin', () => import('../parts/manager.js'));
  useEffect(() => {
    if (state === 'loading' || location.hash !== '#update') return;
    document.getElementById('update-text')?.focus();
    region.current?.scrollIntoView();
  }, [state === 'loading']);
  /** After any change, so that counts and lists are right everywhere. */
  const changed = async () => { await Promise.all([reread(), loadPlan(), loadMe()]).catch(() => undefined); };
  const posted = (update) => {
    setFound((old) => (old.action ? { ...old, action: { ...old.action, updates: [update, ...old.action.updates] } } : old));
    changed();
  };
  const refusal = read && !read.may.includes('post_update') ? read.why_not.post_update ?? 'You can read this action.' : '';
  const numbers = plan.value?.objectives.flatMap((one) => one.actions) ?? [];
  const at = numbers.findIndex((one) => one.id === brief.id);
  return html`<div class="page action-page"><${Heading} action=${read ?? brief} objective=${objective} />
    <div class="action-columns"><div id="update" ref=${region}>
      ${state === 'loading' ? html`<div class="panel ghosts" aria-hidden="true"><i></i><i></i></div>`
    : refusal ? html`<p class="panel refusal">${refusal}</p>`
    : html`<${UpdateForm} key=${brief.id} action=${action} etag=${etag} onPosted=${posted} reread=${reread} OnBehalf=${Manager?.OnBehalf}
      onTheirs=${(current, tag) => setFound({ state: 'ready', action: current, etag: tag })} />`}
      ${Acts && read && html`<${Acts.Acts} action=${read} etag=${etag} onChanged=${changed} />`}
      ${Place && read && html`<${Place.Structure} action=${read} etag=${etag} onChanged=${changed} />`}
      ${Manager && read && html`<${Manager.RedactAction} action=${read} onChanged=${changed} />`}</div>
      ${state !== 'loading' && html`<${Timeline} action=${action} state=${state} latest=${brief.latest_update} retry=${reread} starts=${plan.value?.starts}
        acts=${{ Acknowledge: read?.may.includes('acknowledge') && Acts?.Acknowledge, Withdraw: Acts?.Withdraw,
          Redact: Manager?.Redact }} onChanged=${changed} />`}
      <${Side} action=${action} objective=${objective} /></div>
    <${Pager} before=${numbers[at - 1]} after=${numbers[at + 1]} /></div>`;
}

/** The page at "/actions/3.6". */
export default function ActionPage() {
  const number = decodeURIComponent(route.value.number);
  const objective = plan.value?.objectives.find((one) => one.actions.some((action) => action.number === number));
  const brief = objective?.actions.find((action) => action.number === number);
  if (!objective || !brief) {
    return html`<div class="page narrow"><${H1} title=${`No action ${number}`}>There is no action ${number} in this plan<//>
      <p><a href=${to('/actions')}>See all actions</a>.</p></div>`;
  }
  return html`<${OneAction} key=${brief.id} brief=${brief} objective=${objective} />`;
}
