/**
 * Handover, when somebody leaves: everything open goes to one person or several, in one step; what they did keeps their name.
 */
import { html, useEffect, useState } from '../../core.js';
import { Empty, ErrorSummary, H1 } from '../../parts/bits.js';
import { Items, itemId, whatWillHappen } from '../../parts/handover-items.js';
import { Waiting, readAll, say, useAnswer, useSend } from '../../parts/people-work.js';
import { NOBODY, PeopleList, PersonPicker, picked, toPick } from '../../parts/person-picker.js';
import { request } from '../../api.js';
import { plan } from '../../store.js';
import { to } from '../../router.js';
import { listed, longDay, plural } from '../../words.js';

/** The screen at "/admin/people/{id}/handover". @param {{id: string}} props */
export default function Handover({ id }) {
  const { data, problem, again } = useAnswer(async () => {
    const [open, people] = await Promise.all([request('GET', `/people/${id}/handover`), readAll('/people?limit=200')]);
    return { open: open.data, people: toPick(people.filter((one) => one.id !== id && !one.left_on)) };
  });
  const [done, setDone] = useState(/** @type {any} */ (null));
  if (done) return html`<${Done} done=${done} />`;
  if (!data) return html`<${H1} title="Hand over">Hand over<//><${Waiting} problem=${problem} again=${again} />`;
  const { open, people } = data;
  const name = open.person.name;
  if (open.person.left_on && !open.items.length) {
    return html`<${H1} title="Hand over">${name} has left<//><${Empty} title=${`Left on ${longDay(open.person.left_on)}`}>Nothing is open in their name.<//>`;
  }
  return html`<${H1} title=${`Hand over from ${name}`}>Hand over from ${name}<//>
    <p class="muted">${[open.person.post, open.person.agency?.name].filter(Boolean).join(', ') || 'Post and agency are not stated in the plan'}</p>
    <p class="lead-in">${whatIsOpen(open)}</p>
    <${Form} open=${open} people=${people} onDone=${setDone} />`;
}

/** What is open, in a sentence or two. */
function whatIsOpen(open) {
  const count = (kind) => open.items.filter((item) => item.kind === kind).length;
  const parts = [[count('plan'), 'plan'], [count('objective'), 'objective'], [count('action'), 'action']].filter(([number]) => number);
  const waits = open.to_acknowledge.reduce((sum, one) => sum + one.updates, 0);
  return [
    parts.length ? `${listed(parts.map(([number, one]) => plural(number, one)))} ${open.items.length === 1 ? 'is' : 'are'} open in their name.` : 'Nothing is open in their name.',
    waits && `${plural(waits, 'update')} ${waits === 1 ? 'waits' : 'wait'} for their answer, and ${waits === 1 ? 'goes' : 'go'} to the new lead officer.`,
    open.closed && `${plural(open.closed, 'closed action')} ${open.closed === 1 ? 'keeps' : 'keep'} their name.`,
  ].filter(Boolean).join(' ');
}

function Form({ open, people, onDone }) {
  const { person, items } = open;
  const active = person.account && !person.account.disabled_at;
  const [all, setAll] = useState('');
  const [chosen, setChosen] = useState(/** @type {Record<string, string>} */ ({}));
  const [day, setDay] = useState(person.left_on ?? plan.value?.as_of ?? '');
  const [note, setNote] = useState('');
  const [ends, setEnds] = useState(Boolean(active));
  const { send, busy, wrong, setWrong } = useSend('note', { left_on: 'left-on', note: 'note', items: items.length ? itemId(items[0]) : 'note' });
  const of = (field) => wrong.find((one) => one.field === field)?.text;
  /** A name that was typed as the list has it. */
  const inFull = (words) => [...people].find(([, one]) => one === picked(people, words))?.[0] ?? words;
  const toAll = (words) => {
    setAll(words);
    // What was chosen for one thing alone stays; what followed the first box follows it still.
    setChosen((now) => Object.fromEntries(items.map((item) => {
      const own = now[itemId(item)] ?? '';
      return [itemId(item), own === '' || own === inFull(all) ? inFull(words) : own];
    })));
  };
  const taken = items.map((item) => ({ item, words: chosen[itemId(item)] ?? '', person: picked(people, chosen[itemId(item)] ?? '') }));
  const save = async (event) => {
    event.preventDefault();
    const lacking = taken.filter((one) => !one.person && one.words !== NOBODY);
    const found = lacking.map(({ item, words }) => ({ field: itemId(item),
      text: `${words ? `There is no ${words} in the list. ` : ''}Choose who takes ${item.kind === 'action' ? item.number : item.kind === 'objective' ? `objective ${item.number}` : 'the plan'}` }));
    if (!day) found.push({ field: 'left-on', text: 'Enter the day they left' });
    setWrong(found);
    if (found.length) return;
    const body = { items: taken.map((one) => ({ [one.item.kind]: one.item.id, to: one.person?.id ?? null })), left_on: day, end_account: ends,
      ...(note.trim() ? { note: note.trim() } : {}) };
    const answer = await send('POST', `/people/${person.id}/handover`, body, 'Sign in again to hand over');
    if (!answer) return;
    say(`${person.name} has handed over`);
    onDone({ ...answer, said: whatWillHappen(taken, true) });
  };
  return html`<form class="handover" onSubmit=${save} novalidate><${ErrorSummary} problems=${wrong} /><${PeopleList} people=${people} nobody=${true} />
    ${items.length > 0 && html`<div class="panel admin-form"><${PersonPicker} id="everything" label="Everything to one person" value=${all} onPick=${toAll}
      hint="Type a name or an agency. Below you can give single things to others." /></div>
      <${Items} items=${items} chosen=${chosen} wrong=${of} onPick=${(item, words) => setChosen({ ...chosen, [itemId(item)]: words })} />`}
    <div class="panel admin-form">
      <div class=${of('left-on') ? 'field is-wrong' : 'field'}><label for="left-on">The day they left</label>
        ${of('left-on') && html`<p class="wrong" id="left-on-wrong">${of('left-on')}</p>`}
        <input id="left-on" type="date" value=${day} aria-invalid=${of('left-on') ? 'true' : undefined} aria-describedby=${of('left-on') ? 'left-on-wrong' : undefined}
          onInput=${(event) => setDay(event.target.value)} /></div>
      <div class="field"><label for="note">Note (optional)</label><p class="hint" id="note-hint">Such as “Retires; Lucy takes over from April”. It stands in the history of each action.</p>
        <textarea id="note" rows="2" maxlength="1000" value=${note} aria-describedby="note-hint" onInput=${(event) => setNote(event.target.value)}></textarea></div>
      ${active && html`<label class="check is-bare"><input type="checkbox" checked=${ends} onChange=${() => setEnds(!ends)} />End their account (${person.account.email})</label>`}
      <p role="status" class="will">${whatWillHappen(taken)}${ends ? ` ${person.name} is signed out everywhere and cannot sign in again.` : ''}
        ${` What ${person.name} wrote keeps their name.`}</p>
      <div><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Handing over…' : 'Hand over'}</button></div></div></form>`;
}

/** What was done, and what is to be seen to. */
function Done({ done }) {
  useEffect(() => { document.querySelector('h1')?.focus(); }, []);
  const { person } = done;
  return html`<${H1} title="Handed over">${person.name} has handed over<//>
    <div class="panel done"><p>${done.said} They left on ${longDay(person.left_on)}.${done.account_ended ? ' Their account has ended.' : ''}</p>
      ${done.notes.length > 0 && html`<h2>To see to</h2><ul>${done.notes.map((note) => html`<li key=${note}>${note}</li>`)}</ul>`}
      <p><a href=${to('/admin/people')}>Back to people</a></p></div>`;
}
