/**
 * Folding: whatever finds words or people in the client finds each pair of the table that the server's tests have too.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { picked } from '../../frontend/js/parts/people/person-picker.js';
import { applyFilters, readFilters } from '../../frontend/js/rules/filters.js';
import { findHolders, nearNames } from '../../frontend/js/rules/by-whom.js';
import { marked, search, thingsOf, tokensOf } from '../../frontend/js/rules/search.js';
import { plan } from './plan.mjs';

const { names, texts, apart } = JSON.parse(readFileSync(new URL('../data/folding.json', import.meta.url), 'utf8'));
const WORDS = { action: '', objective: () => '', whom: '', latest: '' };
const holder = (name) => ({ kind: /** @type {const} */ ('person'), id: name, name, names: [], about: '' });

const planSaying = (text, person = '') => {
  const made = plan();
  made.objectives[1].actions[0].text = text;
  if (person) made.people.push({ id: 'found', name: person, post: null, agency: null, left_on: null });
  return made;
};
const filtered = (text, typed) => applyFilters(planSaying(text), readFilters(new URLSearchParams({ q: typed }))).map((one) => one.number);
const found = (made, typed) => search(thingsOf(made, WORDS), typed).map((one) => one.number || one.id);

for (const [written, typed] of [...names, ...texts]) {
  test(`${written} is found by ${typed} and by itself, in the list and by search`, () => {
    for (const words of [typed, written]) {
      assert.ok(filtered(written, words).includes('5.1'), words);
      assert.ok(found(planSaying(written), words).includes('5.1'), words);
      assert.ok(marked(written, tokensOf(words)).some((piece) => piece.hit), words);
    }
  });
}

for (const [written, typed] of names) {
  test(`${written}, typed ${typed}, is found, picked, and shown before somebody is added anew`, () => {
    for (const [there, words] of [[written, typed], [typed, written], [written, written]]) {
      assert.deepEqual(findHolders([holder(there)], words).map((one) => one.id), [there]);
      assert.deepEqual(nearNames([holder(there)], words).map((one) => one.id), [there]);
      assert.ok(found(planSaying('', there), words).includes('found'), words);
    }
    const person = { id: 'p', name: written, post: null, agency: null };
    assert.equal(picked(new Map([[written, person]]), typed), person);
  });
}

for (const [written, typed] of apart) {
  test(`${written} is not found by ${typed}`, () => {
    assert.ok(!filtered(written, typed).includes('5.1'));
    assert.deepEqual(findHolders([holder(written)], typed), []);
  });
}
