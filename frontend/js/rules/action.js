/**
 * What the page of an action works out: which facts it can change, and one timeline from updates, status changes and moved dates.
 */

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
/**
 * `ability` is the verb that somebody needs for it, `verb` what its change is called in the history, `value` what is compared.
 * @typedef {{ability: string, verb: string, value: (action: ActionDetail) => unknown}} Fact
 */

/**
 * The facts that are changed where they are read: all that the client knows of them but their form and their words. One that
 * api/domain/editable.py declares and this has not fails a test by its name.
 */
export const FACTS = /** @type {const} @satisfies {Record<string, Fact>} */ ({
  by_when: { ability: 'move_date', verb: 'date-moved', value: ({ by_when: when }) => [when.printed, when.from, when.to] },
  status: { ability: 'set_status', verb: 'status-changed', value: (action) => action.status },
  text: { ability: 'reword', verb: 'reworded', value: (action) => action.text },
  by_whom: { ability: 'set_by_whom', verb: 'places-changed', value: (action) => action.by_whom.named },
});

/** @typedef {keyof typeof FACTS} FactName */

export const FACT_NAMES = /** @type {FactName[]} */ (Object.keys(FACTS));

/** Which facts differ between two answers. @param {ActionDetail} before @param {ActionDetail} after */
export const changedFacts = (before, after) => FACT_NAMES.filter((name) => (
  JSON.stringify(FACTS[name].value(before)) !== JSON.stringify(FACTS[name].value(after))));

/**
 * One timeline, newest first. A status change that came with an update is told with the update, not twice.
 * @param {import('../types.js').ActionDetail} action
 * @param {import('../types.js').Update[]} updates those read so far
 * @returns {import('../types.js').TimelineEntry[]}
 */
export function timelineOf(action, updates) {
  const withUpdate = new Map(action.status_changes.flatMap((change) => (change.update ? [[change.update, change]] : [])));
  /** @type {any[]} */
  const entries = [
    ...updates.map((update) => ({ kind: 'update', at: update.posted_at, update, change: withUpdate.get(update.id) })),
    ...action.status_changes.filter((change) => !change.update).map((change) => ({ kind: 'status', at: change.at, change })),
    ...action.by_when.moved.slice(1).map((move, index) => ({
      kind: 'move', at: move.at ?? '', move, before: action.by_when.moved[index],
    })),
  ];
  return entries.sort((a, b) => b.at.localeCompare(a.at));
}
