/**
 * A token that was just made: shown this once, with a line to try it.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import * as words from '../../words/admin/tokens.js';

/** A line that shows what a token of these scopes is good for. @param {string} token @param {string[]} scopes @param {string} slug */
function tryIt(token, scopes, slug) {
  const base = `${location.origin}/api/v1`;
  const found = [['plan:read', 'status'], ['export:read', 'actions.csv'], ['changes:read', 'changes']].find(([scope]) => scopes.includes(scope));
  return found ? words.tryReading(token, `${base}/plans/${slug}/${found[1]}`) : words.tryPosting(token, base);
}

/** Words to be taken away whole. @param {{id: string, label: string, text: string}} props */
function Copied({ id, label, text }) {
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.COPIED);
    } catch {
      // No clipboard here (plain http, or not allowed): the words are selected, the keys do the rest.
      box.current?.select();
      setSaid(words.SELECTED);
    }
  };
  return html`<div class="field"><label for=${id}>${label}</label>
    <textarea id=${id} ref=${box} class="code" readonly rows="3" spellcheck="false" value=${text}></textarea>
    <p class="buttons"><button type="button" class="button is-second" onClick=${copy}>${words.copy(label)}</button><span role="status">${said}</span></p></div>`;
}

/** @param {{made: import('../../types.js').PartnerToken & {token: string | null}, slug: string, onDone: () => void}} props */
export function TokenShown({ made, slug, onDone }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => { heading.current?.focus(); }, []);
  return html`<section class="panel once" aria-labelledby="made-title"><h2 id="made-title" ref=${heading} tabindex="-1">${words.tokenFor(made.name, made.agency.name)}</h2>
    ${made.token ? html`<p>${words.copyNow()}</p>
      <${Copied} id="made-token" label=${words.TOKEN} text=${made.token} />
      <${Copied} id="made-curl" label=${words.TRY_IT} text=${tryIt(made.token, made.scopes, slug)} />`
    : html`<p>${words.ANSWER_LOST}</p>`}
    <p><button type="button" class="button" onClick=${onDone}>${made.token ? words.DONE : words.CLOSE}</button></p></section>`;
}
