/**
 * Passkeys: add one under a name, see when each was used, remove one.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { Field } from '../../parts/fields.js';
import { NoPasskey, hasPasskeys, makePasskey } from '../../parts/passkeys.js';
import { londonDay, longDay } from '../../words.js';

/** @param {{factors: import('../../types.js').Factors, changed: (said: string) => void}} props */
export default function Passkeys({ factors, changed }) {
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const act = async (work) => {
    setProblems([]);
    try {
      await work();
    } catch (why) {
      if (why instanceof NoPasskey) return refuse('Your device made no passkey. Try again, or use another device.');
      if (!(why instanceof Problem)) throw why;
      if (why.code !== 'confirmation-needed') refuse(why.status ? why.detail : 'The server did not answer. Try again in a moment.');
    }
    return undefined;
  };
  const refuse = (text) => setProblems([{ field: 'passkey-name', text }]);
  const add = async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const name = String(new FormData(form).get('passkey-name') ?? '').trim();
    if (!name) {
      refuse('Give it a name, such as My phone');
      return;
    }
    setBusy(true);
    await act(async () => {
      await makePasskey(name);
      form.reset();
      changed(`Passkey ${name} is added`);
    });
    setBusy(false);
  };
  const remove = (one) => act(async () => {
    await request('DELETE', `/me/passkeys/${one.id}`);
    changed(`Passkey ${one.name} is removed. Remove it from your device as well.`);
  });
  return html`<section class="panel" aria-labelledby="passkeys-title"><h2 id="passkeys-title">Passkeys</h2>
    <p>Sign in with your finger, face or the device’s PIN, and no password. The easy way on a phone.</p>
    ${factors.passkeys.length > 0 && html`<ul role="list" class="held">${factors.passkeys.map((one) => html`<li key=${one.id}>
      <p><b>${one.name}</b><br /><span class="muted small">Added ${longDay(londonDay(one.created_at))}; ${
  one.last_used_at ? `last used ${longDay(londonDay(one.last_used_at))}` : 'not used yet'}</span></p>
      <button class="as-link" onClick=${() => remove(one)}>Remove<span class="unseen"> ${one.name}</span></button></li>`)}</ul>`}
    ${hasPasskeys() ? html`<form onSubmit=${add} novalidate><${ErrorSummary} problems=${problems} />
      <${Field} id="passkey-name" label="Name of the new passkey" hint="So that you know it again, such as My phone" type="text" autocomplete="off" maxlength="60"
        problems=${problems} />
      <button class="button is-second" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Waiting for your device…' : 'Add a passkey'}</button></form>`
    : html`<p class="wrong" role="alert">${problems[0]?.text}</p><p class="muted">This browser, at this address, makes no passkeys.</p>`}</section>`;
}
