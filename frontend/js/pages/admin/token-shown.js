/**
 * A token that was just made: shown this once, with a line to try it.
 */
import { html, useEffect, useRef, useState } from '../../core.js';

/** A line that shows what a token of these scopes is good for. @param {string} token @param {string[]} scopes @param {string} slug */
function tryIt(token, scopes, slug) {
  const base = `${location.origin}/api/v1`;
  const found = [['plan:read', 'status'], ['export:read', 'actions.csv'], ['changes:read', 'changes']].find(([scope]) => scopes.includes(scope));
  const auth = `-H 'Authorization: Bearer ${token}'`;
  if (found) return `curl ${auth} ${base}/plans/${slug}/${found[1]}`;
  return `curl ${auth} -H 'Content-Type: application/json' -H "Idempotency-Key: $(uuidgen)" -d '{"text": "…"}' ${base}/actions/ACTION-ID/updates`;
}

/** Words to be taken away whole. @param {{id: string, label: string, text: string}} props */
function Copied({ id, label, text }) {
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // No clipboard here (plain http, or not allowed): the words are selected, the keys do the rest.
      box.current?.select();
      setSaid('Selected: copy it with Ctrl+C');
    }
  };
  return html`<div class="field"><label for=${id}>${label}</label>
    <textarea id=${id} ref=${box} class="code" readonly rows="3" spellcheck="false" value=${text}></textarea>
    <p class="buttons"><button type="button" class="button is-second" onClick=${copy}>Copy<span class="unseen"> ${label}</span></button><span role="status">${said}</span></p></div>`;
}

/** @param {{made: import('../../types.js').PartnerToken & {token: string | null}, slug: string, onDone: () => void}} props */
export function TokenShown({ made, slug, onDone }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { heading.current?.focus(); }, []);
  const whose = `${made.name} of ${made.agency.name}`;
  return html`<section class="panel once" aria-labelledby="made-title"><h2 id="made-title" ref=${heading} tabindex="-1">The token for ${whose}</h2>
    ${made.token ? html`<p><b>Copy it now. Nobody can show it again</b>, neither you nor whoever runs the service: only a mark of it is kept.
        Hand it over by a way that others do not read, not by e-mail.</p>
      <${Copied} id="made-token" label="Token" text=${made.token} />
      <${Copied} id="made-curl" label="A line to try it" text=${tryIt(made.token, made.scopes, slug)} />`
    : html`<p>It was made, but the answer that held it was lost on the way, and nobody can show it again. Revoke it below and make another.</p>`}
    <p><button type="button" class="button" onClick=${onDone}>${made.token ? 'I have copied it' : 'Close'}</button></p></section>`;
}
