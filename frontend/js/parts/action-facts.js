/**
 * Facts beside an action: the printed words first, what was read from them second.
 */
import { html } from '../core.js';
import { plan } from '../store.js';
import { to } from '../router.js';
import { ago, londonDay, longDay, printedWhen, readingOf } from '../words.js';

/**
 * By when: printed large, our reading small, and every earlier date.
 * @param {{action: import('../types.js').Action, today: string}} props
 */
export function WhenFacts({ action, today }) {
  const when = action.by_when;
  return html`<p class="printed">${printedWhen(when)}</p>
    ${!when.printed && !when.moved.length && html`<p class="muted small">The plan leaves this blank</p>`}
    ${when.to && html`<p class="muted small">${readingOf(when)}${action.past_date && html`, <b class="late-text">${ago(when.to, today)}</b>`}</p>`}
    ${when.moved.length > 1 && html`<details><summary>Moved ${when.moved.length === 2 ? 'once' : `${when.moved.length - 1} times`}</summary>
      <ol role="list" class="moves">${when.moved.map((move, index) => html`<li key=${index} class="small">${index === 0
    ? html`First printed: <b>${printedWhen(move)}</b>`
    : html`<b>${printedWhen(move)}</b>${move.by && ` by ${move.by}`}${move.at && `, ${longDay(londonDay(move.at))}`}: ${move.reason}`}</li>`)}
      </ol></details>`}`;
}

/**
 * By whom: each place as it was read, and the original words one tap away.
 * @param {{action: import('../types.js').Action, said?: any}} props `said`: the printed words with their short forms explained
 */
export function ByWhom({ action, said }) {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const people = new Map(shown.people.map((person) => [person.id, person]));
  const agencies = new Map(shown.agencies.map((agency) => [agency.id, agency.short_name ?? agency.name]));
  if (!action.by_whom.places.length) {
    return html`<p>Nobody named</p>${action.by_whom.printed && html`<p class="muted small">Printed: ${action.by_whom.printed}</p>`}`;
  }
  return html`<ul role="list" class="whom">${action.by_whom.places.map((place, index) => {
    const person = people.get(place.person ?? '');
    const agency = agencies.get(person?.agency ?? '');
    return html`<li key=${index}>${place.person ? html`<a href=${to(`/actions?person=${place.person}`)}>${place.name}</a>` : sentenceCase(place.name)}
      ${agency && html` <span class="muted">${agency}</span>`}
      ${person?.left_on && html` <span class="muted small">left on ${longDay(person.left_on)}</span>`}
      ${place.qualifier && place.qualifier !== agency && html` <span class="muted small">(${place.qualifier})</span>`}</li>`;
  })}</ul>
    <details><summary>As printed</summary><p class="small">${said ?? action.by_whom.printed}</p></details>`;
}

/** Groups open a line of their own, so they begin with a capital. @param {string} name */
const sentenceCase = (name) => name.charAt(0).toUpperCase() + name.slice(1);
