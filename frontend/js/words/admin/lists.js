/**
 * What the long lists of the administrator's screens say: the end of one page, and when something happened.
 */

export const TRY_AGAIN = 'Try again';
export const LOADING = 'Loading…';
export const MORE = 'Load more';

/** "Today, 10:42" @param {string} time */
export const today = (time) => `Today, ${time}`;
/** "Yesterday, 09:10" @param {string} time */
export const yesterday = (time) => `Yesterday, ${time}`;
/** "12 Mar 2026, 09:14" @param {string} day @param {string} time */
export const onDay = (day, time) => `${day}, ${time}`;
