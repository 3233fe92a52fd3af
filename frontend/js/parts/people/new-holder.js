/**
 * Somebody who is not in the directory yet. Names that are nearly theirs are shown first, so that nobody is there twice by a slip.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { nearNames } from '../../rules/by-whom.js';
import { ADD, A_GROUP, A_PERSON, GROUP, NEAR, NEED_NAME, NEW, NEW_AGENCY, NEW_KIND, NEW_NAME, NEW_POST, NEW_TITLE, NONE_OF_THESE, NOT_KNOWN,
  NOT_NOW } from '../../words/people/people-on-it.js';
import { Field } from '../forms/fields.js';

/** @typedef {import('../../rules/by-whom.js').Holder} Holder */

/**
 * @param {{name: string, directory: {holders: Holder[], agencies: any[]}, onKnown: (one: Holder) => void,
 *   onNew: (row: import('../../rules/by-whom.js').Row) => void, onBack: () => void}} props
 */
export function NewHolder({ name: typed, directory, onKnown, onNew, onBack }) {
  const [values, setValues] = useState({ name: typed, kind: 'new_person', agency: '', post: '' });
  const [near, setNear] = useState(/** @type {Holder[]} */ ([]));
  const [wrong, setWrong] = useState('');
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  /** @param {any} part */
  const set = (part) => {
    setValues({ ...values, ...part });
    setNear([]);
  };
  useLayoutEffect(() => document.getElementById('edit-new-name')?.focus(), []);
  useLayoutEffect(() => { if (near.length) box.current?.focus(); }, [near]);
  const person = values.kind === 'new_person';
  const name = values.name.trim().replace(/\s+/g, ' ');
  const add = () => {
    const agency = directory.agencies.find((one) => one.id === values.agency);
    const about = [person ? agency?.short_name ?? agency?.name : GROUP, NEW].filter(Boolean).join(', ');
    onNew({ key: crypto.randomUUID(), kind: person ? 'new_person' : 'new_group', id: null, name, printed: null, about, qualifier: '',
      agency: values.agency || null, post: values.post });
  };
  const look = () => {
    setWrong(name ? '' : NEED_NAME);
    if (!name) return document.getElementById('edit-new-name')?.focus();
    const found = person ? nearNames(directory.holders, name) : [];
    return found.length ? setNear(found) : add();
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      look();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onBack();
    }
  };
  const problems = wrong ? [{ field: 'edit-new-name', text: wrong }] : [];
  return html`<fieldset class="new-holder" onKeyDown=${onKey}><legend>${NEW_TITLE}</legend>
    <${Field} id="edit-new-name" label=${NEW_NAME} problems=${problems} value=${values.name} autocomplete="off" maxlength="200"
      onInput=${(event) => set({ name: event.target.value })} />
    <div class="field"><label for="edit-new-kind">${NEW_KIND}</label><select id="edit-new-kind" onChange=${(event) => set({ kind: event.target.value })}>
      <option value="new_person">${A_PERSON}</option><option value="new_group">${A_GROUP}</option></select></div>
    ${person && html`<div class="field"><label for="edit-new-agency">${NEW_AGENCY}</label>
      <select id="edit-new-agency" onChange=${(event) => set({ agency: event.target.value })}><option value="">${NOT_KNOWN}</option>
        ${directory.agencies.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></div>
      <${Field} id="edit-new-post" label=${NEW_POST} value=${values.post} autocomplete="off" maxlength="200"
        onInput=${(event) => set({ post: event.target.value })} />`}
    ${near.length > 0 && html`<div class="box" tabindex="-1" ref=${box} role="group" aria-label=${NEAR}><p><b>${NEAR}</b></p>
      <div class="buttons">${near.map((one) => html`<button key=${one.id} type="button" class="button is-second" onClick=${() => onKnown(one)}>${
  one.name}, ${one.about}</button>`)}
      <button type="button" class="as-link" onClick=${add}>${NONE_OF_THESE(name)}</button></div></div>`}
    ${!near.length && html`<div class="buttons"><button type="button" class="button is-second" onClick=${look}>${ADD}</button>
      <button type="button" class="as-link" onClick=${onBack}>${NOT_NOW}</button></div>`}</fieldset>`;
}
