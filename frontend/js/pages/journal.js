/**
 * What changed in the plan: its journal as sentences, since a day when one is given.
 */
import { html } from '../core.js';
import { told } from '../api.js';
import { loadMe, loadPlan, plan } from '../store.js';
import { navigate, route, to } from '../router.js';
import { Behind, H1 } from '../parts/bits.js';
import { Entries } from '../parts/history/entries.js';
import { usePaged } from '../parts/paged.js';
import { ALL_DAYS, ALL_SINCE, BEGINNING, COUNTED, GONE, INTRO, NONE_SINCE, SINCE } from '../words/history/history.js';
import { londonDay } from '../words.js';
import { JOURNAL } from '../words/plan/lists.js';

/** @param {string} day */
const isDay = (day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));

const removed = () => Promise.all([import('../parts/plan/removed-list.js'), told.sheet('structure.css')]).then(([part]) => part);

/** The page at "/journal?since=2021-04-22". */
export default function Journal() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const given = route.value.query.get('since') ?? '';
  const since = isDay(given) ? given : '';
  const list = usePaged(`/plans/${encodeURIComponent(shown.slug)}/journal${since && `?from=${since}`}`);
  const { rows } = list;
  const more = Boolean(list.next);
  const changed = () => { Promise.all([loadPlan(), loadMe()]).catch(() => undefined); };
  const end = !since ? BEGINNING : rows.length ? ALL_SINCE(since) : NONE_SINCE(since);
  /** @param {import('../types.js').Typed} event */
  const pick = (event) => {
    const day = event.target.value;
    if (!day || isDay(day)) navigate(to(`/journal${day && `?since=${day}`}`), { replace: true });
  };
  return html`<div class="page narrow"><${H1} title=${JOURNAL}>${JOURNAL}<//><p class="muted">${INTRO}</p>
    <div class="field no-print"><label for="since">${SINCE}</label><input id="since" type="date" value=${since} min=${londonDay(shown.created_at)}
      max=${shown.as_of} onChange=${pick} /></div>
    <p class="muted" role="status">${since && list.state !== 'loading' && rows.length > 0 && COUNTED(rows.length, since, more)}</p>
    ${since && html`<p class="no-print"><a href=${to('/journal')}>${ALL_DAYS}</a></p>`}
    <${Behind} class="no-print" title=${GONE} load=${removed} reading=${true} />
    <${Entries} list=${{ ...list, problem: list.problem.replace(/^from: /, '') }} rows=${rows} level="h2" numbered=${true}
      more=${more} end=${end} onChanged=${changed} /></div>`;
}
