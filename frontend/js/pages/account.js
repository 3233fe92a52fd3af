/**
 * Who am I, what is kept on this device, signing out without losing words; and the parts of the account below it.
 */
import { html, useEffect, useState } from '../core.js';
import { Problem, request } from '../api.js';
import { H1 } from '../parts/bits.js';
import { clearAll } from '../parts/accounts/session.js';
import { me, notice, plan, state, unsaved, withSession } from '../store.js';
import { navigate, route, to } from '../router.js';
import { dropDraft, listDrafts } from '../rules/drafts.js';
import { NOT_OPENED, OPENING, TRY_AGAIN, firstWords } from '../words.js';
import { AWAY } from '../words/accounts/sign-in.js';
import { ROLE_WORDS } from '../words/plan/kinds.js';
import * as words from '../words/accounts/account.js';

/** Name in the address: its module. @type {Record<string, () => Promise<any>>} */
const SECTIONS = {
  security: () => import('./account/security.js'),
  email: () => import('./account/email.js'),
  sessions: () => import('./account/sessions.js'),
};

/** The page at "/account" and below it: /account/security. */
export default function Account() {
  const name = route.value.number;
  const section = Object.hasOwn(SECTIONS, name) ? SECTIONS[name] : undefined;
  const [Section, setSection] = useState(/** @type {any} */ (null));
  useEffect(() => {
    setSection(null);
    section?.().then((module) => setSection(() => module.default), () => setSection(() => Failed));
  }, [name]);
  if (!name) return html`<${Index} />`;
  if (!section) return html`<div class="page narrow"><${H1} title=${words.NOT_FOUND}>${words.NO_PAGE}<//><p><a href=${to('/account')}>${words.YOUR_ACCOUNT}</a></p></div>`;
  // Who has to set up a second factor first has nowhere else to go.
  return html`<div class="page account">${state.value !== 'factor-needed' && html`<nav class="crumbs" aria-label=${words.BREADCRUMB}><a href=${to('/account')}>${words.NAME}</a></nav>`}
    ${Section ? html`<${Section} key=${name} />` : html`<p role="status" class="unseen">${OPENING}</p>`}</div>`;
}

const Failed = () => html`<${H1} title=${words.NOT_OPENED}>${words.COULD_NOT_OPEN}<//><p>${words.NO_ANSWER} <button class="as-link"
  onClick=${() => location.reload()}>${TRY_AGAIN}</button></p>`;

function Index() {
  const who = /** @type {import('../types.js').Me} */ (me.value);
  const [drafts, setDrafts] = useState(() => draftsOf(who.account.id));
  const [problem, setProblem] = useState('');
  const [SignOut, setSignOut] = useState(/** @type {any} */ (null));
  const numbers = new Set(plan.value?.objectives.flatMap((one) => one.actions.map((action) => action.number)));

  /** @param {string} key */
  const remove = (key) => {
    dropDraft(localStorage, key);
    setDrafts(draftsOf(who.account.id));
  };
  /** @param {{key: string}[]} [deleted] drafts to delete once signed out */
  const leave = async (deleted = []) => {
    setSignOut(null);
    try {
      await request('POST', '/auth/sign-out');
    } catch (why) {
      // A session that has ended already is signed out; any other failure would leave the cookies in place.
      if (/** @type {any} */ (why).status !== 401) {
        setProblem(words.STILL_SIGNED_IN);
        return;
      }
    }
    deleted.forEach((one) => dropDraft(localStorage, one.key));
    clearAll();
    navigate('/sign-in', { replace: true });
  };
  const out = () => {
    setProblem('');
    if (!drafts.length && !unsaved.size) return leave();
    return import('../parts/accounts/sign-out.js').then((part) => setSignOut(() => part.SignOut),
      () => setProblem(words.STILL_SIGNED_IN));
  };
  const person = who.person;
  return html`<div class="page account"><${H1} title=${words.NAME}>${who.account.name}<//>
    <dl class="panel summary-list">
      <div><dt>${words.FACTS.email}</dt><dd>${who.account.email.split('@')[0]}@<wbr />${who.account.email.split('@')[1]}</dd></div>
      <div><dt>${words.FACTS.role}</dt><dd>${ROLE_WORDS[who.account.role] ?? who.account.role}</dd></div>
      <div><dt>${words.FACTS.person}</dt><dd>${person ? person.name : words.NOT_NAMED}</dd></div>
      ${person?.post && html`<div><dt>${words.FACTS.post}</dt><dd>${person.post}</dd></div>`}
      <div><dt>${words.FACTS.agency}</dt><dd>${person?.agency?.name ?? words.NO_AGENCY}</dd></div>
    </dl>
    <ul role="list" class="account-links">${Object.entries(words.SECTIONS).map(([name, [title, what]]) => html`<li key=${name} class="panel">
      <h2><a href=${to(`/account/${name}`)}>${title}</a></h2><p class="muted">${what}</p></li>`)}
      <${Held} /></ul>
    <section aria-labelledby="drafts-title"><h2 id="drafts-title">${words.drafts.TITLE}</h2>
      ${drafts.length ? html`<ul role="list" class="cards">${drafts.map(({ key, draft }) => html`<li key=${key} class="panel card">
        <span class="number" aria-hidden="true">${draft.number}</span>
        <div><p>${firstWords(draft.text, 120)}</p><p class="card-facts">${numbers.has(draft.number) && html`<a href=${to(`/actions/${draft.number}#update`)}>${
  words.drafts.FINISH(draft.number)}</a>`}<button class="as-link" onClick=${() => remove(key)}>${words.drafts.DELETE(draft.number)}</button></p></div></li>`)}</ul>` : html`<p class="muted">${words.drafts.NONE}</p>`}</section>
    <p class="wrong" role="alert">${problem}</p>
    <p><button class="button" onClick=${out}>${words.SIGN_OUT}</button></p>
    ${SignOut && html`<${SignOut} drafts=${drafts} onLeave=${leave} onPosted=${() => setDrafts(draftsOf(who.account.id))}
      onClose=${() => setSignOut(null)} />`}</div>`;
}

/** Everything that is held about me, as a file. The server may ask for the password first. */
function Held() {
  const [problem, setProblem] = useState('');
  const take = async () => {
    setProblem('');
    const part = await import('../parts/download.js').catch(() => null);
    if (!part) return setProblem(NOT_OPENED);
    try {
      const get = () => part.download('/me/data', 'application/json', words.held.FILE).then(() => true);
      return await withSession(get, words.held.SIGN_IN) && (notice.value = words.held.DONE);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      return setProblem(why.status ? why.detail : AWAY);
    }
  };
  return html`<li class="panel"><h2>${words.held.TITLE}</h2><p class="muted">${words.held.WHAT}</p>
    <p class="wrong" role="alert">${problem}</p><p><button class="as-link" onClick=${take}>${words.held.BUTTON}</button></p></li>`;
}

/** @param {string} user */
function draftsOf(user) {
  try {
    return listDrafts(localStorage, user);
  } catch {
    return [];
  }
}
