/**
 * What the administrator keeps true: people, agencies, accounts, partner systems, the audit. Each screen is fetched when it is opened.
 */
import { html, useEffect, useState } from '../core.js';
import { Empty, H1 } from '../parts/bits.js';
import { me } from '../store.js';
import { route, to } from '../router.js';
import { IN_SHORT, TITLE } from '../words/gaps.js';

/** Name in the address: words, what it is for, its module. @type {Record<string, [string, string, () => Promise<any>]>} */
const SCREENS = {
  plan: ['Plan', 'The head of the paper, dates and reviews, what the ratings are called', () => import('./admin/plan.js')],
  glossary: ['Glossary', 'The short forms in the plan’s words, and what they stand for', () => import('./admin/glossary.js')],
  people: ['People', 'Everybody the plan names: post, agency, e-mail, and who has left', () => import('./admin/people.js')],
  agencies: ['Agencies and groups', 'Names, what became of them, and the collectives the plan names', () => import('./admin/agencies.js')],
  objectives: ['Objectives', 'Wording, order and lead officers; what was removed from the plan', () => import('./admin/objectives.js')],
  duplicates: ['Possible duplicates', 'Names that may be one person', () => import('./admin/duplicates.js')],
  accounts: ['Accounts', 'Who can sign in; invite, reset, change a role, end', () => import('./admin/accounts.js')],
  tokens: ['Partner systems', 'Tokens with which other agencies’ systems read and post', () => import('./admin/tokens.js')],
  audit: ['Audit', 'Sign-ins, failures, refusals, exports, use of tokens', () => import('./admin/audit.js')],
};

/** The page at "/admin" and below it: /admin/people, /admin/people/{id}. */
export default function Admin() {
  const [name, id = ''] = route.value.number.split('/');
  const screen = SCREENS[name];
  const [Screen, setScreen] = useState(/** @type {any} */ (null));
  useEffect(() => {
    setScreen(null);
    screen?.[2]().then((module) => setScreen(() => module.default), () => setScreen(() => Failed));
  }, [name]);
  if (me.value?.account.role !== 'admin') return html`<div class="page narrow"><${H1} title="Manage">Manage<//>
    <${Empty} title="This is for the business manager">Ask them to change a person, an agency or an account.<//></div>`;
  if (!name) return html`<${Index} />`;
  if (!screen) return html`<div class="page narrow"><${H1} title="Not found">There is no such page<//>
    <p><a href=${to('/admin')}>See all that can be managed</a></p></div>`;
  return html`<div class="page admin"><nav class="crumbs" aria-label="Breadcrumb"><ol role="list"><li><a href=${to('/admin')}>Manage</a></li>
    <li>${id ? html`<a href=${to(`/admin/${name}`)}>${screen[0]}</a>` : html`<span aria-current="page">${screen[0]}</span>`}</li></ol></nav>
    ${Screen ? html`<${Screen} key=${route.value.number} id=${id} />` : html`<p role="status" class="unseen">Opening…</p>`}</div>`;
}

/** The screens in the order somebody looks for them. @type {[string, string[]][]} */
const GROUPS = [
  ['The plan itself', ['plan', 'objectives', 'glossary', 'gaps']],
  ['Who is in the plan', ['people', 'agencies', 'duplicates']],
  ['Who can come in', ['accounts', 'tokens']],
  ['What happened', ['audit']],
];

/** What is listed here and is a page of its own, for others too: words, what it is for, where. @type {Record<string, [string, string, string]>} */
const ELSEWHERE = { gaps: [TITLE, IN_SHORT, '/gaps'] };
const listed = (name) => ELSEWHERE[name] ?? SCREENS[name];

const Index = () => html`<div class="page admin"><${H1} title="Manage">Manage<//>
  <p class="lede">What the plan and its people stand on. Only business managers see these pages.</p>
  <div class="admin-groups">${GROUPS.map(([group, names]) => html`<section key=${group} class="panel" aria-label=${group}><h2>${group}</h2>
    <ul role="list" class="admin-index">${names.map((name) => html`<li key=${name}>
      <a href=${to(ELSEWHERE[name]?.[2] ?? `/admin/${name}`)}>${listed(name)[0]}</a><p class="muted">${listed(name)[1]}</p></li>`)}</ul></section>`)}</div></div>`;

const Failed = () => html`<${H1} title="Not opened">This page could not be opened<//><p>The server did not answer.
  <button class="as-link" onClick=${() => location.reload()}>Try again</button></p>`;
