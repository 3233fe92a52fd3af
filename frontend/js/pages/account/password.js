/**
 * Changing one's own password.
 */
import { html, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { Field } from '../../parts/forms/fields.js';
import { me } from '../../store.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import { password as words } from '../../words/accounts/security.js';

/** @param {{factors: import('../../types.js').Factors, changed: (said: string) => void}} props */
export default function Password({ factors, changed }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  /** @param {import('../../types.js').Sent} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const given = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(event.currentTarget)));
    const missing = [
      ...(given.current ? [] : [{ field: 'current', text: words.NO_PRESENT }]),
      ...(given.new ? [] : [{ field: 'new', text: words.NO_NEW }]),
    ];
    setProblems(missing);
    if (missing.length) return;
    setBusy(true);
    try {
      await request('POST', '/me/password', { body: given });
      form.current?.reset();
      changed(words.CHANGED);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      const found = why.errors.map(({ pointer, detail }) => ({ field: pointer.slice(1), text: detail }));
      setProblems(found.length ? found : [{ field: 'current', text: why.status ? why.detail : AWAY }]);
    }
    setBusy(false);
  };
  if (!factors.password) return null;
  const type = shown ? 'text' : 'password';
  return html`<section class="panel" aria-labelledby="password-title"><h2 id="password-title">${words.TITLE}</h2>
    <form ref=${form} onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <input type="text" name="username" autocomplete="username" value=${me.value?.account.email} hidden disabled />
      <${Field} id="current" label=${words.PRESENT} type=${type} autocomplete="current-password" problems=${problems} />
      <${Field} id="new" label=${words.NEW} type=${type} autocomplete="new-password" problems=${problems}
        hint=${words.HINT}>
        <label class="check is-bare"><input type="checkbox" checked=${shown} onChange=${() => setShown(!shown)} />${words.SHOW}</label><//>
      <p class="muted">${words.OTHERS_END}</p>
      <button class="button is-second" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.CHANGING : words.CHANGE}</button></form></section>`;
}
