/**
 * The words of the search, and the pages that it finds.
 */
import { plural } from '../../words.js';

export const TITLE = 'Search';
export const LABEL = 'Search the plan';
export const HINT = 'A number such as 4.10, a name, an agency, or words of an action or its last update.';
export const HINT_KEYS = 'Arrow keys go through what is found; Enter opens the first.';
export const CLOSE = 'Close';
export const AS_PAGE = 'Open this search as a page';
export const SAYS_WHOM = 'By whom: ';
export const SAYS_LATEST = 'Last update: ';
export const BUSY = 'Searching…';

/** Titles of the groups. @type {Record<string, string>} */
export const KINDS = { action: 'Actions', objective: 'Objectives', person: 'People', agency: 'Agencies', group: 'Groups', page: 'Pages' };

/** Title, other words for it, path. @type {[string, string, string][]} */
export const PAGES = [
  ['Overview', 'summary home', '/'],
  ['Board view', 'projector screen meeting', '/?view=board'],
  ['Actions', 'list filter', '/actions'],
  ['My actions', 'owed drafts', '/my'],
  ['Report', 'paper print word table', '/report'],
  ['Glossary', 'abbreviations short forms meaning', '/glossary'],
  ['Account', 'sign out password sessions passkey security', '/account'],
  ['Help and accessibility', 'statement keyboard', '/accessibility'],
];
/** For administrators. @type {[string, string, string][]} */
export const MANAGE = [
  ['Manage', 'settings administrator', '/admin'],
  ['Manage: people', 'directory e-mail left', '/admin/people'],
  ['Manage: agencies and groups', 'directory successor', '/admin/agencies'],
  ['Manage: possible duplicates', 'names merge join', '/admin/duplicates'],
  ['Manage: accounts', 'invite reset role', '/admin/accounts'],
  ['Manage: partner systems', 'tokens', '/admin/tokens'],
  ['Manage: audit', 'sign-ins exports', '/admin/audit'],
];

/** @param {number} count @param {string} q */
export const found = (count, q) => (count ? `${plural(count, 'result')} for “${q}”` : `Nothing in the plan matches “${q}”. Try fewer words.`);
/** @param {number} count @param {string} kind title of the group */
export const more = (count, kind) => `${count} more: ${kind.toLowerCase()}`;
/** @param {number} number */
export const objective = (number) => `Objective ${number}`;
