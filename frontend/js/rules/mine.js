/**
 * What is mine in a plan, in groups and in the order in which it is done. Nothing here touches the page.
 */

/** @typedef {import('../types.js').Action} Action */
/** @typedef {'acknowledge' | 'sign-off' | 'update' | 'look'} Kind */
/** @typedef {{id: string, kind: Kind, action: Action}} Step `id` is for the address: "update-3.4" */
/** @typedef {Pick<import('../types.js').MyPlan, 'leads' | 'on' | 'owed' | 'to_acknowledge' | 'to_sign_off'>} Mine */

const CLOSED = ['complete', 'business_as_usual', 'carried_forward', 'withdrawn'];

/** @param {Kind} kind @returns {(action: Action) => Step} */
const step = (kind) => (action) => ({ id: `${kind}-${action.number}`, kind, action });

/** Past its date first, the longest first; then whoever has waited longest for a word. @param {Action} a @param {Action} b */
const mostOverdue = (a, b) => Number(b.past_date) - Number(a.past_date)
  || (a.past_date ? (a.by_when.to ?? '').localeCompare(b.by_when.to ?? '') : 0)
  || (a.latest_update?.posted_at ?? '').localeCompare(b.latest_update?.posted_at ?? '');

/**
 * Each action is in one group; what waits for an answer is about others' words, so it may be in another too.
 * @param {import('../types.js').Plan} plan
 * @param {Mine} mine
 * @param {Set<string>} drafted ids of actions with a draft
 */
export function groupsOf(plan, mine, drafted) {
  const all = plan.objectives.flatMap((objective) => objective.actions);
  /** @param {string[]} ids */
  const those = (ids) => all.filter((action) => ids.includes(action.id));
  const waiting = [...those(mine.to_acknowledge).map(step('acknowledge')), ...those(mine.to_sign_off).map(step('sign-off'))];
  const owed = those(mine.owed).sort(mostOverdue);
  const drafts = all.filter((action) => drafted.has(action.id) && !owed.includes(action));
  const rest = all.filter((action) => (mine.on.includes(action.id) || mine.leads.includes(action.objective))
    && !owed.includes(action) && !drafts.includes(action));
  /** @param {boolean} closed */
  const looks = (closed) => rest.filter((action) => CLOSED.includes(action.status) === closed).map(step('look'));
  return { waiting, owed: owed.map(step('update')), drafts: drafts.map(step('update')), upToDate: looks(false), closed: looks(true) };
}
