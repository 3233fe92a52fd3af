/**
 * The list of actions. Filters live in the address and apply at once, because the whole plan is already in memory.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Empty, Glyph, H1, Tag } from '../parts/bits.js';
import { ByWhen, LastUpdate } from '../parts/cells.js';
import { myPlan, plan } from '../store.js';
import { navigate, route, to } from '../router.js';
import { applyFilters, filtersInUse, readFilters, writeFilters } from '../rules/filters.js';
import { BY_WHEN, NOBODY, OBJECTIVE, RATING_ORDER, STATUS_WORDS, firstWords, ratingWord } from '../words.js';
import { NO_LEAD, UPDATED } from '../words/plan/lists.js';
import * as words from '../words/plan/actions.js';
import * as common from '../words.js';

/** @typedef {import('../rules/filters.js').Filters} Filters */

/** @param {Filters} filters @param {boolean} [replace] typing replaces the history entry */
const show = (filters, replace) => navigate(to(writeFilters(filters)), { replace });

/** @param {{name: string, label: string, value: string, choices: [string, string][], onPick: (picked: string) => void}} props */
const Pick = ({ name, label, value, choices, onPick }) => html`
  <div class="field"><label for=${name}>${label}</label>
    <select id=${name} value=${value} onChange=${(event) => onPick(event.target.value)}>
      ${choices.map(([key, said]) => html`<option key=${key} value=${key} selected=${key === value}>${said}</option>`)}
    </select></div>`;

/** Typing waits, so that history is not one entry a letter. @param {{value: string, onSearch: (words: string) => void}} props */
function Search({ value, onSearch }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(/** @type {any} */ (0));
  const sent = useRef(value);
  useEffect(() => {
    // The address changed by another way (Back, a removed tag): the box follows.
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  /** @param {import('../types.js').Typed} event */
  const type = (event) => {
    const text = event.target.value;
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { sent.current = text; onSearch(text); }, 180);
  };
  return html`<div class="field"><label for="q">${words.SEARCH}</label>
    <input id="q" type="search" value=${typed} onInput=${type} autocomplete="off" enterkeyhint="search" /></div>`;
}

/** @param {{filters: Filters, name: 'rating' | 'show', value: string, children: any}} props */
function Check({ filters, name, value, children }) {
  const on = filters[name].includes(value);
  const next = on ? filters[name].filter((one) => one !== value) : [...filters[name], value];
  return html`<label class="check"><input type="checkbox" checked=${on}
    onChange=${() => show({ ...filters, [name]: next })} />${children}</label>`;
}

/** @param {{filters: Filters, used: number}} props */
function FilterPanel({ filters, used }) {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const [open, setOpen] = useState(false);
  /** @type {(name: string) => (value: string) => void} */
  const pick = (name) => (value) => show({ ...filters, [name]: value });
  const objectives = shown.objectives.map((one) => [String(one.number), `${one.number}. ${one.short_title ?? firstWords(one.text, 48)}`]);
  return html`<form class="panel filters" role="search" aria-label=${words.FILTER} onSubmit=${(event) => event.preventDefault()}>
    <${Search} value=${filters.q} onSearch=${(q) => show({ ...filters, q }, true)} />
    <button type="button" class="button is-second filters-toggle" aria-expanded=${open} aria-controls="more-filters"
      onClick=${() => setOpen(!open)}>${words.filters(used)}</button>
    <div id="more-filters" class=${open ? 'more-filters is-open' : 'more-filters'}>
      <${Pick} name="objective" label=${words.OBJECTIVE} value=${filters.objective} onPick=${pick('objective')} choices=${[['', words.ALL], ...objectives]} />
      <${Pick} name="agency" label=${words.AGENCY} value=${filters.agency} onPick=${pick('agency')}
        choices=${[['', words.ALL], ...shown.agencies.map((one) => [one.id, one.short_name ?? one.name]), ['none', words.NOT_STATED]]} />
      <${Pick} name="person" label=${words.PERSON} value=${filters.person} onPick=${pick('person')}
        choices=${[['', words.ANYONE], ...shown.people.map((one) => [one.id, one.name]), ['nobody', NOBODY]]} />
      <${Pick} name="due" label=${BY_WHEN} value=${filters.due} onPick=${pick('due')} choices=${[['', words.ANY], ...Object.entries(words.DUE_WORDS)]} />
      <${Pick} name="sort" label=${words.ORDER} value=${filters.sort} onPick=${pick('sort')} choices=${Object.entries(words.SORT_WORDS)} />
      <div class="all-checks"><fieldset class="checks"><legend>${words.RATING}</legend>${RATING_ORDER.map((letter) => html`
        <${Check} key=${letter} filters=${filters} name="rating" value=${letter}><${Glyph} value=${letter} />${ratingWord(shown, letter)}<//>`)}
      </fieldset>
      <fieldset class="checks"><legend>${words.SHOW}</legend>${Object.entries(words.SHOW_WORDS).map(([value, said]) => html`
        <${Check} key=${value} filters=${filters} name="show" value=${value}>${said}<//>`)}</fieldset></div>
    </div></form>`;
}

/** One action: a row on a desk, a card on a phone. @param {{action: import('../types.js').Action, today: string}} props */
const Row = ({ action, today }) => html`<tr role="row">
  <td role="cell" class="cell-number"><span aria-hidden="true">${action.number}</span></td>
  <td role="cell" class="cell-text"><a class="quiet" href=${to(`/actions/${action.number}`)}>
    <span class="unseen">${action.number} </span>${firstWords(action.text, 150)}</a></td>
  <td role="cell" class="cell-whom">${action.by_whom.printed || html`<span class="muted">${NOBODY}</span>`}</td>
  <td role="cell" class="cell-when"><span class="cell-label" aria-hidden="true">${BY_WHEN} </span><${ByWhen} action=${action} /></td>
  <td role="cell" class=${action.rating.says ? 'cell-rating has-more' : 'cell-rating'}><${Tag} value=${action.rating.value} />
    ${!['not_reported', 'in_progress', 'complete'].includes(action.status) && html`<span class="small">${STATUS_WORDS[action.status]}</span>`}
    ${action.rating.says && html`<span class="muted small">${action.rating.says}</span>`}</td>
  <td role="cell" class="cell-last"><span class="cell-label" aria-hidden="true">${UPDATED}</span><${LastUpdate} action=${action} today=${today} /></td>
</tr>`;

/** May the person reading add an action to this objective? @param {import('../types.js').Objective} objective */
function addsTo(objective) {
  const mine = myPlan();
  return Boolean(mine?.may?.includes('add_action') && (mine.adds_to?.includes(objective.id) ?? true));
}

/** Explicit roles, because the phone's layout would undo the table. @param {{actions: import('../types.js').Action[], grouped: boolean, AddHere: any, adds: (one: import('../types.js').Objective) => boolean}} props */
function Table({ actions, grouped, AddHere, adds }) {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const today = shown.as_of;
  /** @param {import('../types.js').Action[]} some */
  const rows = (some) => some.map((action) => html`<${Row} key=${action.id} action=${action} today=${today} />`);
  const groups = shown.objectives.filter((one) => adds(one) || actions.some((action) => action.objective === one.number));
  return html`<table class="actions" role="table" aria-label=${words.TITLE}>
    <thead role="rowgroup"><tr role="row">${words.COLUMNS.map((title) => html`
      <th key=${title} role="columnheader" scope="col">${title}</th>`)}</tr></thead>
    ${grouped ? groups.map((one) => html`<tbody key=${one.id} role="rowgroup">
      <tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="6"><span>${OBJECTIVE(one.number)}</span>
        <span class="muted">${one.lead ? [one.lead.name, one.lead.agency].filter(Boolean).join(', ') : NO_LEAD}</span></th></tr>
      ${rows(actions.filter((action) => action.objective === one.number))}
      ${AddHere && adds(one) && html`<tr role="row" class="group foot"><td role="cell" colspan="6"><${AddHere} objective=${one} /></td></tr>`}</tbody>`)
    : html`<tbody role="rowgroup">${rows(actions)}</tbody>`}
  </table>`;
}

/** The page at "/actions". */
export default function Actions() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const filters = readFilters(route.value.query);
  const found = applyFilters(shown, filters);
  const used = filtersInUse(shown, filters, words, common);
  const all = shown.counts.actions;
  // Where every action of an objective is in the list, one can be added at its foot.
  const whole = filters.sort || used.length > (filters.objective ? 1 : 0) ? []
    : shown.objectives.map((one) => one.number).filter((number) => !filters.objective || filters.objective === String(number));
  /** @param {import('../types.js').Objective} one */
  const adds = (one) => whole.includes(one.number) && addsTo(one);
  const addable = shown.objectives.some(adds);
  const [AddHere, setAddHere] = useState(/** @type {any} */ (null));
  useEffect(() => { if (addable) import('../parts/plan/add-here.js').then((module) => setAddHere(() => module.default)).catch(() => undefined); }, [addable]);
  return html`<div class="page">
    <div class="title-line"><${H1} title=${words.TITLE}>${words.TITLE}<//>
      <p role="status" class="muted">${words.counted(found.length, all, used.length > 0)}</p></div>
    <${FilterPanel} filters=${filters} used=${used.length} />
    ${used.length > 0 && html`<ul class="used" role="list" aria-label=${words.IN_USE}>${used.map((one) => html`
      <li key=${one.words}><a class="used-tag" href=${to(writeFilters(one.without))}><span class="unseen">${words.REMOVE}</span>${
  one.words} <span aria-hidden="true">×</span></a></li>`)}<li><a href=${to('/actions')}>${words.CLEAR}</a></li></ul>`}
    ${found.length || addable ? html`<${Table} actions=${found} grouped=${!filters.sort} AddHere=${AddHere} adds=${adds} />`
    : html`<${Empty} title=${words.NONE}>${words.noneThen(all, to('/actions'))}<//>`}
  </div>`;
}
