/**
 * Dates and counts in words: the day is London's, and today is the server's.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, firstWords, listed, londonDay, longDay, plural, printedWhen, ratingWord, readingOf, shortDay } from '../../frontend/js/words.js';
import { movedWords } from '../../frontend/js/words/plan/lists.js';
import { heading, standing } from '../../frontend/js/words/updates/my.js';
import { meeting, summary, told } from '../../frontend/js/words/updates/queue.js';

test('half past eleven at night in summer, in UTC, is the next day in London', () => {
  assert.equal(londonDay('2026-07-01T23:30:00Z'), '2026-07-02');
  assert.equal(londonDay('2026-12-01T23:30:00Z'), '2026-12-01');
  assert.equal(londonDay('2026-07-02T00:30:00+01:00'), '2026-07-02');
});

test('days as they are written here', () => {
  assert.deepEqual([longDay('2021-05-03'), shortDay('2021-09-30')], ['3 May 2021', '30 Sep 2021']);
});

test('how long ago, to the nearest that helps', () => {
  const days = { '2026-11-24': 'today', '2026-11-23': 'today', '2026-11-22': 'yesterday', '2026-11-10': '13 days ago', '2026-11-09': '2 weeks ago',
    '2026-09-22': '8 weeks ago', '2026-09-21': '2 months ago', '2024-11-25': '23 months ago', '2024-11-01': '2 years ago' };
  for (const [day, words] of Object.entries(days)) assert.equal(ago(day, '2026-11-23'), words, day);
});

test('the date column says what is printed, or why nothing is', () => {
  const when = (printed, kind, to = null) => ({ printed, kind, from: to, to, moved: [] });
  assert.equal(printedWhen(when('', 'not_given')), 'No date given');
  assert.equal(printedWhen(when('', 'date', '2027-01-31')), '31 January 2027');
  assert.equal(readingOf(when('Spring 2021', 'season', '2021-05-31')), 'read as by 31 May 2021');
  assert.equal(readingOf(when('Ongoing', 'ongoing')), '');
  assert.equal(movedWords({ ...when('x', 'date'), moved: [when('', 'not_given'), when('a', 'date', '2027-01-31'), when('b', 'date', '2027-02-01')] }), 'Moved twice, first printed as no date');
  const mended = [when('Ongoing', 'ongoing'), when('6 monthly', 'ongoing')];
  assert.equal(movedWords({ ...mended[1], moved: mended }), '', 'other words for the same days are no move');
  const moved = [...mended, when('a', 'date', '2027-01-31'), when('b', 'date', '2027-01-31')];
  assert.equal(movedWords({ ...moved[3], moved }), 'Moved once, first printed as Ongoing');
});

test('lists and counts', () => {
  assert.deepEqual([listed([]), listed(['a']), listed(['a', 'b', 'c'])], ['', 'a', 'a, b and c']);
  assert.deepEqual([plural(1, 'action'), plural(0, 'action'), plural(2, 'reply', 'replies')], ['1 action', '0 actions', '2 replies']);
  assert.equal(firstWords('one two, three', 9), 'one two…');
  assert.equal(ratingWord(null, null), 'Not rated');
});

test('My actions says what is owed before what waits', () => {
  assert.equal(heading('Pippa', 4, 2), 'Pippa, 4 actions need an update');
  assert.equal(heading('Pippa', 1, 0), 'Pippa, 1 action needs an update');
  assert.equal(heading('Pippa', 0, 2), 'Pippa, 2 things wait for your answer');
  assert.equal(heading('Pippa', 0, 0), 'Pippa, you are up to date');
  assert.equal(standing(8, [1], 0, { next_review_on: '2021-05-13', as_of: '2021-05-13' }), 'You are named on 8 actions and lead objective 1. The board next meets on 13 May 2021.');
  assert.equal(standing(0, [1, 2], 1, { next_review_on: '2021-05-13', as_of: '2021-05-14' }), 'You lead objectives 1 and 2. 1 thing waits for your answer.');
  assert.equal(standing(0, [], 0, { next_review_on: null, as_of: '2021-05-14' }), '');
});

test('the end of the queue says what was done, what is left and when the board meets', () => {
  assert.equal(summary({ posted: 2, answered: 1, signed: 0, kept: 1, skipped: 1 }),
    'You posted 2 updates and answered on 1 action. 1 draft is kept on this device and 1 was skipped.');
  assert.equal(told('Update posted on 1.8.', 3), 'Update posted on 1.8. 3 left');
  assert.equal(meeting('2021-05-13', 12), 'The board next meets on 13 May 2021, in 12 days.');
  assert.equal(meeting('2021-05-13', 1), 'The board next meets on 13 May 2021, tomorrow.');
  assert.equal(meeting(null, 0), 'The date of the board’s next meeting is not set.');
});
