/**
 * Changing the address one signs in with: it counts once the link in a letter to it was opened.
 */
import { html, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary, H1 } from '../../parts/bits.js';
import { Field } from '../../parts/fields.js';
import { me } from '../../store.js';

/** The page at "/account/email". */
export default function Email() {
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState('');
  const key = useRef({ email: '', id: '' });
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const email = String(new FormData(form).get('email')).trim();
    setSent('');
    setProblems(email ? [] : [{ field: 'email', text: 'Enter the new e-mail address' }]);
    if (!email) return;
    setBusy(true);
    if (key.current.email !== email) key.current = { email, id: crypto.randomUUID() };
    try {
      await request('POST', '/me/email', { body: { email }, headers: { 'Idempotency-Key': key.current.id } });
      key.current = { email: '', id: '' };
      setSent(email);
      form.reset();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      const text = why.errors.map((one) => one.detail).join(' ') || why.detail;
      setProblems([{ field: 'email', text: why.status && why.status < 500 ? text : 'The server did not answer. What you typed is still there. Try again in a moment.' }]);
    }
    setBusy(false);
  };
  return html`<${H1} title="E-mail address">E-mail address<//>
    <p>You sign in with <b>${me.value?.account.email}</b>.</p>
    <div role="status">${sent && html`<p class="box">A letter is on its way to <b>${sent}</b>. Open the link in it within a day. Until then
      nothing changes.</p>`}</div>
    <section class="panel" aria-labelledby="new-title"><h2 id="new-title">Change it</h2>
      <form onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
        <${Field} id="email" label="New e-mail address" type="email" autocomplete="email" spellcheck="false" maxlength="254" problems=${problems}
          hint="We send a link there first, so that a mistyped address shuts nobody out. The old address is told." />
        <button class="button is-second" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Sending…' : 'Send a link to this address'}</button></form></section>`;
}
