/**
 * An address that leads nowhere.
 */
import { html } from '../core.js';
import { H1 } from '../parts/bits.js';
import { to } from '../router.js';
import * as words from '../words/shell/missing.js';

/** The page of an unknown address. */
export default function Missing() {
  return html`<div class="page narrow"><${H1} title=${words.NAME}>${words.TITLE}<//>
    <p>${words.WHAT_NOW(to('/'))}</p></div>`;
}
