/**
 * What became of a link: sent by mail, or shown here this once to be handed on.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import * as words from '../../words/accounts/sent-link.js';

/**
 * @param {{sent: {account: {name: string, email: string}, mail: string | null, link: string | null}, what: string}} props
 *   `what` is such as "The invitation"
 */
export function SentLink({ sent, what }) {
  const [copied, setCopied] = useState('');
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'center' });
  }, [sent]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(sent.link ?? '');
      setCopied(words.COPIED);
    } catch {
      setCopied(words.NOT_COPIED);
    }
  };
  const why = sent.mail === 'failed' ? words.NOT_SENT : words.NO_SERVER;
  return html`<div class="box sent-link" ref=${box} tabindex="-1" role="group" aria-label=${words.LABEL}>
    ${sent.mail === 'sent' ? html`<p><b>${words.SENT(what, sent.account.email)}</b></p>`
    : !sent.link ? html`<p>${words.MADE_ALREADY(what)}</p>`
      : html`<p>${why(sent.account.name)}</p>
      <div class="field"><label for="link">${words.LINK}</label><input id="link" readonly value=${sent.link} onFocus=${(event) => event.target.select()} /></div>
      <p class="buttons"><button type="button" class="button is-second" onClick=${copy}>${words.COPY}</button> <span role="status">${copied}</span></p>`}</div>`;
}
