/**
 * One after another: a step of what is mine in place, and after it the next. Fetched when it is first opened.
 */
import { html, useEffect, useState } from '../../core.js';
import { told } from '../../api.js';
import { me, notice, plan, reload } from '../../store.js';
import { navigate, to } from '../../router.js';
import { draftKey, readDraft } from '../../rules/drafts.js';
import { daysUntil, leftOf, nextOf, stepAt, tallyOf, walkFrom } from '../../rules/queue.js';
import { H1, Linked, Tag } from '../bits.js';
import { ByWhen } from '../cells.js';
import { useAction } from './form-parts.js';
import { UpdateForm } from './update-form.js';
import { ago, londonDay } from '../../words.js';
import * as words from '../../words/updates/queue.js';

/** @typedef {import('../../rules/queue.js').Outcome} Outcome */
/** @typedef {import('../../rules/mine.js').Step} Step */

/** Its sheets: those of the forms, and its own. */
export const ready = () => Promise.all(['action.css', 'queue.css'].map((name) => told.sheet(name)));

/** @param {{step: Step, place: number, of: number}} props */
const Head = ({ step, place, of }) => html`<${H1} title=${`${words.ASKS[step.kind]} ${step.action.number} (${words.placeOf(place, of)})`} class="wording">
  <span class="queue-place">${words.placeOf(place, of)} · ${words.ASKS[step.kind]} </span>
  <span class="number">${step.action.number}</span> ${step.action.text}<//>
  <p class="card-facts"><${Tag} value=${step.action.rating.value} /><span class="muted small">${words.BY_WHEN} <${ByWhen} action=${step.action} /></span>
    <a class="small" href=${to(`/actions/${step.action.number}`)}>${words.whole(step.action.number)}</a></p>`;

/** What was said last, so that the next words begin where it ended. @param {{action: import('../../types.js').Action}} props */
function LastSaid({ action }) {
  const last = action.latest_update;
  if (!last) return html`<p class="muted">${words.NEVER}</p>`;
  const when = ago(londonDay(last.posted_at), plan.value?.as_of ?? '');
  return html`<div class="last-said"><p class="muted small">${words.lastSaid(last.author.name, when)}</p>
    <p class="words"><${Linked} text=${last.text} /></p></div>`;
}

/** @param {{step: Step, found: ReturnType<typeof useAction>, finish: (outcome: Outcome, said: string) => void}} props */
function UpdateStep({ step, found, finish }) {
  const { state, action, etag, read, setFound } = found;
  if (state === 'loading') return html`<p role="status">${words.LOADING}</p>`;
  const refusal = action && !action.may.includes('post_update') ? action.why_not.post_update ?? words.READ_ONLY : '';
  const mine = refusal && draftOn(step.action.id)?.text;
  if (refusal) return html`<div class="panel refusal"><p>${refusal}</p>${mine && html`<p class="muted small">${words.YOUR_WORDS}</p><p class="words">${mine}</p>`}</div>`;
  const posted = () => {
    finish('posted', words.posted(step.action.number));
    reload();
  };
  return html`<${LastSaid} action=${action ?? step.action} /><${UpdateForm} action=${action ?? { ...step.action, updates: [], status_changes: [] }} etag=${etag}
    onPosted=${posted} reread=${read} onTheirs=${(current, tag) => setFound({ state: 'ready', action: current, etag: tag })}
    onOffline=${() => finish('kept', words.keptOffline(step.action.number))} />`;
}

/** What a lead officer does, in a module of its own. @param {any} props */
function LeadStep(props) {
  const [part, setPart] = useState(/** @type {any} */ (null));
  const load = () => import('./queue-answer.js').then(setPart, () => setPart({}));
  useEffect(() => { load(); }, []);
  if (part?.STEPS) return html`<${part.STEPS[props.step.kind]} ...${props} />`;
  return part ? html`<p role="alert">${words.FORM_FAILED}</p>` : html`<p role="status">${words.LOADING}</p>`;
}

/** @param {{step: Step, place: number, of: number, finish: (outcome: Outcome, said: string) => void, onSkip: () => void}} props */
function OneStep({ step, place, of, finish, onSkip }) {
  const found = useAction(step.action);
  return html`<${Head} step=${step} place=${place} of=${of} />
    <${step.kind === 'update' ? UpdateStep : LeadStep} step=${step} found=${found} finish=${finish} />
    <p class="buttons queue-foot"><button type="button" class="button is-second" onClick=${onSkip}>${words.SKIP}</button>
      <a class="queue-stop" href=${to('/my')}>${words.STOP}</a></p>`;
}

/** A step that one comes back to after it was done, or that somebody else has done. @param {{title: string, said: any, number: string, onNext: () => void}} props */
const Over = ({ title, said, number, onNext }) => html`<${H1} title=${title}>${title}<//><p>${said}</p>
  <p class="buttons"><button type="button" class="button" onClick=${onNext}>${words.NEXT}</button>
    <a href=${to(`/actions/${number}`)}>${words.whole(number)}</a><a href=${to('/my')}>${words.BACK}</a></p>`;

/** @param {{walk: import('../../rules/mine.js').Step[], outcomes: Record<string, any>}} props */
function End({ walk, outcomes }) {
  const shown = /** @type {import('../../types.js').Plan} */ (plan.value);
  const later = walk.filter((step) => ['skipped', 'kept'].includes(outcomes[step.id]));
  const day = shown.next_review_on;
  const left = leftOf(walk, outcomes).length;
  return html`<${H1} title=${words.END}>${words.END}<//>
    <p>${words.summary(tallyOf(outcomes))} ${left > 0 && words.still(left)} ${words.meeting(day, day ? daysUntil(day, shown.as_of) : 0)}</p>
    ${later.length > 0 && html`<h2>${words.SKIPPED}</h2><ul role="list">${later.map((step) => html`<li key=${step.id}><a class="queue-stop"
      href=${to(`/my?next=${step.id}`)}>${words.ASKS[step.kind]} ${step.action.number}</a></li>`)}</ul>`}
    <p class="buttons"><a class="button" href=${to('/my')}>${words.BACK}</a></p>`;
}

/**
 * @param {{wanted: string, steps: Step[]}} props `wanted` is what the address says; the walk is fixed when it begins
 */
export function Queue({ wanted, steps }) {
  const [walk] = useState(() => walkFrom(steps, wanted));
  const [outcomes, setOutcomes] = useState(/** @type {import('../../rules/queue.js').Outcomes} */ ({}));
  const step = stepAt(walk, wanted);
  /** @param {any} now @param {string} id */
  const onward = (now, id) => navigate(to(`/my?next=${nextOf(walk, now, id)?.id ?? 'end'}`));
  /** @param {Outcome} outcome @param {string} said */
  const finish = (outcome, said) => {
    const id = step?.id ?? '';
    const now = { ...outcomes, [id]: outcome };
    setOutcomes(now);
    notice.value = words.told(said, leftOf(walk, now).length);
    onward(now, id);
  };
  const skip = () => {
    const number = step?.action.number ?? '';
    const drafted = step?.kind === 'update' && draftOn(step.action.id);
    finish(drafted ? 'kept' : 'skipped', drafted ? words.kept(number) : words.skipped(number));
  };
  const done = step && words.DONE[outcomes[step.id]];
  const number = wanted.replace(/^[a-z-]+-/, '');
  const inside = () => {
    if (wanted === 'end') return html`<${End} key="end" walk=${walk} outcomes=${outcomes} />`;
    if (!step) return html`<${Over} key=${wanted} title=${words.gone(number)} said="" number=${number} onNext=${() => onward(outcomes, '')} />`;
    if (done) return html`<${Over} key=${wanted} title=${`${words.ASKS[step.kind]} ${number}`} said=${done} number=${number} onNext=${() => onward(outcomes, step.id)} />`;
    return html`<${OneStep} key=${step.id} step=${step} place=${walk.indexOf(step) + 1} of=${walk.length} finish=${finish} onSkip=${skip} />`;
  };
  return html`<div class="page my queue">${inside()}</div>`;
}

/** @param {string} action id @returns {import('../../types.js').Draft | null} */
function draftOn(action) {
  try {
    return readDraft(localStorage, draftKey(me.value?.account.id ?? '', action));
  } catch {
    return null;
  }
}
