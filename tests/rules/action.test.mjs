/**
 * One timeline from three lists: newest first, and nothing told twice.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timelineOf } from '../../frontend/js/rules/action.js';

const update = (id, posted_at) => ({ id, posted_at });
const change = (at, more = {}) => ({ at, update: null, from: 'not_reported', to: 'on_hold', ...more });
const move = (at) => ({ at, printed: at ?? 'first' });

test('newest first, whatever they are', () => {
  const action = { status_changes: [change('2026-03-02')], by_when: { moved: [move(null), move('2026-03-03'), move('2026-03-05')] } };
  const entries = timelineOf(action, [update('a', '2026-03-04'), update('b', '2026-03-01')]);
  assert.deepEqual(entries.map((one) => [one.kind, one.at.slice(-1)]), [['move', '5'], ['update', '4'], ['move', '3'], ['status', '2'], ['update', '1']]);
  assert.equal(entries[0].before.at, '2026-03-03');
});

test('a change that came with an update is told with it', () => {
  const with_ = change('2026-03-01', { update: 'a' });
  const [entry, ...more] = timelineOf({ status_changes: [with_], by_when: { moved: [] } }, [update('a', '2026-03-01')]);
  assert.deepEqual([entry.change, more], [with_, []]);
});

test('the date that was printed is no entry', () => {
  assert.deepEqual(timelineOf({ status_changes: [], by_when: { moved: [move(null)] } }, []), []);
});
