/**
 * What stands below a list that the server gives in pages.
 */
import { html } from '../core.js';
import { LOADING, MORE, TRY_AGAIN } from '../words/admin/lists.js';

/**
 * That it could not be loaded, that it is being loaded, or the way to more of it.
 * @param {{list: ReturnType<import('./paged.js').usePaged>, failed: string}} props `failed` says that this list could not be loaded
 */
export function ListEnd({ list, failed }) {
  if (list.state === 'failed') return html`<div class="box is-error" role="alert"><p>${failed} ${list.problem}</p>
    <p><button type="button" class="button is-second" onClick=${list.more}>${TRY_AGAIN}</button></p></div>`;
  if (list.state === 'loading' && !list.rows.length) return html`<div class="ghosts" aria-hidden="true"><i></i><i></i></div>`;
  if (!list.next) return null;
  const busy = list.state === 'loading';
  return html`<p><button type="button" class="button is-second" aria-disabled=${busy ? 'true' : undefined}
    onClick=${() => busy || list.more()}>${busy ? LOADING : MORE}</button></p>`;
}
