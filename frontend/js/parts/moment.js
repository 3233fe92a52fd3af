/**
 * A moment, to the minute in plain words and to the second in full; both in London time.
 */
import { html } from '../core.js';
import { clock, londonDay, shortDay } from '../words.js';
import * as words from '../words/admin/lists.js';

const DAY = 86_400_000;

/**
 * "Today, 10:42", "Yesterday, 09:10", "12 Mar 2026, 09:14".
 * @param {string} moment RFC 3339
 * @param {string} today YYYY-MM-DD, from the server
 * @returns {string}
 */
export function plainTime(moment, today) {
  const day = londonDay(moment);
  const before = new Date(Date.parse(`${today}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
  const time = clock(moment);
  if (day === today) return words.today(time);
  return day === before ? words.yesterday(time) : words.onDay(shortDay(day), time);
}

/**
 * @param {{at: string, today: string}} props
 */
export const Moment = ({ at, today }) => html`<time datetime=${at} title=${at}>${plainTime(at, today)}
  <span class="exact">${words.onDay(shortDay(londonDay(at)), words.toTheSecond(at))}</span></time>`;
