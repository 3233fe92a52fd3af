/**
 * The overview's sentence, its needs-attention lists and its table of agencies, worked out from the plan document.
 */
/** @typedef {{text: string, href?: string}} Piece */
/** @typedef {typeof import('../words/plan/overview.js')} Words */
/** @typedef {typeof import('../words.js')} Common the words that all screens share */

/**
 * One sentence a board member could read aloud; every number in it leads to the list behind it.
 * @param {import('../types.js').Plan} plan
 * @param {Words} words
 * @param {Common} common
 * @returns {Piece[]}
 */
export function sentenceOf(plan, words, common) {
  const { actions, rating, past_date: past, needs_update: waiting } = plan.counts;
  const good = (rating.B ?? 0) + (rating.G ?? 0);
  const off = common.lower(common.ratingWord(plan, 'R'));
  /** @type {Piece[]} */
  const said = words.goodOnes(good, actions, common.lower(common.ratingWord(plan, 'B')), common.lower(common.ratingWord(plan, 'G')))
    .map(([text, href]) => (href ? { text, href } : { text }));
  /** @type {Piece[]} */
  const troubles = [];
  if (rating.R) troubles.push({ text: words.offTrack(rating.R, off), href: '/actions?rating=R' });
  if (past) troubles.push({ text: words.pastDate(past), href: '/actions?due=past' });
  if (!troubles.length) said.push({ text: words.noTrouble(off, waiting > 0) });
  if (waiting) troubles.push({ text: words.waiting(waiting), href: '/actions?show=needs-update' });
  troubles.forEach((piece, index) => {
    if (index) said.push({ text: index === troubles.length - 1 ? words.BEFORE_LAST : words.BETWEEN });
    said.push(piece);
  });
  if (troubles.length) said.push({ text: words.STOP });
  return said;
}

/** @typedef {{title: string, actions: import('../types.js').Action[], href: string, why: string}} Concern */

/**
 * What needs attention, each with the list behind it; empty ones are left out.
 * @param {import('../types.js').Plan} plan
 * @param {Words} words
 * @param {Common} common
 * @returns {Concern[]}
 */
export function concernsOf(plan, words, common) {
  const all = plan.objectives.flatMap((objective) => objective.actions);
  const open = ['not_reported', 'not_started', 'in_progress', 'on_hold'];
  return [
    { title: common.PAST_DATE, href: '/actions?due=past', why: 'due', actions: all.filter((action) => action.past_date) },
    { title: common.ratingWord(plan, 'R'), href: '/actions?rating=R', why: 'updated',
      actions: all.filter((action) => action.rating.value === 'R' && !action.past_date) },
    { title: common.NOBODY, href: '/actions?person=nobody', why: 'nobody',
      actions: all.filter((action) => !action.by_whom.named.length && open.includes(action.status)) },
    { title: words.DELIVERED, href: '/actions?show=delivered', why: 'delivered',
      actions: all.filter((action) => action.status === 'delivered') },
    { title: common.NEEDS_UPDATE, href: '/actions?show=needs-update', why: 'updated',
      actions: all.filter((action) => action.needs_update).sort(oldestFirst) },
  ].filter((concern) => concern.actions.length);
}

/**
 * How many questions the plan and its actions leave open, and what the link to them says.
 * @param {import('../types.js').Plan} plan
 * @param {Words} words
 * @returns {{count: number, title: string, words: string}}
 */
export function questionsOf(plan, words) {
  const count = [plan, ...plan.objectives.flatMap((objective) => objective.actions)].reduce((sum, one) => sum + one.notes.length, 0);
  return { count, title: words.QUESTIONS, words: words.questions(count) };
}

/** @param {import('../types.js').Action} a @param {import('../types.js').Action} b */
const oldestFirst = (a, b) => (a.latest_update?.posted_at ?? '').localeCompare(b.latest_update?.posted_at ?? '');

/**
 * Actions by the agency of the people named on them, largest first; one action counts once for each agency on it.
 * @param {import('../types.js').Plan} plan
 * @param {Words} words
 * @returns {{id: string, name: string, actions: import('../types.js').Action[]}[]}
 */
export function agencyRows(plan, words) {
  const home = new Map(plan.people.map((person) => [person.id, person.agency ?? 'none']));
  const rows = plan.agencies.map((agency) => ({ id: agency.id, name: agency.short_name ?? agency.name }));
  rows.push({ id: 'none', name: words.NO_AGENCY });
  const all = plan.objectives.flatMap((objective) => objective.actions);
  return rows
    .map((row) => ({ ...row, actions: all.filter((action) => action.by_whom.named
      .some((place) => (place.agency ?? (place.person && home.get(place.person))) === row.id)) }))
    .filter((row) => row.actions.length)
    .sort((a, b) => Number(a.id === 'none') - Number(b.id === 'none') || b.actions.length - a.actions.length);
}
