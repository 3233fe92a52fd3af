/**
 * People of the directory: find them, add one. A person's own page, the handover and the data about them are fetched when opened.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Empty, H1 } from '../../parts/bits.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { navigate, route, to } from '../../router.js';
import { OPENING } from '../../words.js';
import * as words from '../../words/admin/people.js';
import { NOT_FOUND, NOT_FOUND_TITLE } from '../../words/admin.js';
import { Failed } from '../../parts/failed.js';

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
  return html`<${Part} load=${Object.hasOwn(PARTS, part) ? PARTS[part] : undefined} id=${id} />`;
}

/** @param {{load: (() => Promise<any>) | undefined, id: string}} props */
function Part({ load, id }) {
  const [Screen, setScreen] = useState(/** @type {any} */ (null));
  useEffect(() => { load?.().then((module) => setScreen(() => module.default), () => setScreen(() => Failed)); }, []);
  if (!load) return html`<${H1} title=${NOT_FOUND_TITLE}>${NOT_FOUND}<//><p><a href=${to(`/admin/people/${id}`)}>${words.SEE_PERSON}</a></p>`;
  return Screen ? html`<${Screen} id=${id} />` : html`<p role="status">${OPENING}</p>`;
}

/** The address of the list with these filters. @param {Record<string, string>} filters */
const listed = (filters) => {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  return `/people?${new URLSearchParams({ limit: '200', ...Object.fromEntries(query) })}`;
};

function List() {
  const query = route.value.query;
  const filters = { q: (query.get('q') ?? '').trim(), agency: query.get('agency') ?? '', left: query.get('left') ?? '' };
  const people = useRead(listed(filters));
  const agencies = useRead('/agencies?limit=200');
  /** @param {Record<string, string>} part */
  const show = (part) => {
    // As the address says now: what was typed waits a little, and another filter may have been chosen meanwhile.
    const next = new URLSearchParams(route.value.query);
    Object.entries(part).forEach(([name, value]) => (value ? next.set(name, value) : next.delete(name)));
    navigate(to(`/admin/people${next.size ? `?${next}` : ''}`), { replace: true });
  };
  const used = Object.values(filters).some(Boolean);
  const rows = people.data?.data ?? [];
  const more = people.data?.links.next;
  const said = people.data ? words.counted(rows.length, Boolean(more)) : '';
  return html`<div class="title-line"><${H1} title=${words.TITLE}>${words.TITLE}<//><p role="status" class="muted">${said}</p>
    <a class="button" href=${to('/admin/people/new')}>${words.ADD}</a></div>
    <form class="admin-bar" role="search" aria-label=${words.FIND} onSubmit=${(event) => event.preventDefault()}>
      <${Search} value=${filters.q} onSearch=${(q) => show({ q })} />
      <${Pick} id="agency" label=${words.COLUMNS.agency} value=${filters.agency} onPick=${(agency) => show({ agency })}
        choices=${[['', words.EVERY_AGENCY], ...(agencies.data?.data ?? []).map((/** @type {import('../../types.js').Agency} */ one) => [one.id, one.short_name]), ['none', words.NO_AGENCY]]} />
      <${Pick} id="left" label=${words.SHOW} value=${filters.left} onPick=${(left) => show({ left })}
        choices=${[['', words.EVERYBODY], ['false', words.THERE], ['true', words.LEFT]]} /></form>
    ${!people.data ? html`<${Trouble} problem=${people.problem} again=${people.again} />`
    : rows.length ? html`<${Table} people=${rows} />`
    : html`<${Empty} title=${used ? words.NO_MATCH : words.EMPTY}>${used ? html`<a href=${to('/admin/people')}>${words.SHOW_EVERYBODY}</a>`
      : words.addOrLoad(to('/admin/people/new'))}<//>`}
    ${people.data && people.problem && html`<p class="wrong" role="alert">${words.REST_MISSING}</p>`}
    ${more && html`<p><button class="button is-second" onClick=${people.more}>${words.SHOW_MORE}</button></p>`}`;
}

/** @param {{id: string, label: string, value: string, choices: [string, string][], onPick: (picked: string) => void}} props */
const Pick = ({ id, label, value, choices, onPick }) => html`<div class="field"><label for=${id}>${label}</label>
  <select id=${id} onChange=${(event) => onPick(event.target.value)}>${choices.map(([key, title]) => html`
    <option key=${key} value=${key} selected=${key === value}>${title}</option>`)}</select></div>`;

/** Typing waits a little, so that not every letter is asked for. @param {{value: string, onSearch: (words: string) => void}} props */
function Search({ value, onSearch }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(/** @type {any} */ (0));
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => { if (value !== typed.trim()) setTyped(value); }, [value]);
  /** @param {import('../../types.js').Typed} event */
  const type = (event) => {
    const text = event.target.value;
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), 250);
  };
  return html`<div class="field"><label for="q">${words.COLUMNS.name}</label>
    <input id="q" type="search" value=${typed} onInput=${type} maxlength="200" autocomplete="off" enterkeyhint="search" /></div>`;
}

/** Explicit roles, because the phone's layout would undo the table. @param {{people: import('../../types.js').Person[]}} props */
const Table = ({ people }) => html`<table class="rows" role="table" aria-label=${words.TITLE}>
  <thead role="rowgroup"><tr role="row">${Object.values(words.COLUMNS).map((title) => html`
    <th key=${title} role="columnheader" scope="col">${title}</th>`)}</tr></thead>
  <tbody role="rowgroup">${people.map((one) => html`<tr key=${one.id} role="row">
    <th role="rowheader" scope="row"><a href=${to(`/admin/people/${one.id}`)}>${one.name}</a>
      ${one.left_on && html`<span class="muted small left-on">${words.leftOn(one.left_on)}</span>`}
      ${one.aliases.length > 0 && html`<span class="muted small left-on">${words.also(one.aliases)}</span>`}</th>
    <td role="cell" data-label=${words.COLUMNS.post} class=${one.post ? '' : 'is-none'}>${one.post ?? html`<span class="muted">${words.NO_POST}</span>`}</td>
    <td role="cell" data-label=${words.COLUMNS.agency}>${one.agency?.short_name ?? html`<span class="muted">${words.NO_AGENCY}</span>`}</td>
    <td role="cell" data-label=${words.COLUMNS.email} class=${one.email ? '' : 'is-none'}>${one.email ?? html`<span class="muted">${words.NO_EMAIL}</span>`}</td></tr>`)}</tbody></table>`;
