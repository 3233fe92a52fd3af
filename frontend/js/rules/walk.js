/**
 * Walking over the squares of the board view with the arrow keys.
 */

/**
 * The square that a key leads to.
 * @param {number[]} rows how many squares each row has
 * @param {number} row where the walker is
 * @param {number} place
 * @param {string} key as the event names it
 * @returns {[number, number] | null} row and place; null when the key leads nowhere
 */
export function stepOf(rows, row, place, key) {
  if (key === 'ArrowLeft') return place ? [row, place - 1] : row ? [row - 1, rows[row - 1] - 1] : null;
  if (key === 'ArrowRight') return place < rows[row] - 1 ? [row, place + 1] : row < rows.length - 1 ? [row + 1, 0] : null;
  if (key === 'Home') return [row, 0];
  if (key === 'End') return [row, rows[row] - 1];
  const next = { ArrowUp: row - 1, ArrowDown: row + 1 }[key];
  return next === undefined || !rows[next] ? null : [next, Math.min(place, rows[next] - 1)];
}
