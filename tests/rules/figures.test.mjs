/**
 * The figures behind the charts: what is said to have moved, and where segments and squares stand.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridOf, labelsOf, lastOfMonth, levelOf, movementOf, pointsUntil, stackOf } from '../../frontend/js/rules/figures.js';
import { activityWords, movementWords, noMovementYet } from '../../frontend/js/words/plan/charts.js';

const ORDER = ['R', 'A', 'G', 'B', 'none'];
const NONE = { R: 0, A: 0, G: 0, B: 0, none: 0 };
const point = (on, counts) => ({ on, counts: { ...NONE, ...counts }, actions: 10 });
const plan = { as_of: '2021-04-22', rating_key: [], counts: { actions: 10, rating: { ...NONE, R: 3, none: 7 } } };
const said = (...points) => movementWords(movementOf(points, ORDER), plan);

test('the movement is told in words, in the order of the ratings', () => {
  assert.equal(said(point('2021-03-31', { R: 1, A: 3, none: 6 }), point('2021-04-22', { R: 3, A: 2, none: 5 })),
    'Since 31 March 2 more actions are off track, 1 fewer is at risk and 1 fewer is not rated.');
});

test('it is measured from the last time that it was different', () => {
  assert.equal(said(point('2020-12-31', { R: 1 }), point('2021-02-28', { R: 2 }), point('2021-03-31', { R: 2 }), point('2021-04-22', { R: 2 })),
    'Since 31 December 2020 1 more action is off track.');
});

test('standing still is said too', () => {
  assert.equal(said(point('2021-02-28', { R: 2 }), point('2021-03-31', { R: 2 }), point('2021-04-22', { R: 2 })), 'Since 28 February nothing has moved.');
});

test('one point is no movement', () => {
  assert.equal(movementOf([point('2021-04-22', {})], ORDER), null);
  assert.equal(noMovementYet(lastOfMonth('2021-04-22')), 'There is no movement to show yet: the first month ends on 30 April.');
});

test('the last column is the plan as it is shown, whatever day that is', () => {
  const points = pointsUntil([point('2021-03-31', { R: 1 }), point('2021-04-30', { R: 9 })], plan);
  assert.deepEqual(points.map((one) => [one.on, one.counts.R]), [['2021-03-31', 1], ['2021-04-22', 3]]);
});

test('segments stand on each other in their order, with a gap', () => {
  assert.deepEqual(stackOf({ ...NONE, R: 2, G: 3 }, ORDER, 10, 100), [
    { letter: 'R', count: 2, y: 81, height: 18 }, { letter: 'G', count: 3, y: 51, height: 28 }]);
});

test('the grid begins with the first update', () => {
  const months = ['2021-02', '2021-03', '2021-04'];
  const row = (agency, ...counts) => ({ agency, months: counts.map((updates, at) => ({ month: months[at], updates })) });
  const grid = gridOf({ months, data: [row('NELFT', 0, 2, 1), row(null, 0, 0, 1)] });
  assert.deepEqual([grid.months, grid.rows[0].counts, grid.most, grid.all], [['2021-03', '2021-04'], [2, 1], 2, 4]);
  assert.equal(activityWords(grid), '4 updates since March 2021, most of them by NELFT (3).');
});

test('every other month is named where they stand close, with the year where it is another', () => {
  const labels = (every) => labelsOf(['2020-10', '2020-11', '2020-12', '2021-01', '2021-02'], every).map((one) => `${one.month.slice(5)} ${one.year}`);
  assert.deepEqual(labels(1), ['10 2020', '11 ', '12 ', '01 2021', '02 ']);
  assert.deepEqual(labels(2), ['10 2020', '12 ', '02 2021']);
});

test('a square is the darker the more updates it counts, and never empty with one', () => {
  assert.deepEqual([0, 1, 5, 6, 20].map((count) => levelOf(count, 20)), [0, 1, 1, 2, 4]);
});
