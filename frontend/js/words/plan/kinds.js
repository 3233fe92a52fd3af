/**
 * What kinds of dates and roles of accounts are called, for the forms that choose one.
 */

/** @type {Record<string, string>} */
export const KIND_WORDS = {
  date: 'A day',
  month: 'A month',
  season: 'A season',
  quarter: 'A quarter',
  year: 'A year',
  ongoing: 'Ongoing',
  to_be_confirmed: 'To be confirmed',
};

/** @type {Record<string, string>} */
export const ROLE_WORDS = {
  admin: 'Business manager',
  lead_officer: 'Lead officer',
  contributor: 'Contributor',
  viewer: 'Reader',
};
