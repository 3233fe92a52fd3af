/**
 * Overview: the plan in one sentence, one bar and six rows; charts of its past arrive when they are about to be seen.
 */
import { html, signal, useEffect, useRef, useState } from '../core.js';
import { told } from '../api.js';
import { ActionLine, Behind, Count, Empty, Glyph, H1, LastUpdate, Shape } from '../parts/bits.js';
import { Bar, PlanBar, tally, tallyWords } from '../parts/rating.js';
import { me, plan } from '../store.js';
import { navigate, route, to } from '../router.js';
import { OWES, agencyRows, concernsOf, questionsOf, sentenceOf } from '../rules/sentence.js';
import { CHANGE_DAY, JOURNAL, RATING_ORDER, STATUS_WORDS, firstWords, listed, londonDay, longDay, ratingWord, shortDay } from '../words.js';

/** The charts, once they have arrived; false when they could not be fetched. */
const charts = signal(/** @type {any} */ (null));

export const Masthead = ({ shown, board }) => html`
  <header class="masthead">
    <div><p class="muted partnership">${shown.partnership}</p>
      <${H1} title=${board ? 'Board view' : 'Overview'} class="plan-name">${shown.name}<//></div>
    <dl class="facts">
      <div><dt>As at</dt><dd>${board ? longDay(shown.as_of) : html`${longDay(shown.as_of)}
        <${Behind} class="no-print" title=${CHANGE_DAY} load=${() => import('../parts/day-form.js')} />`}</dd></div>
      <div><dt>Next review</dt><dd>${shown.next_review_on ? longDay(shown.next_review_on) : 'Not set'}</dd></div>
      <div><dt>Plan owner</dt><dd>${shown.owner?.name ?? 'Not set'}</dd></div>
    </dl>
    <p class="board-link asides">${board ? html`<a href=${to('/')}>Full view</a>` : html`<a href=${to('/?view=board')}>Board view</a> <a href=${to('/journal')}>${JOURNAL}</a>`}</p>
  </header>`;

export const Summary = ({ shown, board }) => html`
  <section class="panel summary" aria-label="Summary">
    <p class="sentence">${sentenceOf(shown).map((piece) => (piece.href
    ? html`<a href=${to(piece.href)}>${piece.text}</a>` : piece.text))}</p>
    <${PlanBar} plan=${shown} />
    ${!board && html`<p class="asides">
      <span>Delivered or complete: <a href=${to('/actions?show=done')}>${
  shown.counts.delivered_or_complete} of ${shown.counts.actions}</a></span>
      <span><a href=${to('/actions?due=dated')}>${shown.counts.dated} of ${shown.counts.actions}</a> actions have a date</span></p>`}
  </section>`;

export const LeadLine = ({ lead, said = null }) => html`<p class="lead-line">${lead
  ? html`${lead.name}${lead.agency && html`, <span class="muted">${said ?? lead.agency}</span>`}`
  : html`<span class="muted">No lead officer named</span>`}</p>`;

/** What was said to be done and waits for a second person shows in no rating, so it is said here. */
export const delivered = (objective) => {
  const count = objective.actions.filter((action) => action.status === 'delivered').length;
  return count ? `; ${count} delivered, to be signed off` : '';
};

/**
 * What a square of the strip says in words.
 * @param {import('../types.js').Action} action
 * @returns {string}
 */
function squareLabel(action) {
  const status = action.status === 'delivered' || action.status === 'on_hold' ? STATUS_WORDS[action.status].toLowerCase() : '';
  return [action.number, ratingWord(plan.value, action.rating.value), action.past_date && 'past its date', status]
    .filter(Boolean).join(', ');
}

/**
 * One square per action, in number order, each a link.
 * @param {{actions: import('../types.js').Action[]}} props
 */
export const Strip = ({ actions }) => html`
  <ol class="strip" role="list">${actions.map((action) => html`
    <li key=${action.id}>
      <a class=${`square solid-${action.rating.value || 'none'} ${action.past_date ? 'is-past' : ''}`}
        href=${to(`/actions/${action.number}`)} aria-label=${squareLabel(action)} title=${squareLabel(action)}>
        <span>${action.number}</span><${Shape} value=${action.rating.value} />
      </a>
    </li>`)}</ol>`;

const ObjectiveRow = ({ objective, said = [] }) => html`
  <li class="objective">
    <span class="big-number" aria-hidden="true">${objective.number}</span>
    <div class="objective-text">
      <h3><a class="quiet" href=${to(`/actions?objective=${objective.number}`)}><span class="unseen">Objective ${
  objective.number}: </span>${objective.short_title ?? firstWords(objective.text, 400)}</a></h3>
      ${objective.short_title && html`<p class="muted small">${said[0] ?? objective.text}</p>`}
      <${LeadLine} lead=${objective.lead} said=${said[1]} />
    </div>
    <div class="objective-strip"><${Strip} actions=${objective.actions} />
      <p class="muted small">${tallyWords(tally(objective.actions))}${delivered(objective)}</p></div>
  </li>`;

/**
 * Names joined in one sentence, for a place that lists who can do something.
 * @param {import('../types.js').Action} action
 * @returns {string}
 */
const namesOn = (action) => listed(action.by_whom.places.map((place) => place.name));

function Reason({ why, action, today }) {
  if (why === 'due') return html`Due ${shortDay(action.by_when.to ?? today)}`;
  if (why === 'nobody') return html`By whom is blank in the plan`;
  if (why === 'delivered') return html`${namesOn(action)}`;
  return html`<${LastUpdate} action=${action} today=${today} prefix="Updated " />`;
}

const Attention = ({ shown }) => html`
  <aside class="panel attention" aria-labelledby="attention-title">
    <h2 id="attention-title">Needs attention</h2>
    ${concernsOf(shown).map((concern) => html`<section key=${concern.title}>
      <h3>${concern.title} <${Count}>${concern.actions.length}<//></h3>
      <ul role="list">${concern.actions.slice(0, 3).map((action) => html`
        <${ActionLine} key=${action.id} action=${action}><${Reason} why=${concern.why} action=${action}
          today=${shown.as_of} /><//>`)}</ul>
      ${concern.actions.length > 3 && html`<p><a href=${to(concern.href)}>All ${concern.actions.length}<span
        class="unseen">: ${concern.title}</span></a></p>`}
    </section>`)}
    ${!concernsOf(shown).length && html`<p>Nothing needs attention.</p>`}
    <p><a href=${to('/gaps')}>${OWES}</a></p>
  </aside>`;

function Agencies({ shown }) {
  const rows = agencyRows(shown);
  const most = Math.max(...rows.map((row) => row.actions.length), 1);
  return html`<section aria-labelledby="agencies-title"><h2 id="agencies-title">By agency</h2>
    <table class="agencies"><caption>Actions on which the agency's people are named. An action shared by two agencies
      counts for both.</caption>
      <thead><tr><th scope="col">Agency</th><th scope="col" class="num">Actions</th>
        <td class="wide-only"></td>${RATING_ORDER.map((letter) => html`<th key=${letter} scope="col" class="num">
        <${Glyph} value=${letter} /><span class="unseen">${ratingWord(shown, letter)}</span></th>`)}</tr></thead>
      <tbody>${rows.map((row) => {
    const counts = tally(row.actions);
    return html`<tr key=${row.id}><th scope="row"><a href=${to(`/actions?agency=${row.id}`)}>${row.name}</a></th>
        <td class="num"><b>${row.actions.length}</b></td><td class="wide-only bar-cell"><${Bar} counts=${counts} of=${most}
          small=${true} label=${`${row.name}: ${tallyWords(counts)}`} /></td>
        ${RATING_ORDER.map((letter) => html`<td key=${letter} class=${counts[letter] ? 'num' : 'num muted'}>${counts[letter]}</td>`)}</tr>`;
  })}</tbody></table></section>`;
}

/** @param {{shown: import('../types.js').Plan}} props What the paper leaves open, kept until somebody settles it. */
function Questions({ shown }) {
  const { count, title, words } = questionsOf(shown);
  return count > 0 && html`<section aria-labelledby="questions-title"><h2 id="questions-title">${title}</h2>
    <p><a href=${to('/gaps')}>${words}</a></p></section>`;
}

async function fetchCharts() {
  if (charts.value) return;
  const [module] = await Promise.all([import('../parts/charts.js'), told.sheet('charts.css')]).catch(() => [false]);
  charts.value = module;
}

/** A chart in its place, which is kept for it; fetched when it is about to be seen. `empty`: it will say so in a line. */
function Later({ part, shown, empty }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => { if (entry.isIntersecting) fetchCharts(); }, { rootMargin: '300px' });
    watcher.observe(/** @type {HTMLElement} */ (place.current));
    return () => watcher.disconnect();
  }, []);
  const Part = charts.value?.[part];
  return html`<div ref=${place} hidden=${charts.value === false} class=${empty ? 'panel chart' : `panel chart is-${part.toLowerCase()}`}>
    ${Part && html`<${Part} shown=${shown} empty=${empty} />`}</div>`;
}

/** The page at "/". */
export default function Overview() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const [short, setShort] = useState(/** @type {any} */ (null));
  useEffect(() => { setTimeout(() => import('../parts/abbreviations.js').then((part) => part.ready(setShort)).catch(() => undefined), 2500); }, []);
  if (!shown.counts.actions) {
    return html`<div class="page"><${Masthead} shown=${shown} board=${false} />
      <${Empty} title="This plan has no actions yet.">${me.value?.may.includes('seed')
    ? 'Bring one in with the command “plan seed”, or ask whoever runs this service.'
    : 'The business manager has not brought them in yet.'}<//></div>`;
  }
  // What stands in a link stays plain.
  const said = short?.explained(shown.objectives.flatMap((one) => [one.short_title ? one.text : '', one.lead?.agency ?? '']));
  const rows = html`<ol class="objectives" role="list">${shown.objectives.map((objective, at) => html`
    <${ObjectiveRow} key=${objective.id} objective=${objective} said=${said?.slice(2 * at)} />`)}</ol>`;
  return html`<div class="page"><${Masthead} shown=${shown} board=${false} /><${Summary} shown=${shown} board=${false} />
    <div class="two-columns"><div><section aria-labelledby="objectives-title"><h2 id="objectives-title">Objectives</h2>
      ${rows}</section><${Agencies} shown=${shown} />
      <${Questions} shown=${shown} /><${Later} part="Activity" shown=${shown} empty=${!shown.objectives.some((one) => one.actions.some((action) => action.updates_count))} /></div>
    <div class="aside"><${Attention} shown=${shown} />
      <${Later} part="Movement" shown=${shown} empty=${londonDay(shown.created_at).slice(0, 7) >= shown.as_of.slice(0, 7)} /></div></div></div>`;
}
