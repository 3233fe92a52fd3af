/**
 * Drafts: what somebody typed and has not posted, kept on the device after every keystroke. The storage is an argument,
 * so that these rules can be tried without a browser. A refused storage is answered, never thrown.
 */
/** @typedef {import('../types.js').Draft} Draft */
/** @typedef {Pick<typeof import('../words.js'), 'NO_RATING' | 'NO_WORDS' | 'TOO_LONG'>} Words */

export const TEXT_LIMIT = 4000;
export const COUNT_FROM = 3500;

/**
 * Where a draft lives: drafts of two people on one desktop never meet.
 * @param {string} user account id
 * @param {string} action action id
 * @returns {string}
 */
export const draftKey = (user, action) => `draft:${user}:${action}`;

/**
 * An empty form for an action.
 * @param {import('../types.js').Action} action
 * @param {string} key the idempotency key the post will carry
 * @returns {Draft}
 */
export const blankDraft = (action, key) => ({
  text: '',
  rating: action.rating.declared && action.rating.declared !== 'B' ? action.rating.declared
    : action.status === 'delivered' ? 'D' : null,
  nextStep: '', impact: '', evidence: [], onBehalfOf: '', version: null, key, at: '', number: action.number,
});

/** Whether there is anything in it worth keeping. @param {Draft} draft @returns {boolean} */
export const hasWords = (draft) => [draft.text, draft.nextStep, draft.impact, ...draft.evidence.flatMap((one) =>
  [one.title, one.url])].some((words) => words.trim() !== '');

/**
 * @param {Storage} storage
 * @param {string} key
 * @returns {Draft | null}
 */
export function readDraft(storage, key) {
  try {
    const found = JSON.parse(storage.getItem(key) ?? 'null');
    return found && typeof found.text === 'string' && typeof found.key === 'string' ? found : null;
  } catch {
    return null;
  }
}

/**
 * @param {Storage} storage
 * @param {string} key
 * @param {Draft} draft
 * @returns {boolean} false when the browser refuses to keep it
 */
export function keepDraft(storage, key, draft) {
  try {
    if (hasWords(draft)) storage.setItem(key, JSON.stringify(draft));
    else storage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** @param {Storage} storage @param {string} key */
export function dropDraft(storage, key) {
  try {
    storage.removeItem(key);
  } catch {
    // It was never kept.
  }
}

/**
 * Every draft of one person on this device, by action number.
 * @param {Storage} storage
 * @param {string} user account id
 * @returns {{key: string, action: string, draft: Draft}[]}
 */
export function listDrafts(storage, user) {
  const start = draftKey(user, '');
  try {
    return Object.keys(storage).filter((key) => key.startsWith(start)).flatMap((key) => {
      const draft = readDraft(storage, key);
      return draft ? [{ key, action: key.slice(start.length), draft }] : [];
    }).sort((a, b) => a.draft.number.localeCompare(b.draft.number, undefined, { numeric: true }));
  } catch {
    return [];
  }
}

/**
 * The body of the post. "Delivered" is a claim, not a rating; on an action already delivered nothing new is claimed.
 * @param {Draft} draft
 * @param {import('../types.js').Action} action
 * @param {boolean} noChange
 * @returns {Record<string, unknown>}
 */
export function bodyOf(draft, action, noChange) {
  /** @type {Record<string, unknown>} */
  const body = { text: noChange ? '' : draft.text.trim() };
  if (noChange) body.no_change = true;
  if (draft.rating === 'D') {
    if (action.status !== 'delivered' && !noChange) body.claim = 'delivered';
  } else if (draft.rating) body.rating = draft.rating;
  if (draft.onBehalfOf) body.on_behalf_of = draft.onBehalfOf;
  if (noChange) return body;
  if (draft.nextStep.trim()) body.next_step = draft.nextStep.trim();
  if (draft.impact.trim()) body.impact = draft.impact.trim();
  const evidence = draft.evidence.filter((one) => one.url.trim() || one.title.trim());
  if (evidence.length) body.evidence = evidence.map((one) => ({ title: one.title.trim() || one.url.trim().slice(0, 200), url: one.url.trim() }));
  return body;
}

/**
 * What to put right before posting, field by field.
 * @param {Draft} draft
 * @param {Words} words
 * @returns {{field: string, text: string}[]}
 */
export function problemsOf(draft, words) {
  const problems = [];
  const length = draft.text.trim().length;
  if (!length) problems.push({ field: 'update-text', text: words.NO_WORDS });
  if (length > TEXT_LIMIT) problems.push({ field: 'update-text', text: words.TOO_LONG(length - TEXT_LIMIT, TEXT_LIMIT) });
  if (!draft.rating) problems.push({ field: 'rating-G', text: words.NO_RATING });
  return problems;
}

/**
 * The API's errors as problems of this form's fields.
 * @param {{pointer: string, detail: string}[]} errors
 * @param {string} otherwise said when no error names a field
 * @returns {{field: string, text: string}[]}
 */
export function problemsFrom(errors, otherwise) {
  /** @type {Record<string, string>} */
  const fields = { text: 'update-text', rating: 'rating-G', claim: 'rating-D', next_step: 'next-step', impact: 'impact',
    on_behalf_of: 'on-behalf' };
  const found = errors.map(({ pointer, detail }) => {
    const [, name, index, part] = pointer.split('/');
    const field = name === 'evidence' ? `evidence-${index ?? 0}-${part ?? 'url'}` : fields[name] ?? 'update-text';
    return { field, text: detail };
  });
  return found.length ? found : [{ field: 'update-text', text: otherwise }];
}
