/**
 * One after another: the order of a walk through what is mine, fixed when it begins, and what became of each step.
 */

/** @typedef {import('./mine.js').Step} Step */
/** @typedef {'posted' | 'answered' | 'signed' | 'kept' | 'skipped'} Outcome */
/** @typedef {Record<string, Outcome>} Outcomes by the id of a step */

/**
 * The walk that begins at a step: what came before it in the list comes last. An address may name only a number.
 * @param {Step[]} steps
 * @param {string} wanted
 * @returns {Step[]}
 */
export function walkFrom(steps, wanted) {
  const at = steps.findIndex((step) => step.id === wanted || step.action.number === wanted);
  return at < 1 ? steps : [...steps.slice(at), ...steps.slice(0, at)];
}

/** @param {Step[]} walk @param {string} wanted @returns {Step | undefined} */
export const stepAt = (walk, wanted) => walk.find((step) => step.id === wanted || step.action.number === wanted);

/** The steps nothing has become of yet. @param {Step[]} walk @param {Outcomes} outcomes @returns {Step[]} */
export const leftOf = (walk, outcomes) => walk.filter((step) => !outcomes[step.id]);

/**
 * The step after this one: the next that is left, and after the last the first.
 * @param {Step[]} walk
 * @param {Outcomes} outcomes with that of this step
 * @param {string} id
 * @returns {Step | undefined}
 */
export function nextOf(walk, outcomes, id) {
  const at = walk.findIndex((step) => step.id === id);
  return leftOf([...walk.slice(at + 1), ...walk.slice(0, at + 1)], outcomes)[0];
}

/**
 * How many steps ended in each way.
 * @param {Outcomes} outcomes
 * @returns {Record<Outcome, number>}
 */
export function tallyOf(outcomes) {
  const counts = { posted: 0, answered: 0, signed: 0, kept: 0, skipped: 0 };
  for (const outcome of Object.values(outcomes)) counts[outcome] += 1;
  return counts;
}

/**
 * Whole days from today until a day; negative when it has been.
 * @param {string} day YYYY-MM-DD
 * @param {string} today YYYY-MM-DD, from the server
 * @returns {number}
 */
export const daysUntil = (day, today) => (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000;
