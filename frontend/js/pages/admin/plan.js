/**
 * The plan's own settings: the head of the paper, its dates and reviews, and how ratings are called.
 */
import { html } from '../../core.js';
import { Behind, H1, Shape } from '../../parts/bits.js';
import { FormPanel, Member, useForm } from '../../parts/forms/directory.js';
import { Trouble, readAll, useAnswer, useRead } from '../../parts/reading.js';
import { calledFor } from '../../parts/people/person-picker.js';
import { plan, reload } from '../../store.js';
import { to } from '../../router.js';
import * as said from '../../words/plan/plan-settings.js';

const ORDER = ['R', 'A', 'G', 'B'];
const PLAIN = ['heading', 'partnership', 'name', 'title', 'priority', 'service_team', 'summary', 'ends_on', 'review_dates', 'next_review_on'];
const NEEDED = ['heading', 'partnership', 'name', 'title'];

/** The plan document as what is typed. @param {any} found @returns {Record<string, string>} */
function typed(found) {
  const key = new Map(found.rating_key.map((/** @type {import('../../types.js').KeyLine} */ line) => [line.letter, line]));
  return {
    ...Object.fromEntries(PLAIN.map((name) => [name, found[name] ?? ''])),
    owner_person: found.owner.person ?? '', owner_printed: found.owner.printed,
    starts_printed: found.starts.printed, starts_from: found.starts.from ?? '', starts_to: found.starts.to ?? '',
    update_every_days: String(found.update_every_days),
    ...Object.fromEntries(ORDER.flatMap((letter) => [[`word_${letter}`, key.get(letter).word], [`meaning_${letter}`, key.get(letter).meaning]])),
  };
}

/** The merge patch of what was changed, and nothing else. @param {Record<string, string>} values @param {string[]} changed */
function body(values, changed) {
  /** @type {Record<string, any>} */
  const sent = {};
  for (const name of changed) {
    const words = values[name].trim();
    const part = name.match(/^(owner|starts)_(.+)$/);
    if (PLAIN.includes(name)) sent[name] = NEEDED.includes(name) ? words : words || null;
    else if (part) sent[part[1]] = { ...sent[part[1]], [part[2]]: part[2] === 'printed' ? words : words || null };
    else if (name === 'update_every_days') sent[name] = Number(words);
    else sent.rating_key = ORDER.map((letter) => ({ letter, word: values[`word_${letter}`].trim(), meaning: values[`meaning_${letter}`].trim() }));
  }
  return sent;
}

/** @param {Record<string, string>} values */
function check(values) {
  const days = Number(values.update_every_days);
  return [
    ...NEEDED.filter((name) => !values[name].trim()).map((field) => ({ field, text: said.MISSING[field] })),
    ...(Boolean(values.starts_from) === Boolean(values.starts_to) ? [] : [{ field: 'starts_to', text: said.MISSING.starts_to }]),
    ...(Number.isInteger(days) && days > 0 && days < 367 ? [] : [{ field: 'update_every_days', text: said.MISSING.update_every_days }]),
    ...ORDER.filter((letter) => !values[`word_${letter}`].trim()).map((letter) => ({ field: `word_${letter}`, text: said.noWord(letter) })),
  ];
}

/** The field an error of the API is about: "/owner/person", "/rating_key/1/word". @param {string} pointer */
function fieldOf(pointer) {
  const [, name, part, inside] = pointer.split('/');
  if (name === 'rating_key') return `${inside ?? 'word'}_${ORDER[Number(part) || 0]}`;
  return part && ['owner', 'starts'].includes(name) ? `${name}_${part}` : name === 'starts' ? 'starts_printed' : name;
}

/** The screen at "/admin/plan". */
export default function PlanSettings() {
  const found = useRead(`/plans/${plan.value?.slug}`);
  const people = useAnswer(() => readAll('/people?limit=200'));
  const trouble = [found, people].find((one) => !one.data);
  if (trouble) return html`${trouble.problem && html`<${H1} title=${said.TITLE}>${said.TITLE}<//>`}<${Trouble} problem=${trouble.problem} again=${trouble.again} />`;
  const redacted = () => {
    found.again();
    reload(); // the plan shows it too
  };
  return html`<${Page} key=${found.etag} start=${found.data} etag=${found.etag} people=${people.data} />
    <section class="admin-section" aria-labelledby="redact-title"><h2 id="redact-title">${said.FOR_MANAGER}</h2>
      <${Behind} class="panel became" load=${redact} title=${said.REDACT} slug=${found.data.slug} onChanged=${redacted} /></section>`;
}

const redact = () => import('../../parts/privacy/redact.js').then((part) => ({ default: part.RedactPlan }));

/** @param {{start: any, etag: string | null, people: any[] | null}} props */
function Page({ start, etag, people }) {
  const form = useForm({
    method: 'PATCH', path: `/plans/${start.slug}`, etag, start: typed(start), read: typed, body, check, whole: true, fieldOf, onSaved: () => said.SAVED,
  });
  const owners = (people ?? []).filter((one) => !one.left_on || one.id === form.values.owner_person).map((one) => [one.id, calledFor(one)]);
  return html`<${H1} title=${said.TITLE}>${said.TITLE}<//><p class="lead-in muted">${said.LEAD_IN}</p>
    <${FormPanel} form=${form} button=${said.SAVE}>
      <${Part} name="head" title=${said.HEAD}>${['heading', 'partnership', 'name', 'title', 'priority', 'service_team'].map((name) => html`
        <${One} key=${name} form=${form} name=${name} most=${500} />`)}
        <${One} form=${form} name="owner_person" choices=${[['', said.NO_OWNER], ...owners]} /><${One} form=${form} name="owner_printed" most=${500} />
        <${One} form=${form} name="summary" rows=${4} /><//>
      <${Part} name="dates" title=${said.DATES}><${One} form=${form} name="starts_printed" most=${500} />
        <div class="pair">${['starts_from', 'starts_to'].map((name) => html`<${One} key=${name} form=${form} name=${name} type="date" />`)}</div>
        <${One} form=${form} name="ends_on" type="date" /><${One} form=${form} name="review_dates" most=${500} />
        <${One} form=${form} name="next_review_on" type="date" /><${One} form=${form} name="update_every_days" type="number" /><//>
      <${Part} name="ratings" title=${said.RATINGS}><p class="hint">${said.RATINGS_HINT}</p>
        ${ORDER.map((letter) => html`<${Rating} key=${letter} form=${form} letter=${letter} />`)}<//><//>
    <ul role="list" class="admin-links"><li><a href=${to('/admin/objectives')}>${said.OBJECTIVES}</a></li><li><a href=${to('/gaps')}>${said.GAPS}</a></li></ul>`;
}

/** @param {{name: string, title: string, children?: any}} props */
const Part = ({ name, title, children = null }) => html`<section class="settings" aria-labelledby=${`${name}-title`}><h2 id=${`${name}-title`}>${title}</h2><div>${children}</div></section>`;

/** A field with its words. @param {any} props */
const One = ({ name, ...rest }) => html`<${Member} name=${name} label=${said.FIELDS[name][0]} hint=${said.FIELDS[name][1]} ...${rest} />`;

/** A letter's word and meaning, with how they will look while they are typed. @param {{form: import('../../parts/forms/directory.js').Form, letter: string}} props */
function Rating({ form, letter }) {
  const word = form.values[`word_${letter}`].trim();
  return html`<fieldset class="rating-words"><legend>${said.LETTERS[letter]}</legend>
    <p class="rating-preview"><span class=${`glyph solid-${letter}`}><${Shape} value=${letter} /></span>
      <span class=${`tag tint-${letter}`}><${Shape} value=${letter} />${said.shownAs(word || '…')}</span></p>
    <div class="pair"><${Member} form=${form} name=${`word_${letter}`} label=${said.word(letter)} most=${40} />
    <${Member} form=${form} name=${`meaning_${letter}`} label=${said.meaning(letter)} most=${300} /></div></fieldset>`;
}
