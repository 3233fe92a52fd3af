/**
 * Named groups: collectives that a plan names, without an account. Added, and renamed in their line.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { Behind } from '../../parts/bits.js';
import { sendWatched } from '../../parts/forms/case-data-over.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { notice, reload, withSession } from '../../store.js';
import * as words from '../../words/admin/agencies.js';
import * as names from '../../words/admin/names.js';
import { LOST, NAME_MISSING, SAVING, SIGN_IN_TO_SAVE } from '../../words/people/directory.js';

/** The section below the agencies. */
export default function Groups() {
  const found = useRead('/groups?limit=200');
  const [open, setOpen] = useState('');
  /** The focus goes back to the button that opened the form. */
  const close = () => {
    const opener = open === 'new' ? 'group-add' : `rename-${open}`;
    setOpen('');
    setTimeout(() => document.getElementById(opener)?.focus());
  };
  /** @param {string} said */
  const done = (said) => {
    notice.value = said;
    found.again();
    reload();
    close();
  };
  return html`<section class="admin-section" aria-labelledby="groups-title"><div class="title-line"><h2 id="groups-title">${words.GROUPS}</h2></div>
    <p class="muted">${words.GROUPS_HINT}</p>
    <p><button class="button is-second" id="group-add" aria-expanded=${open === 'new'} onClick=${() => setOpen(open === 'new' ? '' : 'new')}>${words.ADD_GROUP}</button></p>
    ${open === 'new' && html`<${NameForm} label=${words.GROUP_NAME} button=${words.GROUP_ADD_BUTTON} start="" onClose=${close} onDone=${done}
      send=${(body, key) => request('POST', '/groups', { body, headers: { 'Idempotency-Key': key } })} said=${words.added} />`}
    ${!found.data ? html`<${Trouble} problem=${found.problem} again=${found.again} />`
    : html`<ul role="list" class="panel admin-lines">${found.data.data.map((/** @type {import('../../types.js').NamedGroup} */ one) => html`<li key=${one.id}>${open === one.id
      ? html`<${NameForm} label=${words.newNameOf(one.name)} button=${words.RENAME} start=${one.name} onClose=${close} onDone=${done}
          send=${(body, _key, tag) => rename(one, body, tag)} said=${(name) => words.isNow(one.name, name)} />`
      : html`<span>${one.name}</span> <button class="as-link" id=${`rename-${one.id}`} onClick=${() => setOpen(one.id)}>${words.rename(one.name)}</button>
          <${Behind} title=${names.openFor(one.name)} load=${removal} path=${`/groups/${one.id}`} name=${one.name} onChanged=${found.again} />`}</li>`)}
      ${found.data.data.length === 0 && html`<li class="muted">${words.NO_GROUP}</li>`}</ul>`}</section>`;
}

const removal = () => import('../../parts/privacy/redact-names.js');

/** Rename it as it stands: what was shown is compared with what is there, because a list has no ETag of its own. @param {import('../../types.js').NamedGroup} group @param {{name: string}} body @param {string | null} tag */
async function rename(group, body, tag) {
  const path = `/groups/${group.id}`;
  if (!tag) {
    const now = await request('GET', path);
    if (now.data.name !== group.name) throw new Problem(412, { code: 'stale-version', detail: '', current: now.data }, now.etag);
    tag = now.etag;
  }
  return request('PATCH', path, { body, headers: { 'If-Match': /** @type {string} */ (tag) } });
}

/** @param {{label: string, button: string, start: string, send: (body: {name: string}, key: string, tag: string) => Promise<any>, said: (name: string) => string, onDone: (words: string) => void, onClose: () => void}} props */
function NameForm({ label, button, start, send, said, onDone, onClose }) {
  const [name, setName] = useState(start);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const tag = useRef('');
  const key = useRef(crypto.randomUUID());
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => { field.current?.focus(); }, [wrong]);
  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    if (busy) return;
    if (!name.trim()) {
      setWrong(NAME_MISSING);
      return;
    }
    setBusy(true);
    setWrong('');
    try {
      const answer = await withSession(() => sendWatched((body) => send(body, key.current, tag.current), { name: name.trim() }), SIGN_IN_TO_SAVE);
      if (answer) onDone(said(answer.data.name));
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.status === 412) tag.current = why.etag ?? '';
      const theirs = /** @type {any} */ (why.current)?.name;
      setWrong(why.status === 412 ? words.renamedMeanwhile(theirs)
        : why.status && why.status < 500 ? why.errors[0]?.detail ?? why.detail : LOST);
    } finally {
      setBusy(false);
    }
  };
  return html`<form class="admin-bar" onSubmit=${save} novalidate><div class=${wrong ? 'field is-wrong' : 'field'}><label for="group-name">${label}</label>
    ${wrong && html`<p class="wrong" id="group-wrong" role="alert">${wrong}</p>`}
    <input id="group-name" ref=${field} value=${name} maxlength="200" autocomplete="off" aria-invalid=${wrong ? 'true' : undefined}
      aria-describedby=${wrong ? 'group-wrong' : undefined} onInput=${(event) => setName(event.target.value)} /></div>
    <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? SAVING : button}</button>
    <button type="button" class="button is-second" onClick=${onClose}>${words.CANCEL}</button></form>`;
}
