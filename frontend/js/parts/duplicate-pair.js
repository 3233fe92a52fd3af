/**
 * Two people whose names are alike: what stands to each name, "not the same", and the form that joins them.
 */
import { html, useEffect, useRef, useState } from '../core.js';
import { ErrorSummary } from './bits.js';
import { useSend } from './people-work.js';
import { plan } from '../store.js';
import { to } from '../router.js';
import { listed, plural } from '../words.js';

/** @typedef {{id: string, number: string | number, plan: string}} Held */
/** @typedef {{id: string, email: string, role: string, disabled_at: string | null}} HolderAccount */
/** @typedef {{id: string, name: string, aliases: string[], post: string | null, agency: {name: string} | null, actions: Held[],
 *   objectives: Held[], plans: string[], updates: number, account: HolderAccount | null}} Holder */
/** @typedef {{first: Holder, second: Holder, why: string | null, apart: {by: string, at: string} | null}} PairOfPeople */

/** @param {PairOfPeople} pair */
export const calledAfter = (pair) => `${pair.first.name} and ${pair.second.name}`;

/** @param {{pair: PairOfPeople, onDone: (words: string) => void}} props */
export function Pair({ pair, onDone }) {
  const id = pair.first.id;
  const [joining, setJoining] = useState(false);
  const { send, busy, wrong } = useSend(`apart-${id}`);
  const opener = useRef(/** @type {HTMLElement | null} */ (null));
  const apart = async () => {
    const body = { first: pair.first.id, second: pair.second.id };
    if (await send('POST', '/duplicates/apart', body, 'Sign in again to say this')) onDone(`${calledAfter(pair)} are two people`);
  };
  const close = () => {
    setJoining(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return html`<article class="panel pair-panel" aria-labelledby=${`pair-${id}`}>
    <h2 id=${`pair-${id}`} tabindex="-1">${calledAfter(pair)}</h2>
    ${pair.why && html`<p class="muted">They have ${pair.why}.</p>`}
    <div class="pair-people"><${Side} person=${pair.first} /><${Side} person=${pair.second} /></div>
    ${wrong.map((one) => html`<p class="wrong" role="alert">${one.text}</p>`)}
    ${joining ? html`<${JoinForm} pair=${pair} onDone=${onDone} onClose=${close} />` : html`<div class="buttons">
      <button type="button" class="button" ref=${opener} onClick=${() => setJoining(true)}>They are the same person<span class="unseen">: ${calledAfter(pair)}</span></button>
      <button type="button" class="button is-second" id=${`apart-${id}`} aria-disabled=${busy ? 'true' : undefined} onClick=${apart}>Not the same<span
        class="unseen">: ${calledAfter(pair)}</span></button></div>`}</article>`;
}

/** @param {{person: Holder}} props */
const Side = ({ person }) => html`<section aria-label=${person.name}><h3>${person.name}</h3><dl class="pair-facts">
  <div><dt>Post</dt><dd>${person.post ?? html`<span class="muted">Not stated</span>`}</dd></div>
  <div><dt>Agency</dt><dd>${person.agency?.name ?? html`<span class="muted">Not stated in the plan</span>`}</dd></div>
  <div><dt>Leads</dt><dd>${person.objectives.length ? listed(person.objectives.map((one) => `Objective ${one.number}`)) : html`<span class="muted">No objective</span>`}</dd></div>
  <div><dt>Actions</dt><dd>${person.actions.length ? person.actions.map((one, index) => html`${index > 0 && ', '}<${Number} of=${one} />`)
    : html`<span class="muted">None</span>`}</dd></div>
  <div><dt>Updates</dt><dd>${person.updates || html`<span class="muted">None</span>`}</dd></div>
  <div><dt>Account</dt><dd>${person.account ? `${person.account.email}${person.account.disabled_at ? ' (ended)' : ''}` : html`<span class="muted">None</span>`}</dd></div></dl></section>`;

/** An action of the plan that is open is a link; of another plan its slug stands beside it. */
const Number = ({ of }) => (of.plan === plan.value?.slug ? html`<a href=${to(`/actions/${of.number}`)}><span class="unseen">Action </span>${of.number}</a>`
  : html`${of.number} (${of.plan})`);

/** Which name stays, which account, a note; then what will happen, in a sentence. */
function JoinForm({ pair, onDone, onClose }) {
  const both = [pair.first, pair.second];
  const richer = both[1].actions.length + 2 * both[1].objectives.length > both[0].actions.length + 2 * both[0].objectives.length ? both[1] : both[0];
  const [stays, setStays] = useState(richer.id);
  const [account, setAccount] = useState('');
  const [note, setNote] = useState('');
  const id = pair.first.id;
  const { send, busy, wrong, setWrong } = useSend(`note-${id}`, { into: `stays-${both[0].id}`, account: `account-${both[0].id}`, note: `note-${id}` });
  const box = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => { /** @type {HTMLElement | undefined} */ (box.current?.querySelector('input:checked') ?? undefined)?.focus(); }, []);
  const kept = both.find((one) => one.id === stays) ?? richer;
  const gone = both.find((one) => one.id !== stays) ?? both[1];
  const two = both.every((one) => one.account);
  const join = async (event) => {
    event.preventDefault();
    if (two && !account) {
      setWrong([{ field: `account-${both[0].id}`, text: 'Choose which account stays' }]);
      return;
    }
    const body = { into: kept.id, ...(note.trim() ? { note: note.trim() } : {}), ...(two ? { account } : {}) };
    if (await send('POST', `/people/${gone.id}/merge`, body, 'Sign in again to join them')) onDone(`${gone.name} is joined to ${kept.name}`);
  };
  const of = (field) => wrong.find((one) => one.field === field)?.text;
  return html`<form class="join" ref=${box} onSubmit=${join} novalidate aria-label=${`Join ${calledAfter(pair)}`}>
    <${ErrorSummary} problems=${wrong} />
    <${Radios} name="stays" legend="Which name stays?" people=${both} value=${stays} onPick=${setStays} words=${(one) => one.name} />
    ${two && html`<${Radios} name="account" legend="Both can sign in. Which account stays?" people=${both} value=${account} onPick=${setAccount}
      wrong=${of(`account-${both[0].id}`)} words=${(one) => one.account.email} keyOf=${(one) => one.account.id} />`}
    <div class="field"><label for=${`note-${id}`}>Note (optional)</label><p class="hint" id=${`note-${id}-hint`}>How you know. Everybody who reads the history sees it.</p>
      <textarea id=${`note-${id}`} rows="2" maxlength="1000" value=${note} aria-describedby=${`note-${id}-hint`} onInput=${(event) => setNote(event.target.value)}></textarea></div>
    <p role="status">${willMove(gone, kept, both.find((one) => one.account?.id === account), two)}</p>
    <div class="buttons"><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Joining…' : 'Join them'}</button>
      <button type="button" class="button is-second" onClick=${onClose}>Cancel</button></div></form>`;
}

const Radios = ({ name, legend, people, value, onPick, words, keyOf = (one) => one.id, wrong = '' }) => html`
  <fieldset class=${wrong ? 'field is-wrong' : 'field'}><legend>${legend}</legend>${wrong && html`<p class="wrong" id=${`${name}-${people[0].id}-wrong`}>${wrong}</p>`}
    ${people.map((one) => html`<label class="check is-bare" key=${one.id}><input type="radio" name=${`${name}-${people[0].id}`} id=${`${name}-${one.id}`}
      checked=${keyOf(one) === value} aria-describedby=${wrong ? `${name}-${people[0].id}-wrong` : undefined} onChange=${() => onPick(keyOf(one))} />${words(one)}</label>`)}</fieldset>`;

/** What will happen, before it does. */
function willMove(gone, kept, staying, two) {
  const there = new Set(kept.actions.map((one) => one.id));
  const already = gone.actions.filter((one) => there.has(one.id)).length;
  const parts = [[gone.objectives.length, 'objective'], [gone.actions.length - already, 'place on an action', 'places on actions'], [gone.updates, 'update'],
    [gone.account && !two ? 1 : 0, 'account']];
  const words = parts.filter(([count]) => count).map(([count, one, many]) => plural(count, one, many));
  const goes = words.length ? `${listed(words)} of ${gone.name} will be ${kept.name}’s.` : `Nothing stands to the name ${gone.name}.`;
  const same = already ? ` On ${plural(already, 'action')} both are named; one place is enough.` : '';
  const ends = two && staying ? ` The account ${(staying === gone ? kept : gone).account.email} ends.` : '';
  return `${goes}${same}${ends} The words of the paper stay as they are printed. You can undo this.`;
}
