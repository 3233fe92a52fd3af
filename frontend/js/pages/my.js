/**
 * My actions: what waits for me and what I owe, first; done one after another without coming back to the list.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core.js';
import { ByWhen, Count, H1, LastUpdate } from '../parts/bits.js';
import { Tag } from '../parts/marks.js';
import { me, myPlan, plan } from '../store.js';
import { arrival, route, to } from '../router.js';
import { groupsOf, mayHaveDrafts } from '../rules/mine.js';
import { STATUS_WORDS, firstWords } from '../words.js';
import * as words from '../words/my.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../rules/mine.js').Step} Step */

const Card = ({ action, step, drafted }) => html`<li class="panel card">
  <span class="number" aria-hidden="true">${action.number}</span>
  <div><a class="quiet" href=${to(`/actions/${action.number}`)}><span class="unseen">${action.number} </span>${firstWords(action.text, 130)}</a>
    ${step && words.WHY[step.kind] && html`<p class="small"><b>${words.WHY[step.kind]}</b></p>`}
    <p class="card-facts"><${Tag} value=${action.rating.value} /><span class="muted small">By when: <${ByWhen} action=${action} /></span>
      ${!['not_reported', 'in_progress', 'complete'].includes(action.status) && html`<span class="small">${STATUS_WORDS[action.status]}</span>`}
      <span class="muted small"><${LastUpdate} action=${action} today=${plan.value?.as_of ?? ''} prefix="Updated " /></span></p>
    ${action.rating.says && html`<p class="muted small">${action.rating.says}</p>`}</div>
  ${step && html`<a class="button" href=${to(`/my?next=${step.id}`)}>${drafted && step.kind === 'update' ? words.FINISH : words.DO[step.kind]}<span
    class="unseen"> ${action.number}</span></a>`}</li>`;

const Group = ({ title, hint = '', steps, drafted }) => steps.length > 0 && html`<section><h2>${title} <${Count}>${steps.length}<//></h2>
  ${hint && html`<p class="muted small">${hint}</p>`}<ul role="list" class="cards">${steps.map((one) => html`<${Card} key=${one.id} action=${one.action ?? one}
    step=${one.action ? one : null} drafted=${drafted.has((one.action ?? one).id)} />`)}</ul></section>`;

/** For whoever is named nowhere: a chair, a scrutineer. */
const Nobody = ({ count }) => html`<div class="panel empty"><h2>${words.NONE}</h2><p>${words.NONE_HERE}</p>
  <p class="buttons"><a class="button is-second" href=${to('/')}>Overview</a><a href=${to('/actions')}>See all ${count} actions</a></p></div>`;

function List({ groups, mine, drafted, onNear }) {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const { waiting, owed, drafts, upToDate, closed } = groups;
  const steps = [...waiting, ...owed, ...drafts];
  const nothing = !steps.length && !upToDate.length && !closed.length;
  const title = nothing ? words.TITLE : words.heading(me.value?.account.name.split(' ')[0] ?? '', owed.length, waiting.length);
  const said = words.standing(mine.on.length, mine.leads, waiting.length, shown.next_review_on);
  return html`<div class="page my" onPointerOver=${onNear} onFocusIn=${onNear}><${H1} title=${words.TITLE}>${title}<//>
    ${nothing ? html`<${Nobody} count=${shown.counts.actions} />` : html`<p class="muted">${said}</p>`}
    ${steps.length > 1 && html`<p class="title-line"><a class="button is-second" href=${to(`/my?next=${steps[0].id}`)}>${words.startAll(steps.length)}</a></p>`}
    <${Group} title=${words.WAITING} steps=${waiting} drafted=${drafted} />
    <${Group} title=${words.OWED} steps=${owed} drafted=${drafted} />
    <${Group} title=${words.DRAFTS} hint=${words.DRAFTS_HINT} steps=${drafts} drafted=${drafted} />
    <${Group} title=${words.UP_TO_DATE} steps=${upToDate} drafted=${drafted} />
    <${Group} title=${words.CLOSED} steps=${closed} drafted=${drafted} /></div>`;
}

/** Ids of the actions with a draft of mine; the rules of drafts are fetched only where there may be one. */
function useDrafted() {
  const [drafted, setDrafted] = useState(/** @type {Set<string>} */ (new Set()));
  const user = me.value?.account.id ?? '';
  useEffect(() => {
    let storage;
    try { storage = localStorage; } catch { return; }
    if (!mayHaveDrafts(storage, user)) setDrafted((old) => (old.size ? new Set() : old));
    else import('../rules/drafts.js').then(({ listDrafts }) => setDrafted(new Set(listDrafts(storage, user).map((one) => one.action))), () => undefined);
  }, [user, route.value]);
  return drafted;
}

/** The page at "/my", and at "/my?next=update-3.4" one of its steps. */
export default function My() {
  const next = route.value.query.get('next');
  const [queue, setQueue] = useState(/** @type {any} */ (null));
  const drafted = useDrafted();
  const before = useRef(next);
  const near = () => queue || import('../parts/queue.js').then((module) => module.ready().then(() => setQueue(module)), () => next && setQueue({}));
  useEffect(() => { if (next) near(); }, [next]);
  // The path stays the same, so the heading of what appears has to be told to take the focus.
  useLayoutEffect(() => {
    if (before.current === next) return;
    before.current = next;
    arrival.focus = true;
    scrollTo(0, 0);
  }, [next]);
  /** @type {import('../rules/mine.js').Mine} */
  const mine = myPlan() ?? { leads: [], on: [], owed: [], to_acknowledge: [], to_sign_off: [] };
  const groups = groupsOf(/** @type {import('../types.js').Plan} */ (plan.value), mine, drafted);
  if (!next) return html`<${List} key="list" groups=${groups} mine=${mine} drafted=${drafted} onNear=${near} />`;
  if (queue?.Queue) return html`<${queue.Queue} key="queue" wanted=${next} steps=${[...groups.waiting, ...groups.owed, ...groups.drafts]} />`;
  const number = next.replace(/^[a-z-]+-/, '');
  return html`<div class="page my"><${H1} title=${words.TITLE}>${queue ? words.TITLE : words.OPENING}<//>
    ${queue && html`<p role="alert">${words.FAILED}</p><p class="buttons"><a class="button" href=${to(`/actions/${number}#update`)}>${words.alone(number)}</a>
      <button class="as-link" onClick=${() => location.reload()}>${words.AGAIN}</button></p>`}
    <p><a href=${to('/my')}>${words.BACK}</a></p></div>`;
}
