/**
 * One agency of the directory: what is kept of it, its people, and what it became. Or a new agency.
 */
import { html } from '../../core.js';
import { H1 } from '../../parts/bits.js';
import { FormPanel, Member, Trouble, linesOf, needsName, useForm, useRead } from '../../parts/directory.js';
import { arrival, navigate, to } from '../../router.js';
import { longDay, plural } from '../../words.js';
import { Became, KIND_WORDS } from './agencies.js';
import Succession from './succession.js';

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

function New({ all }) {
  const blank = { name: '', short_name: '', kind: null, parent: null, aliases: [], ended_on: null };
  const form = useForm({
    method: 'POST', path: '/agencies', start: typed(blank), read: typed, body, check: needsName,
    onSaved: (made) => {
      arrival.say = `${made.name} is added`;
      navigate(to(`/admin/agencies/${made.id}`), { replace: true });
      return arrival.say;
    },
  });
  return html`<${H1} title="Add an agency">Add an agency<//>${all.data
    ? html`<${FormPanel} form=${form} button="Add this agency"><${Members} form=${form} all=${all.data.data} agency=${null} /><//>`
    : html`<${Trouble} problem=${all.problem} again=${all.again} />`}`;
}

function One({ id, all }) {
  const found = useRead(`/agencies/${id}`);
  const trouble = [found, all].find((one) => !one.data);
  // No heading before there is a name: the focus goes to it once.
  if (trouble) return html`${trouble.problem && html`<${H1} title="Agency">Agency<//>`}<${Trouble} problem=${trouble.problem} again=${trouble.again} />`;
  const again = () => {
    found.again();
    all.again();
  };
  // Anew when it became another: its last day is set then, and the form must know.
  return html`<${Page} key=${found.data.succeeded_by?.id} agency=${found.data} etag=${found.etag} all=${all.data.data} again=${again} />`;
}

function Page({ agency, etag, all, again }) {
  const form = useForm({
    method: 'PATCH', path: `/agencies/${agency.id}`, etag, start: typed(agency), read: typed, body, check: needsName,
    onSaved: (saved) => {
      again();
      return `${saved.name} is saved`;
    },
  });
  return html`<${H1} title=${agency.name}>${agency.name}<//>
    ${agency.ended_on && html`<p class="lead-in">${agency.succeeded_by ? 'Became ' : ''}<${Became} agency=${agency} />.</p>`}
    <div class="admin-columns"><div><section aria-labelledby="kept-title"><h2 id="kept-title" class="unseen">What is kept</h2>
      <${FormPanel} form=${form} button="Save"><${Members} form=${form} all=${all} agency=${agency} /><//></section>
      ${!agency.succeeded_by && html`<${Succession} agency=${agency} all=${all} onDone=${again} />`}</div>
    <section class="panel" aria-labelledby="people-title"><h2 id="people-title">In the plans</h2>
      <dl class="admin-facts"><div><dt>Actions</dt><dd>${plural(agency.actions, 'action')} with its people${
  agency.named_on ? `; ${plural(agency.named_on, 'action')} ${agency.named_on === 1 ? 'names' : 'name'} the agency itself` : ''}</dd></div>
      ${agency.tokens > 0 && html`<div><dt>Partner systems</dt><dd><a href=${to('/admin/tokens')}>${plural(agency.tokens, 'token')}</a></dd></div>`}
      <div><dt>People</dt><dd>${agency.people.length ? html`<ul role="list">${agency.people.map((one) => html`<li key=${one.id}>
        <a href=${to(`/admin/people/${one.id}`)}>${one.name}</a> <span class="muted small">${
  [one.post, one.left_on && `left on ${longDay(one.left_on)}`].filter(Boolean).join(', ')}</span></li>`)}</ul>`
    : html`<span class="muted">Nobody</span>`}</dd></div></dl></section></div>`;
}

/** @param {{form: import('../../parts/directory.js').Form, all: any[], agency: any}} props */
function Members({ form, all, agency }) {
  const offered = all.filter((one) => one.id !== agency?.id && (!one.ended_on || one.id === agency?.parent?.id)).map((one) => [one.id, one.name]);
  return html`<${Member} form=${form} name="name" label="Name" most=${200}
      hint=${agency ? 'A former name is kept among the other names, and older papers keep it.' : ''} />
    <${Member} form=${form} name="short_name" label="Short name" most=${60} hint="As lists and updates show it." />
    <${Member} form=${form} name="kind" label="Kind" choices=${[['', 'Not stated'], ...Object.entries(KIND_WORDS)]} />
    <${Member} form=${form} name="parent" label="Part of" choices=${[['', 'No other agency'], ...offered]} />
    <${Member} form=${form} name="aliases" label="Other names" rows=${2} hint="One on each line." />
    ${agency && html`<${Member} form=${form} name="ended_on" label="Ended on" type="date"
      hint=${agency.succeeded_by ? 'The first day of what it became.' : 'For an agency that ended and became no other. If it became another, say so below.'} />`}`;
}
