/**
 * Agencies of the directory and what became of them; below them the named groups. An agency's own page is fetched when opened.
 */
import { html, useEffect, useState } from '../../core.js';
import { Empty, H1 } from '../../parts/bits.js';
import { Trouble, useRead } from '../../parts/directory.js';
import { to } from '../../router.js';
import { longDay } from '../../words.js';
import Groups from './groups.js';

/** @type {Record<string, string>} */
export const KIND_WORDS = {
  council: 'Council', health: 'Health', police: 'Police', education: 'Education', probation: 'Probation',
  voluntary: 'Voluntary sector', partnership: 'Partnership', other: 'Other',
};

/** The screen at "/admin/agencies" and below it. @param {{id: string}} props */
export default function Agencies({ id }) {
  const [Page, setPage] = useState(/** @type {any} */ (null));
  useEffect(() => { if (id) import('./agency.js').then((module) => setPage(() => module.default), () => setPage(() => Failed)); }, []);
  if (!id) return html`<${List} />`;
  return Page ? html`<${Page} id=${id} />` : html`<p role="status">Opening…</p>`;
}

const Failed = () => html`<${H1} title="Not opened">This page could not be opened<//><p>The server did not answer.
  <button class="as-link" onClick=${() => location.reload()}>Try again</button></p>`;

function List() {
  const found = useRead('/agencies?limit=200');
  const agencies = found.data?.data ?? [];
  return html`<div class="title-line"><${H1} title="Agencies and groups">Agencies and groups<//>
    <a class="button" href=${to('/admin/agencies/new')}>Add an agency</a></div>
    <section aria-labelledby="agencies-title"><h2 id="agencies-title">Agencies</h2>
    ${!found.data ? html`<${Trouble} problem=${found.problem} again=${found.again} />`
    : agencies.length ? html`<${Table} agencies=${agencies} />`
    : html`<${Empty} title="There is no agency yet"><a href=${to('/admin/agencies/new')}>Add an agency</a>, or load a plan.<//>`}
    ${found.data?.links.next && html`<p><button class="button is-second" onClick=${found.more}>Show more</button></p>`}</section>
    <${Groups} />`;
}

/** Explicit roles, because the phone's layout would undo the table. */
const Table = ({ agencies }) => html`<table class="rows" role="table" aria-label="Agencies">
  <thead role="rowgroup"><tr role="row">${['Name', 'Short name', 'Kind', 'Part of', 'What became of it'].map((words) => html`
    <th key=${words} role="columnheader" scope="col">${words}</th>`)}</tr></thead>
  <tbody role="rowgroup">${agencies.map((one) => html`<tr key=${one.id} role="row">
    <th role="rowheader" scope="row"><a href=${to(`/admin/agencies/${one.id}`)}>${one.name}</a>
      ${one.aliases.length > 0 && html`<span class="muted small left-on">Also ${one.aliases.join(', ')}</span>`}</th>
    <td role="cell" data-label="Short name">${one.short_name}</td>
    <td role="cell" data-label="Kind" class=${one.kind ? '' : 'is-none'}>${KIND_WORDS[one.kind] ?? html`<span class="muted">Not stated</span>`}</td>
    <td role="cell" data-label="Part of" class=${one.parent ? '' : 'is-none'}>${one.parent?.short_name ?? html`<span class="muted">None</span>`}</td>
    <td role="cell" data-label="What became of it"><${Became} agency=${one} /></td></tr>`)}</tbody></table>`;

/** What an agency became, in words. @param {{agency: any}} props */
export const Became = ({ agency }) => {
  if (!agency.ended_on) return html`<span class="muted">Still there</span>`;
  if (!agency.succeeded_by) return `Ended on ${longDay(agency.ended_on)}`;
  return html`<a href=${to(`/admin/agencies/${agency.succeeded_by.id}`)}>${agency.succeeded_by.short_name}</a> on ${longDay(agency.ended_on)}`;
};
