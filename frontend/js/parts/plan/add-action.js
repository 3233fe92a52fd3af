/**
 * The form that adds an action to an objective. Fetched when it is asked for.
 */
import { html, useLayoutEffect } from '../../core.js';
import { request } from '../../api.js';
import { FormPanel, Member, useForm } from '../forms/directory.js';
import { useRead } from '../reading.js';
import { PeopleList, PersonPicker, picked, toPick } from '../people/person-picker.js';
import { plan } from '../../store.js';
import { KIND_WORDS } from '../../words/plan/kinds.js';
import * as words from '../../words/plan/structure.js';

const NO_DATE = 'not_given';
const KINDS = [[NO_DATE, words.NO_DATE], ...Object.entries(KIND_WORDS)];
/** @param {string} kind */
const isDated = (kind) => !['ongoing', 'to_be_confirmed', NO_DATE].includes(kind);

/** @param {Record<string, string>} values */
const byWhen = (values) => (values.by_when === NO_DATE ? null : {
  kind: values.by_when,
  ...(values.printed.trim() ? { printed: values.printed.trim() } : {}),
  ...(isDated(values.by_when) ? { from: values.from, to: values.by_when === 'date' ? values.from : values.to } : {}),
});

/** @param {Record<string, string>} values */
function check(values) {
  const found = values.text.trim() ? [] : [{ field: 'text', text: words.WORDING_MISSING }];
  if (!isDated(values.by_when)) return found;
  const one = values.by_when === 'date';
  if (!values.from) found.push({ field: 'from', text: one ? words.DATE_MISSING : words.FIRST_MISSING });
  if (!one && !values.to) found.push({ field: 'to', text: words.LAST_MISSING });
  return found;
}

/** The first is where the server's word about names is shown. @param {number} at */
const boxOf = (at) => (at ? `by_whom-${at}` : 'by_whom');
const BLANK = { text: '', by_when: NO_DATE, printed: '', from: '', to: '', named: '' }; // who is named: one on each line
/** @param {Record<string, string>} values */
const namedIn = (values) => values.named.split('\n');

/** @param {{objective: import('../../types.js').Objective, onAdded: (number: string) => void, onClose: () => void}} props */
export default function AddAction({ objective, onAdded, onClose }) {
  const list = useRead('/people?left=false&limit=200');
  const people = toPick(list.data?.data ?? []);
  useLayoutEffect(() => document.getElementById('text')?.focus(), []); // the button that opened it is gone
  /** @param {any} values */
  const unknown = (values) => namedIn(values).map((typed, at) => ({ field: boxOf(at), text: words.UNKNOWN, typed }))
    .filter((one) => one.typed.trim() && !picked(people, one.typed));
  const path = `/plans/${plan.value?.id}/actions`;
  const form = useForm({
    method: 'POST', path, of: objective.id, start: BLANK, read: () => BLANK,
    check: (values) => [...check(values), ...unknown(values)],
    body: (values) => ({
      objective: objective.id, text: values.text.trim(), by_when: byWhen(values),
      by_whom: namedIn(values).map((typed) => picked(people, typed)).filter(Boolean).map((one) => ({ person: /** @type {any} */ (one).id })),
    }),
    send: (sent, headers) => request('POST', path, { body: sent, headers }),
    onSaved: (made) => {
      onAdded(made.number);
      return words.added(made.number);
    },
  });
  const named = namedIn(form.values);
  const name = (/** @type {string[]} */ all) => form.set('named', all.join('\n'));
  /** @param {number} at */
  const wrong = (at) => form.wrong.find((one) => one.field === boxOf(at))?.text;
  const kind = form.values.by_when;
  return html`<${FormPanel} form=${form} button=${words.ADD_BUTTON} onCancel=${onClose}><h2>${words.ADD_TITLE(objective.number)}</h2><p class="hint">${words.ADD_HINT}</p>
    <${Member} form=${form} name="text" label=${words.WORDING} hint=${words.WORDING_HINT} rows=${3} />
    <${Member} form=${form} name="by_when" label=${words.BY_WHEN} choices=${KINDS} />
    ${isDated(kind) && html`<div class="days"><${Member} form=${form} name="from" type="date" label=${kind === 'date' ? words.DATE : words.FIRST_DAY} />
      ${kind !== 'date' && html`<${Member} form=${form} name="to" type="date" label=${words.LAST_DAY} />`}</div>`}
    ${kind !== NO_DATE && html`<${Member} form=${form} name="printed" label=${words.PRINTED} hint=${words.PRINTED_HINT} most=${100} />`}
    <fieldset class="named"><legend>${words.BY_WHOM}</legend>
      ${list.problem ? html`<p class="wrong" role="alert">${words.NO_PEOPLE}</p>` : html`<p class="hint">${words.BY_WHOM_HINT}</p>
      <${PeopleList} people=${people} />
      ${named.map((typed, at) => html`<${PersonPicker} key=${at} id=${boxOf(at)} label=${words.person(at)} value=${typed} wrong=${wrong(at)}
        onPick=${(now) => name(named.map((each, place) => (place === at ? now : each)))} />`)}
      <button type="button" class="as-link" onClick=${() => name([...named, ''])}>${words.ANOTHER}</button>`}</fieldset><//>`;
}
