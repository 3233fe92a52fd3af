/**
 * What the administrator keeps true: people, agencies, accounts, partner systems, the audit. Each screen is fetched when it is opened.
 */
import { html, useEffect, useState } from '../core.js';
import { Empty, H1 } from '../parts/bits.js';
import { Failed } from '../parts/failed.js';
import { me } from '../store.js';
import { route, to } from '../router.js';
import { OPENING } from '../words.js';
import * as gaps from '../words/plan/gaps.js';
import * as words from '../words/admin.js';

/** Name in the address: its module; its words are in words.SCREENS. @type {Record<string, () => Promise<any>>} */
const SCREENS = {
  plan: () => import('./admin/plan.js'),
  glossary: () => import('./admin/glossary.js'),
  people: () => import('./admin/people.js'),
  agencies: () => import('./admin/agencies.js'),
  objectives: () => import('./admin/objectives.js'),
  duplicates: () => import('./admin/duplicates.js'),
  accounts: () => import('./admin/accounts.js'),
  tokens: () => import('./admin/tokens.js'),
  audit: () => import('./admin/audit.js'),
};

/** The page at "/admin" and below it: /admin/people, /admin/people/{id}. */
export default function Admin() {
  const [name, id = ''] = route.value.number.split('/');
  const load = Object.hasOwn(SCREENS, name) ? SCREENS[name] : undefined;
  const [Screen, setScreen] = useState(/** @type {any} */ (null));
  useEffect(() => {
    setScreen(null);
    load?.().then((module) => setScreen(() => module.default), () => setScreen(() => Failed));
  }, [name]);
  if (me.value?.account.role !== 'admin') return html`<div class="page narrow"><${H1} title=${words.TITLE}>${words.TITLE}<//>
    <${Empty} title=${words.NOT_YOURS}>${words.ASK_THEM}<//></div>`;
  if (!name) return html`<${Index} />`;
  if (!load) return html`<div class="page narrow"><${H1} title=${words.NOT_FOUND_TITLE}>${words.NOT_FOUND}<//>
    <p><a href=${to('/admin')}>${words.SEE_ALL}</a></p></div>`;
  const [title] = words.SCREENS[name];
  return html`<div class="page admin"><nav class="crumbs" aria-label=${words.BREADCRUMB}><ol role="list"><li><a href=${to('/admin')}>${words.TITLE}</a></li>
    <li>${id ? html`<a href=${to(`/admin/${name}`)}>${title}</a>` : html`<span aria-current="page">${title}</span>`}</li></ol></nav>
    ${Screen ? html`<${Screen} key=${route.value.number} id=${id} />` : html`<p role="status" class="unseen">${OPENING}</p>`}</div>`;
}

/** The screens in the order somebody looks for them. @type {[string, string[]][]} */
const GROUPS = [
  [words.ABOUT_PLAN, ['plan', 'objectives', 'glossary', 'gaps']],
  [words.ABOUT_PEOPLE, ['people', 'agencies', 'duplicates']],
  [words.ABOUT_ACCESS, ['accounts', 'tokens']],
  [words.ABOUT_USE, ['audit']],
];

/** What is listed here and is a page of its own, for others too: words, what it is for, where. @type {Record<string, [string, string, string]>} */
const ELSEWHERE = { gaps: [gaps.TITLE, gaps.IN_SHORT, '/gaps'] };
/** @param {string} name */
const listed = (name) => ELSEWHERE[name] ?? words.SCREENS[name];

const Index = () => html`<div class="page admin"><${H1} title=${words.TITLE}>${words.TITLE}<//>
  <p class="lede">${words.IN_SHORT}</p>
  <div class="admin-groups">${GROUPS.map(([group, names]) => html`<section key=${group} class="panel" aria-label=${group}><h2>${group}</h2>
    <ul role="list" class="admin-index">${names.map((name) => html`<li key=${name}>
      <a href=${to(ELSEWHERE[name]?.[2] ?? `/admin/${name}`)}>${listed(name)[0]}</a><p class="muted">${listed(name)[1]}</p></li>`)}</ul></section>`)}</div></div>`;
