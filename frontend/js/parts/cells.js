/**
 * What a list says of an action: by when, and how long ago somebody last said something.
 */
import { html } from '../core.js';
import { PAST_DATE, ago, londonDay, longDay, printedWhen, readingOf } from '../words.js';
import { NEVER, movedWords } from '../words/plan/lists.js';

/** By when, as printed; below it what that means now. @param {{action: import('../types.js').Action}} props */
export function ByWhen({ action }) {
  const when = action.by_when;
  const late = action.past_date;
  return html`
    <span class=${when.printed ? '' : 'muted'}>${printedWhen(when)}</span>
    ${late && html`<span class="late">${PAST_DATE}</span>`}
    ${!late && when.to && when.kind !== 'date' && html`<span class="muted small">${readingOf(when)}</span>`}
    ${when.moved.length > 1 && html`<span class="muted small">${movedWords(when)}</span>`}`;
}

/** How long ago somebody last said something. @param {{action: import('../types.js').Action, today: string, prefix?: string}} props */
export function LastUpdate({ action, today, prefix = '' }) {
  const last = action.latest_update;
  if (!last) return html`<span class="muted">${NEVER(prefix)}</span>`;
  const day = londonDay(last.posted_at);
  return html`<time datetime=${last.posted_at} title=${longDay(day)}>${prefix}${ago(day, today)}</time>`;
}
