/**
 * One labelled field with what is wrong with it, as every form here has them.
 */
import { html } from '../../core.js';

/** @typedef {{field: string, text: string}[]} Problems */

/**
 * @param {{id: string, label: any, hint?: string, problems?: Problems, type?: string, autocomplete?: string, [attribute: string]: any}} props
 *   the rest are attributes of the input
 */
export function Field({ id, label, hint, problems = [], children = null, ...rest }) {
  const wrong = problems.find((one) => one.field === id)?.text;
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return html`<div class=${wrong ? 'field is-wrong' : 'field'}><label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${wrong && html`<p class="wrong" id=${`${id}-wrong`}>${wrong}</p>`}
    <input id=${id} name=${id} aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${about || undefined} ...${rest} />${children}</div>`;
}

/**
 * The field for six digits, as phones and password managers fill it in.
 * @param {{id: string, label: string, hint?: string, problems?: Problems, [attribute: string]: any}} props
 */
export const CodeField = (props) => html`<${Field}
  type="text" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" autocapitalize="off" ...${props} />`;

/**
 * The field for a recovery code.
 * @param {{id: string, label: string, hint?: string, problems?: Problems, [attribute: string]: any}} props
 */
export const RecoveryField = (props) => html`<${Field}
  type="text" autocomplete="off" spellcheck="false" autocapitalize="characters" ...${props} />`;
