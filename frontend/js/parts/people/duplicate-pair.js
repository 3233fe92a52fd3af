/**
 * Two people whose names are alike: what stands to each name, "not the same", and the form that joins them.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { ErrorSummary } from '../bits.js';
import { useSend } from '../forms/sending.js';
import { plan } from '../../store.js';
import { to } from '../../router.js';
import * as words from '../../words/admin/duplicates.js';

/** @typedef {{id: string, number: string | number, plan: string}} Held */
/** @typedef {{id: string, email: string, role: string, disabled_at: string | null}} HolderAccount */
/** @typedef {{id: string, name: string, aliases: string[], post: string | null, agency: {name: string} | null, actions: Held[],
 *   objectives: Held[], plans: string[], updates: number, account: HolderAccount | null}} Holder */
/** @typedef {{first: Holder, second: Holder, why: string | null, apart: {by: string, at: string} | null}} PairOfPeople */

/** @param {PairOfPeople} pair */
export const calledAfter = (pair) => words.both(pair.first.name, pair.second.name);

/** @param {{pair: PairOfPeople, onDone: (words: string) => void}} props */
export function Pair({ pair, onDone }) {
  const id = pair.first.id;
  const [joining, setJoining] = useState(false);
  const { send, busy, wrong } = useSend(`apart-${id}`);
  const opener = useRef(/** @type {HTMLElement | null} */ (null));
  const apart = async () => {
    const body = { first: pair.first.id, second: pair.second.id };
    if (await send('POST', '/duplicates/apart', body, words.SIGN_IN_TO_SAY)) onDone(words.areTwo(calledAfter(pair)));
  };
  const close = () => {
    setJoining(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return html`<article class="panel pair-panel" aria-labelledby=${`pair-${id}`}>
    <h2 id=${`pair-${id}`} tabindex="-1">${calledAfter(pair)}</h2>
    ${pair.why && html`<p class="muted">${words.alike(pair.why)}</p>`}
    <div class="pair-people"><${Side} person=${pair.first} /><${Side} person=${pair.second} /></div>
    ${wrong.map((one) => html`<p class="wrong" role="alert">${one.text}</p>`)}
    ${joining ? html`<${JoinForm} pair=${pair} onDone=${onDone} onClose=${close} />` : html`<div class="buttons">
      <button type="button" class="button" ref=${opener} onClick=${() => setJoining(true)}>${words.same(calledAfter(pair))}</button>
      <button type="button" class="button is-second" id=${`apart-${id}`} aria-disabled=${busy ? 'true' : undefined} onClick=${apart}>${words.notSame(calledAfter(pair))}</button></div>`}</article>`;
}

/** @param {{person: Holder}} props */
const Side = ({ person }) => html`<section aria-label=${person.name}><h3>${person.name}</h3><dl class="pair-facts">
  <div><dt>${words.POST}</dt><dd>${person.post ?? html`<span class="muted">${words.NO_POST}</span>`}</dd></div>
  <div><dt>${words.AGENCY}</dt><dd>${person.agency?.name ?? html`<span class="muted">${words.NO_AGENCY}</span>`}</dd></div>
  <div><dt>${words.LEADS}</dt><dd>${person.objectives.length ? words.objectives(person.objectives.map((one) => one.number)) : html`<span class="muted">${words.LEADS_NONE}</span>`}</dd></div>
  <div><dt>${words.ACTIONS}</dt><dd>${person.actions.length ? person.actions.map((one, index) => html`${index > 0 && ', '}<${Number} of=${one} />`)
    : html`<span class="muted">${words.NO_ACTIONS}</span>`}</dd></div>
  <div><dt>${words.UPDATES}</dt><dd>${person.updates || html`<span class="muted">${words.NO_UPDATES}</span>`}</dd></div>
  <div><dt>${words.ACCOUNT}</dt><dd>${person.account ? words.account(person.account.email, Boolean(person.account.disabled_at))
    : html`<span class="muted">${words.NO_ACCOUNT}</span>`}</dd></div></dl></section>`;

/** An action of the plan that is open is a link; of another plan its slug stands beside it. @param {{of: any}} props */
const Number = ({ of }) => (of.plan === plan.value?.slug ? html`<a href=${to(`/actions/${of.number}`)}>${words.action(of.number)}</a>`
  : html`${of.number} (${of.plan})`);

/** Which name stays, which account, a note; then what will happen, in a sentence. @param {{pair: import('../../types.js').Pair, onDone: (said: string) => void, onClose: () => void}} props */
function JoinForm({ pair, onDone, onClose }) {
  const both = [pair.first, pair.second];
  const richer = both[1].actions.length + 2 * both[1].objectives.length > both[0].actions.length + 2 * both[0].objectives.length ? both[1] : both[0];
  const [stays, setStays] = useState(richer.id);
  const [account, setAccount] = useState('');
  const [note, setNote] = useState('');
  const id = pair.first.id;
  const { send, busy, wrong, setWrong } = useSend(`note-${id}`, { into: `stays-${both[0].id}`, account: `account-${both[0].id}`, note: `note-${id}` });
  const box = useRef(/** @type {HTMLFormElement | null} */ (null));
  useLayoutEffect(() => { /** @type {HTMLElement | undefined} */ (box.current?.querySelector('input:checked') ?? undefined)?.focus(); }, []);
  const kept = both.find((one) => one.id === stays) ?? richer;
  const gone = both.find((one) => one.id !== stays) ?? both[1];
  const two = both.every((one) => one.account);
  /** @param {Event} event */
  const join = async (event) => {
    event.preventDefault();
    if (two && !account) {
      setWrong([{ field: `account-${both[0].id}`, text: words.ACCOUNT_MISSING }]);
      return;
    }
    const body = { into: kept.id, ...(note.trim() ? { note: note.trim() } : {}), ...(two ? { account } : {}) };
    if (await send('POST', `/people/${gone.id}/merge`, body, words.SIGN_IN_TO_JOIN)) onDone(words.areJoined(gone.name, kept.name));
  };
  /** @param {string} field */
  const of = (field) => wrong.find((one) => one.field === field)?.text;
  return html`<form class="join" ref=${box} onSubmit=${join} novalidate aria-label=${words.join(calledAfter(pair))}>
    <${ErrorSummary} problems=${wrong} />
    <${Radios} name="stays" legend=${words.WHICH_NAME} people=${both} value=${stays} onPick=${setStays} labelOf=${(one) => one.name} />
    ${two && html`<${Radios} name="account" legend=${words.WHICH_ACCOUNT} people=${both} value=${account} onPick=${setAccount}
      wrong=${of(`account-${both[0].id}`)} labelOf=${(one) => one.account.email} keyOf=${(one) => one.account.id} />`}
    <div class="field"><label for=${`note-${id}`}>${words.NOTE}</label><p class="hint" id=${`note-${id}-hint`}>${words.NOTE_HINT}</p>
      <textarea id=${`note-${id}`} rows="2" maxlength="1000" value=${note} aria-describedby=${`note-${id}-hint`} onInput=${(event) => setNote(event.target.value)}></textarea></div>
    <p role="status">${willMove(gone, kept, both.find((one) => one.account?.id === account), two)}</p>
    <div class="buttons"><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.JOINING : words.JOIN}</button>
      <button type="button" class="button is-second" onClick=${onClose}>${words.CANCEL}</button></div></form>`;
}

/** @param {{name: string, legend: string, people: import('../../types.js').Holder[], value: string, onPick: (picked: string) => void, labelOf: (one: import('../../types.js').Holder) => any, keyOf?: (one: import('../../types.js').Holder) => string, wrong?: string}} props */
const Radios = ({ name, legend, people, value, onPick, labelOf, keyOf = (one) => one.id, wrong = '' }) => html`
  <fieldset class=${wrong ? 'field is-wrong' : 'field'}><legend>${legend}</legend>${wrong && html`<p class="wrong" id=${`${name}-${people[0].id}-wrong`}>${wrong}</p>`}
    ${people.map((one) => html`<label class="check is-bare" key=${one.id}><input type="radio" name=${`${name}-${people[0].id}`} id=${`${name}-${one.id}`}
      checked=${keyOf(one) === value} aria-describedby=${wrong ? `${name}-${people[0].id}-wrong` : undefined} onChange=${() => onPick(keyOf(one))} />${labelOf(one)}</label>`)}</fieldset>`;

/** What will happen, before it does. @param {import('../../types.js').Holder} gone @param {import('../../types.js').Holder} kept @param {any} staying @param {any} two */
function willMove(gone, kept, staying, two) {
  const there = new Set(kept.actions.map((one) => one.id));
  const already = gone.actions.filter((one) => there.has(one.id)).length;
  const moving = { objectives: gone.objectives.length, named_on: gone.actions.length - already, updates: gone.updates, accounts: gone.account && !two ? 1 : 0 };
  return words.willMove(gone.name, kept.name, moving, already, two && staying ? (staying === gone ? kept : gone).account?.email ?? '' : '');
}
