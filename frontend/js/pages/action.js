/**
 * One action: what it is, how it goes, who is on it, and what the person reading may do about it. The forms that change it are fetched
 * when they are asked for.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { goToSignIn, loadMe, loadPlan, me, online, plan } from '../store.js';
import { route, to } from '../router.js';
import { Behind, H1, Linked, Tag } from '../parts/bits.js';
import { Timeline } from '../parts/timeline.js';
import { UpdateForm } from '../parts/update-form.js';
import { NOT_OPENED, OPENING, STATUS_WORDS, ago, firstWords, londonDay, longDay, printedWhen, readingOf } from '../words.js';
import { ACTS, AS_PRINTED, CHANGE, FACTS, FOR_LEAD } from '../words/action.js';

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
/** @typedef {import('../types.js').Action} Action */

/** What was typed into a form and not saved, by action and fact: it waits here while somebody looks at another page. @type {Map<string, any>} */
const unsaved = new Map();
const Wait = ({ failed }) => html`<p role="status">${failed ? NOT_OPENED : OPENING}</p>`;

/** A fact; for who may change it the button that opens its form in place; after a change what was done, with its undo. @param {any} props */
function Fact({ field, edit, children = null }) {
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  const { action, etag, now, setNow, Form, take } = edit;
  useEffect(() => { if (now.back === field) button.current?.focus(); }, [now]);
  const [verb, name] = FACTS[field];
  const open = now.open === field && action.may;
  const key = action.id + field;
  const close = (more = {}) => setNow({ ...now, ...more, open: '', back: field });
  return html`${children}
    ${open && html`<${Form?.EditFact ?? Wait} failed=${Form === false} key=${key} ...${{ field, action, etag }} kept=${unsaved.get(key)}
      onKeep=${(kept) => { if (kept) unsaved.set(key, kept); else unsaved.delete(key); }} onClose=${() => close()}
      onTheirs=${(current, tag) => { setNow({ ...now, before: current }); take(current, tag); }}
      onSaved=${(after, tag) => { close({ done: { field, before: now.before ?? action, after } }); take(after, tag); }} />`}
    ${(!open || Form === false) && action.may?.includes(verb) && html`<button type="button" ref=${button} class="as-link" onPointerEnter=${edit.bring} onFocus=${edit.bring}
      onClick=${() => { edit.bring(); edit.show(field); }}>${CHANGE}<span class="unseen"> ${name}</span></button>`}
    ${now.done?.field === field && Form && html`<${Form.LastChange} key=${now.done.after.version} ...${now.done} onUndone=${take} />`}`;
}

const leadForm = () => import('../parts/lead-form.js');

const Heading = ({ action, objective, edit, said }) => html`
  <nav aria-label="Breadcrumb" class="crumbs"><ol role="list"><li><a href=${to('/')}>Overview</a></li>
    <li><a href=${to(`/actions?objective=${objective.number}`)}>Objective ${objective.number}</a></li>
    <li aria-current="page">Action ${action.number}</li></ol></nav>
  <div class="action-head"><p class="big-number" aria-hidden="true">${action.number}</p>
    <div><${H1} title=${`${action.number} ${firstWords(action.text, 50)}`} class="wording"><span class="unseen">Action ${
  action.number}: </span>${said?.[0] ?? html`<${Linked} text=${action.text} />`}<//>
      <${Fact} field="text" edit=${edit}>${action.text_printed && html`<details><summary>${AS_PRINTED}</summary><p>${action.text_printed}</p></details>`}<//>
      <ul class="head-facts" role="list"><li><${Tag} value=${action.rating.value} /></li>
        ${!['not_reported', 'in_progress', 'complete'].includes(action.status) && html`<li class="status-word">${STATUS_WORDS[action.status]}</li>`}
        <li><span class="muted">By when: </span><b>${printedWhen(action.by_when)}</b></li>
        ${action.past_date && html`<li class="flag late">Past its date</li>`}
        ${action.needs_update && html`<li class="flag">Needs an update</li>`}</ul>
      ${action.rating.says && html`<p class="says">${action.rating.says}</p>`}
      ${action.status_reason && html`<p class="says">${STATUS_WORDS[action.status]}: ${action.status_reason}</p>`}</div></div>`;

const Side = ({ action, objective, edit, said }) => html`<aside class="side" aria-label="About this action"><dl>
  <div><dt>By when</dt><dd><${Fact} field="by_when" edit=${edit}><${WhenFacts} action=${action} today=${plan.value?.as_of ?? ''} /><//></dd></div>
  <div><dt>By whom</dt><dd><${Fact} field="by_whom" edit=${edit}><${ByWhom} action=${action} said=${said?.[1]} /><//></dd></div>
  <div><dt>Lead officer</dt><dd>${objective.lead ? html`${objective.lead.name}<br /><span class="muted small">${
  [objective.lead.post, objective.lead.agency].filter(Boolean).join(', ')}</span>` : 'Not named'}</dd></div>
  <div><dt>Status</dt><dd><${Fact} field="status" edit=${edit}><p>${STATUS_WORDS[action.status]}</p><//></dd></div>
  <div><dt>Objective ${objective.number}</dt><dd><a href=${to(`/actions?objective=${objective.number}`)}>${
  objective.short_title ?? objective.text}</a></dd></div>
  ${action.notes.length > 0 && html`<div><dt>To be confirmed</dt><dd><ul class="notes" role="list">${action.notes.map((note) => html`
    <li key=${note.code + note.text} class="small"><b>${sentenceCase(note.code.replace(/-/g, ' '))}.</b> ${note.text}</li>`)}</ul></dd></div>`}
</dl></aside>`;

const Pager = ({ before, after }) => html`<nav class="pager" aria-label="Other actions">
  ${before && html`<a href=${to(`/actions/${before.number}`)} rel="prev"><span aria-hidden="true">← </span>Previous: ${before.number}</a>`}
  ${after && html`<a class="after" href=${to(`/actions/${after.number}`)} rel="next">Next: ${after.number}<span aria-hidden="true"> →</span></a>`}</nav>`;

/** By when: printed large, our reading small, and every earlier date. @param {{action: Action, today: string}} props */
export function WhenFacts({ action, today }) {
  const when = action.by_when;
  return html`<p class="printed">${printedWhen(when)}</p>
    ${!when.printed && !when.moved.length && html`<p class="muted small">The plan leaves this blank</p>`}
    ${when.to && html`<p class="muted small">${readingOf(when)}${action.past_date && html`, <b class="late-text">${ago(when.to, today)}</b>`}</p>`}
    ${when.moved.length > 1 && html`<details><summary>Moved ${when.moved.length === 2 ? 'once' : `${when.moved.length - 1} times`}</summary>
      <ol role="list" class="moves">${when.moved.map((move, index) => html`<li key=${index} class="small">${index === 0
    ? html`First printed: <b>${printedWhen(move)}</b>`
    : html`<b>${printedWhen(move)}</b>${move.by && ` by ${move.by}`}${move.at && `, ${longDay(londonDay(move.at))}`}: ${move.reason}`}</li>`)}
      </ol></details>`}`;
}

/** By whom: each place as it was read, and the original words one tap away, `said` with their short forms explained. @param {{action: Action, said?: any}} props */
export function ByWhom({ action, said = null }) {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const people = new Map(shown.people.map((person) => [person.id, person]));
  const agencies = new Map(shown.agencies.map((agency) => [agency.id, agency.short_name ?? agency.name]));
  if (!action.by_whom.places.length) {
    return html`<p>Nobody named</p>${(action.by_whom.first_printed ?? action.by_whom.printed) && html`<p class="muted small">Printed: ${action.by_whom.first_printed ?? action.by_whom.printed}</p>`}`;
  }
  return html`<ul role="list" class="whom">${action.by_whom.places.map((place, index) => {
    const person = people.get(place.person ?? '');
    const agency = agencies.get(person?.agency ?? '');
    return html`<li key=${index}>${place.person ? html`<a href=${to(`/actions?person=${place.person}`)}>${place.name}</a>` : sentenceCase(place.name)}
      ${agency && html` <span class="muted">${agency}</span>`}
      ${person?.left_on && html` <span class="muted small">left on ${longDay(person.left_on)}</span>`}
      ${place.qualifier && place.qualifier !== agency && html` <span class="muted small">(${place.qualifier})</span>`}</li>`;
  })}</ul>
    <details><summary>${AS_PRINTED}</summary><p class="small">${said ?? action.by_whom.first_printed ?? action.by_whom.printed}</p></details>`;
}

/** What opens a line of its own begins with a capital. @param {string} name */
const sentenceCase = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/** Read one action; a failure is a state, not an error, because the plan already tells most of it. @param {Action} brief */
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
  const [Form, setForm] = useState(/** @type {any} */ (null));
  const [now, setNow] = useState(/** @returns {any} */ () => ({ open: Object.keys(FACTS).find((field) => unsaved.has(brief.id + field)) ?? '' }));
  const [short, setShort] = useState(/** @type {any} */ (null));
  useEffect(() => { setTimeout(() => import('../parts/abbreviations.js').then((part) => part.ready(setShort)).catch(() => undefined), 2500); }, []);
  const region = useRef(/** @type {HTMLElement | null} */ (null));
  const action = read ?? { ...brief, updates: [], status_changes: [], lead: objective.lead };
  const answers = read?.may.includes('acknowledge');
  const Acts = useLater(answers, () => import('../parts/acts.js'));
  const Place = useLater(read?.may.includes('remove'), () => import('../parts/structure.js'));
  const Manager = useLater(me.value?.account.role === 'admin', () => import('../parts/manager.js'));
  useEffect(() => {
    if (state === 'loading' || location.hash !== '#update') return;
    document.getElementById('update-text')?.focus();
    region.current?.scrollIntoView();
  }, [state === 'loading']);
  const bring = () => import('../parts/edit-fact.js').then(async (module) => { await module.ready(); setForm(module); }, () => setForm(false));
  useEffect(() => { if (now.open) bring(); }, [now.open]);
  /** After any change, so that counts and lists are right everywhere. */
  const changed = async () => { await Promise.all([reread(), loadPlan(), loadMe()]).catch(() => undefined); };
  const posted = (update) => {
    setFound((old) => (old.action ? { ...old, action: { ...old.action, updates: [update, ...old.action.updates] } } : old));
    changed();
  };
  const said = short?.explained([action.text, action.by_whom.first_printed ?? action.by_whom.printed]);
  const edit = { action, etag, now, setNow, Form, bring, show: (field) => setNow({ ...now, open: field, back: '', before: read }),
    take: (after, tag) => { setFound({ state: 'ready', action: after, etag: tag }); Promise.all([loadPlan(), loadMe()]).catch(() => undefined); } };
  const acts = ACTS.filter(([verb]) => read?.may.includes(verb));
  const refusal = read && !read.may.includes('post_update') ? read.why_not.post_update ?? 'You can read this action.' : '';
  const numbers = plan.value?.objectives.flatMap((one) => one.actions) ?? [];
  const at = numbers.findIndex((one) => one.id === brief.id);
  return html`<div class="page action-page"><${Heading} action=${read ?? brief} objective=${objective} edit=${edit} said=${said} />
    <div class="action-columns"><div id="update" ref=${region}>
      ${state === 'loading' ? html`<div class="panel ghosts" aria-hidden="true"><i></i><i></i></div>`
    : refusal ? html`<p class="panel refusal">${refusal}</p>`
    : html`<${UpdateForm} key=${brief.id} action=${action} etag=${etag} onPosted=${posted} reread=${reread} OnBehalf=${Manager?.OnBehalf}
      onTheirs=${(current, tag) => setFound({ state: 'ready', action: current, etag: tag })} />`}
      ${acts.length > 0 && html`<section class="panel acts" aria-labelledby="acts-title"><h2 id="acts-title">${FOR_LEAD}</h2>
        ${action.status === 'delivered' && read?.why_not.sign_off && html`<p class="muted small">${read.why_not.sign_off}</p>`}
        ${acts.map(([, id, title]) => html`<${Behind} key=${id} class="act" load=${leadForm} title=${title} button=${title} ...${{ id, action, etag }} onChanged=${changed} />`)}</section>`}
      ${Place && read && html`<${Place.Structure} action=${read} etag=${etag} onChanged=${changed} />`}
      ${Manager && read && html`<${Manager.RedactAction} action=${read} onChanged=${changed} />`}</div>
      ${state !== 'loading' && html`<${Timeline} action=${action} state=${state} latest=${brief.latest_update} retry=${reread} starts=${plan.value?.starts}
        acts=${{ Acknowledge: answers && Acts?.Acknowledge, Redact: Manager?.Redact }} onChanged=${changed} />`}
      <${Side} action=${action} objective=${objective} edit=${edit} said=${said} /></div>
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
