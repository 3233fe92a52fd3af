/**
 * Short forms: found as words of their own, explained once, and the text never changed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstUses, usesOf } from '../../frontend/js/rules/abbreviations.js';
import { plan } from './plan.mjs';

const { glossary } = plan();
const shorts = (...texts) => firstUses(glossary, texts).map((pieces) => pieces.flatMap((piece) => (piece.term ? [piece.term.short] : [])));
const whole = (text) => firstUses(glossary, [text])[0].map((piece) => piece.text).join('');

test('the first use on a page only, over all its texts', () => {
  assert.deepEqual(shorts('NELFT and NELFT.', 'by NELFT (B&D)'), [['NELFT'], ['B&D']]);
});

test('a word of its own: not inside another', () => {
  assert.deepEqual(shorts('SCP, CPD, ACP, scp'), [['SCP']]);
  assert.deepEqual(shorts('the CP plan'), [['CP']]);
  assert.deepEqual(shorts('xB&D, B&Dx, B&D&E'), [[]]);
});

test('a plural and a possessive are the same word, with their letters kept', () => {
  const [pieces] = firstUses(glossary, ['the SCPs on NELFT\'s theme']);
  assert.deepEqual(pieces.filter((piece) => piece.term).map((piece) => piece.text), ['SCPs', 'NELFT']);
});

test('put together again it is the text', () => {
  for (const text of ['', 'NELFT', '(B&D)', 'no short form', '<i>NELFT</i> & $& \\1']) assert.equal(whole(text), text);
});

test('a plan without a glossary has plain text', () => {
  assert.deepEqual(firstUses([], ['NELFT', '']), [[{ text: 'NELFT' }], []]);
});

test('where each stands, in the order of the alphabet', () => {
  const uses = usesOf(plan(), 'en-GB');
  assert.deepEqual(uses.map((one) => one.term.short), ['B&D', 'CP', 'LB', 'NELFT', 'SCP']);
  assert.deepEqual(uses.map((one) => [...one.actions, ...one.objectives]), [[], [], [4], ['4.10'], []]);
});
