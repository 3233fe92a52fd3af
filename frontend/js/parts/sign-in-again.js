/**
 * The dialog over the page when the session has ended while somebody was writing.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Problem, signIn } from '../api.js';
import { me } from '../store.js';

/** @param {{prompt: {why: string, done: (ok: boolean) => void}}} props */
export default function SignInAgain({ prompt }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const posting = prompt.why.endsWith('post');
  const signedIn = useRef(false);
  // Native and modal: the browser traps the focus, closes on Esc and gives the focus back; only then does it go.
  useEffect(() => { dialog.current?.showModal(); }, []);
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      me.value = await signIn(me.value?.account.email ?? '', field.current?.value ?? '');
      signedIn.current = true;
      dialog.current?.close();
    } catch (why) {
      setProblem(why instanceof Problem && why.status ? why.detail : 'The server did not answer. Try again in a moment.');
      field.current?.focus();
    }
    setBusy(false);
  };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="again-title" onClose=${() => prompt.done(signedIn.current)}>
    <form onSubmit=${submit}><h2 id="again-title">${prompt.why}</h2>
      <p>Your session ended while you were writing. ${posting ? 'Your update is kept and will be posted as soon as you sign in.'
    : 'What you wrote is kept and will be saved as soon as you sign in.'}</p>
      <input type="hidden" name="username" autocomplete="username" value=${me.value?.account.email} />
      <div class=${problem ? 'field is-wrong' : 'field'}><label for="again-password">Password for ${me.value?.account.name}</label>
        <p class="wrong" role="alert" id="again-wrong">${problem}</p>
        <input id="again-password" ref=${field} type="password" autocomplete="current-password" required
          aria-describedby="again-wrong" aria-invalid=${problem ? 'true' : undefined} /></div>
      <div class="buttons"><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Signing in…' : posting ? 'Sign in and post' : 'Sign in and save'}</button>
        <button type="button" class="as-link" onClick=${() => dialog.current?.close()}>Not now, keep my ${posting ? 'draft' : 'words'}</button></div>
    </form></dialog>`;
}
