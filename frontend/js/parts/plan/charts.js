/**
 * Charts that arrive after the first view: how ratings moved, and who reported when. Each with its words and its table.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { Glyph } from '../bits.js';
import { gridOf, labelsOf, lastOfMonth, levelOf, movementOf, pointsUntil, stackOf } from '../../rules/figures.js';
import { RATING_ORDER, londonDay, ratingWord, shortDay } from '../../words.js';
import * as words from '../../words/plan/charts.js';

/** The figures at an address below the plan's; read again when the plan is another. @param {import('../../types.js').Plan} shown @param {string} name */
function useFigures(shown, name) {
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [failed, setFailed] = useState(false);
  const read = async () => {
    try {
      const path = `/plans/${encodeURIComponent(shown.slug)}/${name}?to=${shown.as_of.slice(0, 7)}`;
      setFound((await request('GET', path)).data);
      setFailed(false);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      setFailed(true);
    }
  };
  useEffect(() => { read(); }, [shown.slug, shown.revision, shown.as_of]);
  return { found, failed, read };
}

/** How wide the chart may be, and how large its text is, in pixels; it is drawn anew when either changes. */
function useSize() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [size, setSize] = useState({ width: 0, rem: 16 });
  useLayoutEffect(() => {
    const place = /** @type {HTMLElement} */ (box.current);
    const measure = () => {
      const now = { width: Math.floor(place.clientWidth), rem: parseFloat(getComputedStyle(document.documentElement).fontSize) };
      setSize((old) => (old.width === now.width && old.rem === now.rem ? old : now));
    };
    const watcher = new ResizeObserver(measure);
    watcher.observe(place);
    measure();
    return () => watcher.disconnect();
  }, []);
  return { box, ...size };
}

/** What stands in the chart's place until its figures are there. @param {{failed: boolean, read: () => void}} props */
const Waiting = ({ failed, read }) => html`<p role="status" class="muted">${failed
  ? html`${words.FAILED} <button class="as-link" onClick=${read}>${words.AGAIN}</button>` : words.LOADING}</p>`;

/** @param {{label: string, children: any}} props */
const Figures = ({ label, children }) => html`<details class="figures"><summary>${words.FIGURES}</summary>
  <div class="scroller" role="region" aria-label=${words.figuresOf(label)} tabindex="0">${children}</div></details>`;

/** Every rating has a pattern of its own, so that it is told apart without its colour. */
const Patterns = () => html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
  ${Object.entries({ R: 'M-1 1l2-2M0 6l6-6M5 7l2-2', A: 'M1 1.5h1.5M4 4.5h1.5', B: 'M0 3h6' }).map(([letter, lines]) => html`
    <pattern key=${letter} id=${`pattern-${letter}`} width="6" height="6" patternUnits=${'userSpaceOnUse'}><path d=${lines} /></pattern>`)}
</defs></svg>`;

/** @param {{letter: string, [more: string]: any}} props */
const Segment = ({ letter, ...box }) => html`<rect class=${`fill-${letter}`} ...${box} />
  ${'RAB'.includes(letter) && html`<rect class="patterned" fill=${`url(#pattern-${letter})`} ...${box} />`}`;

/** @param {{points: import('../../types.js').Point[], width: number, rem: number, label: string}} props */
function Columns({ points, width, rem, label }) {
  const height = 10 * rem;
  const room = Math.max(Math.min(points.length, Math.floor(width / (1.3 * rem))), 1);
  const drawn = points.slice(-room);
  const step = Math.min(width / drawn.length, 3.5 * rem);
  const each = height / Math.max(1, ...drawn.map((point) => point.actions));
  /** @param {{letter: string, count: number, y: number, height: number}} part */
  const fits = (part) => part.height > rem * 0.85 && step - 3 > String(part.count).length * rem * 0.5;
  // A label needs the width of three letters; the last column always has one.
  const skip = Math.ceil((2.2 * rem) / step);
  /** @param {number} at */
  const isNamed = (at) => (drawn.length - 1 - at) % skip === 0;
  const years = drawn.filter((_, at) => isNamed(at));
  return html`<svg class=${step < 1.5 * rem ? 'columns is-tight' : 'columns'} role="img" aria-label=${label} width=${width} height=${height + 2.8 * rem}
    viewBox=${`0 0 ${width} ${height + 2.8 * rem}`}>${drawn.map((point, at) => {
    const x = at * step;
    const last = at === drawn.length - 1;
    const named = isNamed(at);
    return html`<g key=${point.on}>${stackOf(point.counts, RATING_ORDER, each, height).map((part) => html`
        <${Segment} key=${part.letter} letter=${part.letter} x=${x + 1} y=${part.y} width=${step - 3} height=${part.height} />
        ${fits(part) && html`<text class=${`on-${part.letter}`} x=${x + step / 2} y=${part.y + part.height / 2 + rem * 0.28}>${part.count}</text>`}`)}
      ${named && html`<text x=${x + step / 2} y=${height + rem * 1.1} class=${last ? 'is-now' : ''}>${last ? words.NOW : words.shortMonth(point.on)}</text>`}
      ${named && !last && years[0].on === point.on && html`<text x=${x + step / 2} y=${height + rem * 2.2}>${point.on.slice(0, 4)}</text>`}
      ${last && html`<text x=${x + step / 2} y=${height + rem * 2.2}>${point.on.slice(0, 4)}</text>`}</g>`;
  })}</svg>${drawn.length < points.length && html`<p class="muted small">${words.drawnOf(drawn.length, points.length)}</p>`}`;
}

/** @param {{title: string, children: any}} props */
const Section = ({ title, children }) => html`<section aria-labelledby=${`${title.slice(0, 3)}-title`}><h2 id=${`${title.slice(0, 3)}-title`}>${title}</h2>
  ${children}</section>`;

/** How ratings moved. @param {{shown: import('../../types.js').Plan, empty: boolean}} props `empty`: no month has ended since it began */
export const Movement = ({ shown, empty }) => html`<${Section} title=${words.MOVEMENT}>${empty
  ? html`<p class="muted">${words.noMovementYet(lastOfMonth(londonDay(shown.created_at)))}</p>` : html`<${MovementChart} shown=${shown} />`}<//>`;

/** Who reported when. @param {{shown: import('../../types.js').Plan, empty: boolean}} props `empty`: nobody ever did */
export const Activity = ({ shown, empty }) => html`<${Section} title=${words.ACTIVITY}>${empty
  ? html`<p class="muted">${words.NOBODY}</p>` : html`<${ActivityChart} shown=${shown} />`}<//>`;

/** Stacked columns at the ends of months. @param {{shown: import('../../types.js').Plan}} props */
function MovementChart({ shown }) {
  const { found, failed, read } = useFigures(shown, 'trend');
  const { box, width, rem } = useSize();
  const points = found ? pointsUntil(found.data, shown) : [];
  const said = words.movementWords(movementOf(points, RATING_ORDER), shown);
  const label = points.length ? `${words.movementLabel(points[0].on, shown.as_of)} ${said}` : '';
  return html`<div ref=${box} class="movement">${found ? html`<p class="said">${said}</p><${Patterns} />
    ${width > 0 && html`<${Columns} points=${points} width=${width} rem=${rem} label=${label} />`}
    <ul class="key" role="list">${RATING_ORDER.map((letter) => html`<li key=${letter}><svg width="18" height="18" aria-hidden="true" focusable="false">
      <${Segment} letter=${letter} x="1" y="1" width="16" height="16" /></svg>${ratingWord(shown, letter)}</li>`)}</ul>
    <${Figures} label=${words.MOVEMENT}><table class="agencies"><thead><tr><th scope="col">${words.DAY}</th>
      ${RATING_ORDER.map((letter) => html`<th key=${letter} scope="col" class="num"><${Glyph} value=${letter} /><span class="unseen">${ratingWord(shown, letter)}</span></th>`)}
      <th scope="col" class="num">${words.ALL}</th></tr></thead>
      <tbody>${points.map((point) => html`<tr key=${point.on}><th scope="row">${shortDay(point.on)}</th>
        ${RATING_ORDER.map((letter) => html`<td key=${letter} class="num">${point.counts[letter]}</td>`)}<td class="num">${point.actions}</td></tr>`)}</tbody></table><//>`
    : html`<${Waiting} failed=${failed} read=${read} />`}</div>`;
}

/** A grid of squares; where it is narrow the agencies stand above their rows, so that the months have all the width. @param {{grid: {months: string[], most: number, rows: {agency: string, counts: number[], all: number}[]}, width: number, rem: number, label: string}} props */
function Squares({ grid, width, rem, label }) {
  const narrow = width < 32 * rem;
  const names = narrow ? 0 : 12 * rem;
  const count = Math.max(Math.min(grid.months.length, Math.floor((width - names) / (1.55 * rem))), 1);
  const from = grid.months.length - count;
  const cell = Math.min((width - names) / count, 4 * rem);
  const square = Math.min(cell, 2.25 * rem);
  const row = narrow ? square + 1.5 * rem : square;
  const letters = Math.floor((narrow ? width : names) / (rem * 0.46));
  const top = 2.4 * rem;
  const height = top + row * grid.rows.length;
  /** @param {number} at */
  const middle = (at) => names + (at + 0.5) * cell;
  return html`<svg class="squares" role="img" aria-label=${label} width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
    ${labelsOf(grid.months.slice(from), Math.ceil((2.2 * rem) / cell)).map(({ at, month, year }) => html`<g key=${month}>
      ${year && html`<text x=${middle(at)} y=${rem * 0.85}>${year}</text>`}
      <text x=${middle(at)} y=${rem * 1.95}>${words.shortMonth(month)}</text></g>`)}
    ${grid.rows.map((one, down) => {
    const floor = top + (down + 1) * row;
    return html`<g key=${one.agency}>
      <text class="name" x="0" y=${narrow ? floor - square - rem * 0.3 : floor - square / 2 + rem * 0.28}>${cut(words.agencyWord(one.agency), letters)}</text>
      ${one.counts.slice(from).map((updates, at) => html`<g key=${at}><rect class=${`level-${levelOf(updates, grid.most)}`}
        x=${names + at * cell + 1.5} y=${floor - square + 1.5} width=${cell - 3} height=${square - 3} rx="3" />
        ${updates > 0 && html`<text class=${`on-level-${levelOf(updates, grid.most)}`} x=${middle(at)}
          y=${floor - square / 2 + rem * 0.28}>${updates}</text>`}</g>`)}</g>`;
  })}</svg>
    ${from > 0 && html`<p class="muted small">${words.drawnOf(count, grid.months.length)}</p>`}`;
}

/** @param {string} name @param {number} letters */
const cut = (name, letters) => (name.length > letters ? `${name.slice(0, letters - 1).trim()}…` : name);

/** A grid of squares with numbers. @param {{shown: import('../../types.js').Plan}} props */
function ActivityChart({ shown }) {
  const { found, failed, read } = useFigures(shown, 'activity');
  const { box, width, rem } = useSize();
  const grid = found ? gridOf(found) : null;
  return html`<div ref=${box} class="activity">${!grid ? html`<${Waiting} failed=${failed} read=${read} />`
    : !grid.rows.length ? html`<p class="muted">${words.NOBODY_LATELY}</p>`
      : html`<p class="said">${words.activityWords(grid)}</p>
    ${width > 0 && html`<${Squares} grid=${grid} width=${width} rem=${rem} label=${`${words.ACTIVITY}. ${words.activityWords(grid)}`} />`}
    <${Figures} label=${words.ACTIVITY}><table class="agencies"><thead><tr><th scope="col">${words.AGENCY}</th>
      ${grid.months.map((month) => html`<th key=${month} scope="col" class="num"><span aria-hidden="true">${words.shortMonth(month)}</span><span class="unseen">${words.longMonth(month)}</span></th>`)}
      <th scope="col" class="num">${words.ALL}</th></tr></thead>
      <tbody>${grid.rows.map((row) => html`<tr key=${row.agency}><th scope="row">${words.agencyWord(row.agency)}</th>
        ${row.counts.map((updates, at) => html`<td key=${at} class=${updates ? 'num' : 'num muted'}>${updates}</td>`)}<td class="num"><b>${row.all}</b></td></tr>`)}</tbody></table><//>`}</div>`;
}
