/**
 * Signing out while updates wait: for each, post it, keep it on this device, or delete it. Deleting is asked about once more.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { plan, unsaved, withSession } from '../../store.js';
import { to } from '../../router.js';
import { bodyOf, dropDraft, problemsOf } from '../../rules/drafts.js';
import { NO_RATING, NO_WORDS, SIGN_IN_TO_POST, TOO_LONG, firstWords } from '../../words.js';
import * as words from '../../words/accounts/sign-out.js';

/** @typedef {{key: string, action: string, draft: import('../../types.js').Draft}} Kept */

/** A phone is one's own; a desktop may be anybody's. */
const shared = () => !matchMedia('(pointer:coarse)').matches;

/** Post one as its form would. @param {Kept} one @throws {Error} with words for the person */
async function post({ key, action: id, draft }) {
  const action = plan.value?.objectives.flatMap((objective) => objective.actions).find((each) => each.id === id);
  if (!action) throw new Error(words.GONE);
  const [missing] = problemsOf(draft, { NO_RATING, NO_WORDS, TOO_LONG });
  if (missing) throw new Error(missing.text);
  const headers = { 'Idempotency-Key': draft.key, ...(draft.version ? { 'If-Match': draft.version } : {}) };
  const send = () => request('POST', `/actions/${id}/updates`, { body: bodyOf(draft, action, false), headers });
  const answer = await withSession(send, SIGN_IN_TO_POST).catch((problem) => {
    throw problem instanceof Problem ? new Error(said(problem)) : problem;
  });
  if (!answer) throw new Error(words.NOT_SIGNED_IN);
  dropDraft(localStorage, key);
}

/** @param {Problem} problem */
function said(problem) {
  if (problem.status === 0 || problem.status >= 500) return words.NO_ANSWER;
  if (problem.status === 412) return words.OVERTAKEN;
  return problem.code === 'case-data-suspected' ? words.TO_LOOK_AT : problem.detail;
}

/**
 * @param {{drafts: Kept[], onPosted: () => void, onClose: () => void, onLeave: (deleted: Kept[]) => void}} props
 *   `drafts` are those that wait now; onPosted: some do not any more
 */
export function SignOut({ drafts, onPosted, onClose, onLeave }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const busy = useRef(false);
  const [sending, setSending] = useState(false);
  const [chosen, setChosen] = useState(/** @type {Record<string, string>} */ ({}));
  const [wrong, setWrong] = useState(/** @type {Record<string, string>} */ ({}));
  const [asking, setAsking] = useState(false);
  useLayoutEffect(() => { dialog.current?.showModal(); }, []);
  useLayoutEffect(() => { if (asking || Object.keys(wrong).length) document.getElementById('out-title')?.focus(); }, [asking, wrong]);
  /** @param {{key: string, draft: import('../../types.js').Draft}} one */
  const choiceOf = (one) => chosen[one.key] ?? (shared() ? 'delete' : 'keep');
  /** @param {string} choice */
  const those = (choice) => drafts.filter((one) => choiceOf(one) === choice);

  const leave = async () => {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    /** @type {Record<string, string>} */
    const problems = {};
    for (const one of those('post')) await post(one).catch((why) => { problems[one.key] = why.message; });
    busy.current = false;
    setSending(false);
    if (!Object.keys(problems).length) return onLeave(those('delete'));
    setAsking(false);
    setWrong(problems);
    return onPosted();
  };
  /** @param {Event} event */
  const go = (event) => {
    event.preventDefault();
    if (those('delete').length && !asking) setAsking(true);
    else leave();
  };
  const changes = [...unsaved.values()];
  const title = asking ? words.REALLY(those('delete').map((one) => one.draft.number))
    : Object.keys(wrong).length ? words.NOT_POSTED : words.TITLE(drafts.length, changes.length);
  const label = asking ? words.DELETE : words.LEAVE(those('post').length, those('delete').length, changes.length);
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="out-title" onClose=${onClose}><form onSubmit=${go}>
    <h2 id="out-title" tabindex="-1">${title}</h2>
    ${!asking && changes.length > 0 && html`<p>${words.CHANGES(changes.length)}</p><ul role="list">${changes.map((one, at) => html`<li key=${at}>
      <a href=${one.at} onClick=${() => dialog.current?.close()}>${words.BACK_TO(one.page)}</a></li>`)}</ul>`}
    ${drafts.length > 0 && html`<p>${asking ? words.FOR_GOOD : shared() ? words.SHARED : words.PERSONAL}</p>`}
    ${!asking && drafts.map((one) => html`<${Waiting} key=${one.key} one=${one} choice=${choiceOf(one)} wrong=${wrong[one.key]} close=${() => dialog.current?.close()}
      choose=${(choice) => setChosen({ ...chosen, [one.key]: choice })} />`)}
    <div class="buttons is-column"><button class="button" aria-disabled=${sending ? 'true' : undefined}>${sending ? words.BUSY : label}</button>
      ${asking && html`<button type="button" class="button is-second" onClick=${() => setAsking(false)}>${words.BACK}</button>`}
      <button type="button" class="as-link" onClick=${() => dialog.current?.close()}>${words.STAY}</button></div></form></dialog>`;
}

/** @param {{one: {key: string, draft: any}, choice: string, wrong: string | undefined, choose: (choice: string) => void, close: () => void}} props */
const Waiting = ({ one: { key, draft }, choice, wrong, choose, close }) => html`
  <fieldset class=${wrong ? 'waiting is-wrong' : 'waiting'} aria-describedby=${wrong ? `${key}-wrong` : undefined}>
    <legend><b>${draft.number}</b> ${firstWords(draft.text, 90)}</legend>
    ${wrong && html`<p class="wrong" id=${`${key}-wrong`}>${wrong} <a href=${to(`/actions/${draft.number}#update`)} onClick=${close}>${words.OPEN(draft.number)}</a></p>`}
    ${words.CHOICES.map(([value, label]) => html`<label key=${value} class="out-choice"><input type="radio" name=${key} value=${value} checked=${choice === value}
      onChange=${() => choose(value)} />${label}</label>`)}</fieldset>`;
