/**
 * The forms that settle a gap where it is read. Fetched when one of them is opened.
 */
import { html, useEffect, useRef } from '../core.js';
import { Words, useAct } from './acts.js';
import { DateFields } from './date-fields.js';
import { plan } from '../store.js';
import * as said from '../words/gaps.js';

/** @typedef {import('../rules/gaps.js').Gap} Gap */

/** Where a question and its answer go. @param {Gap} gap */
const home = (gap) => (gap.action ? `/actions/${gap.action.id}` : `/plans/${plan.value?.slug}`);

/** An answer to an open question. */
const Answer = () => html`<${Words} id="gap-answer" name="answer" label=${said.ANSWER} hint=${said.ANSWER_HINT} required=${true} />`;

/** @type {Record<string, {Fields: any, request: (gap: any, data: any) => any, button: string, done: (gap: any) => string}>} */
const KINDS = {
  date: { Fields: DateFields, request: (gap, data) => DateFields.request(gap.action, data), button: said.SETTLE_WORDS.date,
    done: (gap) => said.dateSet(gap.action.number) },
  note: { Fields: Answer, button: said.SETTLE, done: () => said.NOTE_SETTLED, request: (gap, data) => ['POST', `${home(gap)}/settled-notes`,
    { code: gap.note.code, text: gap.note.text, answer: data.answer.trim() }] },
  ask: { Fields: () => html`<${Words} id="gap-question" name="text" label=${said.QUESTION} hint=${said.ASK_HINT} required=${true} />`,
    button: said.ASK, done: () => said.ASKED, request: (gap, data) => ['POST', `${home(gap)}/notes`, { text: data.text.trim(), for: 'admin' }] },
};

/**
 * One form, with the focus on its first field; it stays filled until the server has taken it.
 * @param {{gap: Gap, kind?: string, onDone: () => void, onClose: () => void}} props
 */
export function GapForm({ gap, kind = gap.settle, onDone, onClose }) {
  const { Fields, request, button, done } = KINDS[kind];
  const { act, ...state } = useAct(done(gap), onDone);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => { /** @type {HTMLElement | null | undefined} */ (form.current?.querySelector('select,input,textarea'))?.focus(); }, []);
  const send = (event) => {
    event.preventDefault();
    act(.../** @type {[string, string, unknown]} */ (request(gap, Object.fromEntries(new FormData(event.currentTarget)))));
  };
  return html`<form class="gap-form" ref=${form} onSubmit=${send} onInput=${state.forget} aria-describedby=${state.problem ? 'gap-problem' : undefined}><${Fields} action=${gap.action} />
    ${state.asked && html`<${state.asked.Ask} state=${state} form=${() => form.current} />`}
    <p class="wrong" id="gap-problem" role="alert">${state.problem}</p>
    <p class="buttons"><button class="button" aria-disabled=${state.busy ? 'true' : undefined}>${state.busy ? said.SAVING : button}</button>
      <button type="button" class="button is-second" onClick=${onClose}>${said.CANCEL}</button></p></form>`;
}
