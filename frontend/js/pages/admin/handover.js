/**
 * Handover, when somebody leaves: everything open goes to one person or several, in one step; what they did keeps their name.
 */
import { html, useLayoutEffect, useState } from '../../core.js';
import { Empty, ErrorSummary, H1 } from '../../parts/bits.js';
import { Items, itemId, whatWillHappen } from '../../parts/people/handover-items.js';
import { Trouble, readAll, useAnswer } from '../../parts/reading.js';
import { useSend } from '../../parts/forms/sending.js';
import { PeopleList, PersonPicker, picked, toPick } from '../../parts/people/person-picker.js';
import { request } from '../../api.js';
import { notice, plan } from '../../store.js';
import { to } from '../../router.js';
import * as words from '../../words/admin/handover.js';
import { NOBODY } from '../../words/people/directory.js';

/** The screen at "/admin/people/{id}/handover". @param {{id: string}} props */
export default function Handover({ id }) {
  const { data, problem, again } = useAnswer(async () => {
    const [open, people] = await Promise.all([request('GET', `/people/${id}/handover`), readAll('/people?limit=200')]);
    return { open: open.data, people: toPick(people.filter((one) => one.id !== id && !one.left_on)) };
  });
  const [done, setDone] = useState(/** @type {any} */ (null));
  if (done) return html`<${Done} done=${done} />`;
  if (!data) return html`<${H1} title=${words.TITLE}>${words.TITLE}<//><${Trouble} problem=${problem} again=${again} />`;
  const { open, people } = data;
  const name = open.person.name;
  if (open.person.left_on && !open.items.length) {
    return html`<${H1} title=${words.TITLE}>${words.hasLeft(name)}<//><${Empty} title=${words.leftOn(open.person.left_on)}>${words.NOTHING_OPEN}<//>`;
  }
  return html`<${H1} title=${words.from(name)}>${words.from(name)}<//>
    <p class="muted">${[open.person.post, open.person.agency?.name].filter(Boolean).join(', ') || words.NOT_STATED}</p>
    <p class="lead-in">${whatIsOpen(open)}</p>
    <${Form} open=${open} people=${people} onDone=${setDone} />`;
}

/** What is open, in a sentence or two. @param {import('../../types.js').Open} open */
function whatIsOpen(open) {
  /** @param {string} kind */
  const count = (kind) => open.items.filter((item) => item.kind === kind).length;
  const waits = open.to_acknowledge.reduce((sum, one) => sum + one.updates, 0);
  return [
    words.isOpen(count('plan'), count('objective'), count('action')),
    waits && words.updatesWait(waits),
    open.closed && words.closedStay(open.closed),
  ].filter(Boolean).join(' ');
}

/** @param {{open: import('../../types.js').Open, people: Map<string, import('../../parts/people/person-picker.js').Person>, onDone: (done: import('../../types.js').HandedOver) => void}} props */
function Form({ open, people, onDone }) {
  const { person, items } = open;
  const active = person.account && !person.account.disabled_at;
  const [all, setAll] = useState('');
  const [chosen, setChosen] = useState(/** @type {Record<string, string>} */ ({}));
  const [day, setDay] = useState(person.left_on ?? plan.value?.as_of ?? '');
  const [note, setNote] = useState('');
  const [ends, setEnds] = useState(Boolean(active));
  const { send, busy, wrong, setWrong } = useSend('note', { left_on: 'left-on', note: 'note', items: items.length ? itemId(items[0]) : 'note' });
  /** @param {string} field */
  const of = (field) => wrong.find((one) => one.field === field)?.text;
  /** A name that was typed as the list has it. @param {string} typed */
  const inFull = (typed) => [...people].find(([, one]) => one === picked(people, typed))?.[0] ?? typed;
  /** @param {string} typed */
  const toAll = (typed) => {
    setAll(typed);
    // What was chosen for one thing alone stays; what followed the first box follows it still.
    setChosen((now) => Object.fromEntries(items.map((item) => {
      const own = now[itemId(item)] ?? '';
      return [itemId(item), own === '' || own === inFull(all) ? inFull(typed) : own];
    })));
  };
  const taken = items.map((item) => ({ item, words: chosen[itemId(item)] ?? '', person: picked(people, chosen[itemId(item)] ?? '') }));
  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    const lacking = taken.filter((one) => !one.person && one.words !== NOBODY);
    const found = lacking.map((one) => ({ field: itemId(one.item), text: words.chooseWho(one.item, one.words) }));
    if (!day) found.push({ field: 'left-on', text: words.DAY_MISSING });
    setWrong(found);
    if (found.length) return;
    const body = { items: taken.map((one) => ({ [one.item.kind]: one.item.id, to: one.person?.id ?? null })), left_on: day, end_account: ends,
      ...(note.trim() ? { note: note.trim() } : {}) };
    const answer = await send('POST', `/people/${person.id}/handover`, body, words.SIGN_IN_TO_HAND_OVER);
    if (!answer) return;
    notice.value = words.handedOver(person.name);
    onDone({ ...answer, said: whatWillHappen(taken, true) });
  };
  return html`<form class="handover" onSubmit=${save} novalidate><${ErrorSummary} problems=${wrong} /><${PeopleList} people=${people} nobody=${true} />
    ${items.length > 0 && html`<div class="panel admin-form"><${PersonPicker} id="everything" label=${words.TO_ONE} value=${all} onPick=${toAll}
      hint=${words.TO_ONE_HINT} /></div>
      <${Items} items=${items} chosen=${chosen} wrong=${of} onPick=${(item, typed) => setChosen({ ...chosen, [itemId(item)]: typed })} />`}
    <div class="panel admin-form">
      <div class=${of('left-on') ? 'field is-wrong' : 'field'}><label for="left-on">${words.DAY}</label>
        ${of('left-on') && html`<p class="wrong" id="left-on-wrong">${of('left-on')}</p>`}
        <input id="left-on" type="date" value=${day} aria-invalid=${of('left-on') ? 'true' : undefined} aria-describedby=${of('left-on') ? 'left-on-wrong' : undefined}
          onInput=${(event) => setDay(event.target.value)} /></div>
      <div class="field"><label for="note">${words.NOTE}</label><p class="hint" id="note-hint">${words.NOTE_HINT}</p>
        <textarea id="note" rows="2" maxlength="1000" value=${note} aria-describedby="note-hint" onInput=${(event) => setNote(event.target.value)}></textarea></div>
      ${active && html`<label class="check is-bare"><input type="checkbox" checked=${ends} onChange=${() => setEnds(!ends)} />${words.endAccount(person.account?.email ?? '')}</label>`}
      <p role="status" class="will">${
  [whatWillHappen(taken), ends && words.signedOut(person.name), words.wordsStay(person.name)].filter(Boolean).join(' ')}</p>
      <div><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.HANDING_OVER : words.HAND_OVER}</button></div></div></form>`;
}

/** What was done, and what is to be seen to. @param {{done: import('../../types.js').HandedOver & {said: string}}} props */
function Done({ done }) {
  useLayoutEffect(() => { document.querySelector('h1')?.focus(); }, []);
  const { person } = done;
  return html`<${H1} title=${words.DONE}>${words.handedOver(person.name)}<//>
    <div class="panel done"><p>${[done.said, words.theyLeft(person.left_on ?? ''), done.account_ended && words.ACCOUNT_ENDED].filter(Boolean).join(' ')}</p>
      ${done.notes.length > 0 && html`<h2>${words.TO_SEE_TO}</h2><ul>${done.notes.map((/** @type {string} */ note) => html`<li key=${note}>${note}</li>`)}</ul>`}
      <p><a href=${to('/admin/people')}>${words.BACK}</a></p></div>`;
}
