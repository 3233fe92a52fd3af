/**
 * The parts of the update form: choices, the box that tells what happened, the draft line. What is behind "Add more" is in more.js.
 */
import { html, useEffect, useRef } from '../core.js';
import { Glyph, Shape, Tag } from './bits.js';
import { OLD_DRAFT, londonDay, longDay, ratingMeaning, ratingWord } from '../words.js';

/** @typedef {import('../types.js').Draft} Draft */
/** @typedef {(part: Partial<Draft>) => void} Change */
/** @typedef {{field: string, text: string}[]} Problems */

/**
 * How is it going? Three ratings and the claim that it is delivered.
 * @param {{draft: Draft, change: Change, action: import('../types.js').ActionDetail, plan: import('../types.js').Plan, problems: Problems}} props
 */
export function Choices({ draft, change, action, plan, problems }) {
  const wrong = problems.find((one) => one.field.startsWith('rating-'))?.text;
  const claim = !action.may || action.may.includes('claim_delivered') || action.status === 'delivered';
  const choices = [
    ...['G', 'A', 'R'].map((letter) => ({ letter, word: ratingWord(plan, letter), hint: ratingMeaning(plan, letter) })),
    ...(claim ? [{ letter: 'D', word: 'Delivered', hint: action.status === 'delivered'
      ? 'Already said; waiting for a second person to confirm it' : 'Done; a second person will confirm it' }] : []),
  ];
  return html`<fieldset class=${wrong ? 'choices is-wrong' : 'choices'} aria-describedby=${wrong ? 'rating-wrong' : undefined}>
    <legend>How is it going?</legend>
    ${wrong && html`<p class="wrong" id="rating-wrong">${wrong}</p>`}
    <div class="choice-grid">${choices.map(({ letter, word, hint }) => {
    const on = draft.rating === letter;
    return html`<label key=${letter} class=${on ? 'choice is-on' : 'choice'}>
      <input type="radio" name="rating" id=${`rating-${letter}`} value=${letter} checked=${on}
        onChange=${() => change({ rating: /** @type {any} */ (letter) })} />
      ${letter === 'D' ? html`<span class="glyph hollow"><${Shape} value="B" /></span>` : html`<${Glyph} value=${letter} />`}
      <span><b>${word}</b>${on && html`<span class="muted small" aria-hidden="true"> (chosen)</span>`}<br /><span
        class="muted small">${hint}</span></span></label>`;
  })}</div></fieldset>`;
}

/** @param {{box: any, kept: string, onTake: (draft: Draft) => void, onClose: () => void}} props What happened to the post; takes the focus. */
export function FormBox({ box, kept, onTake, onClose }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { if (box) place.current?.focus(); }, [box]);
  if (!box) return null;
  const where = kept === 'refused' ? 'still in the box' : 'kept on this device';
  const theirs = box.latest && html`<div class="quoted"><${Tag} value=${box.latest.rating} /><p>${box.latest.text}</p></div>`;
  const agency = box.latest?.author.agency ? ` (${box.latest.author.agency})` : '';
  /** @type {Record<string, () => any>} */
  const said = {
    offline: () => html`<p><b>You are offline.</b> Your words are ${where}. Post them when you are back online.</p>`,
    server: () => html`<p><b>The update did not reach the server.</b> Your words are ${where}. Try again in a moment.</p>`,
    conflict: () => html`<p><b>${box.latest?.author.name ?? 'Somebody'}${agency} updated this action while you were
      writing.</b> Nothing of yours is lost.</p>${theirs}
      <p>Change your words or rating if you need to, then post yours after theirs.</p>`,
    reached: () => html`<p><b>Your update did reach the server.</b> Here is what was posted; your later words are still in
      the box.</p>${theirs}`,
    'case-data': () => html`<${box.Ask} ...${box} />`,
    forbidden: () => html`<p><b>You are no longer named on this action, so it cannot be posted.</b> Your words are kept
      below; copy them to ${box.lead ?? 'the lead officer'}.</p>`,
    'other-tab': () => html`<p><b>This draft was changed in another tab.</b> Both are kept: yours is in the box below, the
      other says:</p><div class="quoted"><p>${box.theirs.text}</p></div>
      <p class="buttons"><button type="button" class="button is-second" onClick=${() => onTake(box.theirs)}>Use the other
      words</button><button type="button" class="button is-second" onClick=${onClose}>Keep mine</button></p>`,
    'gone-elsewhere': () => html`<p><b>This draft was posted or deleted in another tab.</b> Your words are still in the
      box.</p>`,
  };
  return html`<div class="box" tabindex="-1" ref=${place} role="group" aria-label="About your update">${said[box.kind]()}</div>`;
}

/** @param {{kept: string, draft: Draft, onDelete: () => void}} props Where the words are kept, and a way to be rid of them. */
export const DraftLine = (props) => html`<div class="draft-place" role="status" aria-atomic="false"><${Kept} ...${props} /></div>`;

/** The place is there before the words, so that they are read out when they come; not again with every minute. */
function Kept({ kept, draft, onDelete }) {
  if (kept === 'refused') return html`<p class="draft-line wrong">This browser will not keep drafts. Post before you leave this page.</p>`;
  if (!kept) return null;
  const old = draft.at && Date.now() - Date.parse(draft.at) > OLD_AFTER;
  const time = draft.at ? `, ${new Date(draft.at).toLocaleString('en-GB', timeOf(draft.at))}` : '';
  return html`<p class="draft-line muted"><span>${old ? OLD_DRAFT(longDay(londonDay(draft.at)))
    : html`Draft kept on this device<span aria-live="off">${time}</span>`}</span>
    <button type="button" class="as-link" onClick=${onDelete}>Delete draft</button></p>`;
}

const OLD_AFTER = 30 * 86_400_000;

/** Only an older draft needs its day. @returns {Intl.DateTimeFormatOptions} */
const timeOf = (at) => (new Date(at).toDateString() === new Date().toDateString()
  ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
