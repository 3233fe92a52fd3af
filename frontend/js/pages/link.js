/**
 * What a link in a letter opens: choosing a password, by invitation or after forgetting it, a new address, stopping one, and a first factor.
 */
import { html, useEffect, useLayoutEffect, useState } from '../core.js';
import { Problem, keepSession, request } from '../api.js';
import { ErrorSummary, H1 } from '../parts/bits.js';
import { Field } from '../parts/forms/fields.js';
import { clearAll } from '../parts/accounts/session.js';
import { loadMe, loadPlan, me, state } from '../store.js';
import { navigate, route } from '../router.js';
import { OPENING, TRY_AGAIN } from '../words.js';
import * as words from '../words/accounts/link.js';

/** @typedef {{field: string, text: string}[]} Problems */

/** The page at "/invitation", "/reset", "/email", "/stop" and "/factor". */
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
  const opens = { invitation: Invitation, email: NewEmail, stop: Stop, factor: FirstFactor }[kind];
  return html`<${opens} key=${token} token=${token} />`;
}

/** @param {{kind: string}} props A link that was used, has expired, or came without its end. */
const Gone = ({ kind }) => html`<div class="page sign-in"><${H1} title=${words.gone.NAME}>${words.gone.TITLE}<//>
  <p>${words.gone.WHAT_NOW[kind]()}</p><p><a href="/sign-in">${words.SIGN_IN}</a></p></div>`;

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
  /** @param {import('../types.js').Sent} event */
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
      setProblems(told.length ? told : [{ field: first, text: why.status && why.status < 500 ? why.detail : words.AWAY }]);
    }
    setBusy(false);
  };
  return { problems, busy, gone, submit };
}

/** @param {Record<string, string>} given */
const long = ({ password }) => (password.length >= 12 ? [] : [{ field: 'password', text: password
  ? words.password.SHORT : words.password.MISSING }]);

/** @param {{problems: Problems}} props The field for a new password. */
function NewPassword({ problems }) {
  const [shown, setShown] = useState(false);
  return html`<${Field} id="password" label=${words.password.LABEL} hint=${words.password.HINT} type=${shown ? 'text' : 'password'} autocomplete="new-password"
    problems=${problems}><label class="check is-bare"><input type="checkbox" checked=${shown} onChange=${() => setShown(!shown)} />${
  words.password.SHOW}</label><//>`;
}

/** @param {{token: string}} props */
function Invitation({ token }) {
  const [who, setWho] = useState(/** @type {any} */ (null));
  const [away, setAway] = useState('');
  const [expired, setExpired] = useState(false);
  const look = () => request('POST', '/auth/invitation', { body: { token } }).then(({ data }) => setWho(data), (why) => {
    if (why.code === 'link-expired') setExpired(true);
    else setAway(why.status && why.status < 500 ? why.detail : words.AWAY);
  });
  useEffect(() => { look(); }, []);
  const { problems, busy, gone, submit } = useSending(long, async ({ password }) => {
    await request('POST', '/auth/invitation/acceptance', { body: { token, password } });
    await enter(who.email, password);
  }, 'password');
  if (gone || expired) return html`<${Gone} kind="invitation" />`;
  if (!who) return html`<div class="page sign-in"><${H1} title=${words.invitation.NAME}>${words.invitation.WAITING}<//><p role="status">${away || OPENING}
    ${away && html` <button class="as-link" onClick=${look}>${TRY_AGAIN}</button>`}</p></div>`;
  return html`<div class="page sign-in"><${H1} title=${words.invitation.NAME}>${words.invitation.TITLE(who.name)}<//><p>${words.invitation.ABOUT(who.service, who.email)}</p>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <div><input type="text" name="username" autocomplete="username" value=${who.email} hidden disabled /><${NewPassword} problems=${problems} /></div>
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.invitation.GOING_ON : words.invitation.GO_ON}</button></form></div>`;
}

/** Sign in with what was just chosen; where that is not enough, the sign-in page asks for the rest. @param {string} email @param {string} password */
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

/** @param {{token: string}} props */
function Reset({ token }) {
  const [done, setDone] = useState(false);
  const { problems, busy, gone, submit } = useSending(long, async ({ password }) => {
    await request('POST', '/auth/reset', { body: { token, password } });
    clearAll();
    setDone(true);
  }, 'password');
  if (gone) return html`<${Gone} kind="reset" />`;
  if (done) return html`<${Done} title=${words.reset.DONE}>${words.reset.WHAT_NOW}<//>`;
  return html`<div class="page sign-in"><${H1} title=${words.reset.NAME}>${words.reset.TITLE}<//>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} /><${NewPassword} problems=${problems} />
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.CHANGING : words.reset.CHANGE}</button></form></div>`;
}

function AskForReset() {
  const [asked, setAsked] = useState('');
  const { problems, busy, submit } = useSending(
    ({ email }) => (email.trim() ? [] : [{ field: 'email', text: words.forgotten.NO_EMAIL }]),
    async ({ email }) => setAsked((await request('POST', '/auth/reset-request', { body: { email: email.trim() } })).data.detail), 'email');
  if (asked) return html`<${Done} title=${words.forgotten.DONE}>${words.forgotten.WHAT_NOW(asked)}<//>`;
  return html`<div class="page sign-in"><${H1} title=${words.forgotten.NAME}>${words.forgotten.TITLE}<//>
    <p>${words.forgotten.ABOUT}</p>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <${Field} id="email" label=${words.forgotten.EMAIL} type="email" autocomplete="username" spellcheck="false" problems=${problems} />
      <button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.forgotten.SENDING : words.forgotten.SEND}</button></form><p><a href="/sign-in">${words.forgotten.BACK}</a></p></div>`;
}

/** @param {{token: string}} props */
function NewEmail({ token }) {
  const [done, setDone] = useState(false);
  const sending = useSending(() => [], async () => {
    await request('POST', '/auth/email', { body: { token } });
    setDone(true);
  }, 'confirm');
  if (done) return html`<${Done} title=${words.address.DONE}>${words.address.WHAT_NOW}<//>`;
  return html`<${OneButton} kind="email" told=${words.address} ...${sending} />`;
}

/** Somebody asked for a new address in the owner's name. @param {{token: string}} props */
function Stop({ token }) {
  const [became, setBecame] = useState('');
  const sending = useSending(() => [], async () => {
    const { data } = await request('POST', '/auth/email/stop', { body: { token } });
    clearAll();
    setBecame(data.address);
  }, 'confirm');
  if (became) return html`<${Done} title=${words.stop.DONE[became]} href="/reset" next=${words.stop.NEXT}>${words.stop.WHAT_NOW[became]}<//>`;
  return html`<${OneButton} kind="stop" told=${words.stop} ...${sending} />`;
}

/** The mailbox is shown to the session of this browser, and the set-up page opens. @param {{token: string}} props */
function FirstFactor({ token }) {
  const [out, setOut] = useState(false);
  const sending = useSending(() => [], async () => {
    try {
      await request('POST', '/me/factors/mailbox', { body: { token } });
      navigate('/account/security', { replace: true });
    } catch (why) {
      if (!(why instanceof Problem) || why.status !== 401) throw why;
      setOut(true);
    }
  }, 'confirm');
  if (out) return html`<${Done} title=${words.factor.SIGN_IN}>${words.factor.SIGN_IN_FIRST}<//>`;
  return html`<${OneButton} kind="factor" told=${words.factor} ...${sending} />`;
}

/** A question and the button that says yes; closing the page says no. @param {{kind: string, told: any, problems: {field: string, text: string}[], busy: boolean, gone: any, submit: (event: Event) => void}} props */
const OneButton = ({ kind, told, problems, busy, gone, submit }) => (gone ? html`<${Gone} kind=${kind} />`
  : html`<div class="page sign-in"><${H1} title=${told.NAME}>${told.TITLE}<//><p>${told.ABOUT}</p>
    <form class="panel" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <button id="confirm" class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.CHANGING : told.USE}</button></form></div>`);

/** What was done, and where to go on. The heading takes the focus: the form that had it is gone. @param {{title: string, children: any, href?: string, next?: any}} props */
function Done({ title, children, href = '/sign-in', next = words.SIGN_IN }) {
  useLayoutEffect(() => { document.querySelector('h1')?.focus(); }, []);
  return html`<div class="page sign-in"><${H1} title=${title}>${title}<//><p>${children}</p><p><a class="button" href=${href}>${next}</a></p></div>`;
}
