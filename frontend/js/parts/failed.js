/**
 * A screen, or a part of one, that did not come.
 */
import { html } from '../core.js';
import { H1 } from './bits.js';
import * as words from '../words/admin.js';

/** Says so, with a way to ask again. */
export const Failed = () => html`<${H1} title=${words.NOT_OPENED_TITLE}>${words.NOT_OPENED}<//><p>${words.NO_ANSWER}
  <button class="as-link" onClick=${() => location.reload()}>${words.TRY_AGAIN}</button></p>`;
