/**
 * What is held about a person: told in numbers, to take away as JSON or as a page to print; and erasing how they can be reached.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary, H1 } from '../../parts/bits.js';
import { sendWatched } from '../../parts/forms/case-data-over.js';
import { notice } from '../../store.js';
import { to } from '../../router.js';
import { londonDay, longDay } from '../../words.js';
import * as words from '../../words/admin/person-data.js';

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
      setFailed(why.status ? why.detail : words.NO_ANSWER);
    }
  };
  useEffect(() => { read(); }, [id]);
  if (failed) return html`<${H1} title=${words.NOT_READ_TITLE}>${words.NOT_READ}<//><p>${failed} <button class="as-link" onClick=${read}>${words.TRY_AGAIN}</button></p>`;
  if (!held) return html`<p role="status">${words.READING}</p>`;
  const { person } = held;
  return html`<${H1} title=${words.tab(person.name)}>${words.title(person.name)}<//>
    <section class="panel held" aria-labelledby="held-title"><h2 id="held-title">${words.IN_SHORT}</h2>
      <dl class="summary-list">
        <${Fact} name=${words.EMAIL}>${person.email ?? (person.contact_erased_at ? words.erasedOn(londonDay(person.contact_erased_at)) : words.NO_EMAIL)}<//>
        <${Fact} name=${words.AGENCY}>${held.agency?.name ?? words.NO_AGENCY}<//>
        <${Fact} name=${words.LEFT}>${person.left_on ? longDay(person.left_on) : words.NOT_LEFT}<//>
        ${held.accounts.map((/** @type {{id: string, email: string, disabled_at: string | null, sessions: {ended_at: string | null}[]}} */ one) => html`<${Fact} key=${one.id} name=${words.ACCOUNT}>${
    words.account(one.email, Boolean(one.disabled_at), one.sessions.filter((visit) => !visit.ended_at).length)}<//>`)}
        ${words.COUNTED.map(([key, name]) => html`<${Fact} key=${key} name=${name}>${held[key].length}<//>`)}
      </dl>
      <p class="buttons"><button class="button" onClick=${() => download(held)}>${words.DOWNLOAD}</button>
        <a class="button is-second" href=${`/api/v1/people/${id}/data.html`} target="_blank" rel="noopener">${words.forPrinting()}</a></p></section>
    <${Erase} held=${held} onErased=${read} />`;
}

/** @param {{name: string, children: any}} props */
const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;

/** Hand the browser a file of what was read. @param {any} held */
function download(held) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }));
  link.download = `${held.person.name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-data.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @param {{held: any, onErased: () => void}} props */
function Erase({ held, onErased }) {
  const { person } = held;
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  /** @param {import('../../types.js').Sent} event */
  const send = async (event) => {
    event.preventDefault();
    if (busy) return;
    const given = new FormData(event.currentTarget);
    const reason = String(given.get('reason')).trim();
    const found = [...(reason ? [] : [{ field: 'erase-reason', text: words.REASON_MISSING }]),
      ...(given.get('sure') ? [] : [{ field: 'erase-sure', text: words.SURE_MISSING }])];
    setProblems(found);
    if (found.length) return;
    setBusy(true);
    try {
      /** @param {any} body */
      const erase = (body) => request('POST', `/people/${person.id}/erasure`, { body, headers: { 'Idempotency-Key': key.current } });
      await sendWatched(erase, { reason });
      notice.value = words.areErased(person.name);
      onErased();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      if (why.code === 'idempotency-key-reused') key.current = crypto.randomUUID();
      setProblems([{ field: 'erase-send', text: why.status ? why.detail : words.AWAY }]);
    } finally {
      setBusy(false);
    }
  };
  /** @param {string} field */
  const wrong = (field) => problems.find((one) => one.field === field)?.text;
  if (person.contact_erased_at && !person.email) {
    return html`<section class="panel held" aria-labelledby="erase-title"><h2 id="erase-title">${words.ERASED}</h2>
      <p>${words.wereErased(londonDay(person.contact_erased_at))}</p></section>`;
  }
  return html`<section class="panel held" aria-labelledby="erase-title"><h2 id="erase-title">${words.ERASE}</h2>
    <p>${words.FOR_WHOM}</p>
    <ul class="seen">${words.WHAT_GOES.map((each) => html`<li key=${each}>${each}</li>`)}</ul>
    <form class="admin-form" onSubmit=${send} novalidate><${ErrorSummary} problems=${problems} />
      <div class=${wrong('erase-reason') ? 'field is-wrong' : 'field'}><label for="erase-reason">${words.REASON}</label>
        ${wrong('erase-reason') && html`<p class="wrong" id="erase-reason-wrong">${wrong('erase-reason')}</p>`}
        <textarea id="erase-reason" name="reason" rows="2" aria-invalid=${wrong('erase-reason') ? 'true' : undefined}
          aria-describedby=${wrong('erase-reason') ? 'erase-reason-wrong' : undefined}></textarea></div>
      <div class=${wrong('erase-sure') ? 'field is-wrong' : 'field'}>${wrong('erase-sure') && html`<p class="wrong" id="erase-sure-wrong">${wrong('erase-sure')}</p>`}
        <label class="check" for="erase-sure"><input type="checkbox" id="erase-sure" name="sure" aria-invalid=${wrong('erase-sure') ? 'true' : undefined}
          aria-describedby=${wrong('erase-sure') ? 'erase-sure-wrong' : undefined} /> ${words.sure(person.name)}</label></div>
      <p><button class="button" id="erase-send" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.ERASING : words.ERASE}</button></p></form>
    <p><a href=${to(`/admin/people/${person.id}`)}>${words.backTo(person.name)}</a></p></section>`;
}
