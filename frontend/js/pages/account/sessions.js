/**
 * Where I am signed in: device, how and since when, last use; end one, or all but this.
 */
import { html, useEffect, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { H1 } from '../../parts/bits.js';
import { notice } from '../../store.js';
import { OPENING } from '../../words.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import { SECTIONS, sessions as words } from '../../words/accounts/account.js';

/** The page at "/account/sessions". */
export default function Sessions() {
  const [found, setFound] = useState(/** @type {import('../../types.js').Session[] | null} */ (null));
  const [problem, setProblem] = useState('');
  /** @param {() => Promise<unknown>} work */
  const act = async (work) => {
    try {
      await work();
      const all = [];
      for (let next = '/me/sessions?limit=200'; next;) {
        const { data } = await request('GET', next);
        all.push(...data.data);
        next = data.links.next;
      }
      setFound(all.sort((a, b) => Number(b.current) - Number(a.current)));
      setProblem('');
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblem(why.status ? why.detail : AWAY);
    }
  };
  useEffect(() => { act(async () => undefined); }, []);
  /** @param {import('../../types.js').Session} one */
  const end = (one) => act(async () => {
    await request('DELETE', `/me/sessions/${one.id}`);
    notice.value = words.ENDED(one.device);
    document.querySelector('h1')?.focus();
  });
  const endOthers = () => act(async () => {
    const { data } = await request('POST', '/me/sessions/end-others');
    notice.value = words.ENDED_OTHERS(data.ended);
    document.querySelector('h1')?.focus();
  });
  const others = found?.filter((one) => !one.current).length ?? 0;
  return html`<${H1} title=${SECTIONS.sessions[0]}>${SECTIONS.sessions[0]}<//>
    <p>${words.ABOUT('/account/security')}</p>
    <p class="wrong" role="alert">${problem}</p>
    ${!found && !problem && html`<p role="status" class="muted">${OPENING}</p>`}
    ${found && html`<ul role="list" class="panel held">${found.map((one) => html`<li key=${one.id}>
      <p><b>${one.device}</b>${one.current && html` ${words.THIS}`}<br /><span class="muted small">${words.SINCE(one.method, one.signed_in_at)}<br />
        ${words.LAST_USED(one.last_used_at)}</span></p>
      ${!one.current && html`<button class="as-link" onClick=${() => end(one)}>${words.END(one.device, one.signed_in_at)}</button>`}</li>`)}</ul>
    ${others > 1 && html`<p><button class="button is-second" onClick=${endOthers}>${words.END_OTHERS}</button></p>`}`}`;
}
