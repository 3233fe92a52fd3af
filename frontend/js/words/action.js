/**
 * The page of one action: what it offers to change; the forms have words of their own, fetched with them.
 */
export const CHANGE = 'Change';
export const AS_PRINTED = 'As printed';
export const FOR_LEAD = 'For the lead officer';
/** @type {Record<string, [string, string]>} */
export const FACTS = { by_when: ['move_date', 'by when'], status: ['set_status', 'status'], text: ['reword', 'wording'], by_whom: ['set_places', 'by whom'] };
export const ACTS = [['sign_off', 'sign-off', 'Sign off as complete'], ['move_date', 'move-date', 'Move the date'], ['set_status', 'set-status', 'Set the status']];
