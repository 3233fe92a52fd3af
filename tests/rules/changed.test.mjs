/**
 * Quiet updating: which actions are different, and how often to ask.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedActions, waitFor } from '../../frontend/js/rules/changed.js';

const action = (number, more) => ({ id: `id-${number}`, number, version: 1, updated_at: '2026-11-23T10:00:00Z', rating: { value: null }, past_date: false, ...more });
const plan = (...actions) => ({ objectives: [{ actions }] });

test('nothing is different in the same plan', () => {
  assert.deepEqual(changedActions(plan(action('1.1')), plan(action('1.1'))), []);
});

for (const [what, more] of Object.entries({
  'an edit': { version: 2 }, 'a post': { updated_at: '2026-11-23T10:05:00Z' }, 'a rating that the day changed': { rating: { value: 'R' } },
  'a date that went by': { past_date: true } })) {
  test(`${what} is a change`, () => {
    assert.deepEqual(changedActions(plan(action('1.1'), action('1.2')), plan(action('1.1'), action('1.2', more))), ['1.2']);
  });
}

test('what came, went or has another number is a change', () => {
  const before = plan(action('1.1'), action('1.2'), action('1.3'));
  const after = plan(action('1.1'), { ...action('1.3'), number: '1.2' }, action('1.4'));
  assert.deepEqual(changedActions(before, after), ['1.2', '1.4', '1.2']);
});

test('it asks every thirty seconds, and rarely once nothing changes for long', () => {
  assert.deepEqual([0, 10, 11, 12, 13, 14, 99].map((times) => waitFor(times, 0.5)), [30_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
});

test('a tenth either way is left to chance', () => {
  assert.deepEqual([waitFor(0, 0), waitFor(0, 1)], [27_000, 33_000]);
});
