/**
 * Between an update and the form that corrects it: what is filled in, what is sent, and where an error belongs.
 */

/** @typedef {import('../types.js').Update} Update */
/** @typedef {{text: string, nextStep: string, impact: string, evidence: {title: string, url: string}[]}} Form */

/**
 * @param {Update} update
 * @returns {Form}
 */
export const formOf = (update) => ({
  text: update.text, nextStep: update.next_step ?? '', impact: update.impact ?? '', evidence: update.evidence.map((one) => ({ ...one })),
});

/**
 * The members that differ, as PATCH /updates/{id} takes them; words that were emptied are null.
 * @param {Update} update as it was read
 * @param {Form} form
 * @returns {Record<string, unknown>}
 */
export function changesOf(update, form) {
  const evidence = form.evidence.map((one) => ({ title: one.title.trim(), url: one.url.trim() })).filter((one) => one.title || one.url);
  /** @type {Record<string, unknown>} */
  const now = { text: form.text.trim(), next_step: form.nextStep.trim() || null, impact: form.impact.trim() || null, evidence };
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(update[/** @type {keyof Update} */ (name)])));
}

/**
 * The field of the form that an error of the server is about: "/evidence/0/url" as "evidence-0-url".
 * @param {string} pointer
 * @returns {string}
 */
export function fieldOf(pointer) {
  const field = pointer.slice(1).replace(/[/_]/g, '-');
  return /^evidence-\d+$/.test(field) ? `${field}-title` : field === 'evidence' ? 'text' : field || 'text';
}
