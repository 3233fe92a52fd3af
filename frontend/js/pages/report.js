/**
 * The plan in its printed form: the partnership's own six columns, with the latest progress filled in.
 */
import { html, useEffect, useState } from '../core.js';
import { Behind, Glyph, H1, Linked } from '../parts/bits.js';
import { dayShown, plan } from '../store.js';
import { navigate, route, to } from '../router.js';
import { ALL_UPDATES, CHANGE_DAY, JOURNAL, LATEST_UPDATE, NOT_ALL, OPENING, STATUS_WORDS, UPDATES, londonDay, longDay, movedWords, ratingWord, shortDay } from '../words.js';

/** @typedef {import('../types.js').Action} Action */

/** What the board reads: rating in words and shape, the text, who and when. */
function Progress({ action, every }) {
  const last = action.latest_update;
  const plain = ['not_reported', 'in_progress', 'complete'].includes(action.status);
  const all = every?.found.get(action.id);
  if (!last && !all && !action.rating.value && plain) return null;
  return html`<p class="report-rating">${action.rating.value && html`<${Glyph} value=${action.rating.value} /> <b>${ratingWord(plan.value, action.rating.value)}</b>`}
    ${!plain && html` <b>${STATUS_WORDS[action.status]}</b>`}</p>
    ${action.rating.says && html`<p class="report-by">${action.rating.says}</p>`}
    ${all ? html`<${every.AllUpdates} updates=${all} />` : last && html`<p class="words"><${Linked} text=${last.text} /></p>
      <p class="report-by">${last.author.name}, ${shortDay(londonDay(last.posted_at))}${last.entered_by && ` (entered by ${last.entered_by})`}</p>`}`;
}

const Rows = ({ objective, every }) => html`<tbody>
  <tr class="report-lead"><th colspan="6" scope="rowgroup">Objective ${objective.number}${objective.lead && ` (Lead Officer: ${objective.lead.printed})`}</th></tr>
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
      const part = await import('../parts/all-updates.js');
      setEvery({ ...part, found: await part.readAll(shown.slug, dayShown.value) });
    } catch {
      setFailed(true);
    }
  };
  useEffect(() => { if (wanted) read(); }, [wanted, shown.revision]);
  return { every: wanted ? every : null, failed: wanted && failed, read };
}

/** What the sheet holds, and of which day. */
const Choices = ({ all }) => html`<div class="title-line no-print"><fieldset class="checks"><legend>${UPDATES}</legend>
  ${[['', LATEST_UPDATE], ['all', ALL_UPDATES]].map(([value, words]) => html`<label key=${words} class="check"><input type="radio" name="updates"
    checked=${all === Boolean(value)} onChange=${() => navigate(to(`/report${value && '?updates=all'}`))} />${words}</label>`)}</fieldset>
  <${Behind} title=${CHANGE_DAY} load=${() => import('../parts/day-form.js')} /><a href=${to('/journal')}>${JOURNAL}</a></div>`;

/** The page at "/report". */
export default function Report() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const all = route.value.query.get('updates') === 'all';
  const { every, failed, read } = useEvery(all);
  const next = shown.next_review_on ? longDay(shown.next_review_on) : '';
  return html`<div class="page report-page">
    <div class="title-line no-print"><${H1} title="Report">Report<//>
      <p class="muted">The plan in its printed form, with the latest progress filled in. Prints on A4 landscape.</p>
      <button class="button" onClick=${() => print()}>Print or save as PDF</button></div>
    <${Choices} all=${all} />
    <p role="status" class="no-print">${all && !every && !failed && OPENING}${failed && html`${NOT_ALL} <button class="as-link" onClick=${read}>Try
      again</button>`}</p>
    <div class="sheet" tabindex="0" role="region" aria-label="The plan as printed"><h2>${shown.heading}</h2>
      <table class="report-head"><tbody>
        <tr><th scope="row">Action Plan Title</th><td>${shown.title}</td><th scope="row">Start Date</th><td>${shown.starts?.printed}</td></tr>
        <tr><th scope="row">Action Plan Owner</th><td>${shown.owner?.printed}</td><th scope="row">Priority</th><td>${shown.priority}</td></tr>
        <tr><th scope="row">Service/Team</th><td>${shown.service_team}</td><th scope="row">Review date(s)</th><td>${shown.review_dates || 'Not set'}</td></tr>
        <tr><th scope="row">Next Review Date</th><td>${next || 'Not set'}</td><th scope="row">Position as at</th><td>${longDay(shown.as_of)}</td></tr>
        ${shown.summary && html`<tr><th scope="row">Summary</th><td colspan="3">${shown.summary}</td></tr>`}
      </tbody></table>
      <ul class="report-key" role="list" aria-label="Key">${shown.rating_key.map((line) => html`<li key=${line.letter}><${Glyph} value=${line.letter} />
        <b>${line.letter}: ${line.word}</b> ${line.meaning}</li>`)}</ul>
      <table class="report"><thead><tr>${['Objective', 'No.', 'Action', 'By Whom', 'By When', 'Progress Update'].map((words) => html`
        <th key=${words} scope="col">${words}</th>`)}</tr></thead>
        ${shown.objectives.map((objective) => html`<${Rows} key=${objective.id} objective=${objective} every=${every} />`)}</table>
    </div></div>`;
}
