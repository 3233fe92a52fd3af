/**
 * What a link in a letter opens: choosing a password, by invitation or after forgetting it, and confirming a new address.
 */
import { html, useEffect, useState } from '../core.js';
import { Problem, keepSession, request } from '../api.js';
import { ErrorSummary, H1 } from '../parts/bits.js';
import { Field } from '../parts/fields.js';
import { clearAll, loadMe, loadPlan, me, state } from '../store.js';
import { navigate, route } from '../router.js';

/** @typedef {{field: string, text: string}[]} Problems */

const AWAY = 'The server did not answer. Nothing you have typed is lost. Try again in a moment.';
const RULES = '12 characters or more. Three or four words that have nothing to do with each other are good. Not your name, your e-mail '
  + 'address or words of the plan.';

/** The page at "/invitation", "/reset" and "/email". */
export default function Link() {
  const kind = route.value.number;
  const [token, setToken] = useState(location.hash.slice(1));
  // It leaves the address bar, where a reader or a screenshot would keep it. Another letter opened in the same window changes only that.
  useEffect(() => {
    const take = () => {
      if (!location.hash) return;
      setToken(location.hash.slice(1));
      navigate(location.pathname + location.search, { replace: true });
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  if (kind === 'reset') return token ? html`<${Reset} key=${token} token=${token} />` : html`<${AskForReset} />`;
  if (!token) return html`<${Gone} kind=${kind} />`;
  return kind === 'email' ? html`<${NewEmail} key=${token} token=${token} />` : html`<${Invitation} key=${token} token=${token} />`;
}

/** @param {{kind: string}} props A link that was used, has expired, or came without its end. */
const Gone = ({ kind }) => html`<div class="page sign-in"><${H1} title="Link">This link does not work any more<//>
  <p>It works once, and only for a while. Open the link in your newest letter again, all of it; if that does not help,
  ${kind === 'reset' ? html` <a href="/reset">ask for a new one</a>.`
    : kind === 'email' ? html` enter the address again under <a href="/account/email">your account</a>.`
      : ' ask your partnership’s business manager for a new invitation.'}</p>
  <p><a href="/sign-in">Sign in</a></p></div>`;

/**
 * A form with one button; what was typed stays after an error.
 * @param {(given: Record<string, string>) => Problems} check
 * @param {(given: Record<string, string>) => Promise<void>} send
 * @param {string} first the field that is told what belongs to none
 */
function useSending(check, send, first) {
  const [problems, setProblems] = useState(/** @type {Problems} */ ([]));
  const [busy, setBusy] = useState(false);
  const [gone, setGone] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const given = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(event.currentTarget)));
    const found = check(given);
    setProblems(found);
    if (found.length) return;
    setBusy(true);
    try {
      await send(given);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code === 'link-expired') setGone(true);
      const told = why.errors.map((one) => ({ field: one.pointer.slice(1), text: one.detail }));
      setProblems(told.length ? told : [{ field: first, text: why.status && why.status < 500 ? why.detail : AWAY }]);
    }
    setBusy(false);
  };
  return { problems, busy, gone, submit };
}

/** @param {Record<string, string>} given */
const long = ({ password }) => (password.length >= 12 ? [] : [{ field: 'password', text: password
  ? 'Make it longer: 12 characters or more' : 'Choose a password' }]);

/** @param {{problems: Problems}} props The field for a new password. */
function NewPassword({ problems }) {
  const [shown, setShown] = useState(false);
  return html`<${Field} id="password" label="New password" hint=${RULES} type=${shown ? 'text' : 'password'} autocomplete="new-password"
    problems=${problems}><label class="check is-bare"><input type="checkbox" checked=${shown} onChange=${() => setShown(!shown)} />Show
    password</label><//>`;
}

function Invitation({ token }) {
  const [who, setWho] = useState(/** @type {any} */ (null));
  const [away, setAway] = useState('');
  const [expired, setExpired] = useState(false);
  const look = () => request('POST', '/auth/invitation', { body: { token } }).then(({ data }) => setWho(data), (why) => {
    if (why.code === 'link-expired') setExpired(true);
    else setAway(why.status && why.status < 500 ? why.detail : AWAY);
  });
  useEffect(() => { look(); }, []);
  const { problems, busy, gone, submit } = useSending(long, async ({ password }) => {
    await request('POST', '/auth/invitation/acceptance', { body: { token, password } });
    await enter(who.email, password);
  }, 'password');
  if (gone || expired) return html`<${Gone} kind="invitation" />`;
  if (!who) return html`<div class="page sign-in"><${H1} title="Invitation">Your invitation<//><p role="status">${away || 'Opening…'}
    ${away && html` <button class="as-link" onClick=${look}>Try again</button>`}</p></div>`;
  return html`<div class="page sign-in"><${H1} title="Invitation">Welcome, ${who.name}<//>
    <p>You are invited to the action plan of ${who.service}. Choose a password; you will sign in with it and <b>${who.email}</b>.</p>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <div><input type="text" name="username" autocomplete="username" value=${who.email} hidden disabled /><${NewPassword} problems=${problems} /></div>
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Opening the plan…' : 'Choose this password and sign in'}</button></form></div>`;
}

/** Sign in with what was just chosen; where that is not enough, the sign-in page asks for the rest. */
async function enter(email, password) {
  clearAll(); // somebody else may have used this desktop before
  try {
    keepSession((await request('POST', '/auth/sign-in', { body: { email, password, transport: 'cookie' } })).data);
    await loadMe();
  } catch (why) {
    if (!(why instanceof Problem)) throw why;
    return navigate('/sign-in', { replace: true });
  }
  state.value = 'starting';
  navigate(['contributor', 'lead_officer'].includes(me.value?.account.role ?? '') ? '/my' : '/', { replace: true });
  return loadPlan().catch((why) => { if (why.code !== 'second-factor-needed') state.value = 'failed'; });
}

function Reset({ token }) {
  const [done, setDone] = useState(false);
  const { problems, busy, gone, submit } = useSending(long, async ({ password }) => {
    await request('POST', '/auth/reset', { body: { token, password } });
    clearAll();
    setDone(true);
  }, 'password');
  if (gone) return html`<${Gone} kind="reset" />`;
  if (done) return html`<${Done} title="Your password is changed">You are signed out on every device. Sign in with the new password.<//>`;
  return html`<div class="page sign-in"><${H1} title="New password">Choose a new password<//>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} /><${NewPassword} problems=${problems} />
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Changing…' : 'Change my password'}</button></form></div>`;
}

function AskForReset() {
  const [asked, setAsked] = useState('');
  const { problems, busy, submit } = useSending(
    ({ email }) => (email.trim() ? [] : [{ field: 'email', text: 'Enter your e-mail address' }]),
    async ({ email }) => setAsked((await request('POST', '/auth/reset-request', { body: { email: email.trim() } })).data.detail), 'email');
  if (asked) return html`<${Done} title="Look into your mailbox">${asked} The link in it works for 30 minutes.<//>`;
  return html`<div class="page sign-in"><${H1} title="Forgotten password">Forgotten your password?<//>
    <p>Enter the address that you sign in with. We send a link to it, with which you choose a new password.</p>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <${Field} id="email" label="E-mail address" type="email" autocomplete="username" spellcheck="false" problems=${problems} />
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Sending…' : 'Send me a link'}</button></form>
    <p><a href="/sign-in">Back to sign in</a></p></div>`;
}

function NewEmail({ token }) {
  const [done, setDone] = useState(false);
  const { problems, busy, gone, submit } = useSending(() => [], async () => {
    await request('POST', '/auth/email', { body: { token } });
    setDone(true);
  }, 'confirm');
  if (gone) return html`<${Gone} kind="email" />`;
  if (done) return html`<${Done} title="Your e-mail address is changed">From now on you sign in with the new address. We told the old one.<//>`;
  return html`<div class="page sign-in"><${H1} title="New address">Sign in with this address from now on?<//>
    <p>The address that this letter came to takes the place of the one you signed in with until now.</p>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <button id="confirm" class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Changing…' : 'Use this address'}</button></form></div>`;
}

/** What was done, and where to go on. The heading takes the focus: the form that had it is gone. */
function Done({ title, children }) {
  useEffect(() => { document.querySelector('h1')?.focus(); }, []);
  return html`<div class="page sign-in"><${H1} title=${title}>${title}<//><p>${children}</p><p><a class="button" href="/sign-in">Sign in</a></p></div>`;
}
