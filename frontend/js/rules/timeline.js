/**
 * One timeline from updates, status changes and moved dates, newest first.
 */

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
/** @typedef {{kind: 'update', at: string, update: import('../types.js').Update, change: import('../types.js').StatusChange | undefined}
 *   | {kind: 'status', at: string, change: import('../types.js').StatusChange}
 *   | {kind: 'move', at: string, move: import('../types.js').Move, before: import('../types.js').Move}} Entry */

/**
 * A status change that came with an update is told with the update, not twice.
 * @param {ActionDetail} action
 * @param {import('../types.js').Update[]} updates those read so far
 * @returns {Entry[]}
 */
export function timelineOf(action, updates) {
  const withUpdate = new Map(action.status_changes.flatMap((change) => (change.update ? [[change.update, change]] : [])));
  /** @type {Entry[]} */
  const entries = [
    ...updates.map((update) => /** @type {Entry} */ ({ kind: 'update', at: update.posted_at, update, change: withUpdate.get(update.id) })),
    ...action.status_changes.filter((change) => !change.update).map((change) => /** @type {Entry} */ ({ kind: 'status', at: change.at, change })),
    ...action.by_when.moved.slice(1).map((move, index) => /** @type {Entry} */ ({
      kind: 'move', at: move.at ?? '', move, before: action.by_when.moved[index],
    })),
  ];
  return entries.sort((a, b) => b.at.localeCompare(a.at));
}
