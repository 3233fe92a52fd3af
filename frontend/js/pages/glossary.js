/**
 * The glossary of the plan: its short forms, what they mean, and where they stand.
 */
import { html } from '../core.js';
import { Empty, H1 } from '../parts/bits.js';
import { plan } from '../store.js';
import { to } from '../router.js';
import { usesOf } from '../rules/abbreviations.js';
import * as words from '../words/glossary.js';

const Where = ({ actions }) => (actions.length ? html`${words.USED}${actions.map((number, index) => html`${index ? ', ' : ''}<a key=${number}
  href=${to(`/actions/${number}`)}>${number}</a>`)}` : words.NOT_USED);

const Entry = ({ term, actions }) => html`<div><dt>${term.short}</dt><dd><p class=${term.long ? '' : 'muted'}>${term.long ?? words.NOT_SAID}</p>
  ${term.note && html`<p class="muted small">${term.note}</p>`}<p class="muted small places-used"><${Where} actions=${actions} /></p></dd></div>`;

/** The page at "/glossary". */
export default function Glossary() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const entries = usesOf(shown);
  return html`<div class="page narrow"><${H1} title=${words.TITLE}>${words.TITLE}<//>
    ${entries.length ? html`<p>${words.INTRO}</p><dl class="panel glossary">${entries.map((one) => html`<${Entry} key=${one.term.short} ...${one} />`)}</dl>
      <p class="muted">${words.ASK}</p>` : html`<${Empty} title=${words.NONE}>${words.ASK}<//>`}</div>`;
}
