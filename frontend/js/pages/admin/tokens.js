/**
 * Partner systems: the tokens with which other agencies' systems read and post. Making one shows it this once.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { Empty, H1 } from '../../parts/bits.js';
import { plainTime } from '../../parts/moment.js';
import { ListEnd } from '../../parts/list-end.js';
import { usePaged } from '../../parts/paged.js';
import { notice, plan, withSession } from '../../store.js';
import { to } from '../../router.js';
import * as words from '../../words/admin/tokens.js';
import { TokenForm } from './token-form.js';
import { TokenShown } from './token-shown.js';

/** @typedef {import('../../types.js').PartnerToken} PartnerToken */

const NOW = () => new Date().toISOString();

/** Why it does nothing any more; nothing when it still counts. @param {PartnerToken} token */
const ended = (token) => {
  if (token.revoked_at) return words.revokedOn(token.revoked_at);
  return token.expires_at < NOW() ? words.endedOn(token.expires_at) : '';
};

/** @param {{token: PartnerToken, today: string, onRevoke: (token: PartnerToken) => void}} props */
const Row = ({ token, today, onRevoke }) => html`<tr role="row" class=${ended(token) ? 'is-over' : ''}>
  <th role="rowheader" scope="row"><span class="row-name">${token.name}</span><span class="muted small">${token.agency.name}</span>${
  !ended(token) && words.leftBehind(token).map((why) => html`<span key=${why} class="wrong small">${why}</span>`)}</th>
  <td role="cell" data-label=${words.MAY}><ul role="list" class="plain">${token.scopes.map((scope) => html`<li key=${scope}>${words.SCOPES[scope]?.[0] ?? scope}</li>`)}</ul></td>
  <td role="cell" data-label=${words.UNTIL}>${ended(token) ? html`<span class="tag tint-none">${ended(token)}</span>` : words.day(token.expires_at)}</td>
  <td role="cell" data-label=${words.LAST_USED}>${token.last_used_at ? html`<time datetime=${token.last_used_at} title=${token.last_used_at}>${
    plainTime(token.last_used_at, today)}</time>` : html`<span class="muted">${words.NEVER}</span>`}</td>
  <td role="cell" data-label=${words.MADE}>${words.madeOn(token.created_at, token.made_by)}</td>
  <td role="cell" class="row-acts"><a href=${to(`/admin/audit?partner_token=${token.id}`)}>${words.auditOf(token.name)}</a>
    ${!ended(token) && html`<button type="button" class="as-link" onClick=${() => onRevoke(token)}>${words.revoke(token.name)}</button>`}</td></tr>`;

const COLUMNS = [words.SYSTEM, words.MAY, words.UNTIL, words.LAST_USED, words.MADE, words.ACTS];

/** @param {{rows: PartnerToken[], today: string, onRevoke: (token: PartnerToken) => void}} props */
const Table = ({ rows, today, onRevoke }) => html`<table class="rows tokens" role="table" aria-label=${words.TITLE}>
  <thead role="rowgroup"><tr role="row">${COLUMNS.map((label) => html`<th key=${label} role="columnheader" scope="col">${label}</th>`)}</tr></thead>
  <tbody role="rowgroup">${rows.map((token) => html`<${Row} key=${token.id} token=${token} today=${today} onRevoke=${onRevoke} />`)}</tbody></table>`;

/** Asks once more, by name. @param {{token: PartnerToken, onClose: (revoked: boolean) => void}} props */
function Revoke({ token, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const done = useRef(false);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => { dialog.current?.showModal(); }, []);
  const revoke = async () => {
    if (busy) return;
    setBusy(true);
    setProblem('');
    try {
      done.current = Boolean(await withSession(() => request('DELETE', `/partner-tokens/${token.id}`), words.SIGN_IN_TO_REVOKE));
      if (done.current) dialog.current?.close();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblem(why.status ? why.detail : words.NO_ANSWER);
    }
    setBusy(false);
  };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="revoke-title" onClose=${() => onClose(done.current)}>
    <h2 id="revoke-title">${words.revokeTitle(token.name, token.agency.short_name ?? token.agency.name)}</h2>
    <p>${words.REVOKE_WARNING}</p>
    <p class="wrong" role="alert">${problem}</p>
    <div class="buttons"><button type="button" class="button" onClick=${revoke} aria-disabled=${busy ? 'true' : undefined}>${busy ? words.REVOKING : words.revokeButton(token.name)}</button>
      <button type="button" class="as-link" onClick=${() => dialog.current?.close()}>${words.KEEP}</button></div></dialog>`;
}

/** The page at "/admin/tokens". */
export default function Tokens() {
  const shown = /** @type {import('../../types.js').Plan} */ (plan.value);
  const list = usePaged('/partner-tokens?limit=200');
  const [made, setMade] = useState(/** @type {(PartnerToken & {token: string | null}) | null} */ (null));
  const [leaving, setLeaving] = useState(/** @type {PartnerToken | null} */ (null));
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  /** @param {PartnerToken} revoked */
  const close = (revoked) => {
    const name = leaving?.name;
    setLeaving(null);
    if (!revoked) return;
    notice.value = words.revoked(name);
    if (made?.id === leaving?.id) setMade(null);
    list.again();
    heading.current?.focus(); // its button is gone
  };
  const counted = list.rows.filter((token) => !ended(token)).length;
  return html`<div class="title-line"><${H1} title=${words.TITLE}>${words.TITLE}<//>
      <p role="status" class="muted">${list.state === 'ready' ? words.counted(counted) : list.state === 'loading' ? words.LOADING : ''}</p></div>
    <p class="lede">${words.LEDE}</p>
    ${made && html`<${TokenShown} key=${made.id} made=${made} slug=${shown.slug} onDone=${() => { setMade(null); heading.current?.focus(); }} />`}
    <section aria-labelledby="tokens-title"><h2 id="tokens-title" tabindex="-1" ref=${heading}>${words.LIST}</h2>
      ${list.rows.length > 0 && html`<${Table} rows=${list.rows} today=${shown.as_of} onRevoke=${setLeaving} />`}
      ${list.state === 'ready' && !list.rows.length && html`<${Empty} title=${words.NONE}>${words.NONE_HELP}<//>`}
      <${ListEnd} list=${list} failed=${words.NOT_LOADED} /></section>
    <section aria-labelledby="make-title"><h2 id="make-title">${words.MAKE}</h2>
      <${TokenForm} onMade=${(token) => { setMade(token); list.again(); }} /></section>
    ${leaving && html`<${Revoke} token=${leaving} onClose=${close} />`}`;
}
