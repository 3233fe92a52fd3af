/**
 * Overview: the plan in one sentence, one bar and six rows; and the board view of the same for a projector.
 */
import { html, signal, useEffect, useState } from '../core.js';
import { ActionLine, Behind, Count, Empty, Glyph, H1, LastUpdate } from '../parts/bits.js';
import { Bar, PlanBar, Strip, namesOn, tally, tallyWords } from '../parts/rating.js';
import { me, plan } from '../store.js';
import { navigate, route, to } from '../router.js';
import { OWES, agencyRows, concernsOf, questionsOf, sentenceOf } from '../rules/sentence.js';
import { CHANGE_DAY, JOURNAL, RATING_ORDER, firstWords, longDay, ratingWord, shortDay } from '../words.js';

const WIDE = matchMedia('(min-width: 1088px)');
const wide = signal(WIDE.matches);
WIDE.addEventListener('change', () => { wide.value = WIDE.matches; });

const Masthead = ({ shown, board }) => html`
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

const Summary = ({ shown, board }) => html`
  <section class="panel summary" aria-label="Summary">
    <p class="sentence">${sentenceOf(shown).map((piece) => (piece.href
    ? html`<a href=${to(piece.href)}>${piece.text}</a>` : piece.text))}</p>
    <${PlanBar} plan=${shown} />
    ${!board && html`<p class="asides">
      <span>Delivered or complete: <a href=${to('/actions?show=done')}>${
  shown.counts.delivered_or_complete} of ${shown.counts.actions}</a></span>
      <span><a href=${to('/actions?due=dated')}>${shown.counts.dated} of ${shown.counts.actions}</a> actions have a date</span></p>`}
  </section>`;

const LeadLine = ({ lead, said }) => html`<p class="lead-line">${lead
  ? html`${lead.name}${lead.agency && html`, <span class="muted">${said ?? lead.agency}</span>`}`
  : html`<span class="muted">No lead officer named</span>`}</p>`;

/** What was said to be done and waits for a second person shows in no rating, so it is said here. */
const delivered = (objective) => {
  const count = objective.actions.filter((action) => action.status === 'delivered').length;
  return count ? `; ${count} delivered, to be signed off` : '';
};

const ObjectiveRow = ({ objective, board, said = [] }) => html`
  <li class="objective">
    <span class="big-number" aria-hidden="true">${objective.number}</span>
    <div class="objective-text">
      <h3><a class="quiet" href=${to(`/actions?objective=${objective.number}`)}><span class="unseen">Objective ${
  objective.number}: </span>${objective.short_title ?? firstWords(objective.text, board ? 90 : 400)}</a></h3>
      ${objective.short_title && !board && html`<p class="muted small">${said[0] ?? objective.text}</p>`}
      <${LeadLine} lead=${objective.lead} said=${said[1]} />
    </div>
    <div class="objective-strip"><${Strip} actions=${objective.actions} />
      <p class="muted small">${tallyWords(tally(objective.actions))}${delivered(objective)}</p></div>
  </li>`;

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

/** The page at "/". */
export default function Overview() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const board = route.value.query.get('view') === 'board' && wide.value;
  const [short, setShort] = useState(/** @type {any} */ (null));
  useEffect(() => { setTimeout(() => import('../parts/abbreviations.js').then((part) => part.ready(setShort)).catch(() => undefined), 2500); }, []);
  useEffect(() => {
    if (!board) return undefined;
    const leave = (event) => { if (event.key === 'Escape') navigate(to('/')); };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [board]);
  if (!shown.counts.actions) {
    return html`<div class="page"><${Masthead} shown=${shown} board=${false} />
      <${Empty} title="This plan has no actions yet.">${me.value?.may.includes('seed')
    ? 'Bring one in with the command “plan seed”, or ask whoever runs this service.'
    : 'The business manager has not brought them in yet.'}<//></div>`;
  }
  // What stands in a link stays plain, and a projector shows no buttons.
  const said = board ? null : short?.explained(shown.objectives.flatMap((one) => [one.short_title ? one.text : '', one.lead?.agency ?? '']));
  const rows = html`<ol class="objectives" role="list">${shown.objectives.map((objective, at) => html`
    <${ObjectiveRow} key=${objective.id} objective=${objective} board=${board} said=${said?.slice(2 * at)} />`)}</ol>`;
  if (board) {
    return html`<div class="board"><${Masthead} shown=${shown} board=${true} /><${Summary} shown=${shown} board=${true} />
      <h2 class="unseen">Objectives</h2>${rows}</div>`;
  }
  return html`<div class="page"><${Masthead} shown=${shown} board=${false} /><${Summary} shown=${shown} board=${false} />
    <div class="two-columns"><div><section aria-labelledby="objectives-title"><h2 id="objectives-title">Objectives</h2>
      ${rows}</section><${Agencies} shown=${shown} /><${Questions} shown=${shown} /></div><${Attention} shown=${shown} /></div></div>`;
}
