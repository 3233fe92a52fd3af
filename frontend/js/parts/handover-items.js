/**
 * What is open in a leaver's name, by objective, each with a box for who takes it; and what will happen, in a sentence.
 */
import { html } from '../core.js';
import { NOBODY, PersonPicker } from './person-picker.js';
import { plan } from '../store.js';
import { firstWords, listed, plural } from '../words.js';

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
      wrong=${wrong(itemId(item))} onPick=${(words) => onPick(item, words)} />`)}</fieldset>`);
}

/** @param {Item} item @param {boolean} several */
function titleOf(item, several) {
  const of = several ? `, ${item.plan.title}` : '';
  if (item.objective === null) return `The plan${of}`;
  const shown = item.plan.slug === plan.value?.slug ? plan.value.objectives.find((one) => one.number === item.objective) : null;
  return `Objective ${item.objective}${shown ? `: ${firstWords(shown.short_title ?? shown.text, 70)}` : ''}${of}`;
}

/** @param {Item} item */
function labelOf(item) {
  if (item.kind === 'plan') return `Owner of ${item.text}`;
  if (item.kind === 'objective') return html`Lead officer of objective ${item.number} <span class="muted what">${firstWords(item.text, 90)}</span>`;
  return html`Action ${item.number} <span class="muted what">${firstWords(item.text, 90)}</span>`;
}

/**
 * "Lucy Goodfellow takes objective 3 and 2 actions. Action 4.6 is left without a name."
 * @param {Taken[]} taken
 * @param {boolean} [past]
 */
export function whatWillHappen(taken, past = false) {
  if (!taken.length) return 'Nothing is open, so nothing moves.';
  const open = taken.filter((one) => !one.person && one.words !== NOBODY).length;
  const takers = new Map(taken.flatMap((one) => (one.person ? [[one.person.id, one.person]] : [])));
  const sentences = [...takers.values()].map((person) => `${person.name} ${past ? 'took' : 'takes'} ${allOf(taken.filter((one) => one.person === person))}.`);
  const nobody = taken.filter((one) => one.words === NOBODY);
  if (nobody.length) sentences.push(`Nobody is named for ${allOf(nobody)}.`);
  if (open === taken.length) return 'Choose above who takes what.';
  if (open) sentences.push(`${plural(open, 'thing')} of ${taken.length} still ${open === 1 ? 'needs' : 'need'} somebody.`);
  return sentences.join(' ');
}

/** @param {Taken[]} taken */
function allOf(taken) {
  const of = (kind) => taken.filter((one) => one.item.kind === kind).map((one) => one.item);
  const actions = of('action').map((item) => item.number ?? '');
  return listed([
    ...(of('plan').length ? ['the plan'] : []),
    ...of('objective').map((item) => `objective ${item.number}`),
    ...(actions.length > 3 ? [plural(actions.length, 'action')] : actions.map((number) => `action ${number}`)),
  ]);
}
