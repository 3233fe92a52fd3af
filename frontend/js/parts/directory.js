/**
 * What the screens of people, agencies and groups share: reading, forms that lose no words, fields, other names.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { ErrorSummary } from './bits.js';
import { sendWatched } from './case-data-over.js';
import { goToSignIn, notice, online, reload, withSession } from '../store.js';
import { OPENING } from '../words.js';
import * as words from '../words/directory.js';

/** @typedef {{field: string, text: string}} Wrong */
/** @typedef {Record<string, string>} Values what is typed, by member; a list is one on each line */

export const { LOST } = words;

/**
 * Read an address, and again when it changes. A list goes on with `more`.
 * @param {string} path
 */
export function useRead(path) {
  const [found, setFound] = useState(/** @type {{path: string, data: any, etag: string | null, problem: Problem | null}} */ (
    { path: '', data: null, etag: null, problem: null }));
  const asked = useRef('');
  const read = async (from = path, before = /** @type {any[]} */ ([])) => {
    asked.current = from;
    try {
      const { data, etag } = await request('GET', from);
      if (asked.current !== from) return; // a later question was asked meanwhile
      setFound({ path, data: before.length ? { ...data, data: [...before, ...data.data] } : data, etag, problem: null });
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.status === 401) goToSignIn();
      if (asked.current === from) setFound({ path, data: before.length ? found.data : null, etag: null, problem: why });
    }
  };
  useEffect(() => { read(); }, [path]);
  return { ...found, busy: found.path !== path, again: () => read(), more: () => read(found.data.links.next, found.data.data) };
}

/** Why there is nothing to see, and what to do. @param {{problem: Problem | null, again: () => void}} props */
export function Trouble({ problem, again }) {
  if (!problem) return html`<p role="status">${OPENING}</p>`;
  if (problem.status === 404) return html`<div class="panel empty" role="alert"><h2>${words.NOT_THERE}</h2><p>${problem.detail}</p></div>`;
  return html`<div class="panel empty" role="alert"><h2>${online.value ? words.NO_ANSWER : words.OFFLINE}</h2>
    <p>${problem.status ? problem.detail : words.LIST_NEEDS_SERVER}
    <button class="as-link" onClick=${again}>${words.TRY_AGAIN}</button></p></div>`;
}

/**
 * A form over some members of a thing. What was typed stays until the server has taken it; when somebody else changed the
 * same meanwhile, theirs is shown beside it and only what was typed here is sent the next time.
 * @param {{method: 'POST' | 'PATCH', path: string, etag?: string | null, start: Values, read: (thing: any) => Values,
 *   body: (values: Values, changed: string[]) => Record<string, any>, check: (values: Values) => Wrong[], onSaved: (thing: any) => string,
 *   whole?: boolean, fieldOf?: (pointer: string) => string,
 *   send?: (body: any, headers: Record<string, string>) => Promise<{data: any, etag: string | null}>}} options
 *   onSaved answers what to say; `whole`: what body gives is sent as it is; `fieldOf` is the field for the pointer of an error;
 *   `send` takes the place of the plain request
 */
export function useForm({ method, path, etag = null, start, read, body, check, onSaved, whole = false, fieldOf = firstStep,
  send = (sent, headers) => request(method, path, { body: sent, headers }) }) {
  const [values, setValues] = useState(start);
  const [base, setBase] = useState({ values: start, etag });
  const [wrong, setWrong] = useState(/** @type {Wrong[]} */ ([]));
  const [theirs, setTheirs] = useState(/** @type {{field: string, now: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const changed = Object.keys(values).filter((name) => values[name] !== base.values[name]);
  const key = useRef(crypto.randomUUID());

  const refused = (why) => {
    if (why.status === 412 && why.current) {
      const now = read(why.current);
      setTheirs(changed.filter((name) => now[name] !== base.values[name]).map((field) => ({ field, now: now[field] })));
      setValues({ ...now, ...Object.fromEntries(changed.map((name) => [name, values[name]])) });
      setBase({ values: now, etag: why.etag });
    } else if (why.errors.length) {
      setWrong(why.errors.map((one) => ({ field: fieldOf(one.pointer) || Object.keys(values)[0], text: one.detail })));
    } else setWrong([{ field: Object.keys(values)[0], text: why.status && why.status < 500 ? why.detail : LOST }]);
  };
  const save = async (event) => {
    event.preventDefault();
    if (busy) return;
    const found = check(values);
    setWrong(found);
    notice.value = '';
    if (found.length) return;
    const made = body(values, changed);
    const sent = whole ? made : method === 'POST' ? Object.fromEntries(Object.entries(made).filter(([, value]) => value !== null && value !== ''))
      : Object.fromEntries(changed.map((name) => [name, made[name]]));
    if (!Object.keys(sent).length) {
      notice.value = words.UNCHANGED;
      return;
    }
    setBusy(true);
    try {
      /** @type {Record<string, string>} */
      const headers = method === 'POST' ? { 'Idempotency-Key': key.current } : { 'If-Match': base.etag ?? '*' };
      const answer = await withSession(() => sendWatched((watched) => send(watched, headers), sent), words.SIGN_IN_TO_SAVE);
      if (!answer) return;
      const now = read(answer.data);
      setValues(now);
      setBase({ values: now, etag: answer.etag });
      setTheirs([]);
      notice.value = onSaved(answer.data);
      reload(); // the plan shows it too
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code === 'idempotency-key-reused') key.current = crypto.randomUUID();
      refused(why);
    } finally {
      setBusy(false);
    }
  };
  const set = (name, value) => setValues((now) => ({ ...now, [name]: value }));
  return { values, set, wrong, theirs, busy, save };
}

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

/** The form around its members; `also` stands beside its button. @param {{form: Form, button: string, also?: any, children?: any}} props */
export function FormPanel({ form, button, also, children }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { if (form.theirs.length) box.current?.focus(); }, [form.theirs]);
  return html`<form class="panel admin-form" onSubmit=${form.save} novalidate><${ErrorSummary} problems=${form.wrong} />
    ${form.theirs.length > 0 && html`<div class="box" tabindex="-1" ref=${box} role="group" aria-label=${words.TYPED}>
      <p>${words.changedMeanwhile()}</p></div>`}
    ${children}<div class=${also ? 'buttons' : undefined}><button class="button" aria-disabled=${form.busy ? 'true' : undefined}>${form.busy ? words.SAVING : button}</button>${also}</div></form>`;
}

/** Lines of a box as a list, without the empty ones. @param {string} text */
export const linesOf = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** What is wrong when there is no name. @param {Values} values @returns {Wrong[]} */
export const needsName = (values) => (values.name.trim() ? [] : [{ field: 'name', text: words.NAME_MISSING }]);
