/**
 * The words of the history of an action and of what changed in the plan.
 */
import { longDay, plural } from '../../words.js';

export const OLDER = 'Show older';
export const LOADING = 'Loading…';
/** @param {string} why */
export const FAILED = (why) => `The history could not be loaded. ${why}`;
export const TRY_AGAIN = 'Try again';
export const UNDO = 'Undo';
export const UNDO_THIS = 'Undo it';
export const UNDO_HINT = 'The old values come back as a new change; both stay in the history.';
export const WHY = 'Why you undo it';
export const UNDONE = 'It is undone. The history says so.';
/** @param {string} number */
export const ACTION = (number) => `Action ${number}`;

export const INTRO = 'What was done in this plan, newest first, in sentences.';
export const GONE = 'Actions and objectives that were removed';
export const SINCE = 'Since the last meeting, or another day';
export const ALL_DAYS = 'Show all days';
/** @param {number} count @param {string} day @param {boolean} more */
export const COUNTED = (count, day, more) => `${more ? 'At least ' : ''}${plural(count, 'change')} since ${longDay(day)}`;
/** @param {string} day */
export const NONE_SINCE = (day) => `Nothing has changed since ${longDay(day)}.`;
/** @param {string} day */
export const ALL_SINCE = (day) => `That is all since ${longDay(day)}.`;
export const BEGINNING = 'The history begins here.';

/** By the kind of what was added. @type {Record<string, string>} */
const KINDS = { action: 'actions', objective: 'objectives', person: 'people', agency: 'agencies', named_group: 'groups', account: 'accounts',
  partner_token: 'tokens', plan: 'plans', note: 'questions', update: 'updates' };
/** What one person added in one go. @param {string} by @param {string} kind @param {number} count @param {[string, string] | null} span */
export const together = (by, kind, count, span) => `${by === 'command line' ? 'The command line' : by} added ${count} ${KINDS[kind] ?? 'things'}${
  span ? `: ${span[0]} to ${span[1]}` : ''}`;
