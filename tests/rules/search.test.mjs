/**
 * Search: what is found, in which order, and what is marked.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, grouped, marked, pagesAs, search, thingsOf, tokensOf } from '../../frontend/js/rules/search.js';
import { plan } from './plan.mjs';

const WORDS = { action: 'Actions', objective: (number) => `Objective ${number}`, whom: 'By whom: ', latest: 'Last update: ' };
const things = (shown = plan()) => [...thingsOf(shown, WORDS), ...pagesAs([['Report', 'paper print', '/report']])];
const find = (q, shown) => search(things(shown), q);
const names = (q, shown) => find(q, shown).map((one) => `${one.kind} ${one.number || one.title.map((piece) => piece.text).join('')}`);

test('a number first: 4.10, 410, and 4.1 before 4.10', () => {
  assert.deepEqual(names('4.10'), ['action 4.10']);
  assert.deepEqual(names('410'), ['action 4.10']);
  assert.deepEqual(names('4.1'), ['action 4.1', 'action 4.10']);
  assert.equal(names('4')[0], 'objective 4');
});

test('a number leads to no other that holds it', () => {
  const shown = plan();
  shown.objectives[1].actions[0].number = '14.1';
  assert.deepEqual(names('4.1', shown), ['action 4.1', 'action 4.10']);
});

test('neither case, accents nor kinds of apostrophe matter', () => {
  assert.deepEqual(names('DEVITÓ').slice(0, 1), ['person Teresa DeVito']);
  assert.deepEqual(names('zoe cafe'), ['action 5.1']);
  assert.deepEqual(tokensOf('Children’s'), tokensOf("children's"));
  assert.deepEqual(tokensOf('  a  A á '), ['a']);
});

test('all words must match, in whatever field', () => {
  assert.deepEqual(names('nelft devito'), ['action 4.10']);
  assert.deepEqual(names('nelft cook'), []);
});

test('beginnings of words before their insides', () => {
  const shown = plan();
  shown.objectives[0].actions[0].text = 'Broken schools'; // "open" is inside nothing here
  shown.objectives[0].actions[1].text = 'Reopening.';
  shown.objectives[0].actions[2].text = 'Open.';
  assert.deepEqual(names('open', shown), ['action 4.10', 'action 4.9']);
});

test('nothing is found by nothing', () => assert.deepEqual(find('   '), []));

test('people, agencies, groups, objectives and pages are found, and lead somewhere', () => {
  const paths = (q) => Object.fromEntries(find(q).map((one) => [one.kind, one.path]));
  assert.equal(paths('trevor').person, '/actions?person=trevor');
  assert.equal(paths('lb').agency, '/actions?agency=lb');
  assert.equal(paths('everybody').group, '/actions?q=everybody');
  assert.equal(paths('staff').objective, '/actions?objective=5');
  assert.equal(paths('print').page, '/report');
});

test('what matched is marked, on the letters as they are printed', () => {
  assert.deepEqual(marked('Café “Zoë”', ['zoe', 'caf']), [{ text: 'Caf', hit: true }, { text: 'é “', hit: false }, { text: 'Zoë', hit: true }, { text: '”', hit: false }]);
  assert.deepEqual(marked('aaa', ['aa']), [{ text: 'aa', hit: true }, { text: 'a', hit: false }]);
  assert.deepEqual(marked('<b>', ['b']), [{ text: '<', hit: false }, { text: 'b', hit: true }, { text: '>', hit: false }]);
});

test('where the wording does not show the match, the words that do are told', () => {
  const [found] = find('zoë');
  assert.deepEqual(found.more.map((one) => one.said), ['Last update: ']);
  assert.deepEqual(found.more[0].text.filter((piece) => piece.hit).map((piece) => piece.text), ['Zoë']);
  assert.deepEqual(find('camhs')[0].more, []);
});

test('a long text is cut around its match, between words', () => {
  const long = `${'word '.repeat(60)}needle ${'word '.repeat(60)}`.trim();
  const cut = around(long, ['needle'], 100);
  assert.match(cut, /^…word .*needle.* word…$/);
  assert.ok(cut.length <= 102);
  assert.equal(around('short', ['x'], 100), 'short');
});

test('the group of the nearest comes first: a name is a person, words are an action', () => {
  assert.deepEqual(grouped(find('trevor')).map((group) => group.kind), ['person', 'action', 'objective']);
  assert.deepEqual(grouped(find('schools')).map((group) => group.kind), ['action']);
  assert.deepEqual(grouped([]), []);
});

test('a match at the end brings the words before it along', () => {
  const cut = around(`${'word '.repeat(60)}needle.`, ['needle'], 100);
  assert.ok(cut.length > 90 && cut.endsWith('needle.'), cut);
});
