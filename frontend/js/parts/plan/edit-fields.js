/**
 * The fields of the forms that change a fact. Each has: `member`, as the server names it in a clash; `start`, what it begins with; `check`;
 * `request`, what it sends; `says` and `mine`, both values for a clash; `fieldAt`, where a pointer of the server's stands.
 */
import { html } from '../../core.js';
import { STATUS_WORDS, longDay, printedWhen } from '../../words.js';
import { KIND_WORDS } from '../../words/plan/kinds.js';
import { NEED_REASON, REASON, STATUS, WHEN, WORDING } from '../../words/plan/edit-action.js';
import { Field } from '../forms/fields.js';
import { Places } from './edit-by-whom.js';

/** @typedef {{field: string, text: string}[]} Problems */
/** @typedef {{action: import('../../types.js').ActionDetail, values: any, change: (part: any) => void, problems: Problems}} FieldsProps */

/** @param {{id: string, label: string, hint?: string, value: string, rows?: number, problems: Problems, onInput: (words: string) => void}} props */
function Area({ id, label, hint, value, rows = 2, problems, onInput }) {
  const wrong = problems.find((one) => one.field === id)?.text;
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return html`<div class=${wrong ? 'field is-wrong' : 'field'}><label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}${wrong && html`<p class="wrong" id=${`${id}-wrong`}>${wrong}</p>`}
    <textarea id=${id} rows=${rows} value=${value} aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${about || undefined}
      onInput=${(event) => onInput(event.target.value)}></textarea></div>`;
}

/** @param {string} kind */
const isDated = (kind) => !['ongoing', 'to_be_confirmed'].includes(kind);
/** @param {import('../../types.js').Typed} event */
const given = (event) => event.target.value;

/** A date, with its reason. @param {FieldsProps} props */
function When({ values, change, problems }) {
  const { kind } = values;
  /** @param {string} name @param {string} label @param {object} [more] */
  const box = (name, label, more = {}) => html`<${Field} id=${`edit-${name}`} label=${label} problems=${problems} value=${values[name]}
    onInput=${(event) => change({ [name]: given(event) })} ...${more} />`;
  return html`<p class="hint">${WHEN.stays}</p>
    <div class="field"><label for="edit-kind">${WHEN.kind}</label><select id="edit-kind" onChange=${(event) => change({ kind: given(event) })}>
      ${Object.entries(KIND_WORDS).map(([one, words]) => html`<option key=${one} value=${one} selected=${one === kind}>${words}</option>`)}</select></div>
    ${isDated(kind) && html`<div class="pair">${box('from', kind === 'date' ? WHEN.day : WHEN.first, { type: 'date' })}
      ${kind !== 'date' && box('to', WHEN.last, { type: 'date' })}</div>`}
    ${box('printed', WHEN.printed, { hint: WHEN.hint })}
    <${Area} id="edit-reason" label=${REASON} value=${values.reason} problems=${problems} onInput=${(reason) => change({ reason })} />`;
}
When.member = 'by_when';
When.start = () => ({ kind: 'date', from: '', to: '', printed: '', reason: '' });
/** @param {{kind: string, from: string, to: string, reason: string}} props */
When.check = ({ kind, from, to, reason }) => [
  ...(isDated(kind) && !from ? [{ field: 'edit-from', text: kind === 'date' ? WHEN.needDay : WHEN.needFirst }] : []),
  ...(isDated(kind) && kind !== 'date' && !to ? [{ field: 'edit-to', text: WHEN.needLast }] : []),
  ...(reason.trim() ? [] : [{ field: 'edit-reason', text: NEED_REASON }]),
];
/** @param {import('../../types.js').ActionDetail} action @param {{kind: string, from: string, to: string, printed: string, reason: string}} props */
When.request = (action, { kind, from, to, printed, reason }) => ['POST', `/actions/${action.id}/dates`, {
  kind, reason: reason.trim(), ...(printed.trim() ? { printed: printed.trim() } : {}),
  ...(isDated(kind) ? { from, to: kind === 'date' ? from : to } : {}),
}];
/** @param {import('../../types.js').ActionDetail} action */
When.says = (action) => `${printedWhen(action.by_when)}${action.by_when.moved.at(-1)?.reason ? `: ${action.by_when.moved.at(-1)?.reason}` : ''}`;
/** @param {{kind: string, from: string, to: string, printed: string, reason: string}} props */
When.mine = ({ kind, from, to, printed, reason }) => {
  const days = isDated(kind) && from ? [from, kind === 'date' ? '' : to].filter(Boolean).map(longDay).join(' – ') : KIND_WORDS[kind];
  return `${printed.trim() || days}: ${reason.trim()}`;
};
/** @param {string} pointer */
When.fieldAt = (pointer) => `edit-${/^\/(kind|from|to|printed|reason)/.exec(pointer)?.[1] ?? 'kind'}`;

/** A status, with its reason. @param {FieldsProps} props */
function Status({ action, values, change, problems }) {
  return html`<div class="field"><label for="edit-status">${STATUS.to}</label>
    <p class="hint" id="edit-status-hint">${STATUS.now(STATUS_WORDS[action.status])}</p>
    <select id="edit-status" aria-describedby="edit-status-hint" onChange=${(event) => change({ status: given(event) })}>${
  [...new Set([...action.moves, values.status])].map((one) => html`<option key=${one} value=${one} selected=${one === values.status}>${STATUS_WORDS[one]}</option>`)}</select></div>
    <${Area} id="edit-reason" label=${REASON} value=${values.reason} problems=${problems} onInput=${(reason) => change({ reason })} />`;
}
Status.member = 'status';
/** @param {import('../../types.js').ActionDetail} action */
Status.start = (action) => ({ status: action.moves[0], reason: '' });
/** @param {{reason: string}} props */
Status.check = ({ reason }) => (reason.trim() ? [] : [{ field: 'edit-reason', text: NEED_REASON }]);
/** @param {import('../../types.js').ActionDetail} action @param {{status: import('../../types.js').Status, reason: string}} props */
Status.request = (action, { status, reason }) => ['PATCH', `/actions/${action.id}`, { status, reason: reason.trim() }];
/** @param {import('../../types.js').ActionDetail} action */
Status.says = (action) => STATUS_WORDS[action.status] + (action.status_changes[0]?.reason ? `: ${action.status_changes[0].reason}` : '');
/** @param {{status: import('../../types.js').Status, reason: string}} props */
Status.mine = ({ status, reason }) => `${STATUS_WORDS[status]}: ${reason.trim()}`;
/** @param {string} pointer */
Status.fieldAt = (pointer) => (pointer.startsWith('/reason') ? 'edit-reason' : 'edit-status');

/** The wording. @param {FieldsProps} props */
const Wording = ({ values, change, problems }) => html`<${Area} id="edit-text" label=${WORDING.label} hint=${WORDING.hint} rows=${6} value=${values.text}
  problems=${problems} onInput=${(text) => change({ text })} />`;
Wording.member = 'text';
/** @param {import('../../types.js').ActionDetail} action */
Wording.start = (action) => ({ text: action.text });
/** @param {{text: string}} props @param {import('../../types.js').ActionDetail} action */
Wording.check = ({ text }, action) => {
  const wrong = !text.trim() ? WORDING.need : text.trim() === action.text ? WORDING.same : '';
  return wrong ? [{ field: 'edit-text', text: wrong }] : [];
};
/** @param {import('../../types.js').ActionDetail} action @param {{text: string}} props */
Wording.request = (action, { text }) => ['PATCH', `/actions/${action.id}`, { text: text.trim() }];
/** @param {import('../../types.js').ActionDetail} action */
Wording.says = (action) => action.text;
/** @param {{text: string}} props */
Wording.mine = ({ text }) => text.trim();
Wording.fieldAt = () => 'edit-text';

/** By the fact. @type {Record<import('../../rules/action.js').FactName, any>} */
export const FIELDS = { by_when: When, status: Status, text: Wording, by_whom: Places };
