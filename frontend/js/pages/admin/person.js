/**
 * One person of the directory: what is kept of them, what they are named for, and where to hand it over. Or a new person.
 */
import { html } from '../../core.js';
import { Behind, H1 } from '../../parts/bits.js';
import { FormPanel, Member, linesOf, needsName, useForm } from '../../parts/forms/directory.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { plan } from '../../store.js';
import { arrival, navigate, to } from '../../router.js';
import { STATUS_WORDS } from '../../words.js';
import * as names from '../../words/admin/names.js';
import * as words from '../../words/admin/people.js';

const OPEN = ['not_reported', 'not_started', 'in_progress', 'delivered', 'on_hold'];

const removal = () => import('../../parts/privacy/redact-names.js');

/** @param {any} person */
const typed = (person) => ({
  name: person.name, post: person.post ?? '', agency: person.agency?.id ?? '', email: person.email ?? '',
  aliases: person.aliases.join('\n'), left_on: person.left_on ?? '',
});

/** @param {Record<string, string>} values */
const body = (values) => ({
  name: values.name.trim(), post: values.post.trim() || null, agency: values.agency || null, email: values.email.trim() || null,
  aliases: linesOf(values.aliases), left_on: values.left_on || null,
});

/** @param {Record<string, string>} values */
const check = (values) => [
  ...needsName(values),
  ...(values.email.trim() && !/^\S+@\S+\.\S+$/.test(values.email.trim())
    ? [{ field: 'email', text: words.EMAIL_WRONG }] : []),
];

/** The screen at "/admin/people/{id}" and "/admin/people/new". @param {{id: string}} props */
export default function Person({ id }) {
  const agencies = useRead('/agencies?limit=200');
  return id === 'new' ? html`<${New} agencies=${agencies} />` : html`<${One} id=${id} agencies=${agencies} />`;
}

/** @param {{agencies: import('../../parts/reading.js').Reading}} props */
function New({ agencies }) {
  const blank = { name: '', aliases: [], agency: null, post: null, email: null, left_on: null };
  const form = useForm({
    method: 'POST', path: '/people', start: typed(blank), read: typed, body, check,
    onSaved: (made) => {
      arrival.say = words.added(made.name);
      navigate(to(`/admin/people/${made.id}`), { replace: true });
      return arrival.say;
    },
  });
  return html`<${H1} title=${words.ADD}>${words.ADD}<//>${agencies.data
    ? html`<${FormPanel} form=${form} button=${words.ADD_BUTTON}><${Members} form=${form} agencies=${agencies.data.data} person=${null} /><//>`
    : html`<${Trouble} problem=${agencies.problem} again=${agencies.again} />`}`;
}

/** @param {{id: string, agencies: import('../../parts/reading.js').Reading}} props */
function One({ id, agencies }) {
  const found = useRead(`/people/${id}`);
  const trouble = [found, agencies].find((one) => !one.data);
  // No heading before there is a name: the focus goes to it once.
  if (trouble) return html`${trouble.problem && html`<${H1} title=${words.PERSON}>${words.PERSON}<//>`}<${Trouble} problem=${trouble.problem} again=${trouble.again} />`;
  return html`<${Page} person=${found.data} etag=${found.etag} agencies=${agencies.data.data} again=${found.again} />`;
}

/** @param {{person: import('../../types.js').PersonDetail, etag: string | null, agencies: import('../../parts/reading.js').Reading, again: () => Promise<void>}} props */
function Page({ person, etag, agencies, again }) {
  const form = useForm({
    method: 'PATCH', path: `/people/${person.id}`, etag, start: typed(person), read: typed, body, check,
    onSaved: (saved) => {
      again();
      return words.saved(saved.name);
    },
  });
  const open = person.named_on.filter((one) => OPEN.includes(one.status));
  return html`<${H1} title=${person.name}>${person.name}<//>
    ${person.left_on && html`<p class="lead-in"><b>${words.hasLeft(person.left_on)}</b> ${open.length + person.leads.length > 0
      && html`${words.stillNamed(open.length, person.leads.length)} <a href=${to(`/admin/people/${person.id}/handover`)}>${words.HAND_OVER}</a>`}</p>`}
    <div class="admin-columns"><section aria-labelledby="kept-title"><h2 id="kept-title" class="unseen">${words.KEPT}</h2>
      <${FormPanel} form=${form} button=${words.SAVE}><${Members} form=${form} agencies=${agencies} person=${person} /><//></section>
    <section class="panel" aria-labelledby="plans-title"><h2 id="plans-title">${words.IN_PLANS}</h2>
      <${Named} person=${person} />
      <ul role="list" class="admin-links">
        <li><a href=${to(`/admin/people/${person.id}/handover`)}>${words.HAND_OVER_ALL}</a></li>
        <li><a href=${to(`/admin/people/${person.id}/data`)}>${words.ALL_HELD}</a></li></ul></section></div>
    <section class="admin-section" aria-labelledby="redact-title"><h2 id="redact-title">${names.TITLE}</h2>
      <${Behind} class="panel became" title=${names.OPEN} load=${removal} path=${`/people/${person.id}`} name=${person.name} onChanged=${again} /></section>`;
}

/** @param {{form: import('../../parts/forms/directory.js').Form, agencies: any[], person: any}} props `person` null: a new one */
function Members({ form, agencies, person }) {
  // One that has ended is only offered to who is in it.
  const offered = agencies.filter((one) => !one.ended_on || one.id === person?.agency?.id).map((one) => [one.id, one.name]);
  return html`<${Member} form=${form} name="name" label=${words.NAME} most=${200}
      hint=${person ? words.NAME_HINT : ''} />
    <${Member} form=${form} name="post" label=${words.POST} most=${200} />
    <${Member} form=${form} name="agency" label=${words.AGENCY} choices=${[['', words.NO_AGENCY], ...offered]} />
    <${Member} form=${form} name="email" label=${words.EMAIL} type="email" most=${254}
      hint=${words.EMAIL_HINT} />
    <${Member} form=${form} name="aliases" label=${words.ALIASES} rows=${2} hint=${words.ALIASES_HINT} />
    ${person && html`<${Member} form=${form} name="left_on" label=${words.LEFT_ON} type="date"
      hint=${words.LEFT_ON_HINT} />`}`;
}

/** A page of a plan, which may not be the one now shown. @param {string} slug @param {string} path */
const inPlan = (slug, path) => (slug === plan.value?.slug ? to(path) : `/p/${encodeURIComponent(slug)}${path}`);

/** @param {{person: import('../../types.js').PersonDetail}} props */
const Named = ({ person }) => html`
  <dl class="admin-facts"><div><dt>${words.LEADS}</dt><dd>${person.leads.length ? html`<ul role="list">${person.leads.map((one) => html`<li key=${one.objective}>
      <a href=${inPlan(one.plan, `/actions?objective=${one.number}`)}>${words.objective(one.number, one.short_title)}</a></li>`)}</ul>`
    : html`<span class="muted">${words.LEADS_NONE}</span>`}</dd></div>
  <div><dt>${words.NAMED_ON}</dt><dd>${person.named_on.length ? html`<ul role="list" class="numbers">${person.named_on.map((one) => html`<li key=${one.action}>
      <a href=${inPlan(one.plan, `/actions/${one.number}`)}>${words.action(one.number)}</a>
      <span class="muted small"> ${STATUS_WORDS[one.status]}</span></li>`)}</ul>`
    : html`<span class="muted">${words.NAMED_NOWHERE}</span>`}</dd></div>
  <div><dt>${words.ACCOUNT}</dt><dd>${person.account ? words.CAN_SIGN_IN : html`<span class="muted">${words.NO_ACCOUNT}</span>`}</dd></div></dl>`;
