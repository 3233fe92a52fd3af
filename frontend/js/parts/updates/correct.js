/**
 * Correcting one's own update where it stands: its words as they are now, filled in; they stay in the form whatever goes wrong.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { notice, unsaved, withSession } from '../../store.js';
import { changesOf, fieldOf, formOf } from '../../rules/correcting.js';
import { ErrorSummary } from '../bits.js';
import { sendWatched } from '../forms/case-data-over.js';
import More from './more.js';
import { keep, useWaiting } from '../forms/waiting.js';
import { EMPTY, KEPT, LEAVE, LOST, NOT_READ, READING, SAME, SAVE, SAVED, SAVING, SIGN_IN, STALE, TEXT, TRY_AGAIN } from '../../words/updates/correct.js';

/** @typedef {import('../../types.js').Update} Update */

/** The update as it stands, with the ETag to save under. @param {string} id */
function useNow(id) {
  const [now, setNow] = useState(/** @type {{update: Update, etag: string} | null} */ (null));
  const [failed, setFailed] = useState(false);
  const read = async () => {
    setFailed(false);
    try {
      const { data, etag } = await request('GET', `/updates/${id}`);
      setNow({ update: data, etag: etag ?? '' });
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setFailed(true);
    }
  };
  useEffect(() => { read(); }, [id]);
  return { now, setNow, failed, read };
}

/** @param {{update: Update, onChanged: () => void}} props */
export default function Correct({ update, onChanged }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const { now, setNow, failed, read } = useNow(update.id);
  const close = () => {
    const box = /** @type {HTMLDetailsElement} */ (place.current?.closest('details'));
    box.open = false;
    box.querySelector('summary')?.focus();
  };
  const saved = () => {
    close();
    notice.value = SAVED;
    onChanged();
    read();
  };
  return html`<div ref=${place}>${now ? html`<${Form} key=${now.update.corrected_at} now=${now} setNow=${setNow} onSaved=${saved} onLeave=${close} />`
    : failed ? html`<p role="alert">${NOT_READ} <button type="button" class="as-link" onClick=${read}>${TRY_AGAIN}</button></p>`
    : html`<p role="status">${READING}</p>`}</div>`;
}

/** @param {{now: any, setNow: (next: any) => void, onSaved: (...given: any[]) => void, onLeave: () => void}} props */
function Form({ now, setNow, onSaved, onLeave }) {
  const prefix = `correct-${now.update.id}-`;
  const key = `correct/${now.update.id}`;
  const [form, setForm] = useState(() => unsaved.get(key)?.form ?? formOf(now.update));
  useWaiting(key);
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [theirs, setTheirs] = useState(/** @type {Update | null} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {any} part */
  const change = (part) => {
    const next = { ...form, ...part };
    keep(key, { form: next });
    setForm(next);
  };
  /** @param {any} then */
  const done = (then) => {
    unsaved.delete(key);
    then();
  };
  /** @param {string} text @param {string} [field] */
  const say = (text, field = 'text') => setProblems([{ field: prefix + field, text }]);
  /** @param {Problem} why */
  const refused = (why) => {
    if (why.status === 412 && why.current) {
      setTheirs(/** @type {any} */ (why.current));
      setNow({ ...now, etag: why.etag ?? '' });
      return say(STALE);
    }
    if (!why.status || why.status >= 500) return say(LOST);
    if (why.errors.length) return setProblems(why.errors.map((one) => ({ field: prefix + fieldOf(one.pointer), text: one.detail })));
    return say(why.detail);
  };
  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    const body = changesOf(now.update, form);
    if (busy) return;
    if (!form.text.trim()) return say(EMPTY);
    if (!Object.keys(body).length) return say(SAME);
    setBusy(true);
    setProblems([]);
    /** @param {string} words */
    const send = (words) => withSession(() => request('PATCH', `/updates/${now.update.id}`, { body: words, headers: { 'If-Match': now.etag } }), SIGN_IN);
    try {
      if (await sendWatched(send, body)) return done(onSaved);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      refused(why);
    } finally {
      setBusy(false);
    }
  };
  const wrong = problems.find((one) => one.field === `${prefix}text`)?.text;
  return html`<form onSubmit=${save} novalidate><${ErrorSummary} problems=${problems} />
    ${theirs && html`<div class="quoted"><p>${theirs.text}</p></div>`}
    <div class=${wrong ? 'field is-wrong' : 'field'}><label for=${`${prefix}text`}>${TEXT}</label><p class="hint" id=${`${prefix}hint`}>${KEPT}</p>
      ${wrong && html`<p class="wrong" id=${`${prefix}wrong`}>${wrong}</p>`}
      <textarea id=${`${prefix}text`} rows="5" value=${form.text} aria-describedby=${`${prefix}hint${wrong ? ` ${prefix}wrong` : ''}`}
        aria-invalid=${wrong ? 'true' : undefined} onInput=${(event) => change({ text: event.target.value })}></textarea></div>
    <${More} draft=${form} change=${change} problems=${problems} prefix=${prefix} />
    <div class="buttons"><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? SAVING : SAVE}</button>
      <button type="button" class="button is-second" onClick=${() => { setForm(formOf(now.update)); done(onLeave); }}>${LEAVE}</button></div></form>`;
}
