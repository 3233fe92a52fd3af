/**
 * Agencies of the directory and what became of them; below them the named groups. An agency's own page is fetched when opened.
 */
import { html, useEffect, useState } from '../../core.js';
import { Empty, H1 } from '../../parts/bits.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { to } from '../../router.js';
import { OPENING } from '../../words.js';
import * as words from '../../words/admin/agencies.js';
import { Failed } from '../../parts/failed.js';
import Groups from './groups.js';

/** The screen at "/admin/agencies" and below it. @param {{id: string}} props */
export default function Agencies({ id }) {
  const [Page, setPage] = useState(/** @type {any} */ (null));
  useEffect(() => { if (id) import('./agency.js').then((module) => setPage(() => module.default), () => setPage(() => Failed)); }, []);
  if (!id) return html`<${List} />`;
  return Page ? html`<${Page} id=${id} />` : html`<p role="status">${OPENING}</p>`;
}

function List() {
  const found = useRead('/agencies?limit=200');
  const agencies = found.data?.data ?? [];
  return html`<div class="title-line"><${H1} title=${words.TITLE}>${words.TITLE}<//>
    <a class="button" href=${to('/admin/agencies/new')}>${words.ADD}</a></div>
    <section aria-labelledby="agencies-title"><h2 id="agencies-title">${words.AGENCIES}</h2>
    ${!found.data ? html`<${Trouble} problem=${found.problem} again=${found.again} />`
    : agencies.length ? html`<${Table} agencies=${agencies} />`
    : html`<${Empty} title=${words.EMPTY}>${words.addOrLoad(to('/admin/agencies/new'))}<//>`}
    ${found.data?.links.next && html`<p><button class="button is-second" onClick=${found.more}>${words.SHOW_MORE}</button></p>`}</section>
    <${Groups} />`;
}

/** Explicit roles, because the phone's layout would undo the table. @param {{agencies: import('../../types.js').Agency[]}} props */
const Table = ({ agencies }) => html`<table class="rows" role="table" aria-label=${words.AGENCIES}>
  <thead role="rowgroup"><tr role="row">${Object.values(words.COLUMNS).map((title) => html`
    <th key=${title} role="columnheader" scope="col">${title}</th>`)}</tr></thead>
  <tbody role="rowgroup">${agencies.map((one) => html`<tr key=${one.id} role="row">
    <th role="rowheader" scope="row"><a href=${to(`/admin/agencies/${one.id}`)}>${one.name}</a>
      ${one.aliases.length > 0 && html`<span class="muted small left-on">${words.also(one.aliases)}</span>`}</th>
    <td role="cell" data-label=${words.COLUMNS.short}>${one.short_name}</td>
    <td role="cell" data-label=${words.COLUMNS.kind} class=${one.kind ? '' : 'is-none'}>${words.KIND_WORDS[one.kind ?? ''] ?? html`<span class="muted">${words.NO_KIND}</span>`}</td>
    <td role="cell" data-label=${words.COLUMNS.parent} class=${one.parent ? '' : 'is-none'}>${one.parent?.short_name ?? html`<span class="muted">${words.NO_PARENT}</span>`}</td>
    <td role="cell" data-label=${words.COLUMNS.became}><${Became} agency=${one} /></td></tr>`)}</tbody></table>`;

/** What an agency became, in words. @param {{agency: any}} props */
const Became = ({ agency }) => {
  if (!agency.ended_on) return html`<span class="muted">${words.STILL_THERE}</span>`;
  if (!agency.succeeded_by) return words.endedOn(agency.ended_on);
  return words.becameOn(to(`/admin/agencies/${agency.succeeded_by.id}`), agency.succeeded_by.short_name, agency.ended_on);
};
