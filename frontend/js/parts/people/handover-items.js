/**
 * What is open in a leaver's name, by objective, each with a box for who takes it; and what will happen, in a sentence.
 */
import { html } from '../../core.js';
import { PersonPicker } from './person-picker.js';
import { plan } from '../../store.js';
import { firstWords } from '../../words.js';
import * as words from '../../words/admin/handover.js';
import { NOBODY } from '../../words/people/directory.js';

/** @typedef {{kind: 'action' | 'objective' | 'plan', id: string, number: string | null, objective: number | null, text: string,
 *   status: string | null, plan: {id: string, slug: string, title: string}}} Item */
/** @typedef {{item: Item, words: string, person: import('./person-picker.js').Person | undefined}} Taken */

/** @param {Item} item */
export const itemId = (item) => `${item.kind}-${item.id}`;

/** @param {{items: Item[], chosen: Record<string, string>, wrong: (field: string) => string | undefined, onPick: (item: Item, words: string) => void}} props */
export function Items({ items, chosen, wrong, onPick }) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = `${item.plan.id} ${item.objective ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const several = new Set(items.map((item) => item.plan.id)).size > 1;
  return [...groups].map(([key, group]) => html`<fieldset key=${key} class="panel admin-form given"><legend>${titleOf(group[0], several)}</legend>
    ${group.map((item) => html`<${PersonPicker} key=${item.id} id=${itemId(item)} label=${labelOf(item)} value=${chosen[itemId(item)] ?? ''}
      wrong=${wrong(itemId(item))} onPick=${(typed) => onPick(item, typed)} />`)}</fieldset>`);
}

/** @param {Item} item @param {boolean} several */
function titleOf(item, several) {
  const of = several ? item.plan.title : '';
  if (item.objective === null) return words.thePlan(of);
  const shown = item.plan.slug === plan.value?.slug ? plan.value.objectives.find((one) => one.number === item.objective) : null;
  return words.objective(item.objective, shown ? firstWords(shown.short_title ?? shown.text, 70) : '', of);
}

/** @param {Item} item */
function labelOf(item) {
  if (item.kind === 'plan') return words.ownerOf(item.text);
  if (item.kind === 'objective') return words.leadOf(item.number, firstWords(item.text, 90));
  return words.action(item.number, firstWords(item.text, 90));
}

/**
 * "Ngozi Adeyemi takes objective 3 and 2 actions. Action 4.6 is left without a name."
 * @param {Taken[]} taken
 * @param {boolean} [past]
 */
export function whatWillHappen(taken, past = false) {
  if (!taken.length) return words.NOTHING_MOVES;
  const open = taken.filter((one) => !one.person && one.words !== NOBODY).length;
  const takers = new Map(taken.flatMap((one) => (one.person ? [[one.person.id, one.person]] : [])));
  const goes = past ? words.took : words.takes;
  const sentences = [...takers.values()].map((person) => goes(person.name, allOf(taken.filter((one) => one.person === person))));
  const nobody = taken.filter((one) => one.words === NOBODY);
  if (nobody.length) sentences.push(words.leftWithout(allOf(nobody)));
  if (open === taken.length) return words.CHOOSE_ABOVE;
  if (open) sentences.push(words.stillOpen(open, taken.length));
  return sentences.join(' ');
}

/** @param {Taken[]} taken */
function allOf(taken) {
  /** @param {string} kind */
  const of = (kind) => taken.filter((one) => one.item.kind === kind).map((one) => one.item.number ?? '');
  return words.things(of('plan').length > 0, of('objective'), of('action'));
}
