/**
 * The search as a page: its address can be sent, and it works where the dialog cannot be fetched.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { H1 } from '../parts/bits.js';
import { Results, Said, byArrows, openFirst, useSearch } from '../parts/shell/search-results.js';
import { navigate, route, to } from '../router.js';
import * as words from '../words/shell/search.js';

/** The page at "/search?q=". */
export default function Search() {
  const asked = route.value.query.get('q') ?? '';
  const [q, setQ] = useState(asked);
  const timer = useRef(/** @type {any} */ (0));
  const sent = useRef(asked);
  useEffect(() => {
    if (asked !== sent.current) setQ(asked); // Back, or another search over this page
    sent.current = asked;
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const answer = useSearch(q);
  /** @param {import('../types.js').Typed} event */
  const type = (event) => {
    const text = event.target.value;
    setQ(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = text;
      navigate(to(text.trim() ? `/search?q=${encodeURIComponent(text)}` : '/search'), { replace: true });
    }, 180);
  };
  return html`<div class="page narrow search-page" onKeyDown=${byArrows}><${H1} title=${q.trim() ? `${words.TITLE}: ${q.trim()}` : words.TITLE}>${words.TITLE}<//>
    <form role="search" aria-label=${words.LABEL} onSubmit=${openFirst}><div class="field"><label for="search-page">${words.LABEL}</label>
      <p class="muted small" id="search-page-hint">${words.HINT}</p>
      <input id="search-page" type="search" autocomplete="off" spellcheck="false" enterkeyhint="go" value=${q} aria-describedby="search-page-hint" onInput=${type} /></div></form>
    <${Said} answer=${answer} q=${q} /><${Results} answer=${answer} q=${q} /></div>`;
}
