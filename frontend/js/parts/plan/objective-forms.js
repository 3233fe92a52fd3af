/**
 * The forms over one objective: editing it, adding one, removing one that holds no action.
 */
import { html } from '../../core.js';
import { Problem, request } from '../../api.js';
import { FormPanel, Member, useFocus, useForm } from '../forms/directory.js';
import { Trouble, useRead } from '../reading.js';
import { PeopleList, PersonPicker, calledFor, picked, toPick } from '../people/person-picker.js';
import * as words from '../../words/plan/objectives.js';

/** As it is typed; the lead officer by the words of the list. @param {Map<string, import('../people/person-picker.js').Person>} people */
const typed = (people) => (/** @type {{text: string, short_title?: string | null, lead: any}} */ one) => ({
  text: one.text, short_title: one.short_title ?? '', lead: one.lead ? wordsOf(people, one.lead) : '', lead_printed: one.lead?.printed ?? '',
});

/** The words of the list for somebody; who is not in it any more is shown by name. @param {Map<string, any>} people @param {any} lead */
const wordsOf = (people, lead) => [...people].find(([, one]) => one.id === lead.person)?.[0]
  ?? calledFor({ ...lead, id: lead.person, agency: lead.agency && { short_name: lead.agency, name: lead.agency } });

/** @param {Map<string, any>} people @param {any} now who leads it as it stands */
const checks = (people, now) => (/** @type {import('../forms/directory.js').Values} */ values) => [
  ...(values.text.trim() ? [] : [{ field: 'text', text: words.WORDING_MISSING }]),
  ...(values.lead.trim() && !picked(people, values.lead) && !(now && values.lead === wordsOf(people, now)) ? [{ field: 'lead', text: words.LEAD_UNKNOWN }] : []),
  ...(values.lead_printed.trim() && !values.lead.trim() ? [{ field: 'lead_printed', text: words.LEAD_PRINTED_ALONE }] : []),
];

/** @param {Map<string, any>} people @param {any} now */
const bodies = (people, now) => (/** @type {import('../forms/directory.js').Values} */ values) => ({
  text: values.text.trim(), short_title: values.short_title.trim() || null,
  lead: picked(people, values.lead)?.id ?? (values.lead.trim() ? now?.person : null),
  lead_printed: values.lead_printed.trim() || null,
});

/** @param {{form: import('../forms/directory.js').Form, people: Map<string, import('../people/person-picker.js').Person>, printed: string, lead?: any}} props */
function Members({ form, people, printed, lead = null }) {
  useFocus('text');
  const start = typed(people)({ text: '', lead });
  /** The words for the paper are of who leads it: they go when it is somebody else, and come back with the one before. @param {string} now */
  const pick = (now) => {
    form.set('lead', now);
    if (['', start.lead_printed].includes(form.values.lead_printed)) form.set('lead_printed', now === start.lead ? start.lead_printed : '');
  };
  const wrong = form.wrong.find((one) => one.field === 'lead')?.text;
  return html`<${Member} form=${form} name="text" label=${words.WORDING} rows=${4} />
    ${printed && printed !== form.values.text && html`<details class="more"><summary>${words.PRINTED}</summary><p>${printed}</p></details>`}
    <${Member} form=${form} name="short_title" label=${words.SHORT_TITLE} hint=${words.SHORT_HINT} most=${100} />
    <${PeopleList} people=${people} />
    <${PersonPicker} id="lead" label=${words.LEAD} hint=${words.LEAD_HINT} value=${form.values.lead} wrong=${wrong} onPick=${pick} />
    <${Member} form=${form} name="lead_printed" label=${words.LEAD_PRINTED} hint=${words.LEAD_PRINTED_HINT} most=${300} />`;
}

/** People, and the objective if there is one, before the form over them. @param {{path: string, children: any}} props */
function Loaded({ path, children }) {
  const people = useRead('/people?left=false&limit=200');
  const found = useRead(path);
  const trouble = [people, found].find((one) => !one.data);
  if (trouble) return html`<${Trouble} problem=${trouble.problem} again=${trouble.again} />`;
  return children(toPick(people.data.data), found);
}

/** @param {{id: string, onDone: (said: string) => void, onClose: () => void}} props */
export const Edit = (props) => html`<${Loaded} path=${`/objectives/${props.id}`}>${(people, found) => html`
  <${EditForm} ...${props} people=${people} one=${found.data} etag=${found.etag} />`}<//>`;

/** Only who leads it, where that is what is missing. @param {{id: string, onDone: (said: string) => void, onClose: () => void}} props */
export const Lead = (props) => html`<${Loaded} path=${`/objectives/${props.id}`}>${(people, found) => html`
  <${EditForm} ...${props} people=${people} one=${found.data} etag=${found.etag} Fields=${OnlyLead} />`}<//>`;

/** @param {{form: import('../forms/directory.js').Form, people: Map<string, import('../people/person-picker.js').Person>}} props */
function OnlyLead({ form, people }) {
  useFocus('lead');
  const wrong = form.wrong.find((one) => one.field === 'lead')?.text;
  return html`<${PeopleList} people=${people} />
    <${PersonPicker} id="lead" label=${words.LEAD} hint=${words.LEAD_HINT} value=${form.values.lead} wrong=${wrong} onPick=${(now) => form.set('lead', now)} />`;
}

/** @param {{id: string, people: Map<string, import('../people/person-picker.js').Person>, one: import('../../types.js').ObjectiveDetail, etag: string | null, onDone: (said: string) => void, onClose: () => void, Fields?: any}} props */
function EditForm({ id, people, one, etag, onDone, onClose, Fields = Members }) {
  const path = `/objectives/${id}`;
  const form = useForm({
    method: 'PATCH', path, etag, start: typed(people)(one), read: typed(people), check: checks(people, one.lead), body: bodies(people, one.lead),
    send: (sent, headers) => request('PATCH', path, { body: sent, headers }),
    onSaved: (saved) => {
      onDone(words.saved(saved.number));
      return words.saved(saved.number);
    },
  });
  return html`<${FormPanel} form=${form} button=${words.SAVE} onCancel=${onClose}><${Fields} form=${form} people=${people} printed=${one.text_printed} lead=${one.lead} /><//>`;
}

/** @param {{plan: string, onDone: (said: string) => void, onClose: () => void}} props */
export const Add = (props) => html`<${Loaded} path=${`/plans/${props.plan}/removed?limit=1`}>${(people) => html`<${AddForm} ...${props} people=${people} />`}<//>`;

const BLANK = { text: '', short_title: '', lead: null };

/** @param {{plan: string, people: Map<string, import('../people/person-picker.js').Person>, onDone: (said: string) => void, onClose: () => void}} props */
function AddForm({ plan, people, onDone, onClose }) {
  const path = `/plans/${plan}/objectives`;
  const form = useForm({
    method: 'POST', path, start: typed(people)(BLANK), read: typed(people), check: checks(people, null), body: bodies(people, null),
    send: (sent, headers) => request('POST', path, { body: sent, headers }),
    onSaved: (made) => {
      onDone(words.added(made.number));
      return words.added(made.number);
    },
  });
  return html`<${FormPanel} form=${form} button=${words.ADD_BUTTON} onCancel=${onClose}><${Members} form=${form} people=${people} printed="" /><//>`;
}

/** @param {{objective: import('../../types.js').Objective, onDone: (said: string) => void, onClose: () => void}} props */
export function Remove({ objective, onDone, onClose }) {
  const path = `/objectives/${objective.id}`;
  useFocus('reason');
  const form = useForm({
    method: 'POST', path, start: { reason: '' }, read: () => ({ reason: '' }),
    check: (values) => (values.reason.trim() ? [] : [{ field: 'reason', text: words.REASON_MISSING }]),
    body: (values) => ({ reason: values.reason.trim() }),
    send: (sent, headers) => withVersion(path, (tag) => request('POST', `${path}/removal`, { body: sent, headers: { ...headers, 'If-Match': tag } })),
    onSaved: () => {
      onDone(words.removed(objective.number));
      return words.removed(objective.number);
    },
  });
  return html`<${FormPanel} form=${form} button=${words.REMOVE_BUTTON} onCancel=${onClose}><${Member} form=${form} name="reason" label=${words.REASON} rows=${2} /><//>`;
}

/**
 * Do it to the objective as it stands now, for what needs no form over its members.
 * @param {string} path
 * @param {(etag: string) => Promise<any>} act
 */
export async function withVersion(path, act) {
  try {
    return await act((await request('GET', path)).etag ?? '*');
  } catch (why) {
    if (!(why instanceof Problem) || why.status !== 412) throw why;
    throw new Problem(409, { code: 'conflict', detail: words.look(why.detail) }, null);
  }
}
