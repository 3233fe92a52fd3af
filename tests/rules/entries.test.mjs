/**
 * Entries that one person added in one go are told together; everything else stays a line of its own.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsOf, spanOf } from '../../frontend/js/rules/entries.js';
import { together } from '../../frontend/js/words/history/history.js';

const entry = (number, more = {}) => ({ id: 1, at: '2026-11-23T09:00:00Z', by: 'command line', verb: 'created', sentence: '', undoable: false, action: 'a',
  object: { type: 'action', id: 'a', number }, ...more });
const lengths = (entries) => runsOf(entries).map((run) => run.length);

test('what one person added within a minute is one run', () => {
  assert.deepEqual(lengths([entry('6.6'), entry('6.5', { at: '2026-11-23T08:59:00Z' }), entry('1.1', { at: '2026-11-23T08:59:30Z' })]), [3]);
});

for (const [what, more] of Object.entries({
  'another person': { by: 'Jane Carroll' },
  'another verb': { verb: 'reworded' },
  'another kind': { object: { type: 'objective', id: 'o', number: '1' } },
  'more than a minute apart': { at: '2026-11-23T08:58:59Z' },
})) {
  test(`${what} begins a line of its own`, () => {
    assert.deepEqual(lengths([entry('1.2'), entry('1.1', more)]), [1, 1]);
  });
}

test('only what was added is told together', () => {
  const reworded = { verb: 'reworded' };
  assert.deepEqual(lengths([entry('1.2', reworded), entry('1.1', reworded)]), [1, 1]);
});

test('what comes between keeps two runs apart', () => {
  assert.deepEqual(lengths([entry('1.3'), entry('1.2', { verb: 'reworded' }), entry('1.1')]), [1, 1, 1]);
});

test('a run spans from its lowest to its highest number', () => {
  assert.deepEqual(spanOf([entry('1.10'), entry('1.2'), entry('1.9')]), ['1.2', '1.10']);
});

test('without a number there is no span', () => {
  assert.equal(spanOf([entry('1.1'), entry(null)]), null);
});

test('a run is told in one sentence', () => {
  assert.equal(together('command line', 'action', 42, ['1.1', '6.6']), 'The command line added 42 actions: 1.1 to 6.6');
  assert.equal(together('Jane Carroll', 'objective', 2, ['1', '2']), 'Jane Carroll added 2 objectives: 1 to 2');
  assert.equal(together('Jane Carroll', 'named_group', 3, null), 'Jane Carroll added 3 groups');
  assert.equal(together('Jane Carroll', 'account', 2, null), 'Jane Carroll added 2 accounts');
});
