/**
 * What the plan owes itself: which gaps there are, in which group, who should settle them and who may.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GROUPS, countOf, gapsOf, maySettle, nextOf, reviewHasPassed } from '../../frontend/js/rules/gaps.js';

const ANN = { person: 'ann', group: null, agency: null, name: 'Ann', qualifier: null };
const SCHOOLS = { person: null, group: 'schools', agency: null, name: 'Schools', qualifier: null };
const action = (more = {}) => ({ id: 'a1', number: '1.1', status: 'in_progress', notes: [], by_whom: { named: [ANN] }, by_when: { kind: 'date' }, ...more });
const LEAD = { person: 'jane', name: 'Jane', post: null, agency: null, printed: 'Jane' };
const plan = (actions = [], more = {}) => ({
  as_of: '2026-11-22', next_review_on: '2027-01-12', ends_on: '2027-08-31', owner: { person: 'rob', name: 'Rob', printed: 'Rob' },
  starts: { printed: '', from: '2026-10-01', to: '2026-10-31' }, update_every_days: 92, notes: [], people: [],
  objectives: [{ id: 'o1', number: 1, lead: LEAD, actions }], ...more,
});
const names = (given) => gapsOf(given).filter((group) => group.gaps.length).map((group) => group.name);
const only = (given) => gapsOf(given).flatMap((group) => group.gaps);

test('a plan that says everything owes nothing, and every group is there', () => {
  assert.deepEqual(names(plan([action()])), []);
  assert.deepEqual(gapsOf(plan()).map((group) => group.name), GROUPS);
});

for (const [title, more, expected] of [
  ['no date', { by_when: { kind: 'not_given' } }, ['no-date']],
  ['ongoing is a date of its kind', { by_when: { kind: 'ongoing' } }, []],
  ['TBC before a review', { by_when: { kind: 'to_be_confirmed' } }, []],
  ['nobody named', { by_whom: { named: [] } }, ['nobody']],
  ['only groups', { by_whom: { named: [SCHOOLS] } }, ['only-groups']],
  ['a group with somebody', { by_whom: { named: [SCHOOLS, ANN] } }, []],
  ['an agency stands for itself', { by_whom: { named: [{ ...SCHOOLS, group: null, agency: 'x' }] } }, []],
  ['no date and nobody', { by_when: { kind: 'not_given' }, by_whom: { named: [] } }, ['no-date', 'nobody']],
  ['what is closed owes neither', { status: 'complete', by_when: { kind: 'not_given' }, by_whom: { named: [] } }, []],
  ['what is delivered owes neither', { status: 'delivered', by_when: { kind: 'not_given' } }, []],
  ['but its questions stay', { status: 'delivered', notes: [{ code: 'lead-to-confirm', text: 'Is it?', for: 'lead' }] }, ['to-confirm']],
  ['another question', { notes: [{ code: 'check-cross-reference', text: '4.1 or 4.2?', for: 'lead' }] }, ['questions']],
  ['nobody named is not asked twice', { by_whom: { named: [] }, notes: [{ code: 'nobody-named', text: 'Name somebody.', for: 'lead' }] }, ['nobody']],
  ['until somebody is named', { notes: [{ code: 'nobody-named', text: 'Name somebody.', for: 'lead' }] }, ['questions']],
]) test(title, () => assert.deepEqual(names(plan([action(more)])), expected));

test('TBC is a gap once a review has passed, by its day or by one cycle of updates', () => {
  const tbc = [action({ by_when: { kind: 'to_be_confirmed' } })];
  assert.deepEqual(names(plan(tbc, { next_review_on: '2026-11-21' })), ['still-tbc']);
  assert.deepEqual(names(plan(tbc, { starts: { printed: '', from: '2026-08-01', to: '2026-08-21' } })), ['still-tbc']);
  assert.equal(reviewHasPassed(plan([], { starts: { printed: '', from: null, to: null } })), false);
});

test('the header owes what is not set, and the question about it is not asked twice', () => {
  const empty = { next_review_on: null, ends_on: null, owner: { person: null, name: null, printed: 'Rob' } };
  const note = { code: 'header-not-filled-in', text: 'Set them.', for: 'admin' };
  assert.deepEqual(only(plan([], { ...empty, notes: [note] })).map((gap) => gap.field), ['next_review_on', 'ends_on', 'owner']);
  assert.deepEqual(names(plan([], { notes: [note] })), ['questions']);
});

test('objectives without a lead, people without an agency who have not left', () => {
  const people = [{ id: 'p1', name: 'Ann', agency: null, left_on: null }, { id: 'p2', name: 'Bob', agency: null, left_on: '2026-01-01' }, { id: 'p3', name: 'Cy', agency: 'x', left_on: null }];
  const found = only(plan([], { people, objectives: [{ id: 'o1', number: 1, lead: null, actions: [] }] }));
  assert.deepEqual(found.map((gap) => [gap.settle, gap.person?.id ?? gap.objective?.number]), [['objective', 1], ['person', 'p1']]);
});

test('two names that may be one know whom they mean', () => {
  const people = ['Lou Dall', 'Lou Dale', 'Ann'].map((name, id) => ({ id: `p${id}`, name, agency: 'x', left_on: null }));
  const [gap] = only(plan([], { people, notes: [{ code: 'possible-duplicate', text: 'Lou Dall (1.1) and Lou Dale (4.8) are one.', for: 'admin' }] }));
  assert.deepEqual(gap.pair, ['p0', 'p1']);
});

test('who may: an editor of the plan all of it, a lead officer what is about their actions', () => {
  const [date] = only(plan([action({ by_when: { kind: 'not_given' } })]));
  const [header] = only(plan([], { ends_on: null }));
  const said = (mine) => [date, header].map((gap) => maySettle(gap, mine));
  assert.deepEqual(said({ may: ['edit_plan'], leads: [] }), [true, true]);
  assert.deepEqual(said({ may: [], leads: [1] }), [true, false]);
  assert.deepEqual(said({ may: [], leads: [2] }), [false, false]);
  assert.deepEqual(said(undefined), [false, false]);
  assert.deepEqual(said({ leads: [1] }), [true, false], 'as an older release kept it');
});

test('they are counted, and the focus goes to the next, then to the one before', () => {
  assert.equal(countOf(gapsOf(plan([action({ by_when: { kind: 'not_given' }, by_whom: { named: [] } })]))), 2);
  assert.deepEqual([nextOf(['a', 'b', 'c'], 'b'), nextOf(['a', 'b'], 'b'), nextOf(['a'], 'a')], ['c', 'a', undefined]);
});
