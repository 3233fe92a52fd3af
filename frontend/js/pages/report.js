/**
 * The plan in its printed form: the partnership's own six columns, with the latest progress filled in.
 */
import { html, useEffect, useState } from '../core.js';
import { Behind, Glyph, H1, Linked } from '../parts/bits.js';
import { dayShown, plan } from '../store.js';
import { navigate, route, to } from '../router.js';
import { OPENING, STATUS_WORDS, TRY_AGAIN, londonDay, longDay, ratingWord, shortDay } from '../words.js';
import { CHANGE_DAY, JOURNAL, NOT_SET, movedWords } from '../words/plan/lists.js';
import * as words from '../words/plan/report.js';

/** @typedef {import('../types.js').Action} Action */

/** What the board reads: rating in words and shape, the text, who and when. @param {{action: Action, every: any}} props */
function Progress({ action, every }) {
  const last = action.latest_update;
  const plain = ['not_reported', 'in_progress', 'complete'].includes(action.status);
  const all = every?.found.get(action.id);
  if (!last && !all && !action.rating.value && plain) return null;
  return html`<p class="report-rating">${action.rating.value && html`<${Glyph} value=${action.rating.value} /> <b>${ratingWord(plan.value, action.rating.value)}</b>`}
    ${!plain && html` <b>${STATUS_WORDS[action.status]}</b>`}</p>
    ${action.rating.says && html`<p class="report-by">${action.rating.says}</p>`}
    ${all ? html`<${every.AllUpdates} updates=${all} />` : last && html`<p class="words"><${Linked} text=${last.text} /></p>
      <p class="report-by">${last.author.name}, ${shortDay(londonDay(last.posted_at))}${last.entered_by && words.ENTERED(last.entered_by)}</p>`}`;
}

/** @param {{objective: import('../types.js').Objective, every: any}} props */
const Rows = ({ objective, every }) => html`<tbody>
  <tr class="report-lead"><th colspan="6" scope="rowgroup">${words.objective(objective.number, objective.lead?.printed)}</th></tr>
  ${objective.actions.map((action, index) => html`<tr key=${action.id} class=${index ? '' : 'with-objective'}>
    ${index === 0 && html`<td rowspan=${objective.actions.length}>${objective.text}</td>`}
    <td>${action.number}</td><td><${Linked} text=${action.text} /></td><td>${action.by_whom.printed}</td>
    <td>${action.by_when.printed}${action.by_when.moved.length > 1 && html`<span class="report-by">${movedWords(action.by_when)}</span>`}</td>
    <td><${Progress} action=${action} every=${every} /></td></tr>`)}</tbody>`;

/** All updates, read when they are asked for: `{found, AllUpdates}`, null until then. @param {boolean} wanted */
function useEvery(wanted) {
  const [every, setEvery] = useState(/** @type {any} */ (null));
  const [failed, setFailed] = useState(false);
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const read = async () => {
    setFailed(false);
    try {
      const part = await import('../parts/updates/all-updates.js');
      setEvery({ ...part, found: await part.readAll(shown.slug, dayShown.value) });
    } catch {
      setFailed(true);
    }
  };
  useEffect(() => { if (wanted) read(); }, [wanted, shown.revision]);
  return { every: wanted ? every : null, failed: wanted && failed, read };
}

/** What the sheet holds, and of which day. @param {{all: any}} props */
const Choices = ({ all }) => html`<div class="title-line no-print"><fieldset class="checks"><legend>${words.UPDATES}</legend>
  ${[['', words.LATEST_UPDATE], ['all', words.ALL_UPDATES]].map(([value, said]) => html`<label key=${value} class="check"><input type="radio" name="updates"
    checked=${all === Boolean(value)} onChange=${() => navigate(to(`/report${value && '?updates=all'}`))} />${said}</label>`)}</fieldset>
  <${Behind} title=${CHANGE_DAY} load=${() => import('../parts/shell/day-form.js')} /><${Behind} title=${words.DOWNLOADS} load=${() => import('../parts/plan/downloads.js')} /><a href=${to('/journal')}>${JOURNAL}</a></div>`;

/** The page at "/report". */
export default function Report() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const all = route.value.query.get('updates') === 'all';
  const { every, failed, read } = useEvery(all);
  const next = shown.next_review_on ? longDay(shown.next_review_on) : '';
  return html`<div class="page report-page">
    <div class="title-line no-print"><${H1} title=${words.TITLE}>${words.TITLE}<//>
      <p class="muted">${words.INTRO}</p>
      <button class="button" onClick=${() => print()}>${words.PRINT}</button></div>
    <${Choices} all=${all} />
    <p role="status" class="no-print">${all && !every && !failed && OPENING}${failed && html`${words.NOT_ALL}<button class="as-link" onClick=${read}>${
  TRY_AGAIN}</button>`}</p>
    <div class="sheet" tabindex="0" role="region" aria-label=${words.SHEET}><h2>${shown.heading}</h2>
      <table class="report-head"><tbody>
        <tr><th scope="row">${words.HEAD.title}</th><td>${shown.title}</td><th scope="row">${words.HEAD.starts}</th><td>${shown.starts?.printed}</td></tr>
        <tr><th scope="row">${words.HEAD.owner}</th><td>${shown.owner?.printed}</td><th scope="row">${words.HEAD.priority}</th><td>${shown.priority}</td></tr>
        <tr><th scope="row">${words.HEAD.service}</th><td>${shown.service_team}</td><th scope="row">${words.HEAD.reviews}</th><td>${shown.review_dates || NOT_SET}</td></tr>
        <tr><th scope="row">${words.HEAD.next}</th><td>${next || NOT_SET}</td><th scope="row">${words.HEAD.position}</th><td>${longDay(shown.as_of)}</td></tr>
        ${shown.summary && html`<tr><th scope="row">${words.HEAD.summary}</th><td colspan="3">${shown.summary}</td></tr>`}
      </tbody></table>
      <ul class="report-key" role="list" aria-label=${words.KEY}>${shown.rating_key.map((line) => html`<li key=${line.letter}><${Glyph} value=${line.letter} />
        <b>${line.letter}: ${line.word}</b> ${line.meaning}</li>`)}</ul>
      <table class="report"><thead><tr>${words.COLUMNS.map((title) => html`
        <th key=${title} scope="col">${title}</th>`)}</tr></thead>
        ${shown.objectives.map((objective) => html`<${Rows} key=${objective.id} objective=${objective} every=${every} />`)}</table>
    </div></div>`;
}
