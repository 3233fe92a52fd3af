/**
 * Who can sign in: find an account, invite somebody. The invitation and one account are fetched when opened.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Empty, H1 } from '../../parts/bits.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { navigate, route, to } from '../../router.js';
import { ROLE_WORDS } from '../../words/plan/kinds.js';
import * as words from '../../words/admin/accounts.js';
import Factors from './factors.js';

/** The screen at "/admin/accounts" and below it. @param {{id: string}} props */
export default function Accounts({ id }) {
  const [Screen, setScreen] = useState(/** @type {any} */ (null));
  useEffect(() => {
    if (!id) return;
    const part = id === 'new' ? import('./account-invite.js') : import('./account-one.js');
    part.then((module) => setScreen(() => module.default), () => setScreen(() => Failed));
  }, []);
  if (!id) return html`<${List} />`;
  return Screen ? html`<${Screen} id=${id} />` : html`<p role="status">${words.OPENING}</p>`;
}

const Failed = () => html`<${H1} title=${words.FAILED_TITLE}>${words.FAILED}<//><p>${words.NO_ANSWER}
  <button class="as-link" onClick=${() => location.reload()}>${words.TRY_AGAIN}</button></p>`;

function List() {
  const query = route.value.query;
  const filters = { q: (query.get('q') ?? '').trim(), state: query.get('state') ?? '' };
  const asked = new URLSearchParams({ limit: '100', ...(filters.q && { q: filters.q }) });
  if (filters.state) asked.set(filters.state in words.CONCERN_WORDS ? 'concern' : 'state', filters.state);
  const found = useRead(`/accounts?${asked}`);
  /** @param {Record<string, string>} part */
  const show = (part) => {
    const next = new URLSearchParams(route.value.query);
    Object.entries(part).forEach(([name, value]) => (value ? next.set(name, value) : next.delete(name)));
    navigate(to(`/admin/accounts${next.size ? `?${next}` : ''}`), { replace: true });
  };
  const rows = found.data?.data ?? [];
  const more = found.data?.links.next;
  return html`<div class="title-line"><${H1} title=${words.TITLE}>${words.TITLE}<//>
      <p role="status" class="muted">${found.data ? words.counted(rows.length, Boolean(more)) : ''}</p>
      <a class="button" href=${to('/admin/accounts/new')}>${words.INVITE}</a></div>
    <form class="admin-bar" role="search" aria-label=${words.FIND} onSubmit=${(event) => event.preventDefault()}>
      <${Search} value=${filters.q} onSearch=${(q) => show({ q })} />
      <div class="field"><label for="state">${words.SHOW}</label><select id="state" onChange=${(event) => show({ state: event.target.value })}>
        ${[['', words.ALL], ...Object.entries(words.STATE_WORDS), ...Object.entries(words.CONCERN_WORDS)].map(([key, label]) => html`<option key=${key} value=${key} selected=${key === filters.state}>${label}</option>`)}
      </select></div></form>
    ${!found.data ? html`<${Trouble} problem=${found.problem} again=${found.again} />`
    : rows.length ? html`<${Table} accounts=${rows} />`
      : html`<${Empty} title=${words.NO_MATCH}>${words.noMatchHelp(to('/admin/accounts'), to('/admin/accounts/new'))}<//>`}
    ${more && html`<p><button class="button is-second" onClick=${found.more}>${words.MORE}</button></p>`}
    <${Factors} />`;
}

/** Typing waits a little, so that not every letter is asked for. @param {{value: string, onSearch: (words: string) => void}} props */
function Search({ value, onSearch }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(/** @type {any} */ (0));
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {import('../../types.js').Typed} event */
  const type = (event) => {
    const text = event.target.value;
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), 250);
  };
  return html`<div class="field"><label for="q">${words.FIND_FIELD}</label>
    <input id="q" type="search" value=${typed} onInput=${type} maxlength="200" autocomplete="off" enterkeyhint="search" /></div>`;
}

const COLUMNS = [words.NAME, words.ROLE, words.STATE, words.FACTOR, words.LAST_USED];

/** Explicit roles, because the phone's layout would undo the table. @param {{accounts: import('../../types.js').ManagedAccount[]}} props */
const Table = ({ accounts }) => html`<table class="rows" role="table" aria-label=${words.TITLE}>
  <thead role="rowgroup"><tr role="row">${COLUMNS.map((label) => html`
    <th key=${label} role="columnheader" scope="col">${label}</th>`)}</tr></thead>
  <tbody role="rowgroup">${accounts.map((one) => html`<tr key=${one.id} role="row">
    <th role="rowheader" scope="row"><a href=${to(`/admin/accounts/${one.id}`)}>${one.name}</a><span class="muted small account-email">${one.email}</span></th>
    <td role="cell" data-label=${words.ROLE}>${ROLE_WORDS[one.role]}</td>
    <td role="cell" data-label=${words.STATE}>${words.stateOf(one)}</td>
    <td role="cell" data-label=${words.FACTOR}>${words.factorOf(one)}</td>
    <td role="cell" data-label=${words.LAST_USED}>${words.day(one.last_used_at)}</td></tr>`)}</tbody></table>`;
