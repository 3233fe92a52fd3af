/**
 * The form that corrects an update: only what differs is sent, and an error finds its field.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, fieldOf, formOf } from '../../frontend/js/rules/correcting.js';

const update = { text: 'We met.', next_step: 'Ask again.', impact: null, evidence: [{ title: 'Minutes', url: 'https://example.org/' }] };

test('what was only opened changes nothing', () => {
  assert.deepEqual(changesOf(update, formOf(update)), {});
});

test('only what differs is sent, and emptied words are null', () => {
  const form = { ...formOf(update), text: ' We met twice. ', nextStep: ' ' };
  assert.deepEqual(changesOf(update, form), { text: 'We met twice.', next_step: null });
});

test('an evidence row left empty is not sent', () => {
  const form = { ...formOf(update), evidence: [...update.evidence, { title: '', url: ' ' }] };
  assert.deepEqual(changesOf(update, form), {});
});

test('filling the form leaves the update alone', () => {
  formOf(update).evidence[0].title = 'Other';
  assert.equal(update.evidence[0].title, 'Minutes');
});

test('an error finds its field', () => {
  const fields = ['/text', '/next_step', '/evidence/0/url', '/evidence/1', '/evidence', ''].map(fieldOf);
  assert.deepEqual(fields, ['text', 'next-step', 'evidence-0-url', 'evidence-1-title', 'text', 'text']);
});
