/**
 * Passkeys: add one under a name, see when each was used, remove one.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { Field } from '../../parts/forms/fields.js';
import { NoPasskey, hasPasskeys, makePasskey } from '../../parts/accounts/passkeys.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import { passkeys as words } from '../../words/accounts/security.js';

/** @param {{factors: import('../../types.js').Factors, changed: (said: string) => void}} props */
export default function Passkeys({ factors, changed }) {
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  /** @param {() => Promise<unknown>} work */
  const act = async (work) => {
    setProblems([]);
    try {
      await work();
    } catch (why) {
      if (why instanceof NoPasskey) return refuse(words.NOT_MADE);
      if (!(why instanceof Problem)) throw why;
      if (why.code !== 'confirmation-needed') refuse(why.status ? why.detail : AWAY);
    }
    return undefined;
  };
  /** @param {string} text */
  const refuse = (text) => setProblems([{ field: 'passkey-name', text }]);
  /** @param {import('../../types.js').Sent} event */
  const add = async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const name = String(new FormData(form).get('passkey-name') ?? '').trim();
    if (!name) {
      refuse(words.NO_NAME);
      return;
    }
    setBusy(true);
    await act(async () => {
      await makePasskey(name);
      form.reset();
      changed(words.ADDED(name));
    });
    setBusy(false);
  };
  /** @param {import('../../types.js').Passkey} one */
  const remove = (one) => act(async () => {
    await request('DELETE', `/me/passkeys/${one.id}`);
    changed(words.REMOVED(one.name));
  });
  return html`<section class="panel" aria-labelledby="passkeys-title"><h2 id="passkeys-title">${words.TITLE}</h2>
    <p>${words.ABOUT}</p>
    ${factors.passkeys.length > 0 && html`<ul role="list" class="held">${factors.passkeys.map((one) => html`<li key=${one.id}>
      <p><b>${one.name}</b><br /><span class="muted small">${words.USED(one.created_at, one.last_used_at)}</span></p>
      <button class="as-link" onClick=${() => remove(one)}>${words.REMOVE(one.name)}</button></li>`)}</ul>`}
    ${hasPasskeys() ? html`<form onSubmit=${add} novalidate><${ErrorSummary} problems=${problems} />
      <${Field} id="passkey-name" label=${words.NAME} hint=${words.HINT} type="text" autocomplete="off" maxlength="60"
        problems=${problems} />
      <button class="button is-second" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.WAITING : words.ADD}</button></form>`
    : html`<p class="wrong" role="alert">${problems[0]?.text}</p><p class="muted">${words.NOT_HERE}</p>`}</section>`;
}
