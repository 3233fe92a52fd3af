/**
 * The list's filters: from the address, to the address, and applied to the plan in memory. Nothing here touches the page.
 */
import { fold, wordsOf } from './fold.js';

/** @typedef {{q: string, objective: string, agency: string, person: string, due: string, sort: string,
 *   rating: string[], show: string[]}} Filters */
/** @typedef {typeof import('../words/plan/actions.js')} Words */
/** @typedef {typeof import('../words.js')} Common the words that all screens share */

const SINGLE = /** @type {const} */ (['q', 'objective', 'agency', 'person', 'due', 'sort']);
const SEVERAL = /** @type {const} */ (['rating', 'show']);

/**
 * @param {URLSearchParams} query
 * @returns {Filters}
 */
export function readFilters(query) {
  const found = /** @type {any} */ ({});
  for (const name of SINGLE) found[name] = query.get(name) ?? '';
  for (const name of SEVERAL) found[name] = query.getAll(name);
  return found;
}

/**
 * The address of a list with these filters; empty ones are left out, so that the shortest address is the plain list.
 * @param {Filters} filters
 * @returns {string}
 */
export function writeFilters(filters) {
  const query = new URLSearchParams();
  for (const name of SINGLE) if (filters[name]) query.set(name, filters[name]);
  for (const name of SEVERAL) for (const value of filters[name]) query.append(name, value);
  const text = query.toString();
  return text ? `/actions?${text}` : '/actions';
}

/** @type {Record<string, (action: import('../types.js').Action) => boolean>} */
const DUE_TESTS = {
  past: (action) => action.past_date,
  dated: (action) => action.by_when.to !== null,
  ongoing: (action) => action.by_when.kind === 'ongoing',
  'to-be-confirmed': (action) => action.by_when.kind === 'to_be_confirmed',
  'not-given': (action) => action.by_when.kind === 'not_given',
  status: (action) => action.by_when.kind === 'status_in_date_column',
};

/** What an object has under a name from the address, and not what every object has. @template T @param {Record<string, T>} all @param {string} name */
const own = (all, name) => (Object.hasOwn(all, name) ? all[name] : undefined);

/** @param {string[]} show @param {import('../types.js').Action} action */
const shows = (show, action) => !show.length || show.some((one) => (one === 'needs-update' ? action.needs_update
  : one === 'done' ? ['delivered', 'complete'].includes(action.status) : action.status === one));

/** @param {string} q @param {import('../types.js').Action} action */
function says(q, action) {
  if (/^\d+\.\d+$/.test(q)) return action.number === q; // 4.1 is not 4.10
  const words = fold(`${action.number} ${action.text} ${action.by_whom.printed} ${action.by_when.printed} ${
    action.by_whom.named.map((place) => place.name).join(' ')} ${action.latest_update?.text ?? ''}`);
  return wordsOf(q).every((word) => words.includes(word));
}

/**
 * @param {import('../types.js').Plan} plan
 * @param {Filters} filters
 * @returns {import('../types.js').Action[]}
 */
export function applyFilters(plan, filters) {
  const home = new Map(plan.people.map((person) => [person.id, person.agency ?? 'none']));
  const found = plan.objectives.flatMap((objective) => objective.actions).filter((action) => {
    const people = action.by_whom.named.flatMap((place) => (place.person ? [place.person] : []));
    return (!filters.objective || String(action.objective) === filters.objective)
      && (!filters.rating.length || filters.rating.includes(action.rating.value ?? 'none'))
      && (!filters.person || (filters.person === 'nobody' ? !action.by_whom.named.length : people.includes(filters.person)))
      && (!filters.agency || action.by_whom.named
        .some((place) => (place.agency ?? (place.person && home.get(place.person))) === filters.agency))
      && (!filters.due || (own(DUE_TESTS, filters.due)?.(action) ?? true))
      && shows(filters.show, action)
      && (!filters.q.trim() || says(filters.q.trim(), action));
  });
  return order(found, filters.sort);
}

/** @param {import('../types.js').Action[]} actions @param {string} sort */
function order(actions, sort) {
  /** @param {import('../types.js').Action} action */
  const last = (action) => action.latest_update?.posted_at ?? '';
  if (sort === 'by_when') return actions.sort((a, b) => (a.by_when.to ?? '9').localeCompare(b.by_when.to ?? '9'));
  if (sort === 'last_update') return actions.sort((a, b) => last(a).localeCompare(last(b)));
  if (sort === '-last_update') return actions.sort((a, b) => last(b).localeCompare(last(a)));
  return actions;
}

/**
 * The filters in use, in words, each with the filters that remain when it is removed.
 * @param {import('../types.js').Plan} plan
 * @param {Filters} filters
 * @param {Words} words
 * @param {Common} common
 * @returns {{words: string, without: Filters}[]}
 */
export function filtersInUse(plan, filters, words, common) {
  /** @type {Record<string, (value: string) => string>} */
  const say = {
    q: words.quoted,
    objective: common.OBJECTIVE,
    agency: (value) => (value === 'none' ? words.NO_AGENCY : plan.agencies.find((one) => one.id === value)?.name ?? words.UNKNOWN_AGENCY),
    person: (value) => (value === 'nobody' ? words.NO_PERSON : plan.people.find((one) => one.id === value)?.name ?? words.UNKNOWN_PERSON),
    due: (value) => own(words.DUE_WORDS, value) ?? value,
    sort: (value) => own(words.SORT_WORDS, value) ?? value,
    rating: (value) => common.ratingWord(plan, value),
    show: (value) => own({ ...common.STATUS_WORDS, ...words.SHOW_WORDS }, value) ?? value,
  };
  const single = SINGLE.filter((name) => filters[name] && name !== 'sort')
    .map((name) => ({ words: say[name](filters[name]), without: { ...filters, [name]: '' } }));
  const several = SEVERAL.flatMap((name) => filters[name].map((value) => ({
    words: say[name](value), without: { ...filters, [name]: filters[name].filter((one) => one !== value) },
  })));
  return [...single, ...several];
}
