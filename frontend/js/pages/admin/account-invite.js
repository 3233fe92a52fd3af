/**
 * Inviting somebody: a person of the plan who has no account yet, somebody new, or nobody in the plan.
 */
import { html, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary, H1 } from '../../parts/bits.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { LOST } from '../../words/people/directory.js';
import { sendWatched } from '../../parts/forms/case-data-over.js';
import { Field } from '../../parts/forms/fields.js';
import { SentLink } from '../../parts/accounts/sent-link.js';
import { plan, withSession } from '../../store.js';
import { to } from '../../router.js';
import { ROLE_WORDS } from '../../words/plan/kinds.js';
import * as words from '../../words/admin/accounts.js';

const BLANK = { who: '', email: '', role: '', name: '', post: '', agency: '' };

/** What is missing, before the server is asked. @param {typeof BLANK} typed */
const check = (typed) => [
  ...(typed.who ? [] : [{ field: 'who', text: words.WHO_MISSING }]),
  ...(typed.who.length > 4 || !typed.who || typed.name.trim() ? [] : [{ field: 'name', text: words.NAME_MISSING }]),
  ...(typed.email.trim() ? [] : [{ field: 'email', text: words.EMAIL_MISSING }]),
  ...(typed.role ? [] : [{ field: 'role', text: words.MAY_MISSING }]),
];

/** @param {typeof BLANK} typed */
const body = ({ who, email, role, name, post, agency }) => ({
  email: email.trim(), role,
  ...(who === 'none' ? { name: name.trim() } : who === 'new' ? { new_person: { name: name.trim(),
    ...(post.trim() ? { post: post.trim() } : {}), ...(agency ? { agency } : {}) } } : { person: who }),
});

/** The screen at "/admin/accounts/new". */
export default function Invite() {
  const accounts = useRead('/accounts?limit=200');
  const [typed, setTyped] = useState(BLANK);
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(/** @type {any} */ (null));
  const key = useRef(crypto.randomUUID());
  /** @param {any} part */
  const set = (part) => setTyped((now) => ({ ...now, ...part }));
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const missing = check(typed);
    setProblems(missing);
    if (missing.length) return;
    setBusy(true);
    try {
      const headers = { 'Idempotency-Key': key.current };
      /** @param {any} watched */
      const invite = (watched) => request('POST', '/accounts', { body: watched, headers });
      const answer = await withSession(() => sendWatched(invite, body(typed)), words.SIGN_IN_TO_SAVE);
      if (answer) setSent(answer.data);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code === 'idempotency-key-reused') key.current = crypto.randomUUID();
      setProblems(told(why));
    }
    setBusy(false);
  };
  const again = () => {
    key.current = crypto.randomUUID();
    setTyped(BLANK);
    setSent(null);
    accounts.again();
  };
  if (sent) return html`<${H1} title=${words.INVITED_TITLE}>${words.invited(sent.account.name)}<//><${SentLink} sent=${sent} what=${words.INVITATION} />
    <p class="buttons"><button class="button" onClick=${again}>${words.INVITE_ANOTHER}</button>
      <a href=${to(`/admin/accounts/${sent.account.id}`)}>${words.SEE_ACCOUNT}</a></p>`;
  if (!accounts.data) return html`<${H1} title=${words.INVITE}>${words.INVITE}<//><${Trouble} problem=${accounts.problem} again=${accounts.again} />`;
  const taken = new Set(accounts.data.data.map((/** @type {import('../../types.js').ManagedAccount} */ one) => one.person?.id));
  const people = (plan.value?.people ?? []).filter((one) => !taken.has(one.id));
  const leads = new Set(plan.value?.objectives.map((one) => one.lead?.person));
  /** @param {string} who */
  const choose = (who) => set({ who, role: typed.role || (leads.has(who) ? 'lead_officer' : who.length > 4 ? 'contributor' : '') });
  return html`<${H1} title=${words.INVITE}>${words.INVITE}<//>
    <p class="lead-in">${words.INVITE_LEDE}</p>
    <form class="panel admin-form" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
      <${Pick} id="who" label=${words.WHO} value=${typed.who} onPick=${choose} problems=${problems} choices=${[['', words.CHOOSE],
        ['new', words.NEW], ['none', words.NOBODY],
        ...people.map((one) => [one.id, words.personChoice(one.name, one.post)])]}
        hint=${words.WHO_HINT} />
      ${['new', 'none'].includes(typed.who) && html`<${Field} id="name" label=${words.NAME} maxlength="200" value=${typed.name} problems=${problems}
        autocomplete="off" onInput=${(event) => set({ name: event.target.value })} />`}
      ${typed.who === 'new' && html`<${Field} id="post" label=${words.POST} hint=${words.POST_HINT} maxlength="200" value=${typed.post} problems=${problems}
        autocomplete="off" onInput=${(event) => set({ post: event.target.value })} />
        <${Pick} id="agency" label=${words.AGENCY} value=${typed.agency} onPick=${(agency) => set({ agency })} problems=${problems}
          choices=${[['', words.NO_AGENCY], ...(plan.value?.agencies ?? []).map((one) => [one.id, one.name])]} />`}
      <${Field} id="email" label=${words.EMAIL_ADDRESS} type="email" spellcheck="false" maxlength="254" value=${typed.email} problems=${problems}
        autocomplete="off" onInput=${(event) => set({ email: event.target.value })} />
      <${Pick} id="role" label=${words.MAY} value=${typed.role} onPick=${(role) => set({ role })} problems=${problems} choices=${[['', words.CHOOSE],
        ...Object.entries(ROLE_WORDS)]} hint=${words.MAY_HINT} />
      <div><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.INVITING : words.INVITE_BUTTON}</button></div></form>`;
}

/** What the server refused, at the field it belongs to. @param {Problem} why */
function told(why) {
  /** @type {Record<string, string>} */
  const place = { person: 'who' };
  const found = why.errors.map((one) => {
    const last = one.pointer.split('/').pop() ?? '';
    return { field: place[last] ?? last, text: one.detail };
  });
  return found.length ? found : [{ field: 'who', text: why.status && why.status < 500 ? why.detail : LOST }];
}

/** @param {{id: string, label: string, hint?: string, value: string, choices: [string, string][], onPick: (value: string) => void,
 *   problems: {field: string, text: string}[]}} props */
export function Pick({ id, label, hint, value, choices, onPick, problems }) {
  const wrong = problems.find((one) => one.field === id)?.text;
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return html`<div class=${wrong ? 'field is-wrong' : 'field'}><label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}${wrong && html`<p class="wrong" id=${`${id}-wrong`}>${wrong}</p>`}
    <select id=${id} aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${about || undefined} onChange=${(event) => onPick(event.target.value)}>
      ${choices.map(([key, label]) => html`<option key=${key} value=${key} selected=${key === value}>${label}</option>`)}</select></div>`;
}
