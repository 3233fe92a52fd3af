/**
 * The form that changes one fact of an action where it is read: fetched when its button is pressed. Whatever is typed stays until
 * the server has taken it or somebody says that it may go; what somebody else changed meanwhile is shown beside it.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, told } from '../../api.js';
import { online, unsaved } from '../../store.js';
import { ErrorSummary } from '../bits.js';
import { EditBox } from '../forms/edit-box.js';
import { FIELDS } from './edit-fields.js';
import { useSending } from '../forms/sending.js';
import { keep, useWaiting } from '../forms/waiting.js';
import { CANCEL, KEPT, SAVE, SAVING, SIGN_IN_AGAIN, TITLE } from '../../words/plan/edit-action.js';
import { CALLED } from '../../words/updates/action.js';

export { LastChange } from './last-change.js';

const FIELD = ':is(input,select,textarea)';

/** @typedef {import('../../types.js').ActionDetail} ActionDetail */

/** The sheet of these forms; without it they still work. */
export const ready = () => Promise.resolve(told.sheet('edit.css'));

/**
 * @param {{field: import('../../rules/action.js').FactName, action: ActionDetail, etag: string | null, onClose: () => void,
 *   onTheirs: (current: ActionDetail, etag: string | null) => void, onSaved: (answer: ActionDetail, etag: string | null) => void}} props
 */
export function EditFact({ field, action, etag, onClose, onTheirs, onSaved }) {
  const Fields = FIELDS[field];
  const key = action.id + field;
  const kept = useRef(unsaved.get(key)).current;
  const [values, setValues] = useState(() => kept?.values ?? Fields.start(action));
  // The form was begun on what was read then, so that is what a clash is found against.
  const seen = useRef(kept?.etag ?? etag);
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [box, setBox] = useState(/** @type {any} */ (kept ? { kind: 'waited' } : null));
  const { send, busy } = useSending();
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));

  useLayoutEffect(() => { if (!kept) /** @type {HTMLElement | null} */ (form.current?.querySelector(FIELD))?.focus(); }, []);
  useWaiting(key, KEPT(action.number));
  useEffect(() => { if (online.value && box?.kind === 'offline') setBox(null); }, [online.value]);

  /** @param {object} part */
  const change = (part) => setValues((/** @type {object} */ old) => {
    const next = { ...old, ...part };
    keep(key, { values: next, etag: seen.current });
    return next;
  });
  const close = () => {
    unsaved.delete(key);
    onClose();
  };
  const leave = () => (unsaved.has(key) ? setBox({ kind: 'leave' }) : close());

  /** @param {Problem} why */
  const refused = (why) => {
    if (why.status === 412 && why.current) {
      seen.current = why.etag;
      onTheirs(why.current, why.etag);
      keep(key, { values, etag: why.etag });
      const clash = why.clashes.find((one) => one.field === Fields.member) ?? why.clashes[0];
      return setBox({ kind: 'clash', by: clash?.by, theirs: Fields.says(why.current), mine: Fields.mine(values) });
    }
    if (why.status === 403) return setBox({ kind: 'forbidden', detail: why.detail });
    if (why.status === 0 || why.status >= 500) return setBox({ kind: why.status === 0 && !navigator.onLine ? 'offline' : 'away' });
    const found = why.errors.map((one) => ({ field: Fields.fieldAt(one.pointer, values), text: one.detail }));
    return setProblems(found.length ? found : [{ field: Fields.fieldAt('', values), text: why.detail }]);
  };

  const save = async () => {
    const found = Fields.check(values, action);
    setProblems(found);
    setBox(null);
    if (found.length) return;
    if (!navigator.onLine) {
      setBox({ kind: 'offline' });
      return;
    }
    const [method, path, body] = Fields.request(action, values);
    try {
      const answer = await send(method, path, body, { etag: seen.current, why: SIGN_IN_AGAIN });
      if (!answer) return;
      unsaved.delete(key);
      onSaved(answer.data, answer.etag);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      refused(why);
    }
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    save();
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    leave();
  };
  return html`<form class="edit" ref=${form} onSubmit=${submit} onKeyDown=${onKey} novalidate aria-label=${TITLE(field)}>
    <${ErrorSummary} problems=${problems} />
    <${EditBox} box=${box} what=${CALLED[field].what} onDiscard=${close} onStay=${() => { setBox(null); first(form.current); }} onSave=${save} />
    <${Fields} action=${action} values=${values} change=${change} problems=${problems} />
    <div class="buttons"><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? SAVING : SAVE(field)}</button>
      <button type="button" class="as-link" onClick=${leave}>${CANCEL}</button></div></form>`;
}

/** @param {HTMLElement | null} form */
const first = (form) => /** @type {HTMLElement | null} */ (form?.querySelector(FIELD))?.focus();
