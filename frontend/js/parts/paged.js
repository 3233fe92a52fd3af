/**
 * A list that the server gives in pages: the first when the screen opens, the next when somebody asks for more.
 */
import { useEffect, useRef, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { goToSignIn } from '../store.js';

/**
 * @param {string} path below /api/v1; another path begins anew
 * @returns {{rows: any[], next: string | null, state: 'loading' | 'ready' | 'failed', problem: string, more: () => Promise<void>, again: () => Promise<void>}}
 */
export function usePaged(path) {
  const [found, setFound] = useState(/** @type {{of: string, rows: any[], next: string | null}} */ ({ of: path, rows: [], next: null }));
  const [state, setState] = useState(/** @type {'loading' | 'ready' | 'failed'} */ ('loading'));
  const [problem, setProblem] = useState('');
  const wanted = useRef(path);
  /** @param {string} from @param {unknown[]} before */
  const load = async (from, before) => {
    const asked = wanted.current;
    setState('loading');
    try {
      const { data } = await request('GET', from);
      if (wanted.current !== asked) return; // somebody asked for something else meanwhile
      setFound({ of: asked, rows: [...before, ...data.data], next: data.links.next });
      setState('ready');
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.status === 401) return goToSignIn();
      if (wanted.current !== asked) return;
      setProblem(why.message);
      setState('failed');
    }
  };
  useEffect(() => {
    wanted.current = path;
    setFound({ of: path, rows: [], next: null });
    load(path, []);
  }, [path]);
  const again = () => load(path, []);
  // What was found for another path is not shown for this one, not for a moment.
  if (found.of !== path) return { rows: [], next: null, state: 'loading', problem: '', again, more: again };
  return { ...found, state, problem, again, more: () => (found.next ? load(found.next, found.rows) : again()) };
}
