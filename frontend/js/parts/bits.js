/**
 * Small parts used on several screens.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core.js';
import { told } from '../api.js';
import { online, plan } from '../store.js';
import { arrival } from '../router.js';
import { NOT_OPENED, OPENING, PROBLEM, PRODUCT, ratingWord } from '../words.js';

/** The page's one h1; takes the focus after a change of route and names the window. @param {{children?: any, title: string, class?: string}} props */
export function H1({ children, title, class: name }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    document.title = `${title} · ${plan.value?.name ?? PRODUCT}`;
    if (!arrival.focus) return;
    arrival.focus = false;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return html`<h1 ref=${heading} tabindex="-1" class=${name}>${children}</h1>`;
}

/** A page with nothing in it, said plainly. @param {{title: string, children?: any}} props */
export const Empty = ({ title, children }) => html`<div class="panel empty"><h2>${title}</h2><p>${children}</p></div>`;

/** A disclosure whose content `load` imports when it is opened: the default of a module, told the rest. @param {any} props */
export function Behind({ title, load, open = false, class: name, ...rest }) {
  const [Inside, setInside] = useState(/** @type {any} */ (null));
  const [said, say] = useState(OPENING);
  const bring = () => load().then((/** @type {{default: unknown}} */ part) => setInside(() => part.default), () => say(NOT_OPENED));
  useEffect(() => { if (open) bring(); }, [open]);
  return html`<details class=${name} open=${open} onToggle=${(event) => { if (event.target.open && !Inside) bring(); }}>
    <summary>${title}</summary>${Inside ? html`<${Inside} ...${rest} />` : html`<p role="status">${said}</p>`}</details>`;
}

/** What explains the plan's short forms; it arrives after the first view, so that this stays small. */
export function useShortForms() {
  const [short, setShort] = useState(/** @type {any} */ (null));
  useEffect(() => {
    if (short || !online.value) return undefined; // asked for offline, it may count as failed for good
    const timer = setTimeout(() => told.shortForms().then((/** @type {{ready: (use: typeof setShort) => void}} */ part) => part.ready(setShort)).catch(() => undefined), 2500);
    return () => clearTimeout(timer);
  }, [online.value]);
  return short;
}

/** A count in a round badge. @param {{children?: any}} props */
export const Count = ({ children }) => html`<span class="count">${children}</span>`;

/**
 * Text with its web addresses made into links. The text is split, never parsed as HTML; a bracket or full stop after
 * an address is not part of it, unless its opening bracket is.
 * @param {{text: string}} props
 */
export function Linked({ text }) {
  return text.split(/((?:https?:\/\/|\bwww\.)[^\s<>"]+)/i).map((part, index) => {
    if (index % 2 === 0) return part;
    let address = part.replace(/[.,;:!?'’]+$/, '');
    while (/[)\]]$/.test(address) && !balanced(address)) address = address.slice(0, -1).replace(/[.,;:!?]+$/, '');
    return html`<a href=${/^w/i.test(address) ? `https://${address}` : address} rel="noopener noreferrer" class="address">${address}</a>${part.slice(address.length)}`;
  });
}

/** @param {string} address */
const balanced = (address) => address.split(/[([]/).length >= address.split(/[)\]]/).length;

/** The top of a form that could not be sent: takes the focus and links to each field. @param {{problems: {field: string, text: string}[]}} props */
export function ErrorSummary({ problems }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => { if (problems.length) box.current?.focus(); }, [problems]);
  if (!problems.length) return null;
  return html`
    <div class="box is-error" ref=${box} tabindex="-1" role="group" aria-labelledby="problem-title">
      <h2 id="problem-title">${PROBLEM}</h2>
      <ul role="list">${problems.map((problem) => html`
        <li key=${problem.field}><a href=${`#${problem.field}`} onClick=${toField}>${problem.text}</a></li>`)}</ul>
    </div>`;
}

/** Focus the field itself: a jump alone would not let somebody type. @param {Event} event */
function toField(event) {
  event.preventDefault();
  const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  const field = document.getElementById(link.hash.slice(1));
  field?.focus();
  field?.scrollIntoView({ block: 'center' });
}

/** @type {Record<string, string>} */
const SHAPES = {
  B: 'M6 12.5l4 4L18 8',
  R: 'M7 7l10 10M17 7L7 17',
  A: 'M12 5.5v8M12 17.6v.4',
  G: 'M5.5 12h12.5M13 6.5L18.5 12 13 17.5',
  none: 'M6.5 12h11',
};

/** The shape alone, drawn in the colour of the text around it. @param {{value: string | null}} props */
export const Shape = ({ value }) => html`
  <svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${SHAPES[value || 'none']} /></svg>`;

/** The shape in its solid square. Decorative: the word stands beside it. @param {{value: string | null}} props */
export const Glyph = ({ value }) => html`<span class=${`glyph solid-${value || 'none'}`}><${Shape} value=${value} /></span>`;

/** Rating tag: light, because it is not a button. @param {{value: string | null}} props */
export const Tag = ({ value }) => html`
  <span class=${`tag tint-${value || 'none'}`}><${Shape} value=${value} />${ratingWord(plan.value, value)}</span>`;
