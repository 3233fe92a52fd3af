/**
 * Help and the accessibility statement, open to everybody. It says what was tested and what was not.
 */
import { html } from '../core.js';
import { H1 } from '../parts/bits.js';
import { to } from '../router.js';
import { NOT_TESTED, PREPARED, STATEMENT, TESTED, TITLE, help } from '../words/shell/accessibility.js';

/** A list where the words are a list of plain items; a paragraph where they are one text or hold a link. @param {{words: string}} props */
const Part = ({ words }) => (Array.isArray(words) && words.every((one) => typeof one === 'string')
  ? html`<ul>${words.map((one) => html`<li key=${one}>${one}</li>`)}</ul>` : html`<p>${words}</p>`);

/** The page at "/accessibility". */
export default function Accessibility() {
  const sections = [...help({ glossary: to('/glossary') }), ...STATEMENT, TESTED, NOT_TESTED, PREPARED];
  return html`<div class="page prose"><${H1} title=${TITLE}>${TITLE}<//>
    ${sections.map(([title, ...parts], index) => html`<h2 key=${title} id=${index ? undefined : 'help'}>${title}</h2>
      ${parts.map((words) => html`<${Part} words=${words} />`)}`)}</div>`;
}
