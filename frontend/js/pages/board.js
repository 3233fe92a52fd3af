/**
 * Board view: the whole plan on one screen of a projector, and a walk through its actions by keyboard.
 */
import { html, signal, useEffect, useRef } from '../core.js';
import { tally, tallyWords } from '../parts/plan/rating.js';
import { plan } from '../store.js';
import { navigate, to } from '../router.js';
import { stepOf } from '../rules/walk.js';
import { firstWords, londonDay, printedWhen, ratingWord, shortDay } from '../words.js';
import * as words from '../words/plan/overview.js';
import Overview, { LeadLine, Masthead, Strip, Summary, delivered } from './overview.js';

const WIDE = matchMedia('print, (min-width: 1088px)');
const wide = signal(WIDE.matches);
WIDE.addEventListener('change', () => { wide.value = WIDE.matches; });

/** The number of the action whose square has the focus or the pointer. */
const at = signal('');

/** @param {{objective: import('../types.js').Objective}} props */
const Row = ({ objective }) => html`<li class="objective">
  <span class="big-number" aria-hidden="true">${objective.number}</span>
  <div class="objective-text"><h3><a class="quiet" href=${to(`/actions?objective=${objective.number}`)}><span class="unseen">${
  words.objective(objective.number)}</span>${objective.short_title ?? firstWords(objective.text, 90)}</a></h3>
    <${LeadLine} lead=${objective.lead} /></div>
  <div class="objective-strip"><${Strip} actions=${objective.actions} />
    <p class="muted small">${tallyWords(tally(objective.actions))}${delivered(objective)}</p></div></li>`;

/** What the square is about. Its link says number and rating, so a screen reader is told only the rest. @param {{shown: import('../types.js').Plan}} props */
function Foot({ shown }) {
  const action = shown.objectives.flatMap((objective) => objective.actions).find((one) => one.number === at.value);
  if (!action) return html`<p class="board-foot muted">${words.WALK}</p>`;
  const last = action.latest_update;
  return html`<div class="board-foot" role="status"><span class="number" aria-hidden="true">${action.number}</span>
    <div><p class="board-words">${action.text}</p>
      <p class="board-facts"><span aria-hidden="true"><b>${ratingWord(shown, action.rating.value)}</b></span>
        <span>${words.BY_WHEN} <b>${printedWhen(action.by_when)}</b></span>
        <span class="board-last">${last ? html`${last.author.name}, ${shortDay(londonDay(last.posted_at))}: ${last.text}` : words.NO_UPDATE}</span></p></div></div>`;
}

/** Arrow keys go to the next square, or to the nearest in the row above or below. @param {any} event */
function walk(event) {
  if (event.key === 'Escape') navigate(to('/'));
  const rows = [...document.querySelectorAll('.board .strip')].map((strip) => /** @type {HTMLElement[]} */ ([...strip.querySelectorAll('.square')]));
  const row = rows.findIndex((squares) => squares.includes(event.target));
  if (row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = stepOf(rows.map((squares) => squares.length), row, rows[row].indexOf(event.target), event.key);
  if (!next) return;
  event.preventDefault();
  rows[next[0]][next[1]].focus();
}

/** @param {{target: Element}} event */
const squareOf = (event) => /** @type {HTMLElement | null} */ (event.target.closest?.('.square'))?.querySelector('span')?.textContent ?? '';

/** @param {{shown: import('../types.js').Plan}} props */
function Board({ shown }) {
  const rows = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    addEventListener('keydown', walk);
    return () => { removeEventListener('keydown', walk); at.value = ''; };
  }, []);
  /** @param {{target: Element}} event */
  const look = (event) => { at.value = squareOf(event); };
  /** Whatever the pointer leaves, what has the focus is told. */
  const leave = () => { at.value = document.activeElement ? squareOf({ target: document.activeElement }) : ''; };
  return html`<div class="board"><${Masthead} shown=${shown} board=${true} /><${Summary} shown=${shown} board=${true} />
    <h2 class="unseen">${words.OBJECTIVES}</h2>
    <ol class="objectives" role="list" ref=${rows} onFocusIn=${look} onFocusOut=${leave} onMouseOver=${look} onMouseLeave=${leave}>${shown.objectives.map((objective) => html`
      <${Row} key=${objective.id} objective=${objective} />`)}</ol><${Foot} shown=${shown} /></div>`;
}

/** The page at "/?view=board"; in a small window and without actions it is the overview. */
export default function BoardPage() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  return wide.value && shown.counts.actions ? html`<${Board} shown=${shown} />` : html`<${Overview} />`;
}
