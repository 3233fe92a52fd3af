/**
 * Where somebody may be led by an address that anybody could have written.
 */

/** Only an address on this site, so that a crafted link cannot send somebody elsewhere after signing in. @param {string | null} next */
export function localPath(next) {
  if (!next || !/^\/(?![/\\])/.test(next)) return '/';
  const place = new URL(next, location.origin);
  return place.origin === location.origin ? place.pathname + place.search + place.hash : '/';
}
