/**
 * The words of the acts on an action and its updates that are fetched when they are opened: answering, withdrawing, signing off, removing words.
 */
export const SAVING = 'Saving…';
export const SIGN_IN_TO_SAVE = 'Sign in again to save this';
export const AWAY = 'This did not reach the server. Nothing you have written is lost. Try again in a moment.';

/** @param {string} name */
export const answered = (name) => `The update by ${name} is answered`;
export const RETURN_SEND = 'Return with this question';
/** @param {string} name */
export const question = (name) => `Question to ${name}`;

export const WITHDRAWN = 'Your update is withdrawn';
export const WITHDRAW = 'Withdraw it';
export const WITHDRAW_HINT = 'For an update posted by mistake. Its words disappear; that it was withdrawn, and why, stays.';
export const WITHDRAW_WHY = 'Why you withdraw it';

/** @param {string} number */
export const signedOff = (number) => `${number} is signed off as complete`;
export const SIGN_OFF = 'Sign off as complete';
export const SIGN_OFF_HINT = 'Complete needs a second person\'s eyes and something to show: an impact, or a link to evidence.';
export const IMPACT = 'Impact';
export const IMPACT_HINT = 'What difference has it made? Do not name children or families.';
export const EVIDENCE_TITLE = 'Evidence: what it is';
export const EVIDENCE_LINK = 'Evidence: link (https://…)';

const KEPT = 'What is removed cannot be brought back here. Backups made before today still hold it. The reason stays, so do not repeat the words in it.';
export const REDACT = 'Remove for good';
export const REDACTED = 'The words are removed';
export const REDACT_HINT = `For words about a child or family. ${KEPT}`;
export const ONLY_WORDS = 'Only these words';
export const ONLY_WORDS_HINT = 'As they stand in the update, in any case. Leave empty to remove all its words.';
export const REDACT_WHY = 'Why you remove them';
/** @param {string} number */
export const redactedFrom = (number) => `The words are removed from ${number}`;
export const REDACT_ACTION_HINT = `From its wording, its reasons and dates, the people as printed, its updates and their history. ${KEPT}`;
export const REDACTED_FROM_PLAN = 'The words are removed from the plan’s settings and objectives';
export const REDACT_PLAN_HINT = `From everything on this page, the glossary, questions about the plan and their answers, the objectives, those removed too, and their history. Not from actions and updates: remove the words on each action’s own page. ${KEPT}`;
export const WORDS_TO_REMOVE = 'The words to remove';
export const WORDS_TO_REMOVE_HINT = 'Three characters or more, in any case.';
