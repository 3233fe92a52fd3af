/**
 * What the plan still owes itself, worked out from the plan document: groups of gaps, who should settle each, and who may.
 */

/** @typedef {import('../types.js').Plan} Plan */
/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Objective} Objective */
/** @typedef {import('../types.js').Note} Note */
/** @typedef {'lead'|'admin'} Who */
/**
 * One gap. `who` should settle it, `settle` says by what; `lead` is the lead officer's name where there is one.
 * @typedef {{key: string, who: Who, settle: string, action?: Action, objective?: Objective, person?: import('../types.js').PlanPerson,
 *   note?: Note, field?: string, pair?: string[], lead?: string}} Gap
 */
/** @typedef {{name: string, gaps: Gap[]}} Group */

const OPEN = ['not_reported', 'not_started', 'in_progress', 'on_hold'];
const LIKE = ['possible-duplicate', 'similar-names'];
const HEADER = /** @type {const} */ (['next_review_on', 'ends_on', 'owner']);
const DAY = 86_400_000;

/** The groups in the order in which they are shown. */
export const GROUPS = ['no-date', 'still-tbc', 'nobody', 'only-groups', 'duplicates', 'to-confirm', 'questions', 'no-lead', 'header', 'no-agency'];

/**
 * Whether a review has passed since the plan began: the next review's day if that is over, else one cycle of updates after the start.
 * @param {Plan} plan
 * @returns {boolean}
 */
export function reviewHasPassed(plan) {
  if (plan.next_review_on && plan.next_review_on < plan.as_of) return true;
  const began = plan.starts?.to;
  return Boolean(began) && Date.parse(plan.as_of) - Date.parse(/** @type {string} */ (began)) > plan.update_every_days * DAY;
}

/**
 * Everything the plan leaves open, by group; empty groups are there with nothing in them.
 * @param {Plan} plan
 * @returns {Group[]}
 */
export function gapsOf(plan) {
  /** @type {Record<string, Gap[]>} */
  const found = Object.fromEntries(GROUPS.map((name) => [name, []]));
  const passed = reviewHasPassed(plan);
  for (const objective of plan.objectives) {
    if (!objective.lead) found['no-lead'].push({ key: `no-lead-${objective.id}`, who: 'admin', settle: 'objective', objective });
    for (const action of objective.actions) {
      const about = { action, objective, lead: objective.lead?.name };
      for (const name of OPEN.includes(action.status) ? gapsIn(action, passed) : []) {
        found[name].push({ key: `${name}-${action.id}`, who: 'lead', settle: DATES.includes(name) ? 'date' : 'people', ...about });
      }
      for (const note of action.notes.filter((one) => one.code !== 'nobody-named' || action.by_whom.named.length)) {
        found[groupOf(note)].push({ key: keyOf(action.id, note), who: note.for === 'admin' ? 'admin' : 'lead', settle: 'note', note, ...about });
      }
    }
  }
  for (const field of HEADER) if (isUnset(plan, field)) found.header.push({ key: `header-${field}`, who: 'admin', settle: 'plan', field });
  for (const note of plan.notes.filter((one) => one.code !== 'header-not-filled-in' || !found.header.length)) {
    found[groupOf(note)].push({ key: keyOf('plan', note), who: 'admin', settle: 'note', note, pair: LIKE.includes(note.code) ? peopleIn(plan, note) : undefined });
  }
  for (const person of plan.people.filter((one) => !one.agency && !one.left_on)) {
    found['no-agency'].push({ key: `no-agency-${person.id}`, who: 'admin', settle: 'person', person });
  }
  return GROUPS.map((name) => ({ name, gaps: found[name] }));
}

const DATES = ['no-date', 'still-tbc'];

/** @param {Action} action @param {boolean} passed whether a review has @returns {string[]} */
function gapsIn(action, passed) {
  const { named } = action.by_whom;
  return [
    action.by_when.kind === 'not_given' && 'no-date',
    action.by_when.kind === 'to_be_confirmed' && passed && 'still-tbc',
    !named.length && 'nobody',
    named.length > 0 && named.every((one) => one.group) && 'only-groups',
  ].filter((name) => typeof name === 'string');
}

/** @param {string} of @param {Note} note */
const keyOf = (of, note) => `note-${of}-${note.code}-${note.text}`;
/** @param {Note} note */
const groupOf = (note) => (LIKE.includes(note.code) ? 'duplicates' : note.code === 'lead-to-confirm' ? 'to-confirm' : 'questions');
/** @param {Plan} plan @param {string} field */
const isUnset = (plan, field) => (field === 'owner' ? !plan.owner?.person : !plan[/** @type {keyof Plan} */ (field)]);

/** The ids of those whom a question names, as the directory's pair of two. @param {Plan} plan @param {Note} note */
const peopleIn = (plan, note) => plan.people.filter((person) => note.text.includes(person.name)).map((person) => person.id);

/**
 * How many gaps there are in all.
 * @param {Group[]} groups
 * @returns {number}
 */
export const countOf = (groups) => groups.reduce((sum, group) => sum + group.gaps.length, 0);

/**
 * Whether this reader may settle a gap, by what the server says of them: of an action its lead officer too, the rest the plan's editors.
 * @param {Gap} gap
 * @param {Pick<import('../types.js').MyPlan, 'may' | 'leads'> | undefined} mine
 * @returns {boolean}
 */
export function maySettle(gap, mine) {
  if (!mine) return false;
  if (mayEdit(mine)) return true;
  return Boolean(gap.action) && mine.leads.includes(/** @type {Objective} */ (gap.objective).number);
}

/**
 * Whether this reader may edit the plan itself. A copy of /me that an older release kept does not say.
 * @param {Pick<import('../types.js').MyPlan, 'may'> | undefined} mine
 * @returns {boolean}
 */
export const mayEdit = (mine) => Boolean(mine?.may?.includes('edit_plan'));

/**
 * Where the focus goes once a gap is settled: the next of its group, the one before, or nothing when it was the last.
 * @param {string[]} keys of the group as it was shown
 * @param {string} settled
 * @returns {string | undefined}
 */
export function nextOf(keys, settled) {
  const at = keys.indexOf(settled);
  return keys[at + 1] ?? keys[at - 1];
}
