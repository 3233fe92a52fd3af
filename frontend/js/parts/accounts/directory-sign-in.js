/**
 * Signing in through an agency's directory, where there is one: a link that leads there, and what is said when it did not work.
 */
import { html, signal, useEffect } from '../../core.js';
import { request } from '../../api.js';
import { route } from '../../router.js';
import { directory as words } from '../../words/accounts/sign-in.js';

const START = '/api/v1/auth/directory/start';

/** What the directory is called; empty where there is none. */
const directory = signal('');

/** What went wrong on the way there and back, above the form; it never says whether there is such an account. */
export function DirectoryProblem() {
  const problem = route.value.query.get('problem');
  const name = directory.value;
  if (!name || !problem?.startsWith('directory')) return null;
  return html`<div class="box is-error" role="alert"><h2>${words.FAILED(name)}</h2>
    <p>${problem === 'directory-away' ? words.AWAY(name) : words.UNKNOWN(name)}</p></div>`;
}

/** The way through the directory, below the form. */
export function DirectorySignIn() {
  useEffect(() => {
    // Without an answer there is still the form.
    request('GET', '/auth/methods').then(({ data }) => { directory.value = data.directory?.name ?? ''; }, () => undefined);
  }, []);
  const next = route.value.query.get('next');
  const name = directory.value;
  if (!name) return null;
  const address = next ? `${START}?next=${encodeURIComponent(next)}` : START;
  return html`<section class="panel" aria-label=${words.LABEL}>
    <p class="hint">${words.HINT(name)}</p>
    <p><a class="button is-second" href=${address}>${words.SIGN_IN(name)}</a></p></section>`;
}
