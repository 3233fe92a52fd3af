/**
 * The words of the plan's own settings.
 */
import { html } from '../../core.js';

export const TITLE = 'Plan';
export const LEAD_IN = 'What stands at the head of the paper, when the board reviews it, and what the ratings are called. Only what you change is saved.';
export const SAVE = 'Save the plan';
export const SAVED = 'The plan is saved';
export const OBJECTIVES = 'Objectives, their short titles and lead officers';
export const GAPS = 'What the plan still owes itself';
export const FOR_MANAGER = 'Words about a child or family';
export const REDACT = 'Remove words from the plan’s settings and objectives…';
export const HEAD = 'The head of the paper';
export const DATES = 'Dates and reviews';
export const RATINGS = 'How ratings are called';
export const RATINGS_HINT = 'Your board’s own words. They are shown with every rating, on screen and on paper; the letters, colours and shapes stay.';
export const NO_OWNER = 'Nobody, as a person';
/** Field: label, and where it is printed. @type {Record<string, [string, string]>} */
export const FIELDS = {
  heading: ['Heading', 'The line over the plan’s table, in the report.'],
  partnership: ['Partnership', 'Above the name of the plan on the overview. Letters are written in its name.'],
  name: ['Name of the plan', 'At the top of every screen, and on the overview.'],
  title: ['Action plan title', 'In the head of the report, and in lists of plans.'],
  priority: ['Priority', 'In the head of the report. May be empty.'],
  service_team: ['Service or team', 'In the head of the report. May be empty.'],
  owner_person: ['Owner', 'The person shown on the overview.'],
  owner_printed: ['Owner, as printed', 'The words in the head of the report: name and post.'],
  summary: ['Summary', 'In the head of the report. May be empty. Do not name children or families.'],
  starts_printed: ['Start, as printed', 'Such as “September 2020”, in the head of the report. The days below are what these words mean.'],
  starts_from: ['First day of the start', ''],
  starts_to: ['Last day of the start', ''],
  ends_on: ['End of the plan', 'Not on the paper; partner systems are told. Empty while the board has not decided.'],
  review_dates: ['Review dates, as printed', 'In the head of the report, such as “January, April, July, October”. May be empty.'],
  next_review_on: ['Next review', 'On the overview, in the head of the report, and in everybody’s My actions.'],
  update_every_days: ['Days between updates', 'After so many days without one, an open action needs an update. A quarter is 92.'],
};
/** Letter: what it is told apart by. @type {Record<string, string>} */
export const LETTERS = { R: 'Red, a cross', A: 'Amber, an exclamation mark', G: 'Green, an arrow', B: 'Blue, a tick' };
/** @param {string} letter */
const colour = (letter) => LETTERS[letter].split(',')[0].toLowerCase();
/** Its field; of which letter is heard. @param {string} letter */
export const word = (letter) => html`Word<span class="unseen"> for ${colour(letter)}</span>`;
/** Its field; of which letter is heard. @param {string} letter */
export const meaning = (letter) => html`What it means<span class="unseen"> for ${colour(letter)}</span>`;
/** The word beside its picture. @param {string} typed */
export const shownAs = (typed) => html`<span class="unseen">Shown as </span>${typed}`;
/** By the member. @type {Record<string, string>} */
export const MISSING = {
  heading: 'Enter the heading', partnership: 'Enter the partnership', name: 'Enter the name of the plan', title: 'Enter the title',
  update_every_days: 'Enter a whole number of days, 1 to 366', starts_to: 'Enter both days of the start, or neither',
};
/** @param {string} letter */
export const noWord = (letter) => `Enter the word for ${colour(letter)}`;
