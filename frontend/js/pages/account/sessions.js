/**
 * Where I am signed in: device, how and since when, last use; end one, or all but this.
 */
import { html, useEffect, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { H1 } from '../../parts/bits.js';
import { notice } from '../../store.js';
import { londonDay, longDay, plural } from '../../words.js';

/** @type {Record<string, string>} */
const HOW = { password: 'by password', second_factor: 'by password and code', passkey: 'by passkey', directory: 'by your agency’s directory' };

const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
const when = (instant) => `${longDay(londonDay(instant))}, ${CLOCK.format(new Date(instant))}`;

/** The page at "/account/sessions". */
export default function Sessions() {
  const [found, setFound] = useState(/** @type {import('../../types.js').Session[] | null} */ (null));
  const [problem, setProblem] = useState('');
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
      setProblem(why.status ? why.detail : 'The server did not answer. Try again in a moment.');
    }
  };
  useEffect(() => { act(async () => undefined); }, []);
  const end = (one) => act(async () => {
    await request('DELETE', `/me/sessions/${one.id}`);
    notice.value = `${one.device} is signed out`;
    document.querySelector('h1')?.focus();
  });
  const endOthers = () => act(async () => {
    const { data } = await request('POST', '/me/sessions/end-others');
    notice.value = `${plural(data.ended, 'other device')} signed out`;
    document.querySelector('h1')?.focus();
  });
  const others = found?.filter((one) => !one.current).length ?? 0;
  return html`<${H1} title="Where you are signed in">Where you are signed in<//>
    <p>If you do not know one of these, end it and <a href="/account/security">change your password</a>.</p>
    <p class="wrong" role="alert">${problem}</p>
    ${!found && !problem && html`<p role="status" class="muted">Opening…</p>`}
    ${found && html`<ul role="list" class="panel held">${found.map((one) => html`<li key=${one.id}>
      <p><b>${one.device}</b>${one.current && ' (this device)'}<br /><span class="muted small">Signed in ${HOW[one.method]}, ${when(one.signed_in_at)}<br />
        Last used ${when(one.last_used_at)}</span></p>
      ${!one.current && html`<button class="as-link" onClick=${() => end(one)}>End<span class="unseen"> ${one.device}, signed in ${when(one.signed_in_at)}</span></button>`}</li>`)}</ul>
    ${others > 1 && html`<p><button class="button is-second" onClick=${endOthers}>End all others</button></p>`}`}`;
}
