/**
 * The audit: sign-ins, failures, refusals, exports and the use of tokens, newest first. The filters are the address.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem } from '../../api.js';
import { Empty, H1 } from '../../parts/bits.js';
import { download } from '../../parts/download.js';
import { Moment } from '../../parts/moment.js';
import { ListEnd } from '../../parts/list-end.js';
import { usePaged } from '../../parts/paged.js';
import { notice, plan, withSession } from '../../store.js';
import { navigate, route, to } from '../../router.js';
import * as words from '../../words/admin/audit.js';

const KINDS = Object.entries(words.KINDS);
const NAMES = ['kind', 'q', 'account', 'partner_token', 'from', 'to'];

/** The address with these filters. @param {Record<string, string>} filters */
const place = (filters) => {
  const kept = new URLSearchParams(NAMES.filter((name) => filters[name]).map((name) => [name, filters[name]]));
  return to(`/admin/audit${kept.size ? `?${kept}` : ''}`);
};
/** The same for the API. @param {string} path @param {Record<string, string>} filters @param {Record<string, string>} [more] */
const ask = (path, filters, more = {}) => {
  const all = { ...Object.fromEntries(NAMES.filter((name) => filters[name]).map((name) => [name, filters[name]])), ...more };
  return Object.keys(all).length ? `${path}?${new URLSearchParams(all)}` : path;
};

/** @param {{filters: Record<string, string>}} props */
function Filters({ filters }) {
  const [typed, setTyped] = useState(filters);
  const [wrong, setWrong] = useState('');
  const address = place(filters);
  // The address changed by another way (Back, a removed tag): the form follows.
  useEffect(() => { setTyped(filters); setWrong(''); }, [address]);
  /** @param {string} name */
  const field = (name) => ({ id: name, name, value: typed[name], onInput: (/** @type {import('../../types.js').Typed} */ event) => setTyped({ ...typed, [name]: event.target.value }) });
  /** @param {Event} event */
  const apply = (event) => {
    event.preventDefault();
    const backwards = typed.from && typed.to && typed.from > typed.to;
    setWrong(backwards ? words.BACKWARDS : '');
    if (!backwards) navigate(place({ ...typed, q: typed.q.trim() }));
  };
  const known = KINDS.some(([key]) => key === typed.kind);
  return html`<form class="panel audit-filters" role="search" aria-label=${words.FILTER} onSubmit=${apply}>
    <div class="field"><label for="kind">${words.KIND}</label><select ...${field('kind')}>${
      [...KINDS, ...(known ? [] : [[typed.kind, typed.kind]])].map(([key, label]) => html`
      <option key=${key} value=${key} selected=${key === typed.kind}>${label}</option>`)}</select></div>
    <div class="field"><label for="q">${words.WHO_FIELD}</label><input ...${field('q')} type="search" maxlength="200" autocomplete="off" /></div>
    <div class=${wrong ? 'field is-wrong' : 'field'}><label for="from">${words.FROM}</label><input ...${field('from')} type="date"
      aria-invalid=${wrong ? 'true' : undefined} aria-describedby="days-wrong" /></div>
    <div class="field"><label for="to">${words.TO}</label><input ...${field('to')} type="date" /></div>
    <button class="button">${words.SHOW}</button>
    <p class="wrong" id="days-wrong" role="alert">${wrong}</p></form>`;
}

/** Filters that are not in the form, or that somebody may want to drop one by one. @param {{filters: Record<string, string>, rows: import('../../types.js').AuditEvent[]}} props */
function Used({ filters, rows }) {
  const row = rows.find((one) => (one.account ?? '') === filters.account && (one.partner_token ?? '') === filters.partner_token);
  const actor = row?.actor ?? row?.about;
  /** @type {Record<string, string>} */
  const said = {
    kind: KINDS.find(([key]) => key === filters.kind)?.[1] ?? filters.kind,
    q: words.searched(filters.q), account: actor ?? words.ONE_ACCOUNT, partner_token: actor ?? words.ONE_SYSTEM,
    from: filters.from && words.fromDay(filters.from), to: filters.to && words.toDay(filters.to),
  };
  const used = NAMES.filter((name) => filters[name]);
  return used.length > 0 && html`<ul class="used" role="list" aria-label=${words.USED}>${used.map((name) => html`
    <li key=${name}><a class="used-tag" href=${place({ ...filters, [name]: '' })}>${words.removeFilter(said[name])}
      <span aria-hidden="true">×</span></a></li>`)}<li><a href=${place({})}>${words.CLEAR}</a></li></ul>`;
}

/** @param {{row: import('../../types.js').AuditEvent, filters: Record<string, string>}} props */
const Who = ({ row, filters }) => {
  if (!row.account && !row.partner_token) return html`<span class="muted">${row.actor ?? row.about ?? words.NOT_KNOWN}</span>`;
  const only = row.account ? { account: row.account } : { partner_token: row.partner_token ?? '' };
  return html`<a href=${place({ ...filters, q: '', account: '', partner_token: '', ...only })}>${words.onlyOf(row.actor ?? row.about)}</a>`;
};

/** Explicit roles, because the phone's layout would undo the table. @param {{rows: import('../../types.js').AuditEvent[], filters: Record<string, string>, today: string, fresh: {from: number, cell: {current: HTMLElement | null}}}} props */
const Table = ({ rows, filters, today, fresh }) => html`<table class="rows audit" role="table" aria-label=${words.TABLE}>
  <thead role="rowgroup"><tr role="row">${words.COLUMNS.map((label) => html`
    <th key=${label} role="columnheader" scope="col">${label}</th>`)}</tr></thead>
  <tbody role="rowgroup">${rows.map((row, index) => html`<tr key=${row.id} role="row">
    <th role="rowheader" scope="row" ref=${index === fresh.from ? fresh.cell : undefined} tabindex=${index === fresh.from ? '-1' : undefined}><${Moment} at=${row.at} today=${today} /></th>
    <td role="cell" class="event">${row.says}</td>
    <td role="cell" data-label=${words.WHO}><${Who} row=${row} filters=${filters} /></td>
    <td role="cell" data-label=${words.ADDRESS}>${row.address ?? html`<span class="muted">${words.NOT_KNOWN}</span>`}</td></tr>`)}</tbody></table>`;

/** The page at "/admin/audit". */
export default function Audit() {
  const shown = /** @type {import('../../types.js').Plan} */ (plan.value);
  const filters = Object.fromEntries(NAMES.map((name) => [name, route.value.query.get(name) ?? '']));
  const list = usePaged(ask('/audit', filters, { limit: '50' }));
  const [problem, setProblem] = useState('');
  const [from, setFrom] = useState(-1);
  const cell = useRef(/** @type {HTMLElement | null} */ (null));
  // The button may be gone with the last page: the focus goes on to the first of what came.
  useLayoutEffect(() => { if (from >= 0 && list.state === 'ready') cell.current?.focus({ preventScroll: true }); }, [from, list.rows.length]);
  const more = () => { setFrom(list.rows.length); return list.more(); };
  const take = async () => {
    setProblem('');
    try {
      const path = ask('/audit.csv', filters);
      const done = await withSession(() => download(path, 'text/csv', `audit-${shown.as_of}.csv`).then(() => true), words.SIGN_IN_TO_DOWNLOAD);
      if (done) notice.value = words.DOWNLOADED;
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblem(why.status ? why.detail : words.NO_ANSWER);
    }
  };
  const count = list.rows.length;
  return html`<div class="title-line"><${H1} title=${words.TITLE}>${words.TITLE}<//>
      <p role="status" class="muted">${list.state === 'loading' ? words.LOADING : list.state === 'ready' ? words.counted(count, Boolean(list.next)) : ''}</p></div>
    <p class="lede">${words.lede(to('/journal'))}</p>
    <${Filters} filters=${filters} /><${Used} filters=${filters} rows=${list.rows} />
    ${count > 0 && html`<${Table} rows=${list.rows} filters=${filters} today=${shown.as_of} fresh=${{ from, cell }} />`}
    ${list.state === 'ready' && !count && html`<${Empty} title=${NAMES.some((name) => filters[name]) ? words.NO_MATCH : words.NOTHING}>${
      NAMES.some((name) => filters[name]) ? words.noMatchHelp(place({})) : words.NOTHING_MORE}<//>`}
    <${ListEnd} list=${{ ...list, more }} failed=${words.NOT_LOADED} />
    <p class="wrong" role="alert">${problem}</p>
    ${count > 0 && html`<p class="buttons"><button type="button" class="as-link" onClick=${take}>${words.DOWNLOAD}</button>
      <span class="muted small">${words.DOWNLOAD_HINT}</span></p>`}`;
}
