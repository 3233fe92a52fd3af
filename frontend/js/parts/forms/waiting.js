/**
 * What is typed into a form and not saved waits in this window: while another page is looked at, and until it is saved or discarded.
 */
import { useEffect } from '../../core.js';
import { arrival, route } from '../../router.js';
import { unsaved } from '../../store.js';
import { KEPT } from '../../words/people/directory.js';

/** Keep it, with where it was typed, so that somebody can be led back to it. @param {string} key @param {Record<string, any>} what */
export const keep = (key, what) => unsaved.set(key, { ...what, at: location.pathname + location.search, page: document.title.split(' · ')[0] });

/** Say that it waits when its page is left, and ask before the window closes over it. @param {string} key @param {string} [said] */
export function useWaiting(key, said = KEPT) {
  useEffect(() => {
    const here = route.value.path;
    /** @param {BeforeUnloadEvent} event */
    const leaving = (event) => { if (unsaved.has(key)) event.preventDefault(); };
    addEventListener('beforeunload', leaving);
    return () => {
      removeEventListener('beforeunload', leaving);
      if (unsaved.has(key) && route.value.path !== here) arrival.say = said;
    };
  }, []);
}
