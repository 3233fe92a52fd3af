/**
 * An address that leads nowhere.
 */
import { html } from '../core.js';
import { H1 } from '../parts/bits.js';
import { to } from '../router.js';

/** The page of an unknown address. */
export default function Missing() {
  return html`<div class="page narrow"><${H1} title="Page not found">There is no page at this address<//>
    <p>Check the address, or <a href=${to('/')}>go to the overview</a>.</p></div>`;
}
