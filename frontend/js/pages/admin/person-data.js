/**
 * What is held about a person: told in numbers, to take away as JSON or as a page to print; and erasing how they can be reached.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary, H1 } from '../../parts/bits.js';
import { notice } from '../../store.js';
import { to } from '../../router.js';
import { londonDay, longDay, plural } from '../../words.js';

/** What is counted, and what it is called. @type {[string, string][]} */
const COUNTED = [['places', 'Actions they are on'], ['objectives_led', 'Objectives they lead'], ['plans_owned', 'Plans they own'],
  ['updates', 'Progress updates'], ['acknowledgements', 'Updates of others they answered'], ['dates', 'Dates they moved'],
  ['journal_by', 'Changes they made'], ['journal_about', 'Changes made of them'], ['audit', 'Sign-ins and other events'],
  ['partner_tokens', 'Tokens of partner systems they made'], ['mentions', 'Places where their name is written']];
const AWAY = 'The server did not answer. Nothing was changed. Try again in a moment.';

/** The screen at "/admin/people/{id}/data". @param {{id: string}} props */
export default function PersonData({ id }) {
  const [held, setHeld] = useState(/** @type {any} */ (null));
  const [failed, setFailed] = useState('');
  const read = async () => {
    setFailed('');
    try {
      setHeld((await request('GET', `/people/${id}/data`)).data);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setFailed(why.status ? why.detail : 'The server did not answer.');
    }
  };
  useEffect(() => { read(); }, [id]);
  if (failed) return html`<${H1} title="Not read">This could not be read<//><p>${failed} <button class="as-link" onClick=${read}>Try again</button></p>`;
  if (!held) return html`<p role="status">Reading what is held…</p>`;
  const { person } = held;
  return html`<${H1} title=${`Data about ${person.name}`}>What is held about ${person.name}<//>
    <section class="panel held" aria-labelledby="held-title"><h2 id="held-title">In short</h2>
      <dl class="summary-list">
        <${Fact} name="E-mail">${person.email ?? (person.contact_erased_at ? `Erased on ${longDay(londonDay(person.contact_erased_at))}` : 'None')}<//>
        <${Fact} name="Agency">${held.agency?.name ?? 'Not stated in the plan'}<//>
        <${Fact} name="Left">${person.left_on ? longDay(person.left_on) : 'No'}<//>
        ${held.accounts.map((one) => html`<${Fact} key=${one.id} name="Account">${one.email}, ${
    one.disabled_at ? 'ended' : plural(one.sessions.filter((visit) => !visit.ended_at).length, 'open session')}<//>`)}
        ${COUNTED.map(([key, name]) => html`<${Fact} key=${key} name=${name}>${held[key].length}<//>`)}
      </dl>
      <p class="buttons"><button class="button" onClick=${() => download(held)}>Download JSON</button>
        <a class="button is-second" href=${`/api/v1/people/${id}/data.html`} target="_blank" rel="noopener">Open for printing<span class="unseen">
        (in a new tab)</span></a></p></section>
    <${Erase} held=${held} onErased=${read} />`;
}

const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;

/** Hand the browser a file of what was read. */
function download(held) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }));
  link.download = `${held.person.name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-data.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function Erase({ held, onErased }) {
  const { person } = held;
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const send = async (event) => {
    event.preventDefault();
    if (busy) return;
    const given = new FormData(event.currentTarget);
    const reason = String(given.get('reason')).trim();
    const found = [...(reason ? [] : [{ field: 'erase-reason', text: 'Give the reason' }]),
      ...(given.get('sure') ? [] : [{ field: 'erase-sure', text: 'Tick that you want this' }])];
    setProblems(found);
    if (found.length) return;
    setBusy(true);
    try {
      await request('POST', `/people/${person.id}/erasure`, { body: { reason }, headers: { 'Idempotency-Key': key.current } });
      notice.value = `The contact details of ${person.name} are erased`;
      onErased();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code === 'idempotency-key-reused') key.current = crypto.randomUUID();
      setProblems([{ field: 'erase-send', text: why.status ? why.detail : AWAY }]);
    } finally {
      setBusy(false);
    }
  };
  const wrong = (field) => problems.find((one) => one.field === field)?.text;
  if (person.contact_erased_at && !person.email) {
    return html`<section class="panel held" aria-labelledby="erase-title"><h2 id="erase-title">Contact details</h2>
      <p>They were erased on ${longDay(londonDay(person.contact_erased_at))}. The printed name and what they said stay.</p></section>`;
  }
  return html`<section class="panel held" aria-labelledby="erase-title"><h2 id="erase-title">Erase contact details</h2>
    <p>For somebody who has left. This cannot be undone.</p>
    <ul class="seen"><li>Their e-mail goes, here and in the history; so do aliases that are e-mail addresses.</li>
      <li>Their account ends: password, second factor, passkeys, and the names of their devices go.</li>
      <li>Their name as the plan prints it, what they said, and what they did stay.</li>
      <li>Addresses of their computers stay in the audit until its time is over. Backups made before today hold all of it.</li></ul>
    <form class="admin-form" onSubmit=${send} novalidate><${ErrorSummary} problems=${problems} />
      <div class=${wrong('erase-reason') ? 'field is-wrong' : 'field'}><label for="erase-reason">Reason</label>
        ${wrong('erase-reason') && html`<p class="wrong" id="erase-reason-wrong">${wrong('erase-reason')}</p>`}
        <textarea id="erase-reason" name="reason" rows="2" aria-invalid=${wrong('erase-reason') ? 'true' : undefined}
          aria-describedby=${wrong('erase-reason') ? 'erase-reason-wrong' : undefined}></textarea></div>
      <div class=${wrong('erase-sure') ? 'field is-wrong' : 'field'}>${wrong('erase-sure') && html`<p class="wrong" id="erase-sure-wrong">${wrong('erase-sure')}</p>`}
        <label class="check" for="erase-sure"><input type="checkbox" id="erase-sure" name="sure" aria-invalid=${wrong('erase-sure') ? 'true' : undefined}
          aria-describedby=${wrong('erase-sure') ? 'erase-sure-wrong' : undefined} /> Erase how ${person.name} can be reached</label></div>
      <p><button class="button" id="erase-send" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Erasing…' : 'Erase contact details'}</button></p></form>
    <p><a href=${to(`/admin/people/${person.id}`)}>Back to ${person.name}</a></p></section>`;
}
