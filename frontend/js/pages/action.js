/**
 * One action: what it is, how it goes, who is on it, and what the person reading may do about it. The forms that change it are fetched
 * when they are asked for.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core.js';
import { told } from '../api.js';
import { loadMe, loadPlan, me, plan, unsaved } from '../store.js';
import { route, to } from '../router.js';
import { Behind, H1, Linked, Tag, useShortForms } from '../parts/bits.js';
import { Facts, Timeline, sentenceCase } from '../parts/updates/timeline.js';
import { FACTS, FACT_NAMES } from '../rules/action.js';
import { useAction } from '../parts/updates/form-parts.js';
import { UpdateForm } from '../parts/updates/update-form.js';
import { BY_WHEN, NEEDS_UPDATE, NOT_OPENED, OBJECTIVE, OPENING, PAST_DATE, PLACE_WORDS, STATUS_WORDS, firstWords, printedWhen } from '../words.js';
import * as words from '../words/updates/action.js';

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../rules/action.js').FactName} FactName @param {{failed: boolean}} props */

const Wait = ({ failed }) => html`<p role="status">${failed ? NOT_OPENED : OPENING}</p>`;

/** A fact; for who may change it the button that opens its form in place; after a change what was done, with its undo.
 * @param {{name: FactName, edit: any, children?: any}} props */
function Fact({ name: field, edit, children = null }) {
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  const { action, etag, now, setNow, Form, take } = edit;
  useLayoutEffect(() => { if (now.back === field) button.current?.focus(); }, [now]);
  const fact = words.CALLED[field].fact;
  const open = now.open === field && action.may;
  const close = (more = {}) => setNow({ ...now, ...more, open: '', back: field });
  return html`${children}
    ${open && html`<${Form?.EditFact ?? Wait} failed=${Form === false} key=${field} ...${{ field, action, etag }} onClose=${() => close()}
      onTheirs=${(current, tag) => { setNow({ ...now, before: current }); take(current, tag); }}
      onSaved=${(after, tag) => { close({ done: { field, before: now.before ?? action, after } }); take(after, tag); }} />`}
    ${(!open || Form === false) && action.may?.includes(FACTS[field].ability) && html`<button type="button" ref=${button} class="as-link" onPointerEnter=${edit.bring} onFocus=${edit.bring}
      onClick=${() => { edit.bring(); edit.show(field); }}>${words.CHANGE}<span class="unseen"> ${fact}</span></button>`}
    ${now.done?.field === field && Form && html`<${Form.LastChange} key=${now.done.after.version} ...${now.done} onUndone=${take} />`}`;
}

/** The forms behind a button, each with the sheet that it needs. */
const LATER = {
  signOff: () => import('../parts/updates/sign-off.js'),
  redact: () => import('../parts/privacy/redact.js').then((part) => ({ default: part.RedactAction })),
  renumber: () => placeForms().then((part) => ({ default: part.ChangeNumber })),
  remove: () => placeForms().then((part) => ({ default: part.RemoveAction })),
};
const placeForms = () => Promise.all([import('../parts/plan/structure-forms.js'), told.sheet('structure.css')]).then(([forms]) => forms);
const PLACE = /** @type {const} */ (['renumber', 'remove']);

/** @param {{action: ActionDetail, objective: import('../types.js').Objective, edit: any, said: any}} props */
const Heading = ({ action, objective, edit, said }) => html`
  <nav aria-label=${words.WHERE} class="crumbs"><ol role="list"><li><a href=${to('/')}>${PLACE_WORDS.overview}</a></li>
    <li><a href=${to(`/actions?objective=${objective.number}`)}>${OBJECTIVE(objective.number)}</a></li>
    <li aria-current="page">${words.action(action.number)}</li></ol></nav>
  <div class="action-head"><p class="big-number" aria-hidden="true">${action.number}</p>
    <div><${H1} title=${`${action.number} ${firstWords(action.text, 50)}`} class="wording"><span class="unseen">${
  words.action(action.number)}: </span>${said?.[0] ?? html`<${Linked} text=${action.text} />`}<//>
      <${Fact} name="text" edit=${edit}>${action.text_printed && html`<details><summary>${words.AS_PRINTED}</summary><p>${action.text_printed}</p></details>`}<//>
      <ul class="head-facts" role="list"><li><${Tag} value=${action.rating.value} /></li>
        ${!['not_reported', 'in_progress', 'complete'].includes(action.status) && html`<li class="status-word">${STATUS_WORDS[action.status]}</li>`}
        <li><span class="muted">${BY_WHEN}: </span><b>${printedWhen(action.by_when)}</b></li>
        ${action.past_date && html`<li class="flag late">${PAST_DATE}</li>`}
        ${action.needs_update && html`<li class="flag">${NEEDS_UPDATE}</li>`}</ul>
      ${action.rating.says && html`<p class="says">${action.rating.says}</p>`}
      ${action.status_reason && html`<p class="says">${STATUS_WORDS[action.status]}: ${action.status_reason}</p>`}</div></div>`;

/** Delivered, and not for this lead officer to sign off. @param {ActionDetail} action */
const unsigned = (action) => action.status === 'delivered' && action.may?.includes('set_status') && !action.may.includes('sign_off');

/** @param {{action: ActionDetail, objective: import('../types.js').Objective, edit: any, said: any}} props */
const Side = ({ action, objective, edit, said }) => html`<aside class="side" aria-label=${words.ABOUT}><dl>
  <${Facts} action=${action} objective=${objective} said=${said?.[1]} waits=${unsigned(action) && action.why_not.sign_off}
    wrap=${(/** @type {FactName} */ name, /** @type {any} */ inside) => html`<${Fact} name=${name} edit=${edit}>${inside}<//>`} />
  ${action.notes.length > 0 && html`<div><dt>${words.NOTES}</dt><dd><ul class="notes" role="list">${action.notes.map((note) => html`
    <li key=${note.code + note.text} class="small"><b>${sentenceCase(note.code.replace(/-/g, ' '))}.</b> ${note.text}</li>`)}</ul></dd></div>`}
</dl></aside>`;

/** @param {{before: {number: string} | null, after: {number: string} | null}} props */
const Pager = ({ before, after }) => html`<nav class="pager" aria-label=${words.OTHERS}>
  ${before && html`<a href=${to(`/actions/${before.number}`)} rel="prev"><span aria-hidden="true">← </span>${words.previous(before.number)}</a>`}
  ${after && html`<a class="after" href=${to(`/actions/${after.number}`)} rel="next">${words.next(after.number)}<span aria-hidden="true"> →</span></a>`}</nav>`;

/** @param {{brief: Action, objective: import('../types.js').Objective}} props */
function OneAction({ brief, objective }) {
  const { state, action: read, etag, read: reread, setFound } = useAction(brief);
  const [Form, setForm] = useState(/** @type {any} */ (null));
  const [now, setNow] = useState(/** @returns {any} */ () => ({ open: FACT_NAMES.find((field) => unsaved.has(brief.id + field)) ?? '' }));
  const short = useShortForms();
  const region = useRef(/** @type {HTMLElement | null} */ (null));
  const action = read ?? { ...brief, updates: [], status_changes: [], lead: objective.lead };
  const manager = me.value?.account.role === 'admin';
  useEffect(() => {
    if (state === 'loading' || location.hash !== '#update') return;
    document.getElementById('update-text')?.focus();
    region.current?.scrollIntoView();
  }, [state === 'loading']);
  const bring = () => import('../parts/plan/edit-fact.js').then(async (module) => { await module.ready(); setForm(module); }, () => setForm(false));
  useEffect(() => { if (now.open) bring(); }, [now.open]);
  /** After any change, so that counts and lists are right everywhere. */
  const changed = async () => { await Promise.all([reread(), loadPlan(), loadMe()]).catch(() => undefined); };
  /** @param {import('../types.js').Update} update */
  const posted = (update) => {
    setFound((old) => (old.action ? { ...old, action: { ...old.action, updates: [update, ...old.action.updates] } } : old));
    changed();
  };
  const said = short?.explained([action.text, action.by_whom.first_printed ?? action.by_whom.printed]);
  const edit = { action, etag, now, setNow, Form, bring,
    show: (/** @type {FactName} */ field) => setNow({ ...now, open: field, back: '', before: read }),
    take: (/** @type {ActionDetail} */ after, /** @type {string | null} */ tag) => { setFound({ state: 'ready', action: after, etag: tag }); Promise.all([loadPlan(), loadMe()]).catch(() => undefined); } };
  const refusal = read && !read.may.includes('post_update') ? read.why_not.post_update ?? words.READ_ONLY : '';
  const numbers = plan.value?.objectives.flatMap((one) => one.actions) ?? [];
  const at = numbers.findIndex((one) => one.id === brief.id);
  return html`<div class="page action-page"><${Heading} action=${read ?? brief} objective=${objective} edit=${edit} said=${said} />
    <div class="action-columns"><div id="update" ref=${region}>
      ${state === 'loading' ? html`<div class="panel ghosts" aria-hidden="true"><i></i><i></i></div>`
    : refusal ? html`<p class="panel refusal">${refusal}</p>`
    : html`<${UpdateForm} key=${brief.id} action=${action} etag=${etag} onPosted=${posted} reread=${reread}
      onTheirs=${(current, tag) => setFound({ state: 'ready', action: current, etag: tag })} />`}
      ${read?.may.includes('sign_off') && html`<section class="panel acts" aria-labelledby="acts-title"><h2 id="acts-title">${words.FOR_LEAD}</h2>
        <${Behind} class="act" load=${LATER.signOff} title=${words.SIGN_OFF} ...${{ action, etag }} onChanged=${changed} /></section>`}
      ${manager && read && html`<section class="panel acts" aria-labelledby="redact-title"><h2 id="redact-title">${words.FOR_MANAGER}</h2>
        <${Behind} class="act" load=${LATER.redact} title=${words.REDACT_ACTION} action=${read} onChanged=${changed} /></section>`}</div>
      ${state !== 'loading' && html`<${Timeline} action=${action} state=${state} latest=${brief.latest_update} retry=${reread} starts=${plan.value?.starts}
        acts=${{ answers: read?.may.includes('acknowledge'), redact: manager }} onChanged=${changed} />`}
      <${Side} action=${action} objective=${objective} edit=${edit} said=${said} />
      ${read?.may.includes('remove') && html`<section class="panel acts place" aria-labelledby="place-title"><h2 id="place-title">${words.PLACE}</h2>
        ${PLACE.filter((verb) => read.may.includes(verb)).map((verb) => html`<${Behind} key=${verb} class="act" load=${LATER[verb]}
          title=${words.PLACE_FORMS[verb]} ...${{ action: read, etag }} onChanged=${changed} />`)}</section>`}</div>
    <${Pager} before=${numbers[at - 1]} after=${numbers[at + 1]} /></div>`;
}

/** The page at "/actions/3.6". */
export default function ActionPage() {
  const number = decodeURIComponent(route.value.number);
  const objective = plan.value?.objectives.find((one) => one.actions.some((action) => action.number === number));
  const brief = objective?.actions.find((action) => action.number === number);
  if (!objective || !brief) {
    return html`<div class="page narrow"><${H1} title=${words.none(number)}>${words.noneHere(number)}<//>
      <p><a href=${to('/actions')}>${words.SEE_ALL}</a>.</p></div>`;
  }
  return html`<${OneAction} key=${brief.id} brief=${brief} objective=${objective} />`;
}
