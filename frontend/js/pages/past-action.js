/**
 * One action as it stood on a past day: from the plan document of that day, with what was posted and decided until then. Nothing can be done here.
 */
import { html, useEffect, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { dayShown, plan } from '../store.js';
import { route, to } from '../router.js';
import { H1, Linked, Tag } from '../parts/bits.js';
import { Facts, Timeline } from '../parts/updates/timeline.js';
import { BY_WHEN, PAST_DATE, STATUS_WORDS, firstWords, printedWhen } from '../words.js';
import { next, previous } from '../words/updates/action.js';
import { NO_ACTION, NO_ACTION_THEN, STOOD } from '../words/plan/past.js';

/** @typedef {import('../types.js').Action} Action @param {{action: Action}} props */

const Head = ({ action }) => html`<div class="action-head"><p class="big-number" aria-hidden="true">${action.number}</p>
  <div><${H1} title=${`${action.number} ${firstWords(action.text, 50)}`} class="wording"><span class="unseen">${action.number} </span><${Linked}
    text=${action.text} /><//>
    <ul class="head-facts" role="list"><li><${Tag} value=${action.rating.value} /></li><li class="status-word">${STATUS_WORDS[action.status]}</li>
      <li><span class="muted">${BY_WHEN}: </span><b>${printedWhen(action.by_when)}</b></li>
      ${action.past_date && html`<li class="flag late">${PAST_DATE}</li>`}</ul>
    ${action.rating.says && html`<p class="says">${action.rating.says}</p>`}
    ${action.status_reason && html`<p class="says">${STATUS_WORDS[action.status]}: ${action.status_reason}</p>`}</div></div>`;

/** What was posted and decided until the end of that day. @param {Action} action */
function useTold(action) {
  const [found, setFound] = useState(/** @type {any} */ ({ state: 'loading' }));
  const read = async () => {
    try {
      const { data } = await request('GET', `/actions/${action.id}?as_at=${dayShown.value}`);
      setFound({ state: 'ready', told: { updates: data.updates, links: data.links, status_changes: data.status_changes } });
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setFound({ state: 'failed' });
    }
  };
  useEffect(() => { read(); }, [action.id]);
  return { ...found, read };
}

/** @param {{action: Action, objective: import('../types.js').Objective, all: Action[]}} props */
function OneAction({ action, objective, all }) {
  const { state, told = { updates: [], status_changes: [] }, read } = useTold(action);
  const at = all.indexOf(action);
  const whole = /** @type {any} */ ({ ...action, ...told });
  return html`<div class="page action-page"><${Head} action=${action} />
    <div class="action-columns"><${Timeline} action=${whole} state=${state} latest=${action.latest_update} retry=${read}
      starts=${plan.value?.starts} acts=${null} onChanged=${read} /><aside class="side" aria-label=${STOOD(dayShown.value)}><dl><${Facts} action=${action} objective=${objective} /></dl></aside></div>
    <nav class="pager" aria-label=${STOOD(dayShown.value)}>
      ${all[at - 1] && html`<a href=${to(`/actions/${all[at - 1].number}`)} rel="prev"><span aria-hidden="true">← </span>${previous(all[at - 1].number)}</a>`}
      ${all[at + 1] && html`<a class="after" href=${to(`/actions/${all[at + 1].number}`)} rel="next">${next(all[at + 1].number)}<span aria-hidden="true"> →</span></a>`}</nav></div>`;
}

/** The page at "/actions/3.6?as-at=2021-04-22". */
export default function PastAction() {
  const number = decodeURIComponent(route.value.number);
  const objective = plan.value?.objectives.find((one) => one.actions.some((action) => action.number === number));
  const action = objective?.actions.find((one) => one.number === number);
  if (!objective || !action) {
    return html`<div class="page narrow"><${H1} title=${number}>${NO_ACTION(number, dayShown.value)}<//>
      <p><a href=${to('/actions')}>${NO_ACTION_THEN}</a></p></div>`;
  }
  const all = plan.value?.objectives.flatMap((one) => one.actions) ?? [];
  return html`<${OneAction} key=${action.id} action=${action} objective=${objective} all=${all} />`;
}
