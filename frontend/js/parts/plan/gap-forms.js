/**
 * The forms that settle a gap where it is read. Fetched when one of them is opened. Each takes the focus, keeps what was typed until the
 * server has taken it, and says when it is done.
 */
import { html, useEffect, useState } from '../../core.js';
import { FormPanel, Member, useFocus, useForm } from '../forms/directory.js';
import { EditFact, ready } from './edit-fact.js';
import { useAction } from '../updates/form-parts.js';
import { Lead } from './objective-forms.js';
import { calledFor } from '../people/person-picker.js';
import { Trouble, readAll, useAnswer, useRead } from '../reading.js';
import { notice, plan, planTag } from '../../store.js';
import { DONE } from '../../words/plan/edit-action.js';
import * as said from '../../words/plan/gaps.js';

/** @typedef {import('../../rules/gaps.js').Gap} Gap */
/** @typedef {{gap: any, onDone: () => void, onClose: () => void}} Props */

/** Where a question and its answer go. @param {Gap} gap */
const home = (gap) => (gap.action ? `/actions/${gap.action.id}` : `/plans/${plan.value?.slug}`);

/** A fact of an action, as its own page changes it: what is typed here and not saved waits there too. @param {import('../../rules/action.js').FactName} field */
const factOf = (field) => function Fact(/** @type {Props} */ { gap, onDone, onClose }) {
  const { state, action, etag, read, setFound } = useAction(gap.action);
  const [styled, setStyled] = useState(false);
  useEffect(() => { ready().then(() => setStyled(true)); }, []);
  if (state === 'failed') return html`<p class="wrong" role="alert">${said.NOT_OPENED} <button type="button" class="as-link" onClick=${read}>${said.TRY_AGAIN}</button></p>`;
  if (!action || !styled) return html`<p role="status">${said.OPENING}</p>`;
  const saved = () => {
    notice.value = DONE(field, action.number);
    onDone();
  };
  return html`<${EditFact} ...${{ field, action, etag }} onClose=${onClose}
    onTheirs=${(current, tag) => setFound({ state, action: current, etag: tag })} onSaved=${saved} />`;
};

/** What is said when a form is done, and that its gap is. @param {Props} props @param {string} words */
const finished = ({ onDone }, words) => () => {
  onDone();
  return words;
};
/** @param {string} field @param {string} text */
const required = (field, text) => (/** @type {Record<string, string>} */ values) => (values[field].trim() ? [] : [{ field, text }]);

/** An answer to an open question. @param {Props} props */
function Answer(props) {
  const { gap, onClose } = props;
  useFocus('answer');
  const form = useForm({
    method: 'POST', path: `${home(gap)}/settled-notes`, of: gap.key, start: { answer: '' }, read: () => ({ answer: '' }),
    check: required('answer', said.ANSWER_MISSING), body: ({ answer }) => ({ code: gap.note.code, text: gap.note.text, answer: answer.trim() }),
    onSaved: finished(props, said.NOTE_SETTLED),
  });
  return html`<${FormPanel} form=${form} button=${said.SETTLE} onCancel=${onClose}>
    <${Member} form=${form} name="answer" label=${said.ANSWER} hint=${said.ANSWER_HINT} rows=${2} /><//>`;
}

/** A new question about the plan. @param {Props} props */
function Question(props) {
  useFocus('text');
  const form = useForm({
    method: 'POST', path: `${home(props.gap)}/notes`, start: { text: '' }, read: () => ({ text: '' }),
    check: required('text', said.QUESTION_MISSING), body: ({ text }) => ({ text: text.trim(), for: 'admin' }), onSaved: finished(props, said.ASKED),
  });
  return html`<${FormPanel} form=${form} button=${said.ASK} onCancel=${props.onClose}>
    <${Member} form=${form} name="text" label=${said.QUESTION} hint=${said.ASK_HINT} rows=${2} /><//>`;
}

/** What the head of the plan lacks: a day, or its owner. @param {Props} props */
function Head(props) {
  const owner = props.gap.field === 'owner';
  const people = useAnswer(() => (owner ? readAll('/people?left=false&limit=200') : Promise.resolve([])));
  if (!people.data) return html`<${Trouble} problem=${people.problem} again=${people.again} />`;
  return html`<${HeadForm} ...${props} choices=${owner && [['', said.CHOOSE], ...people.data.map((one) => [one.id, calledFor(one)])]} />`;
}

/** @param {Props & {choices: any}} props */
function HeadForm({ choices, ...props }) {
  const { field } = props.gap;
  useFocus('value');
  const form = useForm({
    method: 'PATCH', path: `/plans/${plan.value?.slug}`, of: field, etag: planTag, start: { value: '' }, whole: true, fieldOf: () => 'value',
    read: (found) => ({ value: (choices ? found.owner.person : found[field]) ?? '' }),
    check: required('value', said.VALUE_MISSING), body: ({ value }) => (choices ? { owner: { person: value } } : { [field]: value }),
    onSaved: finished(props, said.fieldSet(field)),
  });
  return html`<${FormPanel} form=${form} button=${said.SETTLE_WORDS.plan} onCancel=${props.onClose}>
    <${Member} form=${form} name="value" label=${said.FIELD_WORDS[field]} type="date" choices=${choices || undefined} /><//>`;
}

/** The agency of somebody who has none. @param {Props} props */
function AgencyOf(props) {
  const person = useRead(`/people/${props.gap.person.id}`);
  const agencies = useAnswer(() => readAll('/agencies?limit=200'));
  const trouble = [person, agencies].find((one) => !one.data);
  if (trouble) return html`<${Trouble} problem=${trouble.problem} again=${trouble.again} />`;
  return html`<${AgencyForm} ...${props} etag=${person.etag} agencies=${agencies.data} />`;
}

/** @param {Props & {etag: string | null, agencies: any}} props */
function AgencyForm({ etag, agencies, ...props }) {
  const { person } = props.gap;
  useFocus('agency');
  const form = useForm({
    method: 'PATCH', path: `/people/${person.id}`, of: 'agency', etag, start: { agency: '' }, read: (one) => ({ agency: one.agency?.id ?? '' }),
    check: required('agency', said.AGENCY_MISSING), body: ({ agency }) => ({ agency }), onSaved: finished(props, said.agencyStated(person.name)),
  });
  return html`<${FormPanel} form=${form} button=${said.SETTLE_WORDS.person} onCancel=${props.onClose}><${Member} form=${form} name="agency" label=${said.AGENCY}
    choices=${[['', said.CHOOSE], ...agencies.filter((/** @type {import('../../types.js').Agency} */ one) => !one.ended_on).map((/** @type {import('../../types.js').Agency} */ one) => [one.id, one.name])]} /><//>`;
}

/** @param {{gap: any, onDone: (said: string) => void, onClose: () => void}} props */
const LeadOf = ({ gap, onDone, onClose }) => html`<${Lead} id=${gap.objective.id} onDone=${onDone} onClose=${onClose} />`;

/** @type {Record<string, any>} */
const KINDS = { date: factOf('by_when'), people: factOf('by_whom'), note: Answer, ask: Question, plan: Head, person: AgencyOf, objective: LeadOf };

/** The form that settles this gap. @param {Props} props */
export const GapForm = (props) => html`<div class="gap-form"><${KINDS[props.gap.settle]} ...${props} /></div>`;
