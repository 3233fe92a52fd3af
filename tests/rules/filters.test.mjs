/**
 * The list's filters: in the address, out of it, and applied.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFilters, filtersInUse, readFilters, writeFilters } from '../../frontend/js/rules/filters.js';
import * as common from '../../frontend/js/words.js';
import * as words from '../../frontend/js/words/plan/actions.js';
import { plan } from './plan.mjs';

const numbers = (query) => applyFilters(plan(), readFilters(new URLSearchParams(query))).map((one) => one.number);

test('an address says the same after it was read and written', () => {
  for (const query of ['', '?q=a+b&objective=4&rating=R&rating=none&show=done', '?person=nobody&due=past&sort=-last_update']) {
    assert.equal(writeFilters(readFilters(new URLSearchParams(query))), `/actions${query}`);
  }
});

test('the order of the plan: 4.10 after 4.9', () => assert.deepEqual(numbers(''), ['4.1', '4.9', '4.10', '5.1']));

test('4.1 is not 4.10', () => {
  assert.deepEqual(numbers('q=4.1'), ['4.1']);
  assert.deepEqual(numbers('q=4.10'), ['4.10']);
});

test('words are found without case, accents or order', () => {
  assert.deepEqual(numbers('q=devito'), ['4.10']);
  assert.deepEqual(numbers('q=zoe cafe'), ['5.1']);
  assert.deepEqual(numbers('q=zoe nelft'), []);
});

test('every filter narrows', () => {
  assert.deepEqual(numbers('objective=5'), ['5.1']);
  assert.deepEqual(numbers('rating=R&rating=G'), ['4.9', '4.10']);
  assert.deepEqual(numbers('rating=none'), ['4.1', '5.1']);
  assert.deepEqual(numbers('person=nobody'), ['4.9']);
  assert.deepEqual(numbers('agency=lb'), ['4.1']);
  assert.deepEqual(numbers('due=past&person=teresa'), ['4.10']);
  assert.deepEqual(numbers('show=needs-update'), ['4.10', '5.1']);
  assert.deepEqual(numbers('show=done'), ['4.1']);
  for (const due of ['unheard-of', 'constructor', '__lookupGetter__', 'isPrototypeOf']) assert.deepEqual(numbers(`due=${due}`), ['4.1', '4.9', '4.10', '5.1']);
});

test('a filter that there is none of is said as it was written, also by a name that every object has', () => {
  const used = filtersInUse(plan(), readFilters(new URLSearchParams('due=constructor&show=toString&show=unheard-of')), words, common);
  assert.deepEqual(used.map((one) => one.words), ['constructor', 'toString', 'unheard-of']);
});

test('other orders: no date last, never updated first', () => {
  assert.deepEqual(numbers('sort=by_when'), ['5.1', '4.10', '4.1', '4.9']);
  assert.deepEqual(numbers('sort=last_update'), ['4.1', '4.10', '5.1', '4.9']);
  assert.deepEqual(numbers('sort=-last_update').slice(0, 2), ['4.9', '5.1']);
});

test('filters in use are said in words, each with what is left without it', () => {
  const used = filtersInUse(plan(), readFilters(new URLSearchParams('q=x&agency=lb&rating=R&person=gone&sort=by_when')), words, common);
  assert.deepEqual(used.map((one) => one.words), ['“x”', 'LB Havering', 'Unknown person', 'Off track']);
  assert.equal(writeFilters(used[0].without), '/actions?agency=lb&person=gone&sort=by_when&rating=R');
});
