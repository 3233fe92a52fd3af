/**
 * The arrow keys on the board: a walk over rows of different length.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepOf } from '../../frontend/js/rules/walk.js';

const ROWS = [8, 5, 10];
for (const [what, row, place, key, lands] of [
  ['right', 0, 0, 'ArrowRight', [0, 1]], ['right, into the next row', 0, 7, 'ArrowRight', [1, 0]], ['right, at the end', 2, 9, 'ArrowRight', null],
  ['left', 1, 1, 'ArrowLeft', [1, 0]], ['left, into the row before', 1, 0, 'ArrowLeft', [0, 7]], ['left, at the start', 0, 0, 'ArrowLeft', null],
  ['down, to a shorter row', 0, 7, 'ArrowDown', [1, 4]], ['up', 2, 3, 'ArrowUp', [1, 3]], ['up, at the top', 0, 3, 'ArrowUp', null],
  ['home', 2, 3, 'Home', [2, 0]], ['end', 2, 3, 'End', [2, 9]], ['any other key', 0, 0, 'x', null]]) {
  test(`${what}`, () => assert.deepEqual(stepOf(ROWS, row, place, key), lands));
}
