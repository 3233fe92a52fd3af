/**
 * Entries of the history that say the same are told in one line: what one person added in one go.
 */

/** @typedef {{id: number, at: string, by: string, verb: string, sentence: string, undoable: boolean, action: string | null,
 *   object: {type: string, id: string, number: string | null}}} Entry */

const TOGETHER = 60_000; // ms between two entries of one go

/** @param {Entry} one @param {Entry} next */
const sameGo = (one, next) => one.verb === 'created' && next.verb === 'created' && one.by === next.by && one.object.type === next.object.type
  && Math.abs(Date.parse(one.at) - Date.parse(next.at)) <= TOGETHER;

/**
 * Runs of entries, in the order given; most are of one entry.
 * @param {Entry[]} entries of one day, one after another
 * @returns {Entry[][]}
 */
export function runsOf(entries) {
  /** @type {Entry[][]} */
  const runs = [];
  for (const entry of entries) {
    const run = runs[runs.length - 1];
    // Measured from the first of the run, so that a long evening of adding is not one moment.
    if (run && sameGo(run[0], entry)) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

/**
 * The lowest and the highest number of a run, as numbers of actions go: 1.2 before 1.10. Nothing when one of them has no number now.
 * @param {Entry[]} run
 * @returns {[string, string] | null}
 */
export function spanOf(run) {
  const numbers = run.flatMap((entry) => (entry.object.number ? [entry.object.number] : []));
  if (numbers.length < run.length) return null;
  numbers.sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  return [numbers[0], numbers[numbers.length - 1]];
}
