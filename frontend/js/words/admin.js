/**
 * The words of the page of everything that is managed.
 */
export const TITLE = 'Manage';
export const IN_SHORT = 'What the plan and its people stand on. Only business managers see these pages.';
export const NOT_YOURS = 'This is for the business manager';
export const ASK_THEM = 'Ask them to change a person, an agency or an account.';
export const BREADCRUMB = 'Breadcrumb';

export const NOT_FOUND_TITLE = 'Not found';
export const NOT_FOUND = 'There is no such page';
export const SEE_ALL = 'See all that can be managed';
export const NOT_OPENED_TITLE = 'Not opened';
export const NOT_OPENED = 'This page could not be opened';
export const NO_ANSWER = 'The server did not answer.';
export const TRY_AGAIN = 'Try again';

/** Name in the address: what the screen is called, and what it is for. @type {Record<string, [string, string]>} */
export const SCREENS = {
  plan: ['Plan', 'The head of the paper, dates and reviews, what the ratings are called'],
  glossary: ['Glossary', 'The short forms in the plan’s words, and what they stand for'],
  people: ['People', 'Everybody the plan names: post, agency, e-mail, and who has left'],
  agencies: ['Agencies and groups', 'Names, what became of them, and the collectives the plan names'],
  objectives: ['Objectives', 'Wording, order and lead officers; what was removed from the plan'],
  duplicates: ['Possible duplicates', 'Names that may be one person'],
  accounts: ['Accounts', 'Who can sign in; invite, reset, change a role, end'],
  tokens: ['Partner systems', 'Tokens with which other agencies’ systems read and post'],
  audit: ['Audit', 'Sign-ins, failures, refusals, exports, use of tokens'],
};

export const ABOUT_PLAN = 'The plan itself';
export const ABOUT_PEOPLE = 'Who is in the plan';
export const ABOUT_ACCESS = 'Who can come in';
export const ABOUT_USE = 'What happened';
