/**
 * Where somebody may be led by an address that anybody could have written.
 */

// Signing in again, a link's page with a secret of somebody else's choice, and what is no page: whoever came would be stuck there.
const NO_WAY_ON = /^(\/p\/[^/]+)?\/(sign-in|invitation|reset|email|stop|factor|api|assets)(\/|$)/;

/**
 * Only a page on this site, so that a crafted link cannot send somebody elsewhere after signing in, nor back to where they were.
 * @param {string | null} next
 */
export function localPath(next, otherwise = '/') {
  if (!next || !/^\/(?![/\\])/.test(next)) return otherwise;
  let place;
  try { place = new URL(next, location.origin); } catch { return otherwise; }
  if (place.origin !== location.origin || NO_WAY_ON.test(place.pathname)) return otherwise;
  return place.pathname + place.search + place.hash;
}
