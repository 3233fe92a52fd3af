/**
 * My actions: what I owe first. What is mine, and in what order, is the server's answer (/me).
 */
import { html } from '../core.js';
import { ByWhen, Count, Empty, H1, LastUpdate } from '../parts/bits.js';
import { Tag } from '../parts/rating.js';
import { me, myPlan, plan } from '../store.js';
import { to } from '../router.js';
import { listDrafts } from '../rules/drafts.js';
import { STATUS_WORDS, firstWords, listed, longDay, plural } from '../words.js';

/** @typedef {import('../types.js').Action} Action */

const Card = ({ action, today, button, drafted }) => html`<li class="panel card">
  <span class="number" aria-hidden="true">${action.number}</span>
  <div><a class="quiet" href=${to(`/actions/${action.number}`)}><span class="unseen">${action.number} </span>${firstWords(action.text, 130)}</a>
    <p class="card-facts"><${Tag} value=${action.rating.value} /><span class="muted small">By when: <${ByWhen} action=${action} /></span>
      ${!['not_reported', 'in_progress', 'complete'].includes(action.status) && html`<span class="small">${STATUS_WORDS[action.status]}</span>`}
      <span class="muted small"><${LastUpdate} action=${action} today=${today} prefix="Updated " /></span></p>
    ${action.rating.says && html`<p class="muted small">${action.rating.says}</p>`}</div>
  ${(button || drafted) && html`<a class=${drafted || button === 'Update' ? 'button' : 'button is-second'} href=${to(`/actions/${action.number}${button === 'Look' ? '' : '#update'}`)}>${
  drafted ? 'Finish your draft' : button}<span class="unseen"> ${action.number}</span></a>`}</li>`;

const Group = ({ title, actions, button, drafts }) => actions.length > 0 && html`<section><h2>${title} <${Count}>${actions.length}<//></h2>
  <ul role="list" class="cards">${actions.map((action) => html`<${Card} key=${action.id} action=${action} button=${button}
    today=${plan.value?.as_of ?? ''} drafted=${drafts.has(action.id)} />`)}</ul></section>`;

/** The page at "/my". */
export default function My() {
  const shown = /** @type {import('../types.js').Plan} */ (plan.value);
  const who = /** @type {import('../types.js').Me} */ (me.value);
  /** @type {Pick<import('../types.js').MyPlan, 'leads' | 'on' | 'owed' | 'to_acknowledge' | 'to_sign_off'>} */
  const mine = myPlan() ?? { leads: [], on: [], owed: [], to_acknowledge: [], to_sign_off: [] };
  const all = shown.objectives.flatMap((objective) => objective.actions);
  const byId = new Map(all.map((action) => [action.id, action]));
  const pick = (ids) => ids.flatMap((id) => byId.get(id) ?? []);
  const owed = pick(mine.owed);
  const waiting = pick([...new Set([...mine.to_acknowledge, ...mine.to_sign_off])]);
  const ours = all.filter((action) => (mine.on.includes(action.id) || mine.leads.includes(action.objective)) && !mine.owed.includes(action.id));
  const closed = ours.filter((action) => ['complete', 'business_as_usual', 'carried_forward', 'withdrawn'].includes(action.status));
  const drafts = new Set(draftsOf(who.account.id));
  const first = who.account.name.split(' ')[0];
  const title = owed.length ? `${first}, ${plural(owed.length, 'action')} ${owed.length === 1 ? 'needs' : 'need'} an update` : `${first}, you are up to date`;
  const leads = mine.leads.length ? ` and lead objective${mine.leads.length > 1 ? 's' : ''} ${listed(mine.leads.map(String))}` : '';
  const meets = shown.next_review_on ? ` The board next meets on ${longDay(shown.next_review_on)}.` : '';
  const nothing = !owed.length && !ours.length && !waiting.length;
  return html`<div class="page my"><${H1} title="My actions">${nothing ? 'My actions' : title}<//>
    ${nothing ? html`<${Empty} title="No action names you yet."><a href=${to('/actions')}>See all ${shown.counts.actions} actions</a>.<//>`
    : html`<p class="muted">${mine.on.length || leads ? `You are named on ${plural(mine.on.length, 'action')}${leads}.` : ''}${meets}</p>`}
    <${Group} title="Waiting for you to answer or sign off" actions=${waiting} button="Look" drafts=${new Set()} />
    <${Group} title="Update now" actions=${owed} button="Update" drafts=${drafts} />
    <${Group} title="Up to date" actions=${ours.filter((action) => !closed.includes(action))} drafts=${drafts} />
    <${Group} title="Complete" actions=${closed} drafts=${drafts} /></div>`;
}

function draftsOf(user) {
  try {
    return listDrafts(localStorage, user).map((one) => one.action);
  } catch {
    return [];
  }
}
