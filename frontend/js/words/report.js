/**
 * The words of all updates in the report.
 */
export const FROM_TO = (from, to) => `Rating changed from ${from} to ${to}`;
export const RATED = (word) => `Rated ${word}`;
export const DELIVERED = 'Says it is delivered';
export const ENTERED = (name) => ` (entered by ${name})`;
export const NEXT_STEP = 'Next step:';
export const IMPACT = 'Impact:';
export const EVIDENCE = 'Evidence:';
export const WITHDRAWN = (by, day, why) => `Withdrawn by ${by}, ${day}: ${why}`;
export const CORRECTED = (day) => `, corrected ${day}`;
