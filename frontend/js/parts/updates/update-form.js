/**
 * The form for posting an update. Its promise: nothing typed is ever lost, whatever the network, the session, another
 * tab or a colleague does meanwhile.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { me, notice, online, plan, withSession } from '../../store.js';
import { COUNT_FROM, TEXT_LIMIT, blankDraft, bodyOf, draftKey, dropDraft, hasWords, keepDraft, problemsFrom, problemsOf,
  readDraft } from '../../rules/drafts.js';
import { Behind, ErrorSummary } from '../bits.js';
import { Away, Choices, DraftLine, OnBehalf } from './form-parts.js';
import { HINT, NOT_OPENED, NO_RATING, NO_WORDS, OPENING, SIGN_IN_TO_POST, TOO_LONG } from '../../words.js';
import * as words from '../../words/updates/action.js';

/** @typedef {import('../../types.js').Draft} Draft */

/** Fetched with the first touch of the form, so that it is there when the signal is gone. */
const more = () => import('./more.js');
const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}-${performance.now()}`;

/** @param {any} props `onOffline`: the words are kept, and somebody goes on without posting them */
export function UpdateForm({ action, etag, onTheirs, onPosted, reread, onOffline }) {
  const key = draftKey(me.value?.account.id ?? '', action.id);
  const [draft, setDraft] = useState(() => readDraft(localStorageOrNone(), key) ?? blankDraft(action, newKey()));
  const [kept, setKept] = useState(hasWords(draft) ? 'kept' : '');
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [box, setBox] = useState(/** @type {any} */ (null));
  const [posting, setPosting] = useState(false);
  const [Box, setBoxPart] = useState(/** @type {any} */ (null));
  const [full] = useState(Boolean(draft.nextStep || draft.impact || draft.evidence.length));
  const busy = useRef(false);
  const now = useRef(draft);
  const theirs = useRef(/** @type {Draft | null} */ (null)); // of another tab, until it is said which words stay
  now.current = draft;
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [draft.text]);

  useEffect(() => {
    /** Words of two tabs between which nobody chose are kept one after the other. */
    const keep = () => {
      const text = [theirs.current?.text, now.current.text].filter(Boolean).join('\n\n');
      if (hasWords(now.current)) keepDraft(localStorageOrNone(), key, { ...now.current, text });
    };
    /** Another tab changed the same draft: say so, and keep both. @param {StorageEvent} event */
    const elsewhere = (event) => {
      if (event.key !== key || !hasWords(now.current)) return;
      const found = readDraft(localStorageOrNone(), key);
      theirs.current = found?.text === now.current.text ? null : found;
      if (theirs.current || !found) setBox({ kind: found ? 'other-tab' : 'gone-elsewhere', theirs: found });
    };
    /** Only where the browser keeps nothing is leaving worth a question. @param {BeforeUnloadEvent} event */
    const leaving = (event) => {
      if (hasWords(now.current) && !keepDraft(localStorageOrNone(), key, now.current)) event.preventDefault();
    };
    addEventListener('pagehide', keep);
    addEventListener('storage', elsewhere);
    addEventListener('beforeunload', leaving);
    return () => {
      if (theirs.current) keep();
      removeEventListener('pagehide', keep);
      removeEventListener('storage', elsewhere);
      removeEventListener('beforeunload', leaving);
    };
  }, [key]);

  const away = ['offline', 'server'].includes(box?.kind);
  useEffect(() => { if (online.value && box?.kind === 'offline') setBox(null); }, [online.value]);
  useEffect(() => { if (box && !away) more().then((part) => setBoxPart(() => part.FormBox), () => setBoxPart(false)); }, [box]);

  /** @param {Partial<Draft>} part */
  const change = (part) => {
    const next = { ...now.current, version: now.current.version ?? etag, ...part, at: new Date().toISOString() };
    now.current = next;
    setDraft(next);
    // What was asked was about the words as they were.
    setBox((/** @type {any} */ old) => (old?.kind === 'case-data' ? null : old));
    const stored = keepDraft(localStorageOrNone(), key, next);
    setKept(!hasWords(next) ? '' : stored ? 'kept' : 'refused');
  };

  /** @param {Partial<Draft>} words */
  const choose = (words) => {
    theirs.current = null;
    setBox(null);
    change(words);
  };

  const clear = () => {
    theirs.current = null;
    const next = blankDraft(action, newKey());
    now.current = next;
    dropDraft(localStorageOrNone(), key);
    setDraft(next);
    setKept('');
    setProblems([]);
    setBox(null);
  };

  /** @param {Problem} problem @param {boolean} noChange */
  const refused = async (problem, noChange) => {
    if (problem.code === 'case-data-suspected') {
      const found = problemsFrom(problem.warnings, problem.detail);
      return import('../forms/case-data.js').then(({ CaseData }) => setBox({ kind: 'case-data', Ask: CaseData, warnings: problem.warnings,
        field: found[0].field, onClose: () => setBox(null), onGoOn: () => post(noChange, true) }), () => setProblems(found));
    }
    if (problem.status === 412 && problem.current) {
      onTheirs(problem.current, problem.etag);
      const latest = problem.current.updates[0];
      const ours = latest?.mine && latest.text === now.current.text.trim();
      change({ version: problem.etag, ...(ours ? { key: newKey() } : {}) });
      return setBox({ kind: ours ? 'reached' : 'conflict', latest });
    }
    if (problem.code === 'idempotency-key-reused') {
      const current = await reread();
      const posted = problem.original ?? current?.updates.find((/** @type {import('../../types.js').Update} */ one) => one.mine);
      change({ key: newKey(), version: null });
      return setBox({ kind: 'reached', latest: posted });
    }
    if (problem.status === 403) return setBox({ kind: 'forbidden', lead: problem.whoCan || action.lead?.name });
    if (problem.status === 422 || problem.status === 400) return setProblems(problemsFrom(problem.errors, problem.detail));
    return setBox({ kind: problem.status === 0 && !navigator.onLine ? 'offline' : 'server' });
  };

  /** @param {boolean} noChange @param {boolean} [confirmed] */
  const post = async (noChange, confirmed = false) => {
    if (busy.current) return;
    const sent = now.current;
    const found = noChange ? [] : problemsOf(sent, { NO_RATING, NO_WORDS, TOO_LONG });
    setProblems(found);
    if (found.length) return;
    if (!navigator.onLine) return onOffline && kept === 'kept' ? onOffline() : setBox({ kind: 'offline' });
    busy.current = true;
    setPosting(true);
    const headers = { 'Idempotency-Key': sent.key, ...(sent.version ?? etag ? { 'If-Match': sent.version ?? etag ?? '' } : {}) };
    const body = { ...bodyOf(sent, action, noChange), ...(confirmed ? { confirm_no_case_data: true } : {}) };
    try {
      const answer = await withSession(() => request('POST', `/actions/${action.id}/updates`, { body, headers }), SIGN_IN_TO_POST);
      if (!answer) return;
      if (noChange || now.current.text === sent.text) clear();
      else change({ key: newKey(), version: answer.etag }); // words typed while posting are the start of the next update
      notice.value = words.posted(action.number);
      onPosted(answer.data);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      await refused(problem, noChange);
    } finally {
      busy.current = false;
      setPosting(false);
    }
  };

  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    post(false);
  };
  const wrong = problems.find((one) => one.field === 'update-text')?.text;
  const left = TEXT_LIMIT - draft.text.trim().length;
  const label = posting ? words.SENDING : box?.kind === 'conflict' ? words.SEND_AFTER : words.SEND;
  const quick = !draft.text.trim() && action.updates_count > 0;
  return html`<form class="panel update" onSubmit=${submit} onFocusIn=${() => online.value && more().catch(() => undefined)} novalidate aria-labelledby="update-title">
    <h2 id="update-title">${words.POST}</h2>
    <${ErrorSummary} problems=${problems} />
    ${away ? html`<${Away} key=${box} offline=${box.kind === 'offline'} kept=${kept} />` : box && (Box ? html`<${Box} box=${box} onTake=${choose} onClose=${() => choose({})} />`
    : html`<p role="alert">${Box === false ? NOT_OPENED : OPENING}</p>`)}
    ${action.may?.includes('post_on_behalf') && html`<${OnBehalf} draft=${draft} change=${change} action=${action} plan=${plan.value} />`}
    <div class=${wrong ? 'field is-wrong' : 'field'}>
      <label for="update-text">${words.WHAT}</label>
      <p class="hint" id="update-hint">${HINT}</p>
      ${wrong && html`<p class="wrong" id="update-wrong">${wrong}</p>`}
      <textarea id="update-text" ref=${field} rows="5" value=${draft.text} aria-describedby=${`update-hint${wrong ? ' update-wrong' : ''}`}
        aria-invalid=${wrong ? 'true' : undefined} onInput=${(event) => change({ text: event.target.value })}></textarea>
      <p class="muted small" role="status">${draft.text.length >= COUNT_FROM && words.room(left)}</p>
    </div>
    <${Choices} draft=${draft} change=${change} action=${action} plan=${plan.value} problems=${problems} />
    <${Behind} class="more" title=${words.MORE} load=${more} draft=${draft} change=${change} problems=${problems}
      open=${full || problems.some((one) => /^(next-step|impact|evidence)/.test(one.field))} />
    <div class="buttons">
      <button class="button" type="submit" aria-disabled=${posting ? 'true' : undefined}>${label}</button>
      ${quick && html`<button class="button is-second" type="button" onClick=${() => post(true)}
        aria-disabled=${posting ? 'true' : undefined}>${words.NO_CHANGE}</button>`}
    </div>
    <${DraftLine} kept=${kept} draft=${draft} onDelete=${clear} />
  </form>`;
}

/** @returns {Storage} A browser may throw on the mere mention of localStorage; an empty one then stands in. */
function localStorageOrNone() {
  try {
    return localStorage;
  } catch {
    return /** @type {any} */ ({ getItem: () => null, setItem: () => { throw new Error('refused'); }, removeItem: () => undefined });
  }
}
