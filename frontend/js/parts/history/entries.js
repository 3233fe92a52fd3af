/**
 * Entries of the history as sentences, newest first, by day; an undo beside those that can be undone.
 */
import { html, useEffect, useRef } from '../../core.js';
import { to } from '../../router.js';
import { runsOf, spanOf } from '../../rules/entries.js';
import { Behind } from '../bits.js';
import { ACTION, FAILED, LOADING, OLDER, TRY_AGAIN, UNDO, together } from '../../words/history/history.js';
import { clock, londonDay, longDay } from '../../words.js';

/** @typedef {import('../../rules/entries.js').Entry} Entry */

/** @param {{entry: Entry, onUndone: () => void}} props */
const Undo = ({ entry, onUndone }) => html`<${Behind} class="act" title=${html`${UNDO}<span class="unseen">: ${entry.sentence}</span>`}
  load=${() => import('./undo.js')} entry=${entry} onUndone=${onUndone} />`;

/** @param {{entry: Entry, numbered: boolean, onUndone: () => void}} props */
const Line = ({ entry, numbered, onUndone }) => html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><div>
  <p>${numbered && entry.action && entry.object.number && html`<a href=${to(`/actions/${entry.object.number}`)} aria-label=${ACTION(entry.object.number)}><b>${
  entry.object.number}</b></a> `}${entry.sentence}</p>
  <p class="meta"><time datetime=${entry.at}>${clock(entry.at)}</time></p>
  ${entry.undoable && html`<div class="acknowledge"><${Undo} entry=${entry} onUndone=${onUndone} /></div>`}</div></li>`;

/** What was added in one go is one line, the single ones one tap away. @param {{run: Entry[], numbered: boolean, onUndone: () => void}} props */
function Run({ run, numbered, onUndone }) {
  const lines = run.map((entry) => html`<${Line} key=${entry.id} entry=${entry} numbered=${numbered} onUndone=${onUndone} />`);
  if (run.length === 1) return lines[0];
  const [{ by, object, at }] = run;
  return html`<li class="entry is-plain"><span class="dot" aria-hidden="true"></span><div><details class="run">
    <summary>${together(by, object.type, run.length, spanOf(run))}</summary><ol role="list" class="timeline">${lines}</ol></details>
    <p class="meta"><time datetime=${at}>${clock(at)}</time></p></div></li>`;
}

/** @param {Entry[]} rows newest first */
function byDay(rows) {
  /** @type {Map<string, Entry[]>} */
  const days = new Map();
  for (const row of rows) days.set(londonDay(row.at), [...(days.get(londonDay(row.at)) ?? []), row]);
  return [...days];
}

/**
 * The list and what stands below it.
 * @param {{list: ReturnType<typeof import('../paged.js').usePaged>, rows: Entry[], level: 'h2' | 'h3', numbered?: boolean, more: boolean,
 *   end: string, onChanged: () => void}} props `more`: whether older ones may be asked for, `end` is said when there are none
 */
export function Entries({ list, rows, level, numbered = false, more, end, onChanged }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const undone = useRef(false);
  // What was undone has no button any more, so the focus goes to the list, which now begins with the undo.
  useEffect(() => {
    if (!undone.current || list.state !== 'ready') return;
    undone.current = false;
    place.current?.focus();
  }, [list.rows, list.state]);
  const again = () => {
    undone.current = true;
    list.again();
    onChanged();
  };
  const busy = list.state === 'loading';
  return html`<div ref=${place} tabindex="-1" class="entries narrow">${byDay(rows).map(([day, some]) => html`<section key=${day} class="narrow">
      <${level}>${longDay(day)}<//><ol role="list" class="timeline">${runsOf(some).map((run) => html`
        <${Run} key=${run[0].id} run=${run} numbered=${numbered} onUndone=${again} />`)}</ol></section>`)}
    ${list.state === 'failed' ? html`<div class="box is-error" role="alert"><p>${FAILED(list.problem)}</p>
      <p><button type="button" class="button is-second" onClick=${list.more}>${TRY_AGAIN}</button></p></div>`
    : more ? html`<p><button type="button" class="button is-second" aria-disabled=${busy ? 'true' : undefined}
      onClick=${() => busy || list.more()}>${busy ? LOADING : OLDER}</button></p>`
    : html`<p class="muted" role="status">${busy ? LOADING : end}</p>`}</div>`;
}
