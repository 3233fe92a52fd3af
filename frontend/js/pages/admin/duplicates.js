/**
 * Names that may be one person: side by side, told apart or joined by somebody who knows them, and parted again.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Empty, H1 } from '../../parts/bits.js';
import { Pair, calledAfter } from '../../parts/people/duplicate-pair.js';
import { Trouble, readAll, useAnswer } from '../../parts/reading.js';
import { useSend } from '../../parts/forms/sending.js';
import { route } from '../../router.js';
import { notice } from '../../store.js';
import { londonDay } from '../../words.js';
import * as words from '../../words/admin/duplicates.js';

const readLists = async () => {
  const [pairs, apart, merges] = await Promise.all(['/duplicates?limit=200', '/duplicates?limit=200&apart=true', '/merges?limit=200'].map(readAll));
  return { pairs, apart, merges };
};

/** The screen at "/admin/duplicates". */
export default function Duplicates() {
  const { data, problem, again } = useAnswer(readLists);
  const [left, setLeft] = useState(/** @type {{of: string, why: string[]} | null} */ (null));
  useEffect(() => { if (data) showPair(route.value.query.get('pair')); }, [Boolean(data)]);
  /** @param {string} said */
  const done = async (said) => {
    setLeft(null);
    notice.value = said;
    await again();
    document.querySelector('h1')?.focus(); // what had the focus is gone
  };
  return html`<${H1} title=${words.TITLE}>${words.TITLE}<//>
    <p class="muted lead-in">${words.IN_SHORT}</p>
    ${left && html`<${Left} ...${left} />`}
    ${!data ? html`<${Trouble} problem=${problem} again=${again} />` : html`
      ${data.pairs.length ? html`<ul role="list" class="pairs">${data.pairs.map((pair) => html`
        <li key=${`${pair.first.id} ${pair.second.id}`}><${Pair} pair=${pair} onDone=${done} /></li>`)}</ul>`
      : html`<${Empty} title=${words.NONE}>${words.NONE_HINT}<//>`}
      <${Merges} merges=${data.merges} onDone=${done} onLeft=${(of, why) => setLeft(why.length ? { of, why } : null)} />
      <${Apart} pairs=${data.apart} onDone=${done} />`}`;
}

/** Go to the pair that the address names, as the page of gaps does. @param {string | null} ids "one,other" */
function showPair(ids) {
  const titles = (ids ?? '').split(',').map((id) => document.getElementById(`pair-${id}`)).filter((found) => found !== null);
  titles[0]?.scrollIntoView({ block: 'start' });
  titles[0]?.focus();
}

/** What an undo did not give back. @param {{of: string, why: string[]}} props */
function Left({ of, why }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { box.current?.scrollIntoView({ block: 'nearest' }); }, []);
  return html`<div class="box" role="status" ref=${box}><h2>${words.thereAgain(of)}</h2>
    <ul>${why.map((each) => html`<li key=${each}>${each}</li>`)}</ul></div>`;
}

/** @param {{merges: import('../../types.js').Merge[], onDone: (said: string) => void, onLeft: (of: string, why: string[]) => void}} props */
const Merges = ({ merges, onDone, onLeft }) => merges.length > 0 && html`<section class="admin-part" aria-labelledby="merges">
  <h2 id="merges">${words.JOINED}</h2>
  <ul role="list" class="panel made">${merges.map((merge) => html`<${Merge} key=${merge.id} merge=${merge} onDone=${onDone} onLeft=${onLeft} />`)}</ul></section>`;

/** @param {{merge: import('../../types.js').Merge, onDone: (said: string) => void, onLeft: (of: string, why: string[]) => void}} props */
function Merge({ merge, onDone, onLeft }) {
  const id = `undo-${merge.id}`;
  const { send, busy, wrong } = useSend(id);
  const { kept, merged } = merge;
  const undo = async () => {
    const answer = await send('POST', `/merges/${merge.id}/undo`, undefined, words.SIGN_IN_TO_UNDO);
    if (!answer) return;
    await onDone(words.twoAgain(merged.name, kept.name));
    onLeft(merged.name, answer.left);
  };
  return html`<li><p>${words.joinedTo(merged.name, kept.name, Boolean(merge.undone_at))}
      <span class="muted small"> ${words.moved(merge.moved)} ${words.joinedBy(merge.made_by, londonDay(merge.made_at), merge.note)}</span></p>
    ${wrong.map((one) => html`<p class="wrong" role="alert">${one.text}</p>`)}
    ${merge.undone_at ? html`<p class="muted">${words.undoneBy(merge.undone_by ?? '', londonDay(merge.undone_at))}</p>`
    : html`<button type="button" id=${id} class="button is-second" aria-disabled=${busy ? 'true' : undefined} onClick=${undo}>${words.undo(merged.name, kept.name)}</button>`}</li>`;
}

/** @param {{pairs: import('../../types.js').Pair[], onDone: (said: string) => void}} props */
const Apart = ({ pairs, onDone }) => pairs.length > 0 && html`<section class="admin-part" aria-labelledby="apart">
  <h2 id="apart">${words.APART}</h2>
  <ul role="list" class="panel made">${pairs.map((pair) => html`<${TakeBack} key=${`${pair.first.id} ${pair.second.id}`} pair=${pair} onDone=${onDone} />`)}</ul></section>`;

/** @param {{pair: import('../../types.js').Pair, onDone: (said: string) => void}} props */
function TakeBack({ pair, onDone }) {
  const { first, second, apart } = pair;
  const id = `back-${first.id}`;
  const { send, busy, wrong } = useSend(id);
  const back = async () => {
    const path = `/duplicates/apart?first=${first.id}&second=${second.id}`;
    if (await send('DELETE', path, undefined, words.SIGN_IN_TO_TAKE_BACK)) onDone(words.mayBeOne(calledAfter(pair)));
  };
  return html`<li><p>${words.areApart(first.name, second.name)}
      <span class="muted small"> ${apart && words.saidBy(apart.by, londonDay(apart.at))}</span></p>
    ${wrong.map((one) => html`<p class="wrong" role="alert">${one.text}</p>`)}
    <button type="button" id=${id} class="button is-second" aria-disabled=${busy ? 'true' : undefined} onClick=${back}>${words.takeBack(calledAfter(pair))}</button></li>`;
}
