/**
 * The authenticator app: set it up by QR code or by typing the secret, confirm it with its first code, remove it.
 */
import { html, useEffect, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { CodeField } from '../../parts/fields.js';
import { londonDay, longDay } from '../../words.js';

/** @param {{factors: import('../../types.js').Factors, changed: (said: string, codes?: string[]) => void}} props */
export default function Totp({ factors, changed }) {
  const [offer, setOffer] = useState(/** @type {import('../../types.js').TotpOffer | null} */ (null));
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [problem, setProblem] = useState('');
  useEffect(() => { if (offer) document.getElementById('set-up-title')?.focus(); }, [offer]);
  const since = factors.totp?.since;

  const act = async (work) => {
    setProblem('');
    try {
      await work();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code !== 'confirmation-needed') setProblem(why.status ? why.detail : 'The server did not answer. Try again in a moment.');
    }
  };
  const begin = () => act(async () => setOffer((await request('POST', '/me/totp')).data));
  const remove = () => act(async () => {
    await request('DELETE', '/me/totp');
    changed('Your authenticator app is removed');
  });
  const submit = async (event) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('totp-code') ?? '').trim();
    if (!code) return setProblems([{ field: 'totp-code', text: 'Enter the code that your app shows' }]);
    try {
      const { data } = await request('POST', '/me/totp/confirmation', { body: { code } });
      setOffer(null);
      setProblems([]);
      changed('Your authenticator app is set up. Keep the recovery codes now.', data.recovery_codes);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblems([{ field: 'totp-code', text: why.status ? why.detail : 'The server did not answer. Try again in a moment.' }]);
    }
    return undefined;
  };
  return html`<section class="panel" aria-labelledby="totp-title"><h2 id="totp-title">Authenticator app</h2>
    ${since ? html`<p>Set up on ${longDay(londonDay(since))}. You are asked for its code when you sign in.</p>`
    : html`<p>An app on your phone shows a new code every 30 seconds. With it, a password that somebody saw is not enough to sign in as you.</p>`}
    <p class="wrong" role="alert">${problem}</p>
    ${!offer && html`<div class="buttons"><button class="button is-second" onClick=${begin}>${since ? 'Move to another phone' : 'Set up an app'}</button>
      ${since && html`<button class="as-link" onClick=${remove}>Remove the app</button>`}</div>`}
    ${offer && html`<h3 id="set-up-title" tabindex="-1">Set up your app</h3>
      <p>Scan this with an authenticator app, such as Microsoft or Google Authenticator, or the phone’s own passwords app.</p>
      <svg class="qr" viewBox=${`0 0 ${offer.qr.size} ${offer.qr.size}`} role="img" aria-label="QR code of the secret below" shape-rendering="crispEdges">
        <path d=${offer.qr.path} fill="#000" /></svg>
      <p>On this phone? <a href=${offer.uri}>Open it in your app</a>, or type this secret:</p>
      <p class="secret" id="totp-secret">${offer.secret.match(/.{1,4}/g)?.join(' ')}</p>
      <form onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
        <${CodeField} id="totp-code" label="Code that the app shows now" problems=${problems} />
        <div class="buttons"><button class="button">Confirm the app</button>
          <button type="button" class="as-link" onClick=${() => { setOffer(null); setProblems([]); }}>Not now</button></div></form>`}</section>`;
}
