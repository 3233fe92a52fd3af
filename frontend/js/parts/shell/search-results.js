/**
 * What a search finds, as a list of links in groups; for the dialog and for the page.
 */
import { html, useEffect, useState } from '../../core.js';
import { request } from '../../api.js';
import { me, plan } from '../../store.js';
import { to } from '../../router.js';
import { grouped, pagesAs, search, thingsOf } from '../../rules/search.js';
import * as words from '../../words/shell/search.js';

/** @typedef {import('../../rules/search.js').Found} Found */
/** @typedef {{groups: {kind: string, found: Found[]}[], count: number, busy: boolean}} Answer */

/** Beyond this many actions the server looks for them: it has the index, a phone has not. */
const MANY = 300;
const WAIT = 250;

const WORDS = { action: words.KINDS.action, objective: words.objective, whom: words.SAYS_WHOM, latest: words.SAYS_LATEST };

/**
 * What matches; the page's own memory answers at once, the server where the plan is large.
 * @param {string} q
 * @returns {Answer}
 */
export function useSearch(q) {
  const [theirs, setTheirs] = useState(/** @type {{q: string, ids: Set<string>} | null} */ (null));
  const shown = /** @type {import('../../types.js').Plan} */ (plan.value);
  const many = shown.counts.actions > MANY && q.trim() !== '';
  useEffect(() => {
    if (!many) return undefined;
    let wanted = true;
    const timer = setTimeout(() => request('GET', `/plans/${encodeURIComponent(shown.slug)}/actions?limit=200&fields=id&q=${encodeURIComponent(q.trim())}`)
      .then(({ data }) => { if (wanted) setTheirs({ q, ids: new Set(data.data.map((/** @type {{id: string}} */ one) => one.id)) }); }, () => undefined), WAIT);
    return () => { wanted = false; clearTimeout(timer); };
  }, [q, many]);
  const pages = pagesAs(me.value?.account.role === 'admin' ? [...words.PAGES, ...words.MANAGE] : words.PAGES);
  const answered = many && theirs?.q === q ? theirs.ids : null;
  const things = [...thingsOf(shown, WORDS), ...pages].filter((thing) => !answered || thing.kind !== 'action' || answered.has(thing.id)
    || thing.number === q.trim());
  const found = search(things, q);
  return { groups: grouped(found), count: found.length, busy: many && !answered };
}

/** @param {{pieces: import('../../rules/search.js').Marked}} props */
const Marks = ({ pieces }) => pieces.map((piece, index) => (piece.hit ? html`<mark key=${index}>${piece.text}</mark>` : piece.text));

/** @param {{one: import('../../rules/search.js').Found}} props */
const Line = ({ one }) => html`<li><a class="found" href=${to(one.path)}>${one.number && html`<span class="number">${one.number}</span> `}<span><${
  Marks} pieces=${one.title} />${one.more.map((fact) => html`<span class="found-more muted small" key=${fact.said}>${fact.said}<${Marks} pieces=${fact.text} /></span>`)}</span></a></li>`;

/**
 * @param {{answer: Answer, q: string, most?: number, level?: string}} props `most`: how many of each group; the rest are on the page
 */
export const Results = ({ answer, q, most = Infinity, level = 'h2' }) => html`${answer.groups.map(({ kind, found }) => html`<section key=${kind} aria-labelledby=${`found-${kind}`}>
  <${level} id=${`found-${kind}`}>${words.KINDS[kind]} <span class="count">${found.length}</span><//>
  <ul role="list" class="found-list">${found.slice(0, most).map((one) => html`<${Line} key=${one.id} one=${one} />`)}
    ${found.length > most && html`<li><a class="found" href=${to(`/search?q=${encodeURIComponent(q.trim())}`)}>${words.more(found.length - most, words.KINDS[kind])}</a></li>`}</ul></section>`)}`;

/** @param {{answer: Answer, q: string}} props How many, announced; before anything is typed nothing is said. */
export const Said = ({ answer, q }) => html`<p role="status" class="muted small">${q.trim() && (answer.busy ? words.BUSY : words.found(answer.count, q.trim()))}</p>`;

/**
 * Arrows go through the field and the links; everything else is left to the browser.
 * @param {KeyboardEvent} event on whatever holds the field and the links
 */
export function byArrows(event) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const held = /** @type {HTMLElement} */ (event.currentTarget);
  const stops = /** @type {HTMLElement[]} */ ([held.querySelector('input'), ...held.querySelectorAll('a.found')]);
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (at < 0) return;
  event.preventDefault();
  stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))].focus();
}

/** The first result, opened by Enter in the field. @param {KeyboardEvent | Event} event */
export function openFirst(event) {
  event.preventDefault();
  const form = /** @type {HTMLElement} */ (event.currentTarget);
  /** @type {HTMLAnchorElement | null | undefined} */ (form.parentElement?.querySelector('a.found'))?.click();
}
