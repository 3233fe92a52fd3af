/**
 * Who is on an action: whoever is meant is found, whoever is there already is shown before somebody is added anew.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, findHolders, moved, nearNames, paperWords } from '../../frontend/js/rules/by-whom.js';
import { listed } from '../../frontend/js/words.js';

const person = (name, about = '', names = []) => ({ kind: 'person', id: name, name, names, about });
const DIRECTORY = [person('Louise Dibsdall', 'LB Havering'), person('Lucy Goodfellow', 'NELFT · Named nurse'), person('Renée O’Neill', 'CCG', ['Renee Smith']),
  { kind: 'group', id: 'g', name: 'Havering Schools', names: [], about: 'group' }];
const names = (found) => found.map((one) => one.name);
const row = (name, more = {}) => ({ key: name, kind: 'person', id: name, name, printed: null, about: '', qualifier: '', agency: null, post: null, ...more });

test('every word that was typed has to begin one of the name, an other name or the agency', () => {
  assert.deepEqual(names(findHolders(DIRECTORY, 'goodf nelft')), ['Lucy Goodfellow']);
  assert.deepEqual(names(findHolders(DIRECTORY, 'renee')), ['Renée O’Neill']);
  assert.deepEqual(names(findHolders(DIRECTORY, 'oneill')), ['Renée O’Neill']);
  assert.deepEqual(names(findHolders(DIRECTORY, 'smith')), ['Renée O’Neill']);
  assert.deepEqual(names(findHolders(DIRECTORY, 'zzz')), []);
  assert.deepEqual(names(findHolders(DIRECTORY, ' ')), []);
});

test('whose own name begins with it comes first', () => {
  assert.deepEqual(names(findHolders(DIRECTORY, 'havering')), ['Havering Schools', 'Louise Dibsdall']);
});

test('names that may be one person are found, and others are not', () => {
  for (const name of ['Louise Dibsdale', 'L. Dibsdall', 'Dibsdall, Louise', 'Dr Louise Dibsdall', 'louise dibsdall']) {
    assert.deepEqual(names(nearNames(DIRECTORY, name)), ['Louise Dibsdall'], name);
  }
  for (const name of ['Louise Ward', 'Anna Dibsdall', 'Havering Schools', '']) assert.deepEqual(nearNames(DIRECTORY, name), [], name);
});

test('one goes up or down, and not beyond an end', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 2, -1), ['a', 'c', 'b']);
  assert.deepEqual(moved(['a', 'b'], 0, -1), ['a', 'b']);
  assert.deepEqual(moved(['a', 'b'], 1, 1), ['a', 'b']);
});

test('the paper says it as the server will', () => {
  assert.equal(paperWords([], listed), '');
  assert.equal(paperWords([row('Ann', { qualifier: 'for Havering' }), row('Ben'), row('Zoe', { printed: 'Z. Zed' })], listed), 'Ann (for Havering), Ben and Z. Zed');
});

test('what is sent keeps the words of the paper and says who is new', () => {
  assert.deepEqual(bodyOf([row('p', { printed: 'As printed' }), row('q', { qualifier: ' CCG ' }),
    row('Ngozi', { kind: 'new_person', id: null, agency: 'a', post: '' }), row('Governors', { kind: 'new_group', id: null })]),
  [{ person: 'p', name: 'As printed' }, { person: 'q', qualifier: 'CCG' }, { new_person: { name: 'Ngozi', agency: 'a' } }, { new_group: { name: 'Governors' } }]);
});
