/**
 * Changing the address one signs in with: it counts once the link in a letter to it was opened.
 */
import { html, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary, H1 } from '../../parts/bits.js';
import { Field } from '../../parts/forms/fields.js';
import { me } from '../../store.js';
import { SECTIONS, email as words } from '../../words/accounts/account.js';

/** The page at "/account/email". */
export default function Email() {
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState('');
  const key = useRef({ email: '', id: '' });
  /** @param {import('../../types.js').Sent} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const email = String(new FormData(form).get('email')).trim();
    setSent('');
    setProblems(email ? [] : [{ field: 'email', text: words.MISSING }]);
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
      setProblems([{ field: 'email', text: why.status && why.status < 500 ? text : words.AWAY }]);
    }
    setBusy(false);
  };
  return html`<${H1} title=${SECTIONS.email[0]}>${SECTIONS.email[0]}<//>
    <p>${words.NOW(me.value?.account.email ?? '')}</p>
    <div role="status">${sent && html`<p class="box">${words.SENT(sent)}</p>`}</div>
    <section class="panel" aria-labelledby="new-title"><h2 id="new-title">${words.CHANGE}</h2>
      <form onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
        <${Field} id="email" label=${words.LABEL} type="email" autocomplete="email" spellcheck="false" maxlength="254" problems=${problems}
          hint=${words.HINT} />
        <button class="button is-second" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.SENDING : words.SEND}</button></form></section>`;
}
