/**
 * One account: what it may do, and what the business manager can do with it.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { H1 } from '../../parts/bits.js';
import { FormPanel, LOST, Member, Trouble, needsName, useForm, useRead } from '../../parts/directory.js';
import { SentLink } from '../../parts/sent-link.js';
import { notice, withSession } from '../../store.js';
import { to } from '../../router.js';
import { ROLE_WORDS } from '../../words.js';
import { STATE_WORDS, day } from './accounts.js';

const typed = (account) => ({ name: account.name, role: account.role });

/** The screen at "/admin/accounts/{id}". @param {{id: string}} props */
export default function One({ id }) {
  const found = useRead(`/accounts/${id}`);
  if (!found.data) return html`${found.problem && html`<${H1} title="Account">Account<//>`}<${Trouble} problem=${found.problem} again=${found.again} />`;
  // An act makes another account of it, with another form; what is saved in the form stays in it.
  return html`<${Page} key=${`${found.data.state}${found.data.second_factor}`} account=${found.data} etag=${found.etag} again=${found.again} />`;
}

function Page({ account, etag, again }) {
  const form = useForm({
    method: 'PATCH', path: `/accounts/${account.id}`, etag, start: typed(account), read: typed, check: needsName,
    body: (values) => ({ name: values.name.trim(), role: values.role }),
    onSaved: (saved) => {
      again();
      return `${saved.name} is saved`;
    },
  });
  const person = account.person;
  return html`<${H1} title=${account.name}>${account.name}<//>
    <div class="admin-columns"><section class="panel account-facts" aria-label="What is kept"><dl class="admin-facts">
      <div><dt>E-mail</dt><dd>${account.email}</dd></div>
      <div><dt>State</dt><dd>${STATE_WORDS[account.state]}${account.invitation_expires_at && html`<br /><span class="muted small">The link works until ${
  day(account.invitation_expires_at)}</span>`}</dd></div>
      <div><dt>In the plan as</dt><dd>${person ? html`<a href=${to(`/admin/people/${person.id}`)}>${person.name}</a>${person.agency && `, ${person.agency.short_name}`}`
    : 'Nobody in the plan'}</dd></div>
      <div><dt>Second factor or passkey</dt><dd>${account.second_factor ? 'Yes' : 'No'}</dd></div>
      <div><dt>Last used</dt><dd>${day(account.last_used_at)}</dd></div></dl></section>
    <section aria-label="Name and role">
      <${FormPanel} form=${form} button="Save"><${Member} form=${form} name="name" label="Name" most=${200} />
        <${Member} form=${form} name="role" label="What may they do?" choices=${Object.entries(ROLE_WORDS)}
          hint="A new role signs them out everywhere, and counts from then on." /><//></section></div>
    <${Acts} account=${account} etag=${etag} again=${again} />`;
}

/** What can be done with an account as it stands. */
function Acts({ account, etag, again }) {
  const [sent, setSent] = useState(/** @type {any} */ (null));
  const path = `/accounts/${account.id}`;
  const link = (rule) => async () => {
    const answer = await post(`${path}/${rule}`);
    if (answer) setSent(answer.data);
  };
  const change = (body, said) => async () => {
    if (!await withSession(() => request('PATCH', path, { body, headers: { 'If-Match': etag } }), 'Sign in again to save this')) return;
    await done(said);
  };
  const act = (rule, said) => async () => {
    if (await post(`${path}/${rule}`)) await done(said);
  };
  const done = async (said) => {
    notice.value = said;
    await again();
    setTimeout(() => document.querySelector('h1')?.focus()); // the button that had the focus may be gone
  };
  const { name, state } = account;
  return html`<section class="admin-section" aria-labelledby="acts-title"><h2 id="acts-title">What you can do</h2>
    ${sent && html`<${SentLink} sent=${sent} what="The link" />`}
    <div class="panel account-acts">
      ${state === 'invited' && html`<${Act} title="Send the invitation again" button="Send the invitation" run=${link('invitation')}>
        ${account.email} gets a new link, which works once, for seven days. The one before no longer works.<//>`}
      ${state === 'active' && html`<${Act} title="Send a link to a new password" button="Send the link" run=${link('reset')}>
        ${account.email} gets a link that works once, for 30 minutes. The present password works until it is used.<//>`}
      ${account.second_factor && html`<${Act} title="Remove second factor and passkeys" button="Remove them" run=${act('factors/removal', `The second factor of ${name} is removed`)}>
        For somebody who has lost their phone. ${name} is signed out everywhere, signs in with the password alone, and sets up a new second factor.
        Make sure first that it is really them who asks: call them.<//>`}
      ${state === 'active' && html`<${Act} title="Sign out everywhere" button="Sign out everywhere" run=${act('sessions/end', `${name} is signed out everywhere`)}>
        ${name} is signed out on every device at once, and can sign in again.<//>`}
      ${state === 'disabled' ? html`<${Act} title="Open this account again" button="Open again" run=${change({ disabled: false }, `${name} can sign in again`)}>
        ${name} can sign in again with the password as it was.<//>`
    : html`<${Act} title="End this account" button="End the account" run=${change({ disabled: true }, `The account of ${name} is ended`)}>
        ${state === 'invited' ? `The link in the invitation no longer works, and ${name} cannot sign in.`
      : `${name} is signed out everywhere at once and cannot sign in. What they posted stays under their name.`} You can open the account again.<//>`}
    </div></section>`;
}

const post = (path) => withSession(() => request('POST', path, { headers: { 'Idempotency-Key': crypto.randomUUID() } }), 'Sign in again to do this');

/** One act, with what will happen said before its button. @param {{title: string, button: string, run: () => Promise<void>, children?: any}} props */
function Act({ title, button, run, children }) {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (busy) return;
    setBusy(true);
    setProblem('');
    try {
      await run();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblem(why.status && why.status < 500 ? why.detail : LOST);
    }
    setBusy(false);
  };
  return html`<details><summary>${title}</summary><p>${children}</p><p class="wrong" role="alert">${problem}</p>
    <button type="button" class="button is-second" aria-disabled=${busy ? 'true' : undefined} onClick=${press}>${busy ? 'One moment…' : button}</button></details>`;
}
