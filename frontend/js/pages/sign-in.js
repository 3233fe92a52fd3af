/**
 * Sign in. Password managers and pasting are welcome; there is no puzzle.
 */
import { html, useState } from '../core.js';
import { Problem, signIn } from '../api.js';
import { ErrorSummary, H1 } from '../parts/bits.js';
import { loadPlan, me, state } from '../store.js';
import { localPath, navigate, route } from '../router.js';

/** The page at "/sign-in". */
export default function SignIn() {
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const next = route.value.query.get('next');

  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const { email, password } = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(event.currentTarget)));
    const missing = [
      ...(email.trim() ? [] : [{ field: 'email', text: 'Enter your e-mail address' }]),
      ...(password ? [] : [{ field: 'password', text: 'Enter your password' }]),
    ];
    setProblems(missing);
    if (missing.length) return;
    setBusy(true);
    try {
      me.value = await signIn(email.trim(), password);
      state.value = 'starting';
      // Those who came by no particular address start where their work is.
      const home = me.value.account.role === 'contributor' ? '/my' : '/';
      navigate(next ? localPath(next) : home, { replace: true });
      await loadPlan();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (me.value) state.value = 'failed'; // signed in, but the plan did not come
      setProblems([{ field: 'email', text: why.status === 0 ? 'The server did not answer. Try again in a moment.'
        : `${why.title}. ${why.detail}` }]);
      setBusy(false);
    }
  };
  const wrong = (id) => problems.find((one) => one.field === id)?.text;
  return html`<div class="page sign-in"><${H1} title="Sign in">Sign in<//>
    ${next && !problems.length && html`<p>Sign in to open the page you asked for.</p>`}
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <div class=${wrong('email') ? 'field is-wrong' : 'field'}><label for="email">E-mail address</label>
        ${wrong('email') && html`<p class="wrong" id="email-wrong">${wrong('email')}</p>`}
        <input id="email" name="email" type="email" autocomplete="username" spellcheck="false" aria-invalid=${wrong('email') ? 'true' : undefined}
          aria-describedby=${wrong('email') ? 'email-wrong' : undefined} /></div>
      <div class=${wrong('password') ? 'field is-wrong' : 'field'}><label for="password">Password</label>
        ${wrong('password') && html`<p class="wrong" id="password-wrong">${wrong('password')}</p>`}
        <input id="password" name="password" type=${shown ? 'text' : 'password'} autocomplete="current-password"
          aria-invalid=${wrong('password') ? 'true' : undefined} aria-describedby=${wrong('password') ? 'password-wrong' : undefined} />
        <label class="check is-bare"><input type="checkbox" checked=${shown} onChange=${() => setShown(!shown)} />Show password</label></div>
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Signing in…' : 'Sign in'}</button></form>
    <p><a href="/reset">Forgotten your password?</a></p>
    <p class="muted">No account, or no password? Ask your partnership's business manager.</p></div>`;
}
