/**
 * The question before words are kept that look like case data.
 */
export const LABEL = 'About your words';
export const TITLE = 'Is this about a child or family?';
export const NO_NAMES = 'Do not name children or families. Your words are still in the form.';
export const CHANGE = 'Change my words';

/** By what is about to be done with the words. */
export const posted = { BEFORE: 'Before this is posted:', AS_IT_IS: 'Post as it is: it is not about a child or family' };
export const saved = { BEFORE: 'Before this is saved:', AS_IT_IS: 'Save as it is: it is not about a child or family' };

/** Said at the field when the question was closed. @param {string[]} seen sentences of the server */
export const CHANGE_THEM = (seen) => `${seen.join(' ')} Change the words, then save again.`;
