/**
 * The time of day of a moment, as it is read.
 */
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' });

/** "10:42", in London. @param {string} moment RFC 3339 */
export const clock = (moment) => CLOCK.format(new Date(moment));
