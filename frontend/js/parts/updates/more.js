/**
 * What an update may say besides its words: next step, impact and evidence; and the box that tells what became of it. Fetched when
 * somebody begins to write.
 */
import { html } from '../../core.js';
import * as words from '../../words/updates/update.js';

export { FormBox } from './form-box.js';

/** @typedef {{field: string, text: string}[]} Problems */
/** @typedef {{nextStep: string, impact: string, evidence: {title: string, url: string}[]}} Extra */

/**
 * @param {{draft: Extra, change: (part: Partial<Extra>) => void, problems: Problems, prefix?: string}} props
 *   `prefix` keeps the ids of two forms on a page apart
 */
export default function More({ draft, change, problems, prefix = '' }) {
  const rows = draft.evidence;
  /** @param {number} index @param {Partial<import('../../types.js').Evidence>} part */
  const set = (index, part) => change({ evidence: rows.map((row, at) => (at === index ? { ...row, ...part } : row)) });
  /** @type {(id: string, label: string, hint: string, name: 'nextStep' | 'impact') => any} */
  const area = (id, label, hint, name) => html`<${Field} id=${prefix + id} label=${label} hint=${hint} problems=${problems}>
    <textarea id=${prefix + id} rows="2" value=${draft[name]}
      onInput=${(event) => change({ [name]: event.target.value })}></textarea><//>`;
  return html`${area('next-step', words.NEXT_STEP, '', 'nextStep')}
    ${area('impact', words.IMPACT, words.IMPACT_HINT, 'impact')}
    <fieldset class="evidence"><legend>${words.EVIDENCE}</legend>
      ${rows.map((row, index) => {
    const id = `${prefix}evidence-${index}`;
    return html`<div key=${index} class="evidence-row">
        <${Field} id=${`${id}-title`} label=${words.EVIDENCE_WHAT} problems=${problems}><input id=${`${id}-title`}
          value=${row.title} onInput=${(event) => set(index, { title: event.target.value })} /><//>
        <${Field} id=${`${id}-url`} label=${words.EVIDENCE_LINK} problems=${problems}><input id=${`${id}-url`} type="url" inputmode="url"
          value=${row.url} onInput=${(event) => set(index, { url: event.target.value })} /><//>
        <button type="button" class="as-link" onClick=${() => change({ evidence: rows.filter((_, at) => at !== index) })}>
          ${words.removeEvidence(index + 1)}</button></div>`;
  })}
      ${rows.length < 10 && html`<button type="button" class="button is-second" onClick=${() => change({ evidence: [...rows, { title: '', url: '' }] })}>
        ${words.ADD_EVIDENCE}</button>`}
    </fieldset>`;
}

/** @param {{id: string, label: string, hint?: string, problems: Problems, children?: any}} props A labelled field with its own error. */
export function Field({ id, label, hint, problems, children }) {
  const wrong = problems.find((one) => one.field === id)?.text;
  return html`<div class=${wrong ? 'field is-wrong' : 'field'}><label for=${id}>${label}</label>
    ${hint && html`<p class="hint">${hint}</p>`}${wrong && html`<p class="wrong">${wrong}</p>`}${children}</div>`;
}
