/**
 * The glossary of the plan: its short forms, what they mean, and where they stand.
 */
import { html } from '../core.js';
import { Empty, H1 } from '../parts/bits.js';
import { plan } from '../store.js';
import { to } from '../router.js';
import { usesOf } from '../rules/abbreviations.js';
import { LOCALE } from '../words.js';
import * as words from '../words/shell/glossary.js';

/** @param {{actions: string[], objectives: number[]}} props */
function Where({ actions, objectives }) {
  const places = [...actions.map((number) => ({ name: number, path: `/actions/${number}` })),
    ...objectives.map((number) => ({ name: words.objective(number), path: `/actions?objective=${number}` }))];
  if (!places.length) return words.NOT_USED;
  return html`${words.USED}${places.map((place, index) => html`${index ? ', ' : ''}<a key=${place.path} href=${to(place.path)}>${place.name}</a>`)}`;
}

/** @param {{term: import('../types.js').Term, actions: import('../types.js').Action[], objectives: import('../types.js').Objective[]}} props */
const Entry = ({ term, actions, objectives }) => html`<div><dt>${term.short}</dt><dd><p class=${term.long ? '' : 'muted'}>${term.long ?? words.NOT_SAID}</p>
  ${term.note && html`<p class="muted small">${term.note}</p>`}
  <p class="muted small places-used"><${Where} actions=${actions} objectives=${objectives} /></p></dd></div>`;

/** The page at "/glossary". */
export default function Glossary() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const entries = usesOf(shown, LOCALE);
  return html`<div class="page narrow"><${H1} title=${words.TITLE}>${words.TITLE}<//>
    ${entries.length ? html`<p>${words.INTRO}</p><dl class="panel glossary">${entries.map((one) => html`<${Entry} key=${one.term.short} ...${one} />`)}</dl>
      <p class="muted">${words.ASK}</p>` : html`<${Empty} title=${words.NONE}>${words.ASK}<//>`}</div>`;
}
