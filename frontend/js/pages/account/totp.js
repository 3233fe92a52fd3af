/**
 * The authenticator app: set it up by QR code or by typing the secret, confirm it with its first code, remove it.
 */
import { html, useLayoutEffect, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { CodeField } from '../../parts/forms/fields.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import { app as words } from '../../words/accounts/security.js';

/** @param {{factors: import('../../types.js').Factors, changed: (said: string, codes?: string[]) => void}} props */
export default function Totp({ factors, changed }) {
  const [offer, setOffer] = useState(/** @type {import('../../types.js').TotpOffer | null} */ (null));
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [problem, setProblem] = useState('');
  useLayoutEffect(() => { if (offer) document.getElementById('set-up-title')?.focus(); }, [offer]);
  const since = factors.totp?.since;

  /** @param {() => Promise<unknown>} work */
  const act = async (work) => {
    setProblem('');
    try {
      await work();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code !== 'confirmation-needed') setProblem(why.status ? why.detail : AWAY);
    }
  };
  const begin = () => act(async () => setOffer((await request('POST', '/me/totp')).data));
  const remove = () => act(async () => {
    await request('DELETE', '/me/totp');
    changed(words.REMOVED);
  });
  /** @param {import('../../types.js').Sent} event */
  const submit = async (event) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('totp-code') ?? '').trim();
    if (!code) return setProblems([{ field: 'totp-code', text: words.NO_CODE }]);
    try {
      const { data } = await request('POST', '/me/totp/confirmation', { body: { code } });
      setOffer(null);
      setProblems([]);
      changed(words.DONE, data.recovery_codes);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblems([{ field: 'totp-code', text: why.status ? why.detail : AWAY }]);
    }
    return undefined;
  };
  return html`<section class="panel" aria-labelledby="totp-title"><h2 id="totp-title">${words.TITLE}</h2>
    <p>${since ? words.SINCE(since) : words.ABOUT}</p>
    <p class="wrong" role="alert">${problem}</p>
    ${!offer && html`<div class="buttons"><button class="button is-second" onClick=${begin}>${since ? words.MOVE : words.SET_UP}</button>
      ${since && html`<button class="as-link" onClick=${remove}>${words.REMOVE}</button>`}</div>`}
    ${offer && html`<h3 id="set-up-title" tabindex="-1">${words.STEPS}</h3>
      <p>${words.SCAN}</p>
      <svg class="qr" viewBox=${`0 0 ${offer.qr.size} ${offer.qr.size}`} role="img" aria-label=${words.PICTURE}>
        <path d=${offer.qr.path} fill="#000" /></svg>
      <p>${words.BY_HAND(offer.uri)}</p>
      <p class="secret" id="totp-secret">${offer.secret.match(/.{1,4}/g)?.join(' ')}</p>
      <form onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
        <${CodeField} id="totp-code" label=${words.CODE} problems=${problems} />
        <div class="buttons"><button class="button">${words.CONFIRM}</button>
          <button type="button" class="as-link" onClick=${() => { setOffer(null); setProblems([]); }}>${words.NOT_NOW}</button></div></form>`}</section>`;
}
