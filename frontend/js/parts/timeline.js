/**
 * Progress on one action, newest first: updates, changes of status, moved dates.
 */
import { html, useState } from '../core.js';
import { request } from '../api.js';
import { plan } from '../store.js';
import { timelineOf } from '../rules/timeline.js';
import { CORRECT, HISTORY, STATUS_WORDS, corrected, londonDay, longDay, lower, printedWhen, ratingWord } from '../words.js';
import { Behind, Glyph, Linked, Shape } from './bits.js';

/** @typedef {import('../types.js').Update} Update */

const FOLD_AFTER = 10;

const Change = ({ change }) => html`<p class="meta">Status changed from ${lower(STATUS_WORDS[change.from])} to <b>${
  STATUS_WORDS[change.to]}</b></p>`;

/** Whether the lead officer has seen it. */
function Seen({ update }) {
  const seen = update.acknowledgement;
  if (!seen) return null;
  if (seen.state === 'waiting') return html`<p class="meta">Not yet acknowledged by the lead officer</p>`;
  const when = seen.at ? `, ${longDay(londonDay(seen.at))}` : '';
  if (seen.state === 'acknowledged') return html`<p class="meta">Acknowledged by ${seen.by}${when}</p>`;
  return html`<div class="meta returned"><p>Returned with a question by ${seen.by}${when}</p><p>${seen.question}</p></div>`;
}

/** That an administrator removed words of it, and why. */
const Removed = ({ update }) => update.redacted && html`<p class="meta removed">Words removed by an administrator, ${
  longDay(londonDay(update.redacted.at))}: ${update.redacted.reason}</p>`;

const Extra = ({ title, children }) => html`<p class="extra"><b>${title}</b> ${children}</p>`;

/** What is left of an update that was taken back. */
const Tombstone = ({ update, acts, onChanged }) => html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><div>
  <p class="byline"><b>${update.author.name}</b> <time class="muted" datetime=${update.posted_at}>${longDay(londonDay(update.posted_at))}</time></p>
  <p class="meta">This update was withdrawn by ${update.withdrawn.by}, ${longDay(londonDay(update.withdrawn.at))}: ${update.withdrawn.reason}</p>
  <${Removed} update=${update} />${acts?.Redact && html`<${acts.Redact} update=${update} onChanged=${onChanged} />`}</div></li>`;

/** One update with what its reader may do about it. @param {any} props */
export function UpdateEntry({ update, change, acts, onChanged }) {
  const { Acknowledge, Redact } = acts ?? {};
  const moved = update.rating && update.rating !== update.previous_rating && update.previous_rating;
  return html`<li class="entry">${update.claim ? html`<span class="glyph hollow"><${Shape} value="B" /></span>` : html`<${Glyph} value=${update.rating} />`}
    <div><p class="byline"><b>${update.author.name}</b>${update.author.agency && html` <span class="muted">${update.author.agency}</span>`}
      <time datetime=${update.posted_at} class="muted">${longDay(londonDay(update.posted_at))}</time></p>
      <p class="words"><${Linked} text=${update.text} /></p>
      <${Removed} update=${update} />
      ${update.next_step && html`<${Extra} title="Next step:"><${Linked} text=${update.next_step} /><//>`}
      ${update.impact && html`<${Extra} title="Impact:"><${Linked} text=${update.impact} /><//>`}
      ${update.evidence.length > 0 && html`<${Extra} title="Evidence:">${update.evidence.map((one, index) => html`${index ? ', ' : ''}<a
        key=${one.url} class="address" href=${/^https?:\/\//.test(one.url) ? one.url : undefined} rel="noopener noreferrer">${one.title}</a>`)}<//>`}
      ${update.claim && html`<p class="meta">Says it is <b>delivered</b>; a second person confirms it</p>`}
      ${moved ? html`<p class="meta">Rating changed from ${ratingWord(plan.value, update.previous_rating)} to <b>${ratingWord(plan.value, update.rating)}</b></p>`
    : update.rating && html`<p class="meta">Rated ${lower(ratingWord(plan.value, update.rating))}</p>`}
      ${change && html`<${Change} change=${change} />`}
      ${update.via && html`<p class="meta">Via ${update.via}</p>`}
      ${update.entered_by && html`<p class="meta">Entered by ${update.entered_by} for ${update.author.name}</p>`}
      <${Seen} update=${update} />
      ${update.corrected_at && html`<${Behind} class="meta" load=${() => import('./wordings.js')} update=${update}
        title=${corrected(londonDay(update.corrected_at), (update.acknowledgement?.at ?? '9') < update.corrected_at)} />`}
      ${Acknowledge && update.acknowledgement?.state === 'waiting' && !update.mine && html`<${Acknowledge} update=${update} onChanged=${onChanged} />`}
      ${update.may_correct && html`<${Behind} class="act" title=${CORRECT} load=${() => import('./correct.js')} update=${update} onChanged=${onChanged} />`}
      ${acts && update.mine && html`<${Behind} class="act" title="Withdraw this update" load=${() => import('./withdraw.js')} update=${update} onChanged=${onChanged} />`}
      ${Redact && html`<${Redact} update=${update} onChanged=${onChanged} />`}
    </div></li>`;
}

/** A change without an update: it has a reason instead. */
const OtherEntry = ({ entry }) => html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><div>
  <p class="byline"><b>${(entry.change ?? entry.move).by}</b> <time class="muted" datetime=${entry.at}>${longDay(londonDay(entry.at))}</time></p>
  ${entry.change ? html`<${Change} change=${entry.change} />` : html`<p class="meta">Date moved from ${printedWhen(entry.before)} to <b>${
    printedWhen(entry.move)}</b></p>`}
  ${(entry.change ?? entry.move).reason && html`<p class="words">${(entry.change ?? entry.move).reason}</p>`}</div></li>`;

/**
 * @param {{action: import('../types.js').ActionDetail, state: string, latest: import('../types.js').LatestUpdate | null,
 *   retry: () => void, starts: {printed: string} | null | undefined, acts: {Acknowledge?: any, Redact?: any} | null,
 *   onChanged: () => void}} props `acts` is null where nothing can be done
 */
export function Timeline({ action, state, latest, retry, starts, acts, onChanged }) {
  const [older, setOlder] = useState(/** @type {Update[]} */ ([]));
  const [more, setMore] = useState(/** @type {string | null | undefined} */ (undefined));
  const [failed, setFailed] = useState(false);
  const next = more === undefined ? action.links?.updates : more;
  const known = new Set(action.updates.map((one) => one.id));
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
  const draw = (entry) => (entry.kind === 'update'
    ? html`<${entry.update.withdrawn ? Tombstone : UpdateEntry} key=${entry.update.id} update=${entry.update} change=${entry.change} acts=${acts}
        onChanged=${onChanged} />`
    : html`<${OtherEntry} key=${entry.kind + entry.at} entry=${entry} />`);
  const start = html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><p class="muted">${
    starts ? `${starts.printed}: the plan starts` : 'The plan starts'}</p></li>`;
  return html`<section class="progress" aria-labelledby="progress-title"><h2 id="progress-title">Progress</h2>
    ${state === 'failed' && html`<p role="status">The timeline could not be loaded. <button class="as-link" onClick=${retry}>Try again</button></p>`}
    ${state === 'failed' && latest && html`<ol role="list" class="timeline"><${UpdateEntry} update=${{ ...latest, evidence: [], acknowledgement: null }} /></ol>`}
    ${state === 'ready' && html`<ol role="list" class="timeline">${entries.slice(0, fold).map(draw)}${entries.length <= fold && !next && start}</ol>
      ${entries.length > fold && html`<details><summary>Show ${entries.length - fold} earlier</summary>
        <ol role="list" class="timeline">${entries.slice(fold).map(draw)}${!next && start}</ol></details>`}
      ${next && html`<p><button class="button is-second" onClick=${load}>Show earlier updates</button> ${failed && 'They could not be loaded.'}</p>`}`}
    ${action.may && html`<${Behind} class="act" title=${HISTORY} load=${() => import('./history.js')} action=${action} onChanged=${onChanged} />`}
  </section>`;
}

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
