/**
 * Drafts: nothing typed is lost, nobody reads another's, and a browser that refuses is answered, never thrown at.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEXT_LIMIT, blankDraft, bodyOf, draftKey, dropDraft, hasWords, keepDraft, listDrafts, problemsFrom, problemsOf,
  readDraft } from '../../frontend/js/rules/drafts.js';
import * as words from '../../frontend/js/words.js';

/** A storage as browsers have it: its keys are its own properties. */
class Kept {
  getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; }

  setItem(key, value) { this[key] = String(value); }

  removeItem(key) { delete this[key]; }
}

const full = { getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); },
  removeItem: () => { throw new DOMException('no', 'SecurityError'); } };
const action = (more = {}) => ({ number: '3.4', status: 'in_progress', rating: { declared: null }, ...more });
const draft = (more = {}) => ({ ...blankDraft(action(), 'key-1'), ...more });

test('a draft comes back as it was kept', () => {
  const storage = new Kept();
  const written = draft({ text: 'Half a sentence', rating: 'A', impact: 'Some', evidence: [{ title: 'Minutes', url: 'https://a.example' }] });
  assert.equal(keepDraft(storage, draftKey('ann', 'a1'), written), true);
  assert.deepEqual(readDraft(storage, draftKey('ann', 'a1')), written);
});

test('nobody is shown the draft of another account on the same desktop', () => {
  const storage = new Kept();
  keepDraft(storage, draftKey('ann', 'a1'), draft({ text: 'Ann' }));
  keepDraft(storage, draftKey('anna', 'a1'), draft({ text: 'Anna' }));
  assert.deepEqual(listDrafts(storage, 'ann').map((one) => one.draft.text), ['Ann']);
  assert.equal(readDraft(storage, draftKey('bob', 'a1')), null);
});

test('4.10 is listed after 4.9, and what is no draft is left out', () => {
  const storage = new Kept();
  for (const number of ['4.10', '4.9', '10.1', '4.1']) keepDraft(storage, draftKey('ann', number), draft({ text: 'x', number }));
  storage.setItem(draftKey('ann', 'broken'), '{"text":');
  storage.setItem(draftKey('ann', 'other'), '{"words":"x"}');
  assert.deepEqual(listDrafts(storage, 'ann').map((one) => [one.action, one.draft.number]),
    [['4.1', '4.1'], ['4.9', '4.9'], ['4.10', '4.10'], ['10.1', '10.1']]);
});

test('a form that was emptied leaves nothing behind', () => {
  const storage = new Kept();
  const key = draftKey('ann', 'a1');
  keepDraft(storage, key, draft({ text: 'x' }));
  assert.equal(keepDraft(storage, key, draft({ text: '  \n' })), true);
  assert.equal(storage.getItem(key), null);
});

test('words anywhere in the form are worth keeping; a rating alone is not', () => {
  assert.equal(hasWords(draft({ rating: 'G' })), false);
  for (const part of [{ text: 'x' }, { nextStep: 'x' }, { impact: 'x' }, { evidence: [{ title: '', url: 'x' }] }]) assert.equal(hasWords(draft(part)), true);
});

test('a storage that is full or refused is answered', () => {
  assert.equal(keepDraft(full, 'k', draft({ text: 'x' })), false);
  assert.doesNotThrow(() => dropDraft(full, 'k'));
  assert.deepEqual(listDrafts(new Proxy({}, { ownKeys: () => { throw new DOMException('no', 'SecurityError'); } }), 'ann'), []);
  assert.equal(readDraft({ getItem: () => { throw new DOMException('no', 'SecurityError'); } }, 'k'), null);
});

test('the rating now is chosen already, but "complete" and "not rated" are not choices', () => {
  assert.equal(blankDraft(action({ rating: { declared: 'A' } }), 'k').rating, 'A');
  assert.equal(blankDraft(action({ rating: { declared: 'B' } }), 'k').rating, null);
  assert.equal(blankDraft(action(), 'k').rating, null);
  assert.equal(blankDraft(action({ status: 'delivered' }), 'k').rating, 'D');
});

test('delivered is a claim, made once', () => {
  const said = draft({ text: ' Done. ', rating: 'D' });
  assert.deepEqual(bodyOf(said, action(), false), { text: 'Done.', claim: 'delivered' });
  assert.deepEqual(bodyOf(said, action({ status: 'delivered' }), false), { text: 'Done.' });
});

test('no change takes the rating along and leaves the words', () => {
  assert.deepEqual(bodyOf(draft({ text: 'typed', rating: 'G', impact: 'x' }), action(), true), { text: '', no_change: true, rating: 'G' });
});

test('empty evidence is left out, and a link without a name is its own name', () => {
  const evidence = [{ title: '', url: ' ' }, { title: ' ', url: ' https://a.example ' }];
  assert.deepEqual(bodyOf(draft({ text: 'x', rating: 'G', evidence, nextStep: ' ', onBehalfOf: 'p1' }), action(), false),
    { text: 'x', rating: 'G', on_behalf_of: 'p1', evidence: [{ title: 'https://a.example', url: 'https://a.example' }] });
});

test('what is wrong is said field by field', () => {
  assert.deepEqual(problemsOf(draft({ text: ' ' }), words).map((one) => one.field), ['update-text', 'rating-G']);
  assert.deepEqual(problemsOf(draft({ text: 'x'.repeat(TEXT_LIMIT), rating: 'G' }), words), []);
  assert.match(problemsOf(draft({ text: 'x'.repeat(TEXT_LIMIT + 1), rating: 'G' }), words)[0].text, /by 1 character, to 4000/);
});

test('errors of the API find their fields', () => {
  const errors = [['/impact', 'impact'], ['/evidence/2/title', 'evidence-2-title'], ['/evidence', 'evidence-0-url'], ['/unheard', 'update-text']];
  assert.deepEqual(problemsFrom(errors.map(([pointer]) => ({ pointer, detail: 'x' })), '').map((one) => one.field), errors.map(([, field]) => field));
  assert.deepEqual(problemsFrom([], 'Otherwise'), [{ field: 'update-text', text: 'Otherwise' }]);
});
