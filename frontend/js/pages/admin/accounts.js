/**
 * Who can sign in: find an account, invite somebody. The invitation and one account are fetched when opened.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Empty, H1 } from '../../parts/bits.js';
import { Trouble, useRead } from '../../parts/directory.js';
import { navigate, route, to } from '../../router.js';
import { ROLE_WORDS, londonDay, longDay, plural } from '../../words.js';

/** @type {Record<string, string>} */
export const STATE_WORDS = { invited: 'Invited, not yet accepted', active: 'Can sign in', disabled: 'Ended' };

/** The screen at "/admin/accounts" and below it. @param {{id: string}} props */
export default function Accounts({ id }) {
  const [Screen, setScreen] = useState(/** @type {any} */ (null));
  useEffect(() => {
    if (!id) return;
    const part = id === 'new' ? import('./account-invite.js') : import('./account-one.js');
    part.then((module) => setScreen(() => module.default), () => setScreen(() => Failed));
  }, []);
  if (!id) return html`<${List} />`;
  return Screen ? html`<${Screen} id=${id} />` : html`<p role="status">Opening…</p>`;
}

const Failed = () => html`<${H1} title="Not opened">This page could not be opened<//><p>The server did not answer.
  <button class="as-link" onClick=${() => location.reload()}>Try again</button></p>`;

function List() {
  const query = route.value.query;
  const filters = { q: (query.get('q') ?? '').trim(), state: query.get('state') ?? '' };
  const asked = new URLSearchParams({ limit: '100' });
  Object.entries(filters).forEach(([name, value]) => { if (value) asked.set(name, value); });
  const found = useRead(`/accounts?${asked}`);
  const show = (part) => {
    const next = new URLSearchParams(route.value.query);
    Object.entries(part).forEach(([name, value]) => (value ? next.set(name, value) : next.delete(name)));
    navigate(to(`/admin/accounts${next.size ? `?${next}` : ''}`), { replace: true });
  };
  const rows = found.data?.data ?? [];
  const more = found.data?.links.next;
  return html`<div class="title-line"><${H1} title="Accounts">Accounts<//>
      <p role="status" class="muted">${found.data ? `${plural(rows.length, 'account')}${more ? ', and more' : ''}` : ''}</p>
      <a class="button" href=${to('/admin/accounts/new')}>Invite somebody</a></div>
    <form class="admin-bar" role="search" aria-label="Find accounts" onSubmit=${(event) => event.preventDefault()}>
      <${Search} value=${filters.q} onSearch=${(q) => show({ q })} />
      <div class="field"><label for="state">Show</label><select id="state" onChange=${(event) => show({ state: event.target.value })}>
        ${[['', 'All'], ...Object.entries(STATE_WORDS)].map(([key, words]) => html`<option key=${key} value=${key} selected=${key === filters.state}>${words}</option>`)}
      </select></div></form>
    ${!found.data ? html`<${Trouble} problem=${found.problem} again=${found.again} />`
    : rows.length ? html`<${Table} accounts=${rows} />`
      : html`<${Empty} title="No account matches"><a href=${to('/admin/accounts')}>Show all accounts</a>, or <a href=${to('/admin/accounts/new')}>invite somebody</a>.<//>`}
    ${more && html`<p><button class="button is-second" onClick=${found.more}>Show more</button></p>`}`;
}

/** Typing waits a little, so that not every letter is asked for. */
function Search({ value, onSearch }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(/** @type {any} */ (0));
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (event) => {
    const text = event.target.value;
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), 250);
  };
  return html`<div class="field"><label for="q">Name or e-mail</label>
    <input id="q" type="search" value=${typed} onInput=${type} maxlength="200" autocomplete="off" enterkeyhint="search" /></div>`;
}

/** "Never", or the day. @param {string | null} instant */
export const day = (instant) => (instant ? longDay(londonDay(instant)) : 'Never');

/** Explicit roles, because the phone's layout would undo the table. */
const Table = ({ accounts }) => html`<table class="rows" role="table" aria-label="Accounts">
  <thead role="rowgroup"><tr role="row">${['Name', 'Role', 'State', 'Second factor', 'Last used'].map((words) => html`
    <th key=${words} role="columnheader" scope="col">${words}</th>`)}</tr></thead>
  <tbody role="rowgroup">${accounts.map((one) => html`<tr key=${one.id} role="row">
    <th role="rowheader" scope="row"><a href=${to(`/admin/accounts/${one.id}`)}>${one.name}</a><span class="muted small account-email">${one.email}</span></th>
    <td role="cell" data-label="Role">${ROLE_WORDS[one.role]}</td>
    <td role="cell" data-label="State">${STATE_WORDS[one.state]}</td>
    <td role="cell" data-label="Second factor">${one.second_factor ? 'Yes' : 'No'}</td>
    <td role="cell" data-label="Last used">${day(one.last_used_at)}</td></tr>`)}</tbody></table>`;
