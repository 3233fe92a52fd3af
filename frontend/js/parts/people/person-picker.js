/**
 * Choosing somebody by name and agency: a box with the browser's own list below it, which keyboards, phones and screen readers know.
 * One list serves every box of a page, however many people there are.
 */
import { html } from '../../core.js';
import { wordsOf } from '../../rules/fold.js';
import { NOBODY, NO_POST } from '../../words/people/directory.js';

/** @typedef {{id: string, name: string, post: string | null, agency: {short_name: string | null, name: string} | null, left_on?: string | null}} Person */

export const LIST = 'people-to-pick';

/** As somebody is listed: name and agency. @param {Person} person */
export const calledFor = (person) => [person.name, person.agency && (person.agency.short_name ?? person.agency.name)].filter(Boolean).join(', ');

/**
 * Who can be picked, by what stands in the box: "Ngozi Adeyemi, NELFT". Two of the same words get their posts, then a number.
 * @param {Person[]} people
 * @returns {Map<string, Person>}
 */
export function toPick(people) {
  /** @type {Map<string, Person>} */
  const found = new Map();
  for (const person of people) {
    const words = [calledFor(person), `${calledFor(person)} (${person.post ?? NO_POST})`];
    let free = words.find((each) => !found.has(each));
    for (let turn = 2; !free; turn += 1) if (!found.has(`${words[0]} (${turn})`)) free = `${words[0]} (${turn})`;
    found.set(free, person);
  }
  return found;
}

/** @param {string} text */
const said = (text) => wordsOf(text).join(' ');

/**
 * Who is meant by what was typed: the words of the list, or a name that only one has, however it is typed.
 * @param {Map<string, Person>} people
 * @param {string} typed
 * @returns {Person | undefined}
 */
export function picked(people, typed) {
  const words = typed.trim();
  if (!words) return undefined;
  if (people.has(words)) return people.get(words);
  const named = [...people].filter(([listed, one]) => [listed, one.name].some((each) => said(each) === said(words)));
  return named.length === 1 ? named[0][1] : undefined;
}

/** The list itself, once on a page. @param {{people: Map<string, Person>, nobody?: boolean}} props */
export const PeopleList = ({ people, nobody }) => html`<datalist id=${LIST}>
  ${nobody && html`<option value=${NOBODY}></option>`}${[...people.keys()].map((words) => html`<option key=${words} value=${words}></option>`)}</datalist>`;

/**
 * One box. `children` is what else is said of it, above the box, with the id `{id}-other`.
 * @param {{id: string, label: any, hint?: string, value: string, wrong?: string, onPick: (words: string) => void, children?: any}} props
 */
export function PersonPicker({ id, label, hint, value, wrong, onPick, children }) {
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`, children && `${id}-other`].filter(Boolean).join(' ');
  return html`<div class=${wrong ? 'field is-wrong' : 'field'}><label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${wrong && html`<p class="wrong" id=${`${id}-wrong`}>${wrong}</p>`}
    ${children}<input id=${id} list=${LIST} value=${value} autocomplete="off" spellcheck="false" autocapitalize="words"
      aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${about || undefined} onInput=${(event) => onPick(event.target.value)} /></div>`;
}
