/**
 * What was last seen, kept on this device so that the page opens without the server: for three days after the last contact,
 * and no longer than the session is known to live (ADR 28).
 */
import { batch, effect } from './core.js';
import { dayProblem, dayShown, forgetCopy, heardAt, me, plan, state } from './store.js';
import { dayAsked, route } from './router.js';

const KEPT = 'kept-plan';
const LIFE = 3 * 86_400_000; // ms
const SHAPE = 2; // of what is kept: raised when the document changes, so that a newer page never reads an older copy

/**
 * What was kept for whoever opens the page. What is over its time, of somebody else, or from a day that has not come goes.
 * @returns {{me: import('./types.js').Me, plan: import('./types.js').Plan} | null}
 */
function keptCopy() {
  try {
    const copy = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    const age = Date.now() - copy?.at;
    if (copy?.shape === SHAPE && age >= 0 && age < LIFE && [undefined, copy.me.account.id].includes(me.value?.account.id)) return copy;
  } catch {
    // What cannot be read is of no use.
  }
  forgetCopy();
  return null;
}

/** Show what there is, since the server did not give what was asked for. @param {import('./api.js').Problem} problem */
export function readWithout(problem) {
  const day = dayAsked();
  const copy = plan.value && me.value && dayShown.value === day ? { me: me.value, plan: plan.value } : keptCopy();
  if (day && dayShown.value !== day) {
    me.value ??= copy?.me ?? null;
    dayProblem.value = problem;
    return;
  }
  const right = copy && (!route.value.slug || route.value.slug === copy.plan.slug);
  if (problem.status === 404) state.value = 'no-plan';
  else if (copy && right) batch(() => {
    me.value = copy.me;
    plan.value = copy.plan;
    dayShown.value = day;
    state.value = 'kept';
  });
  else state.value = 'failed';
}

/** Keep what is shown, whenever the server has said that it is so, with the time when it said it. Never the CSRF value, nor a past day. */
export const keepCopies = () => effect(() => {
  const [who, shown, at] = [me.value, plan.value, heardAt.value];
  if (!at || state.value !== 'ready' || dayShown.value || !who || !shown) return;
  try {
    localStorage.setItem(KEPT, JSON.stringify({ shape: SHAPE, at, me: { ...who, csrf_token: null }, plan: shown }));
  } catch {
    // No room or no permission: reading while offline will not work here, everything else does.
  }
});
