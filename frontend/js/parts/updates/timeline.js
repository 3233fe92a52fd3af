/**
 * What is known of one action, today and on a past day: when and by whom it is to be done, and its progress, newest first.
 */
import { html, useState } from '../../core.js';
import { request } from '../../api.js';
import { plan } from '../../store.js';
import { to } from '../../router.js';
import { timelineOf } from '../../rules/action.js';
import { BY_WHEN, BY_WHOM, CORRECT, HISTORY, NOBODY, NOT_OPENED, OBJECTIVE, STATUS_WORDS, TRY_AGAIN, ago, corrected, londonDay, longDay, printedWhen, ratingWord, readingOf } from '../../words.js';
import * as words from '../../words/updates/action.js';
import { Behind, Glyph, Linked, Shape } from '../bits.js';

/** By when: printed large, our reading small, and every earlier date. @param {{action: import('../../types.js').Action, today: string}} props */
function WhenFacts({ action, today }) {
  const when = action.by_when;
  return html`<p class="printed">${printedWhen(when)}</p>
    ${!when.printed && !when.moved.length && html`<p class="muted small">${words.BLANK}</p>`}
    ${when.to && html`<p class="muted small">${readingOf(when)}${action.past_date && html`, <b class="late-text">${ago(when.to, today)}</b>`}</p>`}
    ${when.moved.length > 1 && html`<details><summary>${words.moved(when.moved.length - 1)}</summary>
      <ol role="list" class="moves">${when.moved.map((move, index) => html`<li key=${index} class="small">${index === 0
    ? words.first(printedWhen(move)) : words.move(printedWhen(move), move.by, move.at ? longDay(londonDay(move.at)) : '', move.reason)}</li>`)}
      </ol></details>`}`;
}

/** By whom: each place as it was read, and the original words one tap away, `said` with their short forms explained.
 * @param {{action: import('../../types.js').Action, said?: any}} props */
function ByWhom({ action, said = null }) {
  const shown = /** @type {import('../../types.js').Plan} */ (plan.value);
  const people = new Map(shown.people.map((person) => [person.id, person]));
  const agencies = new Map(shown.agencies.map((agency) => [agency.id, agency.short_name ?? agency.name]));
  if (!action.by_whom.named.length) {
    return html`<p>${NOBODY}</p>${(action.by_whom.first_printed ?? action.by_whom.printed) && html`<p class="muted small">${words.printed(action.by_whom.first_printed ?? action.by_whom.printed)}</p>`}`;
  }
  return html`<ul role="list" class="whom">${action.by_whom.named.map((place, index) => {
    const person = people.get(place.person ?? '');
    const agency = agencies.get(person?.agency ?? '');
    return html`<li key=${index}>${place.person ? html`<a href=${to(`/actions?person=${place.person}`)}>${place.name}</a>` : sentenceCase(place.name)}
      ${agency && html` <span class="muted">${agency}</span>`}
      ${person?.left_on && html` <span class="muted small">${words.left(longDay(person.left_on))}</span>`}
      ${place.qualifier && place.qualifier !== agency && html` <span class="muted small">(${place.qualifier})</span>`}</li>`;
  })}</ul>
    <details><summary>${words.AS_PRINTED}</summary><p class="small">${said ?? action.by_whom.first_printed ?? action.by_whom.printed}</p></details>`;
}

/**
 * The facts of an action beside its progress, today and on a past day.
 * @param {{action: import('../../types.js').Action, objective: import('../../types.js').Objective, said?: any, waits?: any,
 *   wrap?: (name: import('../../rules/action.js').FactName, inside: any) => any}} props `waits`: why its status waits; `wrap` puts
 *   what changes a fact around it
 */
export const Facts = ({ action, objective, said, waits, wrap = (_name, inside) => inside }) => html`
  <div><dt>${BY_WHEN}</dt><dd>${wrap('by_when', html`<${WhenFacts} action=${action} today=${plan.value?.as_of ?? ''} />`)}</dd></div>
  <div><dt>${BY_WHOM}</dt><dd>${wrap('by_whom', html`<${ByWhom} action=${action} said=${said} />`)}</dd></div>
  <div><dt>${words.LEAD}</dt><dd>${objective.lead ? html`${objective.lead.name}<br /><span class="muted small">${
  [objective.lead.post, objective.lead.agency].filter(Boolean).join(', ')}</span>` : words.NOT_NAMED}</dd></div>
  <div><dt>${words.STATUS}</dt><dd>${wrap('status', html`<p>${STATUS_WORDS[action.status]}</p>${waits && html`<p class="muted small">${waits}</p>`}`)}</dd></div>
  <div><dt>${OBJECTIVE(objective.number)}</dt><dd><a href=${to(`/actions?objective=${objective.number}`)}>${
  objective.short_title ?? objective.text}</a></dd></div>`;

/** What opens a line of its own begins with a capital. @param {string} name */
export const sentenceCase = (name) => name.charAt(0).toUpperCase() + name.slice(1);

const FOLD_AFTER = 10;

/** @param {{change: import('../../types.js').StatusChange}} props */
const Change = ({ change }) => html`<p class="meta">${words.statusMoved(STATUS_WORDS[change.from], STATUS_WORDS[change.to])}</p>`;

/** @param {{update: import('../../types.js').Update}} props */
function Seen({ update }) {
  const seen = update.acknowledgement;
  if (!seen) return null;
  if (seen.state === 'waiting') return html`<p class="meta">${words.WAITS}</p>`;
  const when = seen.at ? longDay(londonDay(seen.at)) : '';
  if (seen.state === 'acknowledged') return html`<p class="meta">${words.acknowledged(seen.by, when)}</p>`;
  return html`<div class="meta returned"><p>${words.returned(seen.by, when)}</p><p>${seen.question}</p></div>`;
}

/** @param {{update: import('../../types.js').Update}} props */
const Removed = ({ update }) => update.redacted && html`<p class="meta removed">${
  words.redacted(longDay(londonDay(update.redacted.at)), update.redacted.reason)}</p>`;

/** @param {{title: string, children: any}} props */
const Extra = ({ title, children }) => html`<p class="extra"><b>${title}</b> ${children}</p>`;

/** @param {any} props */
const Redact = (props) => html`<${Behind} class="act" title=${words.REDACT} load=${() => import('../privacy/redact.js')} ...${props} />`;

/** What acknowledges comes with the press. @param {{update: any, onChanged: () => void}} props */
function Answer(props) {
  const [busy, setBusy] = useState(false);
  const [problem, say] = useState('');
  const press = async () => {
    if (busy) return;
    setBusy(true);
    say(await import('./acknowledge.js').then((part) => part.default(props), () => NOT_OPENED));
    setBusy(false);
  };
  return html`<div class="acknowledge"><button type="button" class="button is-second" aria-disabled=${busy ? 'true' : undefined} onClick=${press}>${
  words.ACKNOWLEDGE}<span class="unseen">${words.whichUpdate(props.update.author.name)}</span></button>
    <${Behind} class="act" title=${words.RETURN} load=${() => import('./return.js')} ...${props} /><p class="wrong" role="alert">${problem}</p></div>`;
}

/** What is left of an update that was taken back. @param {{update: import('../../types.js').Update, acts: any, onChanged: () => unknown}} props */
const Tombstone = ({ update, acts, onChanged }) => html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><div>
  <p class="byline"><b>${update.author.name}</b> <time class="muted" datetime=${update.posted_at}>${longDay(londonDay(update.posted_at))}</time></p>
  <p class="meta">${update.withdrawn && words.withdrawn(update.withdrawn.by, longDay(londonDay(update.withdrawn.at)), update.withdrawn.reason)}</p>
  <${Removed} update=${update} />${acts?.redact && html`<${Redact} update=${update} onChanged=${onChanged} />`}</div></li>`;

/**
 * One update with what its reader may do about it.
 * @param {{update: import('../../types.js').Update, change?: import('../../types.js').StatusChange, acts: any, onChanged?: () => unknown}} props
 */
export function UpdateEntry({ update, change, acts, onChanged }) {
  const { answers, redact } = acts ?? {};
  const moved = update.rating && update.rating !== update.previous_rating && update.previous_rating;
  return html`<li class="entry">${update.claim ? html`<span class="glyph hollow"><${Shape} value="B" /></span>` : html`<${Glyph} value=${update.rating} />`}
    <div><p class="byline"><b>${update.author.name}</b>${update.author.agency && html` <span class="muted">${update.author.agency}</span>`}
      <time datetime=${update.posted_at} class="muted">${longDay(londonDay(update.posted_at))}</time></p>
      <p class="words"><${Linked} text=${update.text} /></p>
      <${Removed} update=${update} />
      ${update.next_step && html`<${Extra} title=${words.NEXT_STEP}><${Linked} text=${update.next_step} /><//>`}
      ${update.impact && html`<${Extra} title=${words.IMPACT}><${Linked} text=${update.impact} /><//>`}
      ${update.evidence.length > 0 && html`<${Extra} title=${words.EVIDENCE}>${update.evidence.map((one, index) => html`${index ? ', ' : ''}<a
        key=${one.url} class="address" href=${/^https?:\/\//.test(one.url) ? one.url : undefined} rel="noopener noreferrer">${one.title}</a>`)}<//>`}
      ${update.claim && html`<p class="meta">${words.claimed()}</p>`}
      ${moved ? html`<p class="meta">${words.ratingMoved(ratingWord(plan.value, update.previous_rating), ratingWord(plan.value, update.rating))}</p>`
    : update.rating && html`<p class="meta">${words.rated(ratingWord(plan.value, update.rating))}</p>`}
      ${change && html`<${Change} change=${change} />`}
      ${update.via && html`<p class="meta">${words.via(update.via)}</p>`}
      ${update.entered_by && html`<p class="meta">${words.entered(update.entered_by, update.author.name)}</p>`}
      <${Seen} update=${update} />
      ${update.corrected_at && html`<${Behind} class="meta" load=${() => import('./wordings.js')} update=${update}
        title=${corrected(londonDay(update.corrected_at), (update.acknowledgement?.at ?? '9') <= update.corrected_at)} />`}
      ${answers && update.acknowledgement?.state === 'waiting' && !update.mine && html`<${Answer} update=${update} onChanged=${onChanged} />`}
      ${update.may_correct && html`<${Behind} class="act" title=${CORRECT} load=${() => import('./correct.js')} update=${update} onChanged=${onChanged} />`}
      ${acts && update.mine && html`<${Behind} class="act" title=${words.WITHDRAW} load=${() => import('./withdraw.js')} update=${update} onChanged=${onChanged} />`}
      ${redact && html`<${Redact} update=${update} onChanged=${onChanged} />`}
    </div></li>`;
}

/** A change without an update: it has a reason instead. @param {{entry: any}} props */
const OtherEntry = ({ entry }) => html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><div>
  <p class="byline"><b>${(entry.change ?? entry.move).by}</b> <time class="muted" datetime=${entry.at}>${longDay(londonDay(entry.at))}</time></p>
  ${entry.change ? html`<${Change} change=${entry.change} />` : html`<p class="meta">${words.dateMoved(printedWhen(entry.before), printedWhen(entry.move))}</p>`}
  ${(entry.change ?? entry.move).reason && html`<p class="words">${(entry.change ?? entry.move).reason}</p>`}</div></li>`;

/** @param {any} props `acts` is null where nothing can be done */
export function Timeline({ action, state, latest, retry, starts, acts, onChanged }) {
  const [older, setOlder] = useState(/** @type {any[]} */ ([]));
  const [more, setMore] = useState(/** @type {string | null | undefined} */ (undefined));
  const [failed, setFailed] = useState(false);
  const next = more === undefined ? action.links?.updates : more;
  const known = new Set(action.updates.map((/** @type {import('../../types.js').Update} */ one) => one.id));
  const entries = timelineOf(action, [...action.updates, ...older.filter((one) => !known.has(one.id))]);
  const fold = older.length ? entries.length : FOLD_AFTER;
  const load = async () => {
    try {
      const { data } = await request('GET', /** @type {string} */ (next));
      setOlder([...older, ...data.data]);
      setMore(data.links.next);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  /** @param {import('../../types.js').TimelineEntry} entry */
  const draw = (entry) => (entry.kind === 'update'
    ? html`<${entry.update.withdrawn ? Tombstone : UpdateEntry} key=${entry.update.id} update=${entry.update} change=${entry.change} acts=${acts}
        onChanged=${onChanged} />`
    : html`<${OtherEntry} key=${entry.kind + entry.at} entry=${entry} />`);
  const start = html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><p class="muted">${
    words.starts(starts?.printed)}</p></li>`;
  return html`<section class="progress" aria-labelledby="progress-title"><h2 id="progress-title">${words.PROGRESS}</h2>
    ${state === 'failed' && html`<p role="status">${words.NOT_LOADED}<button class="as-link" onClick=${retry}>${TRY_AGAIN}</button></p>`}
    ${state === 'failed' && latest && html`<ol role="list" class="timeline"><${UpdateEntry} update=${{ ...latest, evidence: [], acknowledgement: null }} /></ol>`}
    ${state === 'ready' && html`<ol role="list" class="timeline">${entries.slice(0, fold).map(draw)}${entries.length <= fold && !next && start}</ol>
      ${entries.length > fold && html`<details><summary>${words.earlier(entries.length - fold)}</summary>
        <ol role="list" class="timeline">${entries.slice(fold).map(draw)}${!next && start}</ol></details>`}
      ${next && html`<p><button class="button is-second" onClick=${load}>${words.EARLIER}</button> ${failed && words.EARLIER_FAILED}</p>`}`}
    ${action.may && html`<${Behind} class="act" title=${HISTORY} load=${() => import('../history/history.js')} action=${action} onChanged=${onChanged} />`}
  </section>`;
}
