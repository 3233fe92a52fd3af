/**
 * The words of one action on a past day.
 */
export const BY_WHEN = 'By when';
export const BY_WHOM = 'By whom';
export const LEAD = 'Lead officer';
export const NOT_NAMED = 'Not named';
export const STATUS = 'Status';
export const PAST_DATE = 'Past its date';
export const OBJECTIVE = (number) => `Objective ${number}`;
export const PREVIOUS = (number) => `← Previous: ${number}`;
export const NEXT = (number) => `Next: ${number} →`;
