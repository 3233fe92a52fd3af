/**
 * People of the directory: find them, add one. A person's own page, the handover and the data about them are fetched when opened.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Empty, H1 } from '../../parts/bits.js';
import { Trouble, useRead } from '../../parts/directory.js';
import { navigate, route, to } from '../../router.js';
import { longDay, plural } from '../../words.js';

/** What stands behind /admin/people/{id}/…. @type {Record<string, () => Promise<any>>} */
const PARTS = {
  '': () => import('./person.js'),
  handover: () => import('./handover.js'),
  data: () => import('./person-data.js'),
};

/** The screen at "/admin/people" and below it. @param {{id: string}} props */
export default function People({ id }) {
  const [, , part = ''] = route.value.number.split('/');
  if (!id) return html`<${List} />`;
  return html`<${Part} load=${PARTS[part]} id=${id} />`;
}

function Part({ load, id }) {
  const [Screen, setScreen] = useState(/** @type {any} */ (null));
  useEffect(() => { load?.().then((module) => setScreen(() => module.default), () => setScreen(() => Failed)); }, []);
  if (!load) return html`<${H1} title="Not found">There is no such page<//><p><a href=${to(`/admin/people/${id}`)}>See this person</a></p>`;
  return Screen ? html`<${Screen} id=${id} />` : html`<p role="status">Opening…</p>`;
}

const Failed = () => html`<${H1} title="Not opened">This page could not be opened<//><p>The server did not answer.
  <button class="as-link" onClick=${() => location.reload()}>Try again</button></p>`;

/** The address of the list with these filters. */
const listed = (filters) => {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  return `/people?${new URLSearchParams({ limit: '200', ...Object.fromEntries(query) })}`;
};

function List() {
  const query = route.value.query;
  const filters = { q: (query.get('q') ?? '').trim(), agency: query.get('agency') ?? '', left: query.get('left') ?? '' };
  const people = useRead(listed(filters));
  const agencies = useRead('/agencies?limit=200');
  const show = (part) => {
    // As the address says now: what was typed waits a little, and another filter may have been chosen meanwhile.
    const next = new URLSearchParams(route.value.query);
    Object.entries(part).forEach(([name, value]) => (value ? next.set(name, value) : next.delete(name)));
    navigate(to(`/admin/people${next.size ? `?${next}` : ''}`), { replace: true });
  };
  const used = Object.values(filters).some(Boolean);
  const rows = people.data?.data ?? [];
  const more = people.data?.links.next;
  const said = people.data ? `${plural(rows.length, 'person', 'people')}${more ? ', and more' : ''}` : '';
  return html`<div class="title-line"><${H1} title="People">People<//><p role="status" class="muted">${said}</p>
    <a class="button" href=${to('/admin/people/new')}>Add a person</a></div>
    <form class="admin-bar" role="search" aria-label="Find people" onSubmit=${(event) => event.preventDefault()}>
      <${Search} value=${filters.q} onSearch=${(q) => show({ q })} />
      <${Pick} id="agency" label="Agency" value=${filters.agency} onPick=${(agency) => show({ agency })}
        choices=${[['', 'All'], ...(agencies.data?.data ?? []).map((one) => [one.id, one.short_name]), ['none', 'Not stated in the plan']]} />
      <${Pick} id="left" label="Show" value=${filters.left} onPick=${(left) => show({ left })}
        choices=${[['', 'Everybody'], ['false', 'Those who are there'], ['true', 'Those who left']]} /></form>
    ${!people.data ? html`<${Trouble} problem=${people.problem} again=${people.again} />`
    : rows.length ? html`<${Table} people=${rows} />`
    : html`<${Empty} title=${used ? 'Nobody matches' : 'There is nobody yet'}>${used ? html`<a href=${to('/admin/people')}>Show everybody</a>`
      : html`<a href=${to('/admin/people/new')}>Add a person</a>, or load a plan.`}<//>`}
    ${people.data && people.problem && html`<p class="wrong" role="alert">The rest did not arrive. Try again in a moment.</p>`}
    ${more && html`<p><button class="button is-second" onClick=${people.more}>Show more</button></p>`}`;
}

const Pick = ({ id, label, value, choices, onPick }) => html`<div class="field"><label for=${id}>${label}</label>
  <select id=${id} onChange=${(event) => onPick(event.target.value)}>${choices.map(([key, words]) => html`
    <option key=${key} value=${key} selected=${key === value}>${words}</option>`)}</select></div>`;

/** Typing waits a little, so that not every letter is asked for. */
function Search({ value, onSearch }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(/** @type {any} */ (0));
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => { if (value !== typed.trim()) setTyped(value); }, [value]);
  const type = (event) => {
    const text = event.target.value;
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), 250);
  };
  return html`<div class="field"><label for="q">Name</label>
    <input id="q" type="search" value=${typed} onInput=${type} maxlength="200" autocomplete="off" enterkeyhint="search" /></div>`;
}

/** Explicit roles, because the phone's layout would undo the table. */
const Table = ({ people }) => html`<table class="rows" role="table" aria-label="People">
  <thead role="rowgroup"><tr role="row">${['Name', 'Post', 'Agency', 'E-mail'].map((words) => html`
    <th key=${words} role="columnheader" scope="col">${words}</th>`)}</tr></thead>
  <tbody role="rowgroup">${people.map((one) => html`<tr key=${one.id} role="row">
    <th role="rowheader" scope="row"><a href=${to(`/admin/people/${one.id}`)}>${one.name}</a>
      ${one.left_on && html`<span class="muted small left-on">Left on ${longDay(one.left_on)}</span>`}
      ${one.aliases.length > 0 && html`<span class="muted small left-on">Also ${one.aliases.join(', ')}</span>`}</th>
    <td role="cell" data-label="Post" class=${one.post ? '' : 'is-none'}>${one.post ?? html`<span class="muted">Not stated</span>`}</td>
    <td role="cell" data-label="Agency">${one.agency?.short_name ?? html`<span class="muted">Not stated in the plan</span>`}</td>
    <td role="cell" data-label="E-mail" class=${one.email ? '' : 'is-none'}>${one.email ?? html`<span class="muted">None</span>`}</td></tr>`)}</tbody></table>`;
