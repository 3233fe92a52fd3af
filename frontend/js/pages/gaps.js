/**
 * Gaps: what the plan still owes itself, who should settle it, and a form to settle it there.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { Count, Empty, H1 } from '../parts/bits.js';
import { myPlan, notice, plan, reload } from '../store.js';
import { route, to } from '../router.js';
import { countOf, gapsOf, mayEdit, maySettle, nextOf } from '../rules/gaps.js';
import { firstWords } from '../words.js';
import * as said from '../words/plan/gaps.js';

/** @typedef {import('../rules/gaps.js').Gap} Gap */
/** @typedef {import('../rules/gaps.js').Group} Group */

const FEW = 6;

/** What a gap is about, in a few words. @param {Gap} gap */
function subject({ action, note, field, person, objective }) {
  if (note) return firstWords(note.text, 60);
  if (action) return action.number;
  return field ? said.FIELD_WORDS[field] : person?.name ?? said.objectiveCalled(objective?.number ?? 0);
}

/** @param {{gap: Gap}} props What is open, as it is read. */
function What({ gap }) {
  const { action, note, person, objective, field } = gap;
  const line = action && html`<a class="quiet" href=${to(`/actions/${action.number}`)}><b>${action.number}</b> ${firstWords(action.text, note ? 70 : 140)}</a>`;
  if (note) return html`<p>${note.text}</p>${line && html`<p class="small">${line}</p>`}`;
  if (action) return html`<p>${line}</p>`;
  if (field) return html`<p>${said.FIELD_WORDS[field]}</p>`;
  return html`<p>${person ? person.name : html`<b>${objective?.number}</b> ${firstWords(objective?.short_title ?? objective?.text ?? '', 140)}`}</p>`;
}

/** A form that is fetched when it is opened. @param {{gap: Gap, onDone: () => void, onClose: () => void}} props */
function Late(props) {
  const [Form, setForm] = useState(/** @type {any} */ (null));
  useEffect(() => { import('../parts/plan/gap-forms.js').then((part) => setForm(() => part.GapForm), () => setForm(() => Unopened)); }, []);
  return Form ? html`<${Form} ...${props} />` : html`<p role="status">${said.OPENING}</p>`;
}

/** @param {{onClose: () => void}} props */
const Unopened = ({ onClose }) => html`<p class="wrong" role="alert">${said.NOT_OPENED}</p><p><button type="button" class="as-link" onClick=${onClose}>${said.CANCEL}</button></p>`;

/** Who should settle it, or who can where the reader cannot. @param {Gap} gap */
const whose = (gap) => (maySettle(gap, myPlan()) ? said.whoShould : said.whoCan)(gap.who, gap.action && gap.lead, gap.objective?.number);

/** @param {{gap: Gap, open: boolean, who: string, onOpen: (key: string) => void, onDone: (gap: Gap) => void}} props `who` is empty where the group says it */
function Row({ gap, open, who, onOpen, onDone }) {
  const opener = useRef(/** @type {HTMLElement | null} */ (null));
  const may = maySettle(gap, myPlan());
  const label = html`${said.SETTLE_WORDS[gap.settle]}${said.about(subject(gap))}`;
  const close = () => {
    onOpen('');
    requestAnimationFrame(() => opener.current?.focus());
  };
  return html`<li class="gap" id=${gap.key} tabindex="-1"><div class="gap-what"><${What} gap=${gap} />
    ${who && html`<p class="muted small">${who}</p>`}</div>
    ${may && !open && html`<p class="buttons"><button type="button" class="button is-second" ref=${opener} onClick=${() => onOpen(gap.key)}>${label}</button>
      ${gap.pair?.length === 2 && html`<a class="button is-second" href=${to(`/admin/duplicates?pair=${gap.pair.join(',')}`)}>${said.COMPARE}</a>`}</p>`}
    ${open && html`<${Late} gap=${gap} onDone=${() => onDone(gap)} onClose=${close} />`}</li>`;
}

/** @param {{group: Group, only: boolean, open: string, onOpen: (key: string) => void, onDone: (group: Group, gap: Gap) => void}} props */
function Part({ group, only, open, onOpen, onDone }) {
  const [all, setAll] = useState(false);
  const [title, why] = said.GROUP_WORDS[group.name];
  const { gaps } = group;
  const who = new Set(gaps.map(whose));
  const shown = all || gaps.length <= FEW + 2 ? gaps : gaps.slice(0, FEW);
  return html`<section class="panel gaps" aria-labelledby=${`group-${group.name}`}>
    <h2 id=${`group-${group.name}`} tabindex="-1">${title} <${Count}>${gaps.length}<//></h2>
    <p class="muted">${gaps.length ? why : only ? said.YOURS_SETTLED : said.ALL_SETTLED}</p>${who.size === 1 && html`<p class="muted">${[...who][0]}</p>`}
    <ul role="list">${shown.map((gap) => html`<${Row} key=${gap.key} gap=${gap} open=${open === gap.key} who=${who.size > 1 && whose(gap)} onOpen=${onOpen}
      onDone=${(done) => onDone(group, done)} />`)}</ul>
    ${(all || shown.length < gaps.length) && html`<p><button type="button" class="as-link" aria-expanded=${all} onClick=${() => setAll(!all)}>${
  all ? said.SHOW_FEWER : said.showAll(gaps.length)}${said.about(title)}</button></p>`}</section>`;
}

/** Somebody who may edits the plan's own list too. @param {{open: string, onOpen: (key: string) => void}} props */
function Ask({ open, onOpen }) {
  const opener = useRef(/** @type {HTMLElement | null} */ (null));
  const close = () => {
    onOpen('');
    requestAnimationFrame(() => opener.current?.focus());
  };
  const done = () => reload().then(close);
  return html`<section class="panel gaps">${open === 'ask' ? html`<${Late} gap=${{ key: 'ask', who: 'admin', settle: 'ask' }} onDone=${done} onClose=${close} />`
    : html`<button type="button" class="button is-second" ref=${opener} onClick=${() => onOpen('ask')}>${said.ASK}</button>`}</section>`;
}

/** The page at "/gaps"; "?show=mine" keeps to what the reader may settle. */
export default function Gaps() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const mine = myPlan();
  const [open, setOpen] = useState('');
  /** One form at a time: a second would leave nobody sure which Save is whose. @param {string} key */
  const start = (key) => {
    const field = key && open && /** @type {HTMLElement | null} */ (document.querySelector('.gap-form :is(input,select,textarea)'));
    if (!field) return setOpen(key);
    notice.value = said.ONE_AT_A_TIME;
    return field.focus();
  };
  const seen = useRef(/** @type {{only: boolean, names: Set<string>}} */ ({ only: false, names: new Set() }));
  const all = gapsOf(shown);
  const yours = all.map((group) => ({ ...group, gaps: group.gaps.filter((gap) => maySettle(gap, mine)) }));
  const [count, own] = [all, yours].map(countOf);
  const only = route.value.query.get('show') === 'mine';
  if (seen.current.only !== only) seen.current = { only, names: new Set() };
  const groups = (only ? yours : all).filter((group) => group.gaps.length || seen.current.names.has(group.name));
  groups.forEach((group) => seen.current.names.add(group.name)); // one that empties while it is read says so
  /** @param {{name: string, gaps: Gap[]}} group @param {Gap} gap */
  const settled = async (group, gap) => {
    const next = nextOf(group.gaps.map((/** @type {Gap} */ one) => one.key), gap.key);
    await reload();
    setOpen('');
    requestAnimationFrame(() => document.getElementById(next ?? `group-${group.name}`)?.focus());
  };
  return html`<div class="page gaps-page"><${H1} title=${said.TITLE}>${said.TITLE}<//>
    <p class="lead-in">${said.leadIn(count, own)}</p>
    ${own > 0 && own < count && html`<p class="gap-filter">${only ? html`<a href=${to('/gaps')}>${said.SEE_ALL}</a>`
    : html`<a href=${to('/gaps?show=mine')}>${said.ONLY_MINE}</a>`}</p>`}
    ${groups.length > 2 && html`<nav aria-label=${said.GROUPS_NAMED}><ul role="list" class="gap-groups">${groups.map((group) => html`<li key=${group.name}>
      <a href=${`#group-${group.name}`}>${said.GROUP_WORDS[group.name][0]}</a> <${Count}>${group.gaps.length}<//></li>`)}</ul></nav>`}
    ${!count && html`<${Empty} title=${said.NOTHING}>${said.NOTHING_MORE}<//>`}
    ${only && !own && count > 0 && html`<${Empty} title=${said.NOTHING_MINE}><a href=${to('/gaps')}>${said.SEE_ALL}</a><//>`}
    ${groups.map((group) => html`<${Part} key=${group.name} group=${group} only=${only} open=${open} onOpen=${start} onDone=${settled} />`)}
    ${mayEdit(mine) && html`<${Ask} open=${open} onOpen=${start} />`}</div>`;
}
