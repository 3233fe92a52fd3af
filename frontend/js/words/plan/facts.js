/**
 * What the facts of an action are called, on its page and in the forms that change them.
 */

/** `fact` as its button says it, `what` in a sentence. @type {Record<import('../../rules/facts.js').FactName, {fact: string, what: string, many?: true}>} */
export const CALLED = {
  by_when: { fact: 'by when', what: 'date' },
  status: { fact: 'status', what: 'status' },
  text: { fact: 'wording', what: 'wording' },
  by_whom: { fact: 'by whom', what: 'people', many: true },
};
