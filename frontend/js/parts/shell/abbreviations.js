/**
 * Text whose short forms open their meaning beside them. Fetched after the page is shown; until then the text is plain.
 */
import { html, useEffect, useState } from '../../core.js';
import { told } from '../../api.js';
import { plan } from '../../store.js';
import { firstUses } from '../../rules/abbreviations.js';
import { Linked } from '../bits.js';
import * as words from '../../words/shell/glossary.js';

/** Tell the page that it may draw them, once their sheet is here. @param {(part: {explained: typeof explained}) => void} tell */
export async function ready(tell) {
  await told.sheet('glossary.css');
  if (plan.value?.glossary?.length) tell({ explained });
}

/**
 * The texts of a page in reading order, ready to be drawn, by their places.
 * @param {string[]} texts
 * @returns {any[]}
 */
export const explained = (texts) => firstUses(plan.value?.glossary ?? [], texts).map((pieces) => pieces.map((piece, index) =>
  (piece.term ? html`<${Short} key=${piece.term.short} piece=${piece} />` : html`<${Linked} key=${index} text=${piece.text} />`)));

/** In the line of the text and never over it, so that nothing has to be pointed at and nothing is covered. @param {{piece: {text: string, term: import('../../types.js').Term}}} props */
function Short({ piece: { text, term } }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked) return undefined;
    /** @param {KeyboardEvent} event */
    const close = (event) => { if (event.key === 'Escape') setOpen(false); };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [asked]);
  const toggle = () => { setOpen(!open); setAsked(true); };
  const meaning = term.long ?? [words.NOT_SAID_HERE, term.note].filter(Boolean).join(': ');
  return html`<button type="button" class="short" aria-expanded=${open ? 'true' : 'false'} onClick=${toggle}>${text}</button><span class="meaning" role="status">${
    open ? ` (${meaning})` : ''}</span>`;
}
