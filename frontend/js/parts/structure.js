/**
 * On the page of an action: the two forms that change what stands where in the plan. They are fetched when one is opened.
 */
import { html, useState } from '../core.js';
import { told } from '../api.js';
import { NOT_OPENED, NUMBER_TITLE, OPENING, PLACE_TITLE, REMOVE_TITLE } from '../words/structure.js';

/** By the verb of `may`: title, and which form of structure-forms.js. @type {[string, string, string][]} */
const FORMS = [['renumber', NUMBER_TITLE, 'ChangeNumber'], ['remove', REMOVE_TITLE, 'RemoveAction']];

/** @param {{action: import('../types.js').ActionDetail, etag: string | null, onChanged: () => void}} props */
export const Structure = (props) => html`<section class="panel acts" aria-labelledby="place-title"><h2 id="place-title">${PLACE_TITLE}</h2>
  ${FORMS.filter(([verb]) => props.action.may.includes(verb)).map(([verb, title, name]) => html`
    <${One} key=${verb} title=${title} name=${name} ...${props} />`)}</section>`;

function One({ title, name, ...props }) {
  const [found, setFound] = useState(/** @type {any} */ (null));
  const open = (event) => {
    if (event.currentTarget.open) Promise.all([import('./structure-forms.js'), told.sheet('structure.css')])
      .then(([forms]) => setFound(forms), () => setFound('failed'));
  };
  return html`<details class="act" onToggle=${open}><summary>${title}</summary>${
    found === 'failed' ? html`<p class="wrong" role="alert">${NOT_OPENED}</p>`
    : found ? html`<${found[name]} ...${props} />` : html`<p role="status">${OPENING}</p>`}</details>`;
}
