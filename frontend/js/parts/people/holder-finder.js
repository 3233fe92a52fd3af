/**
 * Finding a person, a group or an agency in the directory as one types (the ARIA pattern of a combobox with a list), or adding somebody new.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem } from '../../api.js';
import { MOST_FOUND, findHolders } from '../../rules/by-whom.js';
import { LOCALE } from '../../words.js';
import { ADD_NEW, ADD_NEW_CALLED, AGAIN, AGENCY, FETCHING, FIND, FIND_HINT, FOUND, GROUP, MORE, NOT_FETCHED,
  NO_AGENCY } from '../../words/people/people-on-it.js';
import { NewHolder } from './new-holder.js';
import { readAll } from '../reading.js';

/** @typedef {import('../../rules/by-whom.js').Holder} Holder */
/** @typedef {import('../../rules/by-whom.js').Row} Row */

/** Everybody who can be put on an action: who has left and what has ended cannot. @returns {Promise<{holders: Holder[], agencies: any[]}>} */
async function readDirectory() {
  const [people, agencies, groups] = await Promise.all(['people', 'agencies', 'groups'].map((one) => readAll(`/${one}?limit=200`)));
  const living = agencies.filter((one) => !one.ended_on);
  /** @param {any} one */
  const about = (one) => [one.agency?.short_name ?? one.agency?.name ?? NO_AGENCY, one.post].filter(Boolean).join(', ');
  return { agencies: living, holders: [
    ...people.filter((one) => !one.left_on).map((one) => ({ kind: /** @type {const} */ ('person'), id: one.id, name: one.name, names: one.aliases ?? [], about: about(one) })),
    ...groups.map((one) => ({ kind: /** @type {const} */ ('group'), id: one.id, name: one.name, names: [], about: GROUP })),
    ...living.map((one) => ({ kind: /** @type {const} */ ('agency'), id: one.id, name: one.name, names: [one.short_name ?? ''], about: AGENCY })),
  ] };
}

/** @param {Holder} one @returns {Row} */
const rowOf = ({ kind, id, name, about }) => ({ key: id, kind, id, name, printed: null, about, qualifier: '', agency: null, post: null });

/** @param {{onAdd: (row: Row) => void}} props */
export function PlaceFinder({ onAdd }) {
  const [directory, setDirectory] = useState(/** @type {{holders: Holder[], agencies: any[]} | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [adding, setAdding] = useState(/** @type {string | null} */ (null));
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const fetchIt = () => {
    setFailed(false);
    readDirectory().then(setDirectory, (why) => {
      if (!(why instanceof Problem)) throw why;
      setFailed(true);
    });
  };
  useEffect(fetchIt, []);
  useEffect(() => { document.getElementById(`edit-found-${active}`)?.scrollIntoView({ block: 'nearest' }); }, [active]);
  const all = directory ? findHolders(directory.holders, typed, LOCALE) : [];
  const found = all.slice(0, MOST_FOUND);
  const choices = typed.trim() ? found.length + 1 : 0; // the last is adding somebody new
  const shown = open && choices > 0 && directory !== null;

  const back = () => {
    setAdding(null);
    setTyped('');
    setOpen(false);
    setTimeout(() => box.current?.focus());
  };
  /** @param {number} at */
  const take = (at) => {
    if (at >= found.length) return setAdding(typed.trim());
    onAdd(rowOf(found[at]));
    setTyped('');
    return setOpen(false);
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const to = { ArrowDown: active + 1, ArrowUp: active < 0 ? choices - 1 : active - 1 }[event.key];
    if (to !== undefined && choices) {
      event.preventDefault();
      setOpen(true);
      setActive((to + choices) % choices);
    } else if (event.key === 'Enter') {
      event.preventDefault(); // never the whole form by accident
      if (shown && active >= 0) take(active);
      else if (shown && found.length === 1) take(0);
    } else if (event.key === 'Escape' && (shown || typed)) {
      event.preventDefault();
      setOpen(false);
      setActive(-1);
      if (!shown) setTyped('');
    }
  };
  /** @param {import('../../types.js').Typed} event */
  const onInput = (event) => {
    setTyped(event.target.value);
    setOpen(true);
    setActive(-1);
  };
  if (adding !== null && directory) {
    return html`<${NewHolder} name=${adding} directory=${directory} onKnown=${(one) => { onAdd(rowOf(one)); back(); }}
      onNew=${(row) => { onAdd(row); back(); }} onBack=${back} />`;
  }
  /** @param {number} at @param {string} words */
  const option = (at, words) => html`<li key=${at} role="option" id=${`edit-found-${at}`} aria-selected=${at === active ? 'true' : 'false'}
    onMouseDown=${(event) => event.preventDefault()} onClick=${() => take(at)}>${words}</li>`;
  const says = !typed.trim() || !directory ? '' : all.length > MOST_FOUND ? MORE(all.length) : FOUND(all.length);
  return html`<div class="field finder"><label for="edit-find">${FIND}</label><p class="hint" id="edit-find-hint">${FIND_HINT}</p>
    <input id="edit-find" ref=${box} role="combobox" aria-expanded=${shown ? 'true' : 'false'} aria-controls="edit-found" aria-autocomplete="list"
      aria-activedescendant=${shown && active >= 0 ? `edit-found-${active}` : undefined} aria-describedby="edit-find-hint" autocomplete="off"
      spellcheck="false" value=${typed} onInput=${onInput} onKeyDown=${onKey} onBlur=${() => setOpen(false)} onClick=${() => setOpen(true)} />
    <ul role="listbox" id="edit-found" aria-label=${FIND} hidden=${!shown}>${shown && html`
      ${found.map((one, at) => option(at, html`<b>${one.name}</b> <span class="muted small">${one.about}</span>`))}
      ${option(found.length, ADD_NEW_CALLED(typed.trim()))}`}</ul>
    <p role="status" class="small muted">${failed ? html`${NOT_FETCHED} <button type="button" class="as-link" onClick=${fetchIt}>${AGAIN}</button>`
    : directory ? says : FETCHING}</p>
    ${directory && html`<button type="button" class="as-link" onClick=${() => setAdding(typed.trim())}>${ADD_NEW}</button>`}</div>`;
}
