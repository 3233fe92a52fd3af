/**
 * What the long lists of the administrator's screens say: the end of one page, and when something happened.
 */
import { LOCALE } from '../../words.js';

const SECONDS = new Intl.DateTimeFormat(LOCALE, { timeZone: 'Europe/London', timeStyle: 'medium' });

export const TRY_AGAIN = 'Try again';
export const LOADING = 'Loading…';
export const MORE = 'Load more';

/** "10:42:07", in London. @param {string} moment RFC 3339 */
export const toTheSecond = (moment) => SECONDS.format(new Date(moment));
/** "Today, 10:42" @param {string} time */
export const today = (time) => `Today, ${time}`;
/** "Yesterday, 09:10" @param {string} time */
export const yesterday = (time) => `Yesterday, ${time}`;
/** "12 Mar 2026, 09:14" @param {string} day @param {string} time */
export const onDay = (day, time) => `${day}, ${time}`;
