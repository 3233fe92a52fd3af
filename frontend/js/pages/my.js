/**
 * My actions: what waits for me and what I owe, first; done one after another without coming back to the list.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core.js';
import { Count, H1, Tag } from '../parts/bits.js';
import { ByWhen, LastUpdate } from '../parts/cells.js';
import { me, myPlan, plan } from '../store.js';
import { navigate, route, to } from '../router.js';
import { groupsOf } from '../rules/mine.js';
import { BY_WHEN, STATUS_WORDS, firstWords } from '../words.js';
import { UPDATED } from '../words/plan/lists.js';
import * as words from '../words/updates/my.js';

/** @param {{step: {id: string, kind: string, action: import('../types.js').Action}, drafted: Set<string>}} props */
const Card = ({ step: { id, kind, action }, drafted }) => html`<li class="panel card">
  <span class="number" aria-hidden="true">${action.number}</span>
  <div><a class="quiet" href=${to(`/actions/${action.number}`)}><span class="unseen">${action.number} </span>${firstWords(action.text, 130)}</a>
    ${words.WHY[kind] && html`<p class="small"><b>${words.WHY[kind]}</b></p>`}
    <p class="card-facts"><${Tag} value=${action.rating.value} /><span class="muted small">${BY_WHEN}: <${ByWhen} action=${action} /></span>
      ${!['not_reported', 'in_progress', 'complete'].includes(action.status) && html`<span class="small">${STATUS_WORDS[action.status]}</span>`}
      <span class="muted small"><${LastUpdate} action=${action} today=${plan.value?.as_of ?? ''} prefix=${UPDATED} /></span></p>
    ${action.rating.says && html`<p class="muted small">${action.rating.says}</p>`}</div>
  ${words.DO[kind] && html`<a class="button" href=${to(`/my?next=${id}`)}>${drafted && kind === 'update' ? words.FINISH : words.DO[kind]}<span
    class="unseen"> ${action.number}</span></a>`}</li>`;

/** @param {{title: string, steps: import('../rules/mine.js').Step[], drafted: Set<string>}} props */
const Group = ({ title, steps, drafted }) => steps.length > 0 && html`<section><h2>${title} <${Count}>${steps.length}<//></h2>
  <ul role="list" class="cards">${steps.map((step) => html`<${Card} key=${step.id} step=${step} drafted=${drafted.has(step.action.id)} />`)}</ul></section>`;

/** For a chair, a scrutineer. @param {{count: number}} props */
const Nobody = ({ count }) => html`<section class="panel empty"><h2>${words.NONE}</h2><p class="buttons"><a href=${to('/')}>${words.SEE_PLAN}</a>
  <a href=${to('/actions')}>${words.seeAll(count)}</a></p></section>`;

/** @typedef {ReturnType<typeof groupsOf>} Groups */

/** @param {Groups} groups */
const stepsOf = (groups) => Object.values(groups).flat().filter((step) => step.kind !== 'look');

/** @param {{groups: Groups, mine: import('../types.js').MyPlan, drafted: Set<string>, onNear: () => void}} props */
function List({ groups, mine, drafted, onNear }) {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const { waiting, owed } = groups;
  const steps = stepsOf(groups);
  const nothing = !Object.values(groups).flat().length;
  const title = nothing ? words.TITLE : words.heading(me.value?.account.name.split(' ')[0] ?? '', owed.length, waiting.length);
  const said = words.standing(mine.on.length, mine.leads, owed.length && waiting.length, shown);
  return html`<div class="page my" onPointerOver=${onNear} onFocusIn=${onNear}><${H1} title=${words.TITLE}>${title}<//>
    ${nothing ? html`<${Nobody} count=${shown.counts.actions} />` : html`<p class="muted">${said}</p>`}
    ${steps.length > 1 && html`<section><a class="button is-second" href=${to(`/my?next=${steps[0].id}`)}>${words.startAll(steps.length)}</a></section>`}
    ${Object.entries(groups).map(([name, some]) => html`<${Group} key=${name} title=${words.GROUPS[name]} steps=${some} drafted=${drafted} />`)}</div>`;
}

/** Ids of actions with a draft, null until known; the rules of drafts are fetched only where there may be one. */
function useDrafted() {
  const [drafted, setDrafted] = useState(/** @type {Set<string> | null} */ (null));
  useEffect(() => {
    /** @param {{action: string}[]} some */
    const known = (some) => setDrafted(new Set(some.map((one) => one.action)));
    try {
      if (Object.keys(localStorage).some((key) => key.startsWith('draft:'))) {
        import('../rules/drafts.js').then(({ listDrafts }) => known(listDrafts(localStorage, me.value?.account.id ?? '')), () => known([]));
      } else known([]);
    } catch {
      known([]); // a browser that keeps nothing
    }
  }, [route.value]);
  return drafted;
}

/** The page at "/my", and at "/my?next=update-3.4" one of its steps. */
export default function My() {
  const next = route.value.query.get('next');
  const [queue, setQueue] = useState(/** @type {any} */ (null));
  const drafted = useDrafted();
  const before = useRef(next);
  const near = () => import('../parts/updates/queue.js').then((module) => module.ready().then(() => setQueue(module)));
  // Without it there is still the action's own page, which may have been fetched before.
  useEffect(() => { if (next && !queue) near().catch(() => navigate(to(`/actions/${next.replace(/^[a-z-]+-/, '')}#update`), { replace: true })); }, [next]);
  // The path stays the same, for which the shell leaves the page where it is.
  useLayoutEffect(() => {
    if (before.current !== next) scrollTo(0, 0);
    before.current = next;
  }, [next]);
  /** @type {import('../rules/mine.js').Mine} */
  const mine = myPlan() ?? { leads: [], on: [], owed: [], to_acknowledge: [], to_sign_off: [] };
  const groups = groupsOf(/** @type {import('../types.js').Plan} */ (plan.value), mine, drafted ?? new Set());
  if (!next) return html`<${List} key="list" groups=${groups} mine=${mine} drafted=${drafted ?? new Set()} onNear=${() => queue || near().catch(() => undefined)} />`;
  return queue && drafted ? html`<${queue.Queue} key="queue" wanted=${next} steps=${stepsOf(groups)} />`
    : html`<p class="page my" role="status">${words.OPENING}</p>`;
}
