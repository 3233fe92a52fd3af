/**
 * One timeline from updates, status changes and moved dates, newest first.
 */

/**
 * A status change that came with an update is told with the update, not twice.
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
