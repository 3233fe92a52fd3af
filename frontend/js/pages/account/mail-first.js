/**
 * Before a first factor: a letter to one's own mailbox, whose link is opened in this browser.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import { mail as words } from '../../words/accounts/security.js';

/** @param {{again: () => Promise<void>}} props */
export default function MailFirst({ again }) {
  const [sent, setSent] = useState('');
  const [problem, setProblem] = useState('');
  const send = async () => {
    setProblem('');
    try {
      setSent((await request('POST', '/me/factors/link')).data.detail);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblem(why.status ? why.detail : AWAY);
    }
  };
  return html`<section class="panel" aria-labelledby="mail-title"><h2 id="mail-title">${words.TITLE}</h2>
    <p>${words.ABOUT}</p>
    <p class="wrong" role="alert">${problem}</p>
    <p role="status">${sent}</p>
    <div class="buttons"><button class="button" onClick=${send}>${sent ? words.AGAIN : words.SEND}</button>
      ${sent && html`<button class="as-link" onClick=${again}>${words.OPENED}</button>`}</div></section>`;
}
