/**
 * A form behind a disclosure (bits.js, Behind): closes it when the server has taken what was sent; until then the words stay.
 */
import { html, useEffect, useRef } from '../../core.js';
import { unsaved } from '../../store.js';
import { keep, useWaiting } from './waiting.js';
import { SAVING } from '../../words/updates/acts.js';

/** @param {any} props `state` is what useAct of acts.js gives; `doing` what the button says meanwhile; `onSend` is told the fields, and says whether it worked */
export function SmallForm({ id, state, button, doing = SAVING, onSend, class: name, children }) {
  const { problem, busy, asked, forget } = state;
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const key = useRef(`${location.pathname} ${id}`).current;
  useWaiting(key);
  useEffect(() => {
    for (const [name, typed] of Object.entries(unsaved.get(key)?.typed ?? {})) {
      const field = form.current?.elements.namedItem(name);
      if (field) Object.assign(field, { value: typed });
    }
  }, []);
  const onInput = () => {
    forget?.();
    const typed = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (form.current)));
    if (Object.values(typed).some((words) => String(words).trim())) keep(key, { typed });
    else unsaved.delete(key);
  };
  /** @param {import('../../types.js').Sent} event */
  const send = async (event) => {
    event.preventDefault();
    const box = /** @type {HTMLDetailsElement | null} */ (event.currentTarget.closest('details'));
    if (!(await onSend(Object.fromEntries(new FormData(event.currentTarget))))) return;
    form.current?.reset();
    unsaved.delete(key);
    if (!box) return;
    box.open = false;
    box.querySelector('summary')?.focus();
  };
  return html`<form class=${name} ref=${form} onSubmit=${send} onInput=${onInput} aria-describedby=${problem ? `${id}-problem` : undefined}>${children}
    ${asked && html`<${asked.Ask} state=${state} form=${() => form.current} />`}
    <p class="wrong" id=${`${id}-problem`} role="alert">${problem}</p>
    <div><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? doing : button}</button></div></form>`;
}
