/**
 * Every update of a plan, for the report: read page by page, told under its action, newest first.
 */
import { html } from '../../core.js';
import { request } from '../../api.js';
import { plan } from '../../store.js';
import { Linked } from '../bits.js';
import { londonDay, lower, ratingWord, shortDay } from '../../words.js';
import { CORRECTED, DELIVERED, ENTERED, EVIDENCE, FROM_TO, IMPACT, NEXT_STEP, RATED, WITHDRAWN } from '../../words/plan/report.js';

/** @typedef {import('../../types.js').Update} Update */

/**
 * @param {string} slug
 * @param {string} day a past day; empty is now
 * @returns {Promise<Map<string, Update[]>>} by the id of the action
 */
export async function readAll(slug, day) {
  /** @type {Map<string, Update[]>} */
  const found = new Map();
  let path = `/plans/${encodeURIComponent(slug)}/updates?limit=200${day && `&as_at=${day}`}`;
  while (path) {
    const { data } = await request('GET', path);
    for (const one of data.data) found.set(one.action, [...(found.get(one.action) ?? []), one]);
    path = data.links.next;
  }
  return found;
}

/** @param {string} moment */
const day = (moment) => shortDay(londonDay(moment));

/** "Rating changed from On track to At risk", "Rated at risk". @param {Update} update */
function ratingOf(update) {
  if (!update.rating) return update.claim ? DELIVERED : '';
  const word = ratingWord(plan.value, update.rating);
  const said = update.previous_rating && update.previous_rating !== update.rating
    ? FROM_TO(ratingWord(plan.value, update.previous_rating), word) : RATED(lower(word));
  return update.claim ? `${said}. ${DELIVERED}` : said;
}

/** @param {{title: string, words: string}} props */
const Extra = ({ title, words }) => words && html`<p>${title} <${Linked} text=${words} /></p>`;

/** @param {{updates: Update[]}} props */
export const AllUpdates = ({ updates }) => html`<ul role="list" class="report-all">${updates.map((one) => html`<li key=${one.id}>
  <p class="report-by">${day(one.posted_at)}, ${one.author.name}${one.entered_by && ENTERED(one.entered_by)}${
  one.corrected_at && CORRECTED(day(one.corrected_at))}</p>
  ${one.withdrawn ? html`<p class="report-by">${WITHDRAWN(one.withdrawn.by, day(one.withdrawn.at), one.withdrawn.reason)}</p>`
    : html`<p class="words"><${Linked} text=${one.text} /></p><${Extra} title=${NEXT_STEP} words=${one.next_step} /><${Extra} title=${IMPACT}
      words=${one.impact} /><${Extra} title=${EVIDENCE} words=${one.evidence.map((each) => `${each.title}, ${each.url}`).join('; ')} />
      <p class="report-by">${ratingOf(one)}</p>`}</li>`)}</ul>`;
