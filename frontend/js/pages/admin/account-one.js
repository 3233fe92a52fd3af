/**
 * One account: what it may do, who it is in the plan, and what the business manager can do with it.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { Behind, H1 } from '../../parts/bits.js';
import { FormPanel, Member, needsName, useForm } from '../../parts/forms/directory.js';
import { PeopleList, PersonPicker, calledFor, picked, toPick } from '../../parts/people/person-picker.js';
import { Trouble, readAll, useAnswer, useRead } from '../../parts/reading.js';
import { SentLink } from '../../parts/accounts/sent-link.js';
import { notice, withSession } from '../../store.js';
import { to } from '../../router.js';
import { ROLE_WORDS } from '../../words/plan/kinds.js';
import { LOST, theirs } from '../../words/people/directory.js';
import * as names from '../../words/admin/names.js';
import * as words from '../../words/admin/accounts.js';

/** @typedef {Map<string, import('../../parts/people/person-picker.js').Person>} People */

/** As it is typed; the person by the words of the list, or by name and agency when they are not in it any more. @param {People} people */
const typed = (people) => (/** @type {import('../../types.js').ManagedAccount} */ account) => {
  const listed = [...people].find(([, one]) => one.id === account.person?.id)?.[0];
  return { name: account.name, role: account.role, person: listed ?? (account.person ? calledFor(account.person) : '') };
};

/** Whether the box says nobody, or somebody who can be meant. @param {People} people @param {string} box */
const isKnown = (people, box) => !box.trim() || Boolean(picked(people, box));

/** The screen at "/admin/accounts/{id}". @param {{id: string}} props */
export default function One({ id }) {
  const found = useRead(`/accounts/${id}`);
  const people = useAnswer(() => readAll('/people?left=false&limit=200').then(toPick));
  const trouble = [found, people].find((one) => !one.data);
  if (trouble) return html`${trouble.problem && html`<${H1} title=${words.ACCOUNT}>${words.ACCOUNT}<//>`}<${Trouble} problem=${trouble.problem} again=${trouble.again} />`;
  // An act makes another account of it, with another form; what is saved in the form stays in it.
  return html`<${Page} key=${`${found.data.state}${found.data.second_factor}`} account=${found.data} etag=${found.etag} people=${people.data} again=${found.again} />`;
}

const removal = () => import('../../parts/privacy/redact-names.js');

/** @param {any} account @param {string} name as a change calls it */
const memberOf = (account, name) => ({ person: account.person?.id, disabled: account.state })[name] ?? account[name];

/**
 * Send a change. Where somebody changed other members of the account meanwhile, both changes stand.
 * @param {any} seen what was read
 * @param {any} body
 * @param {Record<string, string>} headers
 */
async function send(seen, body, headers) {
  /** @param {Record<string, string>} tag */
  const change = (tag) => request('PATCH', `/accounts/${seen.id}`, { body, headers: { ...headers, ...tag } });
  try {
    return await change({});
  } catch (why) {
    const now = /** @type {any} */ (why instanceof Problem && why.status === 412 && why.current);
    if (!now || Object.keys(body).some((name) => memberOf(seen, name) !== memberOf(now, name))) throw why;
    return change({ 'If-Match': /** @type {string} */ (/** @type {Problem} */ (why).etag) });
  }
}

/** @param {{account: any, etag: string | null, people: People, again: () => Promise<void>}} props */
function Page({ account, etag, people, again }) {
  const read = typed(people);
  const start = read(account);
  const form = useForm({
    method: 'PATCH', path: `/accounts/${account.id}`, etag, start, read,
    check: (values) => [...needsName(values),
      ...(values.person === start.person || isKnown(people, values.person) ? [] : [{ field: 'person', text: words.PERSON_UNKNOWN }])],
    body: (values) => ({ name: values.name.trim(), role: values.role, person: picked(people, values.person)?.id ?? null }),
    onSaved: (saved) => {
      again();
      return words.saved(saved.name);
    },
  });
  const person = account.person;
  return html`<${H1} title=${account.name}>${account.name}<//>
    <div class="admin-columns is-even"><section class="panel account-facts" aria-label=${words.FACTS}><dl class="admin-facts">
      <div><dt>${words.EMAIL}</dt><dd>${account.email}</dd></div>
      <div><dt>${words.STATE}</dt><dd>${words.stateOf(account)}${account.invitation_expires_at && html`<br /><span class="muted small">${
  words.linkUntil(account.invitation_expires_at)}</span>`}</dd></div>
      <div><dt>${words.IN_PLAN}</dt><dd>${person ? html`<a href=${to(`/admin/people/${person.id}`)}>${person.name}</a>${person.agency && `, ${person.agency.short_name}`}`
    : words.NOBODY}</dd></div>
      <div><dt>${words.FACTOR_OR_PASSKEY}</dt><dd>${words.factorOf(account)}</dd></div>
      <div><dt>${words.LAST_USED}</dt><dd>${words.day(account.last_used_at)}</dd></div></dl></section>
    <section aria-label=${words.NAME_AND_ROLE}>
      <${FormPanel} form=${form} button=${words.SAVE}><${Member} form=${form} name="name" label=${words.NAME} most=${200} />
        <${Member} form=${form} name="role" label=${words.MAY} choices=${Object.entries(ROLE_WORDS)}
          hint=${words.MAY_CHANGED} />
        <${InPlan} form=${form} people=${people} account=${account} start=${start} /><//></section></div>
    <${Acts} account=${account} etag=${etag} again=${again} />
    <section class="admin-section" aria-labelledby="redact-title"><h2 id="redact-title">${names.TITLE}</h2>
      <${Behind} class="panel became" title=${names.OPEN} load=${removal} path=${`/accounts/${account.id}`} name=${account.name} onChanged=${again} /></section>`;
}

/** Who the account is in the plan, and what follows from another choice. A name that was theirs goes with them. @param {{form: import('../../parts/forms/directory.js').Form, people: People, account: import('../../types.js').ManagedAccount, start: import('../../parts/forms/directory.js').Values}} props */
function InPlan({ form, people, account, start }) {
  const { name, person, role } = form.values;
  const other = form.theirs.find((one) => one.field === 'person');
  /** @param {string} box */
  const nameOf = (box) => (box === start.person ? start.name : picked(people, box)?.name ?? start.name);
  /** @param {string} box */
  const pick = (box) => {
    if (name === nameOf(person) && account.person?.name === start.name) form.set('name', nameOf(box));
    form.set('person', box);
  };
  const chosen = person !== start.person && isKnown(people, person);
  return html`<${PeopleList} people=${people} />
    <${PersonPicker} id="person" label=${words.IN_PLAN} hint=${words.PERSON_HINT} value=${person}
      wrong=${form.wrong.find((one) => one.field === 'person')?.text} onPick=${pick}>${
  other && html`<p class="theirs" id="person-other">${theirs(other.now)}</p>`}<//>
    <div role="status">${chosen && html`<p class="box">${words.whatFollows(account.email, picked(people, person)?.name ?? '', role)}</p>`}</div>`;
}

/** What can be done with an account as it stands. @param {{account: import('../../types.js').ManagedAccount, etag: string, again: () => Promise<void>}} props */
function Acts({ account, etag, again }) {
  const [sent, setSent] = useState(/** @type {any} */ (null));
  const path = `/accounts/${account.id}`;
  /** @param {string} rule */
  const link = (rule) => async () => {
    const answer = await post(`${path}/${rule}`);
    if (answer) setSent(answer.data);
  };
  /** @param {Record<string, unknown>} body @param {{done: (name: string) => string}} given */
  const change = (body, { done: said }) => async () => {
    if (!await withSession(() => send(account, body, { 'If-Match': etag }), words.SIGN_IN_TO_SAVE)) return;
    await done(said(account.name));
  };
  /** @param {string} rule @param {{done: (name: string) => string}} given */
  const act = (rule, { done: said }) => async () => {
    if (await post(`${path}/${rule}`)) await done(said(account.name));
  };
  /** @param {string} said */
  const done = async (said) => {
    notice.value = said;
    await again();
    setTimeout(() => document.querySelector('h1')?.focus()); // the button that had the focus may be gone
  };
  const { state } = account;
  const { ACTS } = words;
  return html`<section class="admin-section" aria-labelledby="acts-title"><h2 id="acts-title">${words.ACTS_TITLE}</h2>
    ${sent && html`<${SentLink} sent=${sent} what=${words.LINK} />`}
    <div class="panel account-acts">
      ${state === 'invited' && html`<${Act} act=${ACTS.invite} account=${account} run=${link('invitation')} />`}
      ${state === 'active' && html`<${Act} act=${ACTS.reset} account=${account} run=${link('reset')} />`}
      ${state === 'active' && !account.second_factor && html`<${Act} act=${ACTS.factor} account=${account} run=${link('factors/link')} />`}
      ${account.second_factor && html`<${Act} act=${ACTS.factors} account=${account} run=${act('factors/removal', ACTS.factors)} />`}
      ${state === 'active' && html`<${Act} act=${ACTS.sessions} account=${account} run=${act('sessions/end', ACTS.sessions)} />`}
      ${state === 'disabled' ? html`<${Act} act=${ACTS.open} account=${account} run=${change({ disabled: false }, ACTS.open)} />`
    : html`<${Act} act=${ACTS.end} account=${account} run=${change({ disabled: true }, ACTS.end)} />`}
    </div></section>`;
}

/** @param {string} path */
const post = (path) => withSession(() => request('POST', path, { headers: { 'Idempotency-Key': crypto.randomUUID() } }), words.SIGN_IN_TO_DO);

/** One act, with what will happen said before its button. @param {{act: typeof words.ACTS[string], account: any, run: () => Promise<void>}} props */
function Act({ act, account, run }) {
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
  return html`<details><summary>${act.title}</summary><p>${act.what(account)}</p><p class="wrong" role="alert">${problem}</p>
    <button type="button" class="button is-second" aria-disabled=${busy ? 'true' : undefined} onClick=${press}>${busy ? words.BUSY : act.button}</button></details>`;
}
