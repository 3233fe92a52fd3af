/**
 * The words of removing words from a name for good: of a person, an agency, a group, an account.
 */
import { html } from '../../core.js';

export const TITLE = 'Words about a child or family';
export const OPEN = 'Remove words from this name for good';
/** Under a group in the list. @param {string} name only read out */
export const openFor = (name) => html`Remove words for good<span class="unseen"> from ${name}</span>`;
export const REDACTED = 'The words are removed';
export const HINT = 'For a name of a child or family. From this name, its other names and the notes about it, from the actions that name it, what was done under it, '
  + 'and the history. Not from other words of actions and updates: remove those on each action’s own page. What is removed cannot be brought back here. '
  + 'Backups made before today still hold it. The reason stays, so do not repeat the words in it.';
export const LOOKING = 'Looking…';
export const LOOK = 'See where they stand';
export const STANDS = 'They stand here. Press again to remove them for good.';

/** @type {Record<string, string>} */
const PLACES = {
  directory: 'people, agencies, groups and systems', accounts: 'accounts and passkeys', 'people as printed': 'people as printed on actions',
  'progress updates': 'progress updates', objectives: 'objectives', 'plan settings': 'plan settings', merges: 'joined names', dates: 'dates',
  'names of who did it': 'names of who did something', history: 'the history', audit: 'the audit', 'kept answers': 'answers kept for repeats',
};
/** @param {string} place @param {number} count */
export const standsIn = (place, count) => `${count} in ${PLACES[place] ?? place}`;
