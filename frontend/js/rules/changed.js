/**
 * What is different between the plan that is shown and the plan as it stands, and how long to wait before asking again.
 */

const FIRST = 30_000;
const LONGEST = 300_000;
const PATIENT_AFTER = 10; // times that nothing had changed

/**
 * The numbers of the actions that somebody changed, added or took away, or that a new day shows otherwise; in the plan's order.
 * @param {import('../types.js').Plan} before
 * @param {import('../types.js').Plan} after
 * @returns {string[]}
 */
export function changedActions(before, after) {
  const [old, now] = [before, after].map((plan) => plan.objectives.flatMap((objective) => objective.actions));
  const known = new Map(old.map((action) => [action.id, action]));
  const there = new Set(now.map((action) => action.id));
  const differ = now.filter((action) => {
    const was = known.get(action.id);
    return !was || was.version !== action.version || was.updated_at !== action.updated_at
      || was.number !== action.number || was.rating.value !== action.rating.value || was.past_date !== action.past_date;
  });
  return [...differ, ...old.filter((action) => !there.has(action.id))].map((action) => action.number);
}

/**
 * Milliseconds until the next question: every 30 seconds, after a while of nothing new ever more rarely, down to every
 * five minutes. A tenth is left to chance, so that a room of people does not ask all at once.
 * @param {number} unchanged how many times nothing had changed since something did
 * @param {number} chance from 0 to 1
 * @returns {number}
 */
export function waitFor(unchanged, chance) {
  const wait = Math.min(FIRST * 2 ** Math.max(unchanged - PATIENT_AFTER, 0), LONGEST);
  return Math.round(wait * (0.9 + chance / 5));
}
