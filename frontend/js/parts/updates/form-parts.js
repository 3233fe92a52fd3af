/**
 * Around the update form: reading its action, whose it is, how it is going, the draft line. What comes later is in more.js.
 */
import { html, useEffect, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { goToSignIn, online } from '../../store.js';
import { Glyph, Shape } from '../bits.js';
import * as words from '../../words/updates/action.js';
import { OLD_DRAFT, londonDay, longDay, ratingMeaning, ratingWord } from '../../words.js';

/**
 * How is it going? Three ratings and the claim that it is delivered.
 * @param {{draft: import('../../types.js').Draft, change: (part: object) => void, action: import('../../types.js').ActionDetail, plan: import('../../types.js').Plan, problems: {field: string, text: string}[]}} props
 */
export function Choices({ draft, change, action, plan, problems }) {
  const wrong = problems.find((one) => one.field.startsWith('rating-'))?.text;
  const claim = !action.may || action.may.includes('claim_delivered') || action.status === 'delivered';
  const choices = [
    ...['G', 'A', 'R'].map((letter) => ({ letter, word: ratingWord(plan, letter), hint: ratingMeaning(plan, letter) })),
    ...(claim ? [{ letter: 'D', word: words.CLAIM, hint: action.status === 'delivered'
      ? words.CLAIMED_ALREADY : words.CLAIM_HINT }] : []),
  ];
  return html`<fieldset class=${wrong ? 'choices is-wrong' : 'choices'} aria-describedby=${wrong ? 'rating-wrong' : undefined}>
    <legend>${words.HOW}</legend>
    ${wrong && html`<p class="wrong" id="rating-wrong">${wrong}</p>`}
    <div class="choice-grid">${choices.map(({ letter, word, hint }) => {
    const on = draft.rating === letter;
    return html`<label key=${letter} class=${on ? 'choice is-on' : 'choice'}>
      <input type="radio" name="rating" id=${`rating-${letter}`} value=${letter} checked=${on}
        onChange=${() => change({ rating: letter })} />
      ${letter === 'D' ? html`<span class="glyph hollow"><${Shape} value="B" /></span>` : html`<${Glyph} value=${letter} />`}
      <span><b>${word}</b>${on && html`<span class="muted small" aria-hidden="true">${words.CHOSEN}</span>`}<br /><span
        class="muted small">${hint}</span></span></label>`;
  })}</div></fieldset>`;
}

/** @param {any} props Where the words are kept, and a way to be rid of them. */
export const DraftLine = (props) => html`<div class="draft-place" role="status" aria-atomic="false"><${Kept} ...${props} /></div>`;

/** The place is there before the words, so that they are read out when they come; not again with every minute. @param {{kept: any, draft: import('../../types.js').Draft, onDelete: () => void}} props */
function Kept({ kept, draft, onDelete }) {
  if (kept === 'refused') return html`<p class="draft-line wrong">${words.NO_DRAFTS}</p>`;
  if (!kept) return null;
  const old = draft.at && Date.now() - Date.parse(draft.at) > OLD_AFTER;
  return html`<p class="draft-line muted"><span>${old ? OLD_DRAFT(longDay(londonDay(draft.at))) : words.draftKept(draft.at)}</span>
    <button type="button" class="as-link" onClick=${onDelete}>${words.DELETE_DRAFT}</button></p>`;
}

const OLD_AFTER = 30 * 86_400_000;

/**
 * Whose update it is, for the business manager who enters what arrived by e-mail.
 * @param {{draft: import('../../types.js').Draft, change: (part: object) => void, action: import('../../types.js').ActionDetail, plan: import('../../types.js').Plan}} props
 */
export function OnBehalf({ draft, change, action, plan }) {
  const named = new Set(action.by_whom.named.map((place) => place.person));
  const people = [...plan.people].sort((a, b) => Number(named.has(b.id)) - Number(named.has(a.id)));
  return html`<div class="field"><label for="on-behalf">${words.WHOSE}</label>
    <select id="on-behalf" onChange=${(event) => change({ onBehalfOf: event.target.value })}>
      <option value="" selected=${!draft.onBehalfOf}>${words.MINE}</option>${people.map((person) => html`
      <option key=${person.id} value=${person.id} selected=${draft.onBehalfOf === person.id}>${
  named.has(person.id) ? person.name : words.notNamed(person.name)}</option>`)}</select></div>`;
}

/** @param {HTMLElement | null} place */
const focus = (place) => place?.focus();

/** Told without a network; the rest is in form-box.js. @param {any} props */
export const Away = ({ offline, kept }) => html`<div class="box" tabindex="-1" ref=${focus} role="group" aria-label=${words.ABOUT_UPDATE}><p>${
  offline ? words.offline(kept) : words.away(kept)}</p></div>`;

/** Read one action; a failure is a state, not an error, because the plan already tells most of it. @param {import('../../types.js').Action} brief */
export function useAction(brief) {
  const [found, setFound] = useState(/** @type {{state: string, action: import('../../types.js').ActionDetail | null, etag: string | null}} */ (
    { state: 'loading', action: null, etag: null }));
  const read = async () => {
    try {
      const { data, etag } = await request('GET', `/actions/${brief.id}`);
      setFound({ state: 'ready', action: data, etag });
      return /** @type {import('../../types.js').ActionDetail} */ (data);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      // While words wait in the form nobody is sent away; posting asks for the password in its own dialog.
      if (problem.status === 401 && found.state === 'loading') goToSignIn();
      setFound((old) => (old.action ? old : { ...old, state: 'failed' }));
      return null;
    }
  };
  // At first, and when the network is back.
  useEffect(() => { if (found.state !== 'ready') read(); }, [brief.id, online.value]);
  return { ...found, read, setFound };
}
