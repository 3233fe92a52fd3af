/**
 * A glossary written as lines: read as it was written, wrong lines named, nothing lost on the way there and back.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOfTerms, readTerms } from '../../frontend/js/rules/terms.js';

const MASH = { short: 'MASH', long: 'Multi-Agency Safeguarding Hub', note: null };
const COG = { short: 'COG', long: null, note: 'Of 3.3: the | group' };

test('lines and back are the same terms', () => {
  assert.equal(linesOfTerms([MASH, COG]), 'MASH: Multi-Agency Safeguarding Hub\nCOG: | Of 3.3: the | group');
  assert.deepEqual(readTerms(linesOfTerms([MASH, COG])), { terms: [MASH, COG], wrong: [] });
});

test('empty lines and spaces around are nothing', () => {
  assert.deepEqual(readTerms('\n  MASH :  Multi-Agency Safeguarding Hub  |  \n\n').terms, [MASH]);
});

test('what is wrong is named by its line', () => {
  assert.deepEqual(readTerms('MASH: x\nno colon here\n: no short form\nMASH: again').wrong,
    [{ line: 2, code: 'colon' }, { line: 3, code: 'short' }, { line: 4, code: 'twice', first: 1 }]);
});

test('a meaning may hold a colon', () => {
  assert.deepEqual(readTerms('SPA: Single point of contact: by telephone').terms[0].long, 'Single point of contact: by telephone');
});
