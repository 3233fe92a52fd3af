/**
 * Forms over the members of a thing, such as a person, an agency, an objective or the plan: they lose no words.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem } from '../../api.js';
import { ErrorSummary } from '../bits.js';
import { useSending, wrongOf } from './sending.js';
import { keep, useWaiting } from './waiting.js';
import { notice, reload, unsaved } from '../../store.js';
import * as words from '../../words/people/directory.js';

/** @typedef {import('./sending.js').Wrong} Wrong */
/** @typedef {Record<string, string>} Values what is typed, by member; a list is one on each line */

/**
 * A form over some members of a thing. What was typed stays until the server has taken it, also while another page is looked at; when
 * somebody else changed the same meanwhile, theirs is shown beside it and only what was typed here is sent the next time.
 * @param {{method: 'POST' | 'PATCH', path: string, etag?: string | null, start: Values, read: (thing: any) => Values,
 *   body: (values: Values, changed: string[]) => Record<string, any>, check: (values: Values) => Wrong[], onSaved: (thing: any) => string,
 *   whole?: boolean, fieldOf?: (pointer: string) => string, of?: string, send?: import('./sending.js').Sender}} options
 *   onSaved answers what to say; `whole`: what body gives is sent as it is; `fieldOf` is the field for the pointer of an error;
 *   `of` tells two forms of one path apart; `send` takes the place of the plain request
 */
export function useForm({ method, path, etag = null, start, read, body, check, onSaved, whole = false, fieldOf = firstStep, of = '', send: sender }) {
  const kept = useRef(`${method} ${path} ${of}`).current;
  const waited = useRef(over(unsaved.get(kept), start)).current;
  const [values, setValues] = useState(/** @type {Values} */ (waited?.values ?? start));
  const [base, setBase] = useState(waited?.base ?? { values: start, etag });
  const [wrong, setWrong] = useState(/** @type {Wrong[]} */ ([]));
  const [theirs, setTheirs] = useState(/** @type {{field: string, now: string}[]} */ ([]));
  const { send, busy } = useSending();
  const changed = Object.keys(values).filter((name) => values[name] !== base.values[name]);
  const first = Object.keys(values)[0];
  useEffect(() => {
    if (changed.length) keep(kept, { values, base });
    else unsaved.delete(kept);
  }, [values, base]);
  useWaiting(kept);

  /** @param {Values} now @param {string | null} tag */
  const stands = (now, tag) => {
    setBase({ values: now, etag: tag });
    return now;
  };
  const mine = () => Object.fromEntries(changed.map((name) => [name, values[name]]));
  /** The fields in which what was typed and what somebody else wrote meanwhile are two. @param {any} current */
  const twiceIn = (current) => changed.filter((name) => read(current)[name] !== base.values[name]);
  /** @param {Problem} why */
  const refused = (why) => {
    if (why.status !== 412 || !why.current) return setWrong(wrongOf(why, first, fieldOf));
    const now = stands(read(why.current), why.etag);
    setTheirs(twiceIn(why.current).map((field) => ({ field, now: now[field] })));
    return setValues({ ...now, ...mine() });
  };
  /** @param {Values} all */
  const bodyOf = (all) => (whole ? body(all, changed) : partOf(body(all, changed), method === 'PATCH' && changed));
  /** Send it; where somebody changed other members meanwhile, both changes stand. @param {Record<string, any>} sent @param {string | null} tag */
  const sendIt = (sent, tag) => send(method, path, sent, { etag: tag, sender }).catch((why) => {
    if (why.status !== 412 || !why.current || twiceIn(why.current).length) throw why;
    return send(method, path, bodyOf({ ...read(why.current), ...mine() }), { etag: why.etag, sender });
  });
  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    const found = check(values);
    setWrong(found);
    notice.value = '';
    if (found.length) return;
    const sent = bodyOf(values);
    if (!Object.keys(sent).length) {
      notice.value = words.UNCHANGED;
      return;
    }
    try {
      const answer = await sendIt(sent, method === 'PATCH' ? base.etag ?? '*' : null);
      if (!answer) return;
      setValues(stands(read(answer.data), answer.etag));
      setTheirs([]);
      unsaved.delete(kept);
      notice.value = onSaved(answer.data);
      reload(); // the plan shows it too
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      refused(why);
    }
  };
  /** @param {string} name @param {string} value */
  const set = (name, value) => setValues((now) => ({ ...now, [name]: value }));
  /** Let go of what was typed. */
  const forget = () => {
    unsaved.delete(kept);
    setValues(stands(start, etag));
    setTheirs([]);
    setWrong([]);
  };
  return { values, set, wrong, theirs, busy, save, forget, dirty: changed.length > 0, waited: Boolean(waited) };
}

/**
 * What waited, over the thing as it stands now: only what was typed is as it was. Its base and ETag say what it was typed over.
 * @param {{values: Values, base: {values: Values, etag: string | null}} | undefined} waited @param {Values} start
 */
function over(waited, start) {
  if (!waited) return undefined;
  const typed = Object.keys(start).filter((name) => waited.values[name] !== waited.base.values[name]);
  const only = (/** @type {Values} */ values) => ({ ...start, ...Object.fromEntries(typed.map((name) => [name, values[name]])) });
  return { values: only(waited.values), base: { values: only(waited.base.values), etag: waited.base.etag } };
}

/** Of a new thing what is filled in, of a change what was changed. @param {Record<string, any>} made @param {string[] | false} changed */
const partOf = (made, changed) => Object.fromEntries(Object.entries(made).filter(([name, value]) => (changed ? changed.includes(name) : value !== null && value !== '')));

/** @param {string} pointer */
const firstStep = (pointer) => pointer.split('/')[1];

/** @typedef {ReturnType<typeof useForm>} Form */

/**
 * A member of a form with its label, hint, what is wrong, and what somebody else wrote meanwhile.
 * @param {{form: Form, name: string, label: any, hint?: string, type?: string, choices?: [string, string][], rows?: number, most?: number}} props
 */
export function Member({ form, name, label, hint, type = 'text', choices, rows, most }) {
  const wrong = form.wrong.find((one) => one.field === name)?.text;
  const other = form.theirs.find((one) => one.field === name);
  const told = [hint && `${name}-hint`, wrong && `${name}-wrong`, other && `${name}-other`].filter(Boolean).join(' ');
  const common = { id: name, name, value: form.values[name], 'aria-invalid': wrong ? 'true' : undefined, 'aria-describedby': told || undefined,
    /** @param {import('../../types.js').Typed} event */
    onInput: (event) => form.set(name, event.target.value) };
  const said = other && (choices?.find(([key]) => key === other.now)?.[1] ?? other.now);
  return html`<div class=${wrong ? 'field is-wrong' : 'field'}><label for=${name}>${label}</label>
    ${hint && html`<p class="hint" id=${`${name}-hint`}>${hint}</p>`}
    ${wrong && html`<p class="wrong" id=${`${name}-wrong`}>${wrong}</p>`}
    ${other && html`<p class="theirs" id=${`${name}-other`}>${words.theirs(said ?? '')}</p>`}
    ${choices ? html`<select ...${common}>${choices.map(([key, title]) => html`<option key=${key} value=${key} selected=${key === form.values[name]}>${title}</option>`)}</select>`
    : rows ? html`<textarea rows=${rows} ...${common}></textarea>`
    : html`<input type=${type} maxlength=${most} spellcheck=${false} autocomplete="off" ...${common} />`}</div>`;
}

/**
 * The form around its members; `onCancel` puts a way out beside its button, which asks before it discards anything.
 * @param {{form: Form, button: string, onCancel?: () => void, children?: any}} props
 */
export function FormPanel({ form, button, onCancel, children }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [leaving, setLeaving] = useState(false);
  useLayoutEffect(() => { if (form.theirs.length || leaving) box.current?.focus(); }, [form.theirs, leaving]);
  const discard = () => {
    form.forget();
    onCancel?.();
  };
  const said = leaving ? html`<p><b>${words.LEAVE}</b></p><div class="buttons">
      <button type="button" class="button is-second" onClick=${() => setLeaving(false)}>${words.LEAVE_NO}</button>
      <button type="button" class="button is-second" onClick=${discard}>${words.LEAVE_YES}</button></div>`
    : form.theirs.length ? html`<p>${words.changedMeanwhile()}</p>`
    : form.waited && form.dirty && html`<p><b>${words.WAITED}</b> <button type="button" class="as-link" onClick=${form.forget}>${words.AFRESH}</button></p>`;
  return html`<form class="panel admin-form" onSubmit=${form.save} novalidate><${ErrorSummary} problems=${form.wrong} />
    ${said && html`<div class="box" tabindex="-1" ref=${box} role="group" aria-label=${words.TYPED}>${said}</div>`}
    ${children}<div class=${onCancel ? 'buttons' : undefined}><button class="button" aria-disabled=${form.busy ? 'true' : undefined}>${form.busy ? words.SAVING : button}</button>
      ${onCancel && html`<button type="button" class="as-link" onClick=${() => (form.dirty ? setLeaving(true) : onCancel())}>${words.CANCEL}</button>`}</div></form>`;
}

/** What was pressed to open a form is gone: the focus goes to its first field. @param {string} field */
export const useFocus = (field) => useLayoutEffect(() => document.getElementById(field)?.focus(), []);

/** Lines of a box as a list, without the empty ones. @param {string} text */
export const linesOf = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** What is wrong when there is no name. @param {Values} values @returns {Wrong[]} */
export const needsName = (values) => (values.name.trim() ? [] : [{ field: 'name', text: words.NAME_MISSING }]);
