/**
 * The objectives in order: each is edited in its place, moved, added, removed; below them what was removed from the plan.
 */
import { html, useEffect, useState } from '../../core.js';
import { Problem, request, told } from '../../api.js';
import { H1 } from '../../parts/bits.js';
import { LOST } from '../../words/people/directory.js';
import { Add, Edit, Remove, withVersion } from '../../parts/plan/objective-forms.js';
import RemovedList from '../../parts/plan/removed-list.js';
import { notice, plan, reload, withSession } from '../../store.js';
import { to } from '../../router.js';
import * as words from '../../words/plan/objectives.js';

/** The screen at "/admin/objectives". */
export default function Objectives() {
  const [open, setOpen] = useState(''); // "edit", "remove" or "add", and of which
  const [wrong, setWrong] = useState({ id: '', text: '' });
  const [styled, setStyled] = useState(false);
  useEffect(() => { Promise.resolve(told.sheet('structure.css')).then(() => setStyled(true)); }, []);
  const shown = plan.value;
  if (!shown || !styled) return html`<p role="status">${words.OPENING}</p>`;
  const objectives = shown.objectives;
  /** The focus goes back to what opened the form, or to the page where that is gone. */
  const close = () => {
    const opener = open;
    setOpen('');
    setTimeout(() => (document.getElementById(opener) ?? document.querySelector('h1'))?.focus());
  };
  /** One form at a time: a second would leave nobody sure which Save is whose. @param {any} what */
  const start = (what) => {
    const field = /** @type {HTMLElement | null} */ (document.querySelector('textarea:is(.admin-form *)'));
    if (!field) return setOpen(what);
    notice.value = words.ONE_AT_A_TIME;
    return field.focus();
  };
  /** @param {import('../../types.js').Objective} one @param {number} by */
  const move = async (one, by) => {
    const other = objectives[objectives.indexOf(one) + by];
    if (!other) return;
    setWrong({ id: '', text: '' });
    const path = `/objectives/${one.id}`;
    try {
      /** @param {string} tag */
      const send = (tag) => request('PATCH', path, { body: { position: other.number }, headers: { 'If-Match': tag } });
      if (!await withSession(() => withVersion(path, send), words.SIGN_IN_TO_SAVE)) return;
      await reload();
      notice.value = words.moved(one.number, other.number);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setWrong({ id: one.id, text: why.status && why.status < 500 ? why.detail : LOST });
    }
    // The line may have moved in the page, and taken the focus away with it.
    setTimeout(() => document.getElementById(`${by < 0 ? 'up' : 'down'}-${one.id}`)?.focus());
  };
  const rest = { open, start, close, move, wrong };
  return html`<div class="title-line"><${H1} title=${words.TITLE}>${words.TITLE}<//></div><p class="lede">${words.LEDE}</p>
    <p class="muted small order-hint">${words.ORDER_HINT}</p>
    <ol role="list" class="objective-list">${objectives.map((one, at) => html`<${Line} key=${one.id} one=${one} first=${at === 0} last=${at === objectives.length - 1} ...${rest} />`)}</ol>
    ${open === 'add' ? html`<section class="panel add-here" aria-labelledby="add-title"><h2 id="add-title">${words.ADD}</h2>
      <${Add} plan=${shown.id} onDone=${close} onClose=${close} /></section>`
    : html`<p><button class="button is-second" id="add" onClick=${() => start('add')}>${words.ADD}</button></p>`}
    <${RemovedList} />`;
}

/** @param {{one: import('../../types.js').Objective, first: boolean, last: boolean, open: any, start: (what: any) => void, close: (...given: any[]) => void, move: (one: import('../../types.js').Objective, by: number) => void, wrong: any}} props */
function Line({ one, first, last, open, start, close, move, wrong }) {
  /** @param {string} id @param {string} label @param {() => void} act @param {boolean} [off] */
  const button = (id, label, act, off = false) => html`<button class="as-link" id=${id} aria-disabled=${off ? 'true' : undefined} onClick=${() => !off && act()}>${words.withObjective(label, one.number)}</button>`;
  const editing = open === `edit-${one.id}`;
  return html`<li><h2>${words.named(one.number, one.short_title)}</h2>
    ${!editing && html`<p class="words">${one.text}</p><p class="about">${one.lead ? one.lead.printed : words.NO_LEAD} · <a href=${to(`/actions?objective=${one.number}`)}>${words.actions(one.actions.length)}</a></p>
    <div class="buttons">${button(`edit-${one.id}`, words.EDIT, () => start(`edit-${one.id}`))}
      ${button(`up-${one.id}`, words.UP, () => move(one, -1), first)}${button(`down-${one.id}`, words.DOWN, () => move(one, 1), last)}
      ${button(`remove-${one.id}`, words.REMOVE, () => start(`remove-${one.id}`))}</div>`}
    ${wrong.id === one.id && html`<p class="wrong" role="alert">${wrong.text}</p>`}
    ${editing && html`<${Edit} id=${one.id} onDone=${close} onClose=${close} />`}
    ${open === `remove-${one.id}` && (one.actions.length ? html`<p class="box" role="alert">${words.holds(one.actions.length)} <button class="as-link" onClick=${close}>${words.CANCEL}</button></p>`
    : html`<${Remove} objective=${one} onDone=${close} onClose=${close} />`)}</li>`;
}
