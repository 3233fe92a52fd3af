/**
 * Overview: the plan in one sentence, one bar and six rows; charts of its past arrive when they are about to be seen.
 */
import { html, signal, useEffect, useRef } from '../core.js';
import { told } from '../api.js';
import { Behind, Count, Empty, Glyph, H1, Shape, useShortForms } from '../parts/bits.js';
import { LastUpdate } from '../parts/cells.js';
import { Bar, PlanBar, tally, tallyWords } from '../parts/plan/rating.js';
import { me, plan } from '../store.js';
import { to } from '../router.js';
import { agencyRows, concernsOf, questionsOf, sentenceOf } from '../rules/sentence.js';
import { RATING_ORDER, STATUS_WORDS, firstWords, listed, londonDay, longDay, ratingWord, shortDay } from '../words.js';
import { CHANGE_DAY, JOURNAL, NOT_SET, NO_LEAD, UPDATED } from '../words/plan/lists.js';
import * as words from '../words/plan/overview.js';
import * as common from '../words.js';

/** The charts, once they have arrived; false when they could not be fetched. */
const charts = signal(/** @type {any} */ (null));

/** @param {{shown: import('../types.js').Plan, board: boolean}} props */
export const Masthead = ({ shown, board }) => html`
  <header class="masthead">
    <div><p class="muted partnership">${shown.partnership}</p>
      <${H1} title=${board ? words.BOARD : words.TITLE} class="plan-name">${shown.name}<//></div>
    <dl class="facts">
      <div><dt>${words.AS_AT}</dt><dd>${board ? longDay(shown.as_of) : html`${longDay(shown.as_of)}
        <${Behind} class="no-print" title=${CHANGE_DAY} load=${() => import('../parts/shell/day-form.js')} />`}</dd></div>
      <div><dt>${words.NEXT_REVIEW}</dt><dd>${shown.next_review_on ? longDay(shown.next_review_on) : NOT_SET}</dd></div>
      <div><dt>${words.OWNER}</dt><dd>${shown.owner?.name ?? NOT_SET}</dd></div>
    </dl>
    <p class="board-link asides">${board ? html`<a href=${to('/')}>${words.FULL}</a>` : html`<a href=${to('/?view=board')}>${words.BOARD}</a> <a href=${to('/journal')}>${JOURNAL}</a>`}</p>
  </header>`;

/** @param {{shown: import('../types.js').Plan, board: boolean}} props */
export const Summary = ({ shown, board }) => html`
  <section class="panel summary" aria-label=${words.SUMMARY}>
    <p class="sentence">${sentenceOf(shown, words, common).map((piece) => (piece.href
    ? html`<a href=${to(piece.href)}>${piece.text}</a>` : piece.text))}</p>
    <${PlanBar} plan=${shown} />
    ${!board && html`<p class="asides">
      <span>${words.done(shown.counts.delivered_or_complete, shown.counts.actions, to('/actions?show=done'))}</span>
      <span>${words.dated(shown.counts.dated, shown.counts.actions, to('/actions?due=dated'))}</span></p>`}
  </section>`;

/** @param {{lead: import('../types.js').Lead | null, said?: unknown}} props */
export const LeadLine = ({ lead, said = null }) => html`<p class="lead-line">${lead
  ? html`${lead.name}${lead.agency && html`, <span class="muted">${said ?? lead.agency}</span>`}`
  : html`<span class="muted">${NO_LEAD}</span>`}</p>`;

/** What was said to be done and waits for a second person shows in no rating, so it is said here. @param {import('../types.js').Objective} objective */
export const delivered = (objective) => words.delivered(objective.actions.filter((action) => action.status === 'delivered').length);

/**
 * What a square of the strip says in words.
 * @param {import('../types.js').Action} action
 * @returns {string}
 */
function squareLabel(action) {
  const status = action.status === 'delivered' || action.status === 'on_hold' ? STATUS_WORDS[action.status].toLowerCase() : '';
  return [action.number, ratingWord(plan.value, action.rating.value), action.past_date && words.LATE, status]
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

/** @param {{objective: import('../types.js').Objective, said?: any}} props */
const ObjectiveRow = ({ objective, said = [] }) => html`
  <li class="objective">
    <span class="big-number" aria-hidden="true">${objective.number}</span>
    <div class="objective-text">
      <h3><a class="quiet" href=${to(`/actions?objective=${objective.number}`)}><span class="unseen">${
  words.objective(objective.number)}</span>${objective.short_title ?? firstWords(objective.text, 400)}</a></h3>
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
const namesOn = (action) => listed(action.by_whom.named.map((place) => place.name));

/** @param {{why: string, action: import('../types.js').Action, today: string}} props */
function Reason({ why, action, today }) {
  if (why === 'due') return words.due(shortDay(action.by_when.to ?? today));
  if (why === 'nobody') return words.NOBODY_WHY;
  if (why === 'delivered') return namesOn(action);
  return html`<${LastUpdate} action=${action} today=${today} prefix=${UPDATED} />`;
}

/** A short line that leads to one action. @param {{action: import('../types.js').Action, children?: any}} props */
const ActionLine = ({ action, children }) => html`
  <li class="line"><span class="number" aria-hidden="true">${action.number}</span>
    <div><a class="quiet" href=${to(`/actions/${action.number}`)}>
      <span class="unseen">${action.number} </span>${firstWords(action.text, 90)}</a>
      <div class="muted small">${children}</div></div></li>`;

/** @param {{shown: import('../types.js').Plan}} props */
const Attention = ({ shown }) => html`
  <aside class="panel attention" aria-labelledby="attention-title">
    <h2 id="attention-title">${words.CONCERNS}</h2>
    ${concernsOf(shown, words, common).map((concern) => html`<section key=${concern.title}>
      <h3>${concern.title} <${Count}>${concern.actions.length}<//></h3>
      <ul role="list">${concern.actions.slice(0, 3).map((action) => html`
        <${ActionLine} key=${action.id} action=${action}><${Reason} why=${concern.why} action=${action}
          today=${shown.as_of} /><//>`)}</ul>
      ${concern.actions.length > 3 && html`<p><a href=${to(concern.href)}>${words.all(concern.actions.length, concern.title)}</a></p>`}
    </section>`)}
    ${!concernsOf(shown, words, common).length && html`<p>${words.NO_CONCERNS}</p>`}
    <p><a href=${to('/gaps')}>${words.OWES}</a></p>
  </aside>`;

/** @param {{shown: import('../types.js').Plan}} props */
function Agencies({ shown }) {
  const rows = agencyRows(shown, words);
  const most = Math.max(...rows.map((row) => row.actions.length), 1);
  return html`<section aria-labelledby="agencies-title"><h2 id="agencies-title">${words.AGENCIES}</h2>
    <table class="agencies"><caption>${words.AGENCIES_SAY}</caption>
      <thead><tr><th scope="col">${words.AGENCY}</th><th scope="col" class="num">${words.ACTIONS}</th>
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
  const { count, title, words: said } = questionsOf(shown, words);
  return count > 0 && html`<section aria-labelledby="questions-title"><h2 id="questions-title">${title}</h2>
    <p><a href=${to('/gaps')}>${said}</a></p></section>`;
}

async function fetchCharts() {
  if (charts.value) return;
  const [module] = await Promise.all([import('../parts/plan/charts.js'), told.sheet('charts.css')]).catch(() => [false]);
  charts.value = module;
}

/** A chart in its place, which is kept for it; fetched when it is about to be seen. `empty`: it will say so in a line. @param {{name: string, pick: (charts: any) => any, shown: import('../types.js').Plan, empty: boolean}} props */
function Later({ name, pick, shown, empty }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => { if (entry.isIntersecting) fetchCharts(); }, { rootMargin: '300px' });
    watcher.observe(/** @type {HTMLElement} */ (place.current));
    return () => watcher.disconnect();
  }, []);
  const Part = charts.value && pick(charts.value);
  return html`<div ref=${place} hidden=${charts.value === false} class=${empty ? 'panel chart' : `panel chart is-${name}`}>
    ${Part && html`<${Part} shown=${shown} empty=${empty} />`}</div>`;
}

/** The page at "/". */
export default function Overview() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const short = useShortForms();
  if (!shown.counts.actions) {
    return html`<div class="page"><${Masthead} shown=${shown} board=${false} />
      <${Empty} title=${words.EMPTY}>${me.value?.may.includes('seed')
    ? words.EMPTY_SEED
    : words.EMPTY_WAIT}<//></div>`;
  }
  // What stands in a link stays plain.
  const said = short?.explained(shown.objectives.flatMap((one) => [one.short_title ? one.text : '', one.lead?.agency ?? '']));
  const rows = html`<ol class="objectives" role="list">${shown.objectives.map((objective, at) => html`
    <${ObjectiveRow} key=${objective.id} objective=${objective} said=${said?.slice(2 * at)} />`)}</ol>`;
  return html`<div class="page"><${Masthead} shown=${shown} board=${false} /><${Summary} shown=${shown} board=${false} />
    <div class="two-columns"><div><section aria-labelledby="objectives-title"><h2 id="objectives-title">${words.OBJECTIVES}</h2>
      ${rows}</section><${Agencies} shown=${shown} />
      <${Questions} shown=${shown} /><${Later} name="activity" pick=${(all) => all.Activity} shown=${shown} empty=${!shown.objectives.some((one) => one.actions.some((action) => action.updates_count))} /></div>
    <div class="aside"><${Attention} shown=${shown} />
      <${Later} name="movement" pick=${(all) => all.Movement} shown=${shown} empty=${londonDay(shown.created_at).slice(0, 7) >= shown.as_of.slice(0, 7)} /></div></div></div>`;
}
