/**
 * "Add an action" at the foot of an objective in the list, for those who may; the form is fetched when it is pressed.
 */
import { html, useEffect, useState } from '../../core.js';
import { told } from '../../api.js';
import { notice, plan } from '../../store.js';
import { to } from '../../router.js';
import { NOT_OPENED, ONE_AT_A_TIME, OPENING, add } from '../../words/plan/structure.js';

/** @param {{objective: import('../../types.js').Objective}} props */
export default function AddHere({ objective }) {
  const [Form, setForm] = useState(/** @type {any} */ (null));
  const [made, setMade] = useState('');
  const id = `add-${objective.number}`;
  useEffect(() => { // the new action's line takes the focus once it is in the list
    const line = made && /** @type {HTMLElement | null} */ (document.querySelector(`a.quiet[href="${to(`/actions/${made}`)}"]`));
    if (line) { line.focus(); setMade(''); }
  }, [made, plan.value]);
  const open = () => {
    const other = /** @type {HTMLElement | null} */ (document.querySelector('textarea:is(.add-here *)'));
    if (other) { // its words would be lost
      notice.value = ONE_AT_A_TIME;
      other.focus();
      return;
    }
    setForm('opening');
    Promise.all([import('./add-action.js'), told.sheet('action.css'), told.sheet('structure.css')]).then(([module]) => setForm(() => module.default), () => setForm('failed'));
  };
  /** @param {string} number */
  const close = (number) => {
    setForm(null);
    if (number) setMade(number); else setTimeout(() => document.getElementById(id)?.focus());
  };
  if (Form && typeof Form !== 'string') return html`<div class="add-here"><${Form} objective=${objective} onAdded=${close} onClose=${() => close('')} /></div>`;
  return html`<button type="button" class="as-link" id=${id} onClick=${open}>${add(objective.number)}</button>
    ${Form && html`<p role=${Form === 'failed' ? 'alert' : 'status'}>${Form === 'failed' ? NOT_OPENED : OPENING}</p>`}`;
}
