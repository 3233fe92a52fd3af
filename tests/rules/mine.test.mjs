/**
 * What is mine, in groups; and the walk through it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf } from '../../frontend/js/rules/mine.js';
import { daysUntil, leftOf, nextOf, stepAt, tallyOf, walkFrom } from '../../frontend/js/rules/queue.js';
import { plan } from './plan.mjs';

const mine = (more = {}) => ({ leads: [], on: [], owed: [], to_acknowledge: [], to_sign_off: [], ...more });
const ids = (groups) => Object.fromEntries(Object.entries(groups).map(([name, steps]) => [name, steps.map((step) => step.id)]));

test('past its date first, the longest first; then the oldest word', () => {
  const groups = groupsOf(plan(), mine({ owed: ['a4.1', 'a4.9', 'a4.10', 'a5.1'], on: ['a4.1', 'a4.9', 'a4.10', 'a5.1'] }), new Set());
  assert.deepEqual(ids(groups).owed, ['update-5.1', 'update-4.10', 'update-4.1', 'update-4.9']);
  assert.deepEqual([groups.upToDate, groups.closed], [[], []]);
});

test('what waits for an answer stands apart, and twice where two things wait', () => {
  const groups = groupsOf(plan(), mine({ leads: [4], to_acknowledge: ['a4.10', 'a4.1'], to_sign_off: ['a4.1'] }), new Set());
  assert.deepEqual(ids(groups).waiting, ['acknowledge-4.1', 'acknowledge-4.10', 'sign-off-4.1']);
  assert.deepEqual(ids(groups).upToDate, ['look-4.1', 'look-4.9', 'look-4.10']);
});

test('a draft on what is owed stands there; on anything else in its own group, even on what names me no more', () => {
  const groups = groupsOf(plan(), mine({ owed: ['a5.1'], on: ['a5.1', 'a4.9'] }), new Set(['a5.1', 'a4.9', 'a4.1', 'gone']));
  assert.deepEqual([ids(groups).owed, ids(groups).drafts, ids(groups).upToDate], [['update-5.1'], ['update-4.1', 'update-4.9'], []]);
});

test('what is done for good is closed', () => {
  const shown = plan();
  ['complete', 'withdrawn', 'on_hold'].forEach((status, index) => { shown.objectives[0].actions[index].status = status; });
  const groups = groupsOf(shown, mine({ leads: [4] }), new Set());
  assert.deepEqual([ids(groups).closed, ids(groups).upToDate], [['look-4.1', 'look-4.9'], ['look-4.10']]);
});

test('whoever is named nowhere has nothing', () => assert.deepEqual(Object.values(groupsOf(plan(), mine(), new Set())).flat(), []));

const walk = ['update-5.1', 'update-4.10', 'update-4.1'].map((id) => ({ id, kind: 'update', action: { number: id.split('-')[1] } }));

test('a walk begins where it was opened and comes round', () => {
  assert.deepEqual(walkFrom(walk, 'update-4.10').map((step) => step.id), ['update-4.10', 'update-4.1', 'update-5.1']);
  assert.deepEqual(walkFrom(walk, '4.1')[0].id, 'update-4.1');
  assert.deepEqual(walkFrom(walk, 'end'), walk);
});

test('an address of 4.1 is not one of 4.10', () => {
  assert.equal(stepAt(walk, '4.1')?.id, 'update-4.1');
  assert.equal(stepAt(walk, 'sign-off-4.1'), undefined);
});

test('the next step is the next that is left, and in the end none', () => {
  assert.equal(nextOf(walk, { 'update-5.1': 'posted' }, 'update-5.1')?.id, 'update-4.10');
  assert.equal(nextOf(walk, { 'update-4.1': 'skipped' }, 'update-4.1')?.id, 'update-5.1');
  assert.equal(nextOf(walk, { 'update-5.1': 'posted', 'update-4.10': 'kept', 'update-4.1': 'skipped' }, 'update-4.1'), undefined);
  assert.equal(nextOf(walk, {}, 'gone')?.id, 'update-5.1');
  assert.equal(leftOf(walk, { 'update-5.1': 'posted' }).length, 2);
});

test('what became of the steps is counted', () => assert.deepEqual(tallyOf({ a: 'posted', b: 'posted', c: 'skipped' }), { posted: 2, answered: 0, signed: 0, kept: 0, skipped: 1 }));

test('days are days, whatever the clocks do', () => {
  assert.equal(daysUntil('2027-03-29', '2027-03-27'), 2);
  assert.equal(daysUntil('2026-11-23', '2026-11-23'), 0);
  assert.equal(daysUntil('2026-10-24', '2026-10-26'), -2);
});
