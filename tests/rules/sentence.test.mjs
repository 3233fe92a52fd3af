/**
 * The overview's sentence: what a board member could read aloud, and the list behind every number.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionsOf, sentenceOf } from '../../frontend/js/rules/sentence.js';
import * as common from '../../frontend/js/words.js';
import * as words from '../../frontend/js/words/plan/overview.js';

const KEY = [['R', 'Off track'], ['A', 'At risk'], ['G', 'On track'], ['B', 'Complete']].map(([letter, word]) => ({ letter, word, meaning: '' }));
const plan = (counts) => ({ rating_key: KEY, counts: { actions: 42, rating: {}, past_date: 0, needs_update: 0, ...counts } });
const read = (counts) => sentenceOf(plan(counts), words, common).map((piece) => piece.text).join('');

test('it says what is good first, then what is not', () => {
  assert.equal(read({ rating: { G: 20, B: 3, R: 3 }, past_date: 1, needs_update: 21 }),
    '23 of 42 actions are complete or on track. 3 are off track, 1 is past its date and 21 need an update.');
});

test('a clause of nothing is left out', () => {
  assert.equal(read({ rating: { G: 41, B: 1 } }), '42 of 42 actions are complete or on track. Nothing is off track or past its date.');
});

test('a plan nobody has rated yet claims nothing', () => {
  assert.equal(read({ needs_update: 42 }), 'None of the 42 actions is complete or on track yet. Nothing is off track or past its date; 42 need an update.');
});

test('every number leads to its list', () => {
  const links = sentenceOf(plan({ rating: { G: 1, R: 2 }, past_date: 1, needs_update: 4 }), words, common).filter((piece) => piece.href);
  assert.deepEqual(links.map((piece) => piece.href),
    ['/actions?rating=G&rating=B', '/actions?rating=R', '/actions?due=past', '/actions?show=needs-update']);
});

test('the questions of the plan and of its actions are counted together', () => {
  const one = { code: 'x', text: 'Which?', for: 'lead' };
  const asked = { notes: [one], objectives: [{ actions: [{ notes: [one, one] }, { notes: [] }] }] };
  assert.deepEqual([questionsOf(asked, words).count, questionsOf(asked, words).words], [3, '3 questions to settle, and who should']);
});
