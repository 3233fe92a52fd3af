/**
 * The search over any page: a native dialog with one field and what it finds. Fetched when it is first opened.
 */
import { html, render, useLayoutEffect, useRef, useState } from '../../core.js';
import { told } from '../../api.js';
import { plan } from '../../store.js';
import { to } from '../../router.js';
import { Results, Said, byArrows, openFirst, useSearch } from './search-results.js';
import * as words from '../../words/shell/search.js';

const MOST = 5;
let open = false;

/** Open it over the page; the browser gives the focus back when it closes. */
export async function ask() {
  if (open || !plan.value) return;
  open = true;
  await Promise.all([told.sheet('action.css'), told.sheet('search.css')]);
  const place = document.body.appendChild(document.createElement('div'));
  const done = () => {
    render(null, place);
    place.remove();
    open = false;
  };
  render(html`<${Search} done=${done} />`, place);
}

/** @param {{done: () => void}} props */
function Search({ done }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [q, setQ] = useState('');
  const answer = useSearch(q);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    document.getElementById('find')?.focus();
  }, []);
  /** Whoever follows a link leaves the dialog; the link itself is followed by the page. @param {Event} event */
  const leave = (event) => { if (event.target instanceof Element && event.target.closest('a[href]')) dialog.current?.close(); };
  /** A search field keeps the first Escape for emptying itself; here it closes. @param {KeyboardEvent} event */
  const keys = (event) => {
    byArrows(event);
    if (event.key !== 'Escape') return;
    event.preventDefault();
    dialog.current?.close();
  };
  /** @param {PointerEvent} event */
  const outside = (event) => {
    const box = dialog.current?.getBoundingClientRect();
    if (box && (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom)) dialog.current?.close();
  };
  return html`<dialog ref=${dialog} class="dialog search" aria-labelledby="find-title" onClose=${done} onPointerDown=${outside} onKeyDown=${keys} onClick=${leave}>
    <div class="search-head"><h2 id="find-title">${words.TITLE}</h2><button type="button" class="as-link" onClick=${() => dialog.current?.close()}>${words.CLOSE}</button></div>
    <form role="search" aria-label=${words.LABEL} onSubmit=${openFirst}><label class="unseen" for="find">${words.LABEL}</label>
      <input id="find" type="search" autocomplete="off" spellcheck="false" enterkeyhint="go" value=${q} aria-describedby="find-hint"
        onInput=${(event) => setQ(event.target.value)} /></form>
    <p class="hint small" id="find-hint">${words.HINT} <span class="keys-only">${words.HINT_KEYS}</span></p>
    <${Said} answer=${answer} q=${q} />
    <${Results} answer=${answer} q=${q} most=${MOST} level="h3" />
    ${answer.count > 0 && html`<p><a href=${to(`/search?q=${encodeURIComponent(q.trim())}`)}>${words.AS_PAGE}</a></p>`}</dialog>`;
}
