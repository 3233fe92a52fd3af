/**
 * One agency of the directory: what is kept of it, its people, and what it became. Or a new agency.
 */
import { html } from '../../core.js';
import { Behind, H1 } from '../../parts/bits.js';
import { FormPanel, Member, linesOf, needsName, useForm } from '../../parts/forms/directory.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { arrival, navigate, to } from '../../router.js';
import * as names from '../../words/admin/names.js';
import * as words from '../../words/admin/agencies.js';
import Succession from './succession.js';

const removal = () => import('../../parts/privacy/redact-names.js');

/** @param {any} agency */
const typed = (agency) => ({
  name: agency.name, short_name: agency.short_name, kind: agency.kind ?? '', parent: agency.parent?.id ?? '',
  aliases: agency.aliases.join('\n'), ended_on: agency.ended_on ?? '',
});

/** @param {Record<string, string>} values */
const body = (values) => ({
  name: values.name.trim(), short_name: values.short_name.trim(), kind: values.kind || null, parent: values.parent || null,
  aliases: linesOf(values.aliases), ended_on: values.ended_on || null,
});

/** The screen at "/admin/agencies/{id}" and "/admin/agencies/new". @param {{id: string}} props */
export default function Agency({ id }) {
  const all = useRead('/agencies?limit=200');
  return id === 'new' ? html`<${New} all=${all} />` : html`<${One} id=${id} all=${all} />`;
}

/** @param {{all: import('../../parts/reading.js').Reading}} props */
function New({ all }) {
  const blank = { name: '', short_name: '', kind: null, parent: null, aliases: [], ended_on: null };
  const form = useForm({
    method: 'POST', path: '/agencies', start: typed(blank), read: typed, body, check: needsName,
    onSaved: (made) => {
      arrival.say = words.added(made.name);
      navigate(to(`/admin/agencies/${made.id}`), { replace: true });
      return arrival.say;
    },
  });
  return html`<${H1} title=${words.ADD}>${words.ADD}<//>${all.data
    ? html`<${FormPanel} form=${form} button=${words.ADD_BUTTON}><${Members} form=${form} all=${all.data.data} agency=${null} /><//>`
    : html`<${Trouble} problem=${all.problem} again=${all.again} />`}`;
}

/** @param {{id: string, all: import('../../parts/reading.js').Reading}} props */
function One({ id, all }) {
  const found = useRead(`/agencies/${id}`);
  const trouble = [found, all].find((one) => !one.data);
  // No heading before there is a name: the focus goes to it once.
  if (trouble) return html`${trouble.problem && html`<${H1} title=${words.AGENCY}>${words.AGENCY}<//>`}<${Trouble} problem=${trouble.problem} again=${trouble.again} />`;
  const again = () => {
    found.again();
    all.again();
  };
  // Anew when it became another: its last day is set then, and the form must know.
  return html`<${Page} key=${found.data.succeeded_by?.id} agency=${found.data} etag=${found.etag} all=${all.data.data} again=${again} />`;
}

/** @param {{agency: import('../../types.js').AgencyDetail, etag: string | null, all: import('../../parts/reading.js').Reading, again: () => Promise<void>}} props */
function Page({ agency, etag, all, again }) {
  const form = useForm({
    method: 'PATCH', path: `/agencies/${agency.id}`, etag, start: typed(agency), read: typed, body, check: needsName,
    onSaved: (saved) => {
      again();
      return words.saved(saved.name);
    },
  });
  return html`<${H1} title=${agency.name}>${agency.name}<//>
    ${agency.ended_on && html`<p class="lead-in">${ended(agency)}</p>`}
    <div class="admin-columns"><div><section aria-labelledby="kept-title"><h2 id="kept-title" class="unseen">${words.KEPT}</h2>
      <${FormPanel} form=${form} button=${words.SAVE}><${Members} form=${form} all=${all} agency=${agency} /><//></section>
      ${!agency.succeeded_by && html`<${Succession} agency=${agency} all=${all} onDone=${again} />`}</div>
    <section class="panel" aria-labelledby="people-title"><h2 id="people-title">${words.IN_PLANS}</h2>
      <dl class="admin-facts"><div><dt>${words.ACTIONS}</dt><dd>${words.actionsOf(agency.actions, agency.named_on)}</dd></div>
      ${agency.tokens !== null && agency.tokens > 0 && html`<div><dt>${words.SYSTEMS}</dt><dd><a href=${to('/admin/tokens')}>${words.tokens(agency.tokens)}</a></dd></div>`}
      <div><dt>${words.PEOPLE}</dt><dd>${agency.people.length ? html`<ul role="list">${agency.people.map((one) => html`<li key=${one.id}>
        <a href=${to(`/admin/people/${one.id}`)}>${one.name}</a> <span class="muted small">${words.postAndLeft(one.post, one.left_on)}</span></li>`)}</ul>`
    : html`<span class="muted">${words.NO_PEOPLE}</span>`}</dd></div></dl></section></div>
    <section class="admin-section" aria-labelledby="redact-title"><h2 id="redact-title">${names.TITLE}</h2>
      <${Behind} class="panel became" title=${names.OPEN} load=${removal} path=${`/agencies/${agency.id}`} name=${agency.name} onChanged=${again} /></section>`;
}

/** @param {any} agency */
const ended = ({ ended_on: day, succeeded_by: next }) => (
  next ? words.hasBecome(to(`/admin/agencies/${next.id}`), next.short_name, day) : words.hasEnded(day));

/** @param {{form: import('../../parts/forms/directory.js').Form, all: any[], agency: any}} props */
function Members({ form, all, agency }) {
  const offered = all.filter((one) => one.id !== agency?.id && (!one.ended_on || one.id === agency?.parent?.id)).map((one) => [one.id, one.name]);
  return html`<${Member} form=${form} name="name" label=${words.NAME} most=${200}
      hint=${agency ? words.NAME_HINT : ''} />
    <${Member} form=${form} name="short_name" label=${words.SHORT} most=${60} hint=${words.SHORT_HINT} />
    <${Member} form=${form} name="kind" label=${words.KIND} choices=${[['', words.NO_KIND], ...Object.entries(words.KIND_WORDS)]} />
    <${Member} form=${form} name="parent" label=${words.PARENT} choices=${[['', words.NO_OTHER], ...offered]} />
    <${Member} form=${form} name="aliases" label=${words.ALIASES} rows=${2} hint=${words.ALIASES_HINT} />
    ${agency && html`<${Member} form=${form} name="ended_on" label=${words.ENDED_ON} type="date"
      hint=${agency.succeeded_by ? words.ENDED_HINT_BECAME : words.ENDED_HINT} />`}`;
}
