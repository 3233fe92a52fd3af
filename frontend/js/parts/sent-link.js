/**
 * What became of a link: sent by mail, or shown here this once to be handed on.
 */
import { html, useEffect, useRef, useState } from '../core.js';

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
      setCopied('Copied');
    } catch {
      setCopied('This browser does not let it be copied. Select the link and copy it.');
    }
  };
  const why = sent.mail === 'failed' ? 'The letter could not be sent.' : 'There is no mail server.';
  return html`<div class="box sent-link" ref=${box} tabindex="-1" role="group" aria-label="About the link">
    ${sent.mail === 'sent' ? html`<p><b>${what} is sent to ${sent.account.email}.</b></p>`
    : !sent.link ? html`<p><b>${what} was made already.</b> Make a new one if the link is lost.</p>`
      : html`<p><b>${why}</b> Give this link to ${sent.account.name} yourself, in a way that nobody else reads. It is not shown again.</p>
      <div class="field"><label for="link">Link</label><input id="link" readonly value=${sent.link} onFocus=${(event) => event.target.select()} /></div>
      <p class="buttons"><button type="button" class="button is-second" onClick=${copy}>Copy</button> <span role="status">${copied}</span></p>`}</div>`;
}
