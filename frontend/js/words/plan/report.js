/**
 * The words of the report: the printed form of the plan, and all its updates.
 */
export const TITLE = 'Report';
export const INTRO = 'The plan in its printed form, with the latest progress filled in. Prints on A4 landscape.';
export const PRINT = 'Print or save as PDF';
export const UPDATES = 'Progress updates';
export const LATEST_UPDATE = 'The latest';
export const ALL_UPDATES = 'All';
export const NOT_ALL = 'The updates could not be loaded, so the latest ones are shown. ';
export const DOWNLOADS = 'Download for a spreadsheet';
export const ACTIONS_FILE = 'Actions (CSV)';
export const UPDATES_FILE = 'All updates (CSV)';
export const FILES_HINT = 'One row for each. An apostrophe stands before words that a spreadsheet would run as a formula.';
export const SIGN_IN_TO_DOWNLOAD = 'Sign in to download';
/** @param {string} why */
export const NOT_DOWNLOADED = (why) => `The file could not be downloaded. ${why}`;
export const SHEET = 'The plan as printed';
/** @param {number} number @param {string | undefined} lead as printed */
export const objective = (number, lead) => (lead === undefined ? `Objective ${number}` : `Objective ${number} (Lead Officer: ${lead})`);
/** The head of the printed form. */
export const HEAD = {
  title: 'Action Plan Title', starts: 'Start Date', owner: 'Action Plan Owner', priority: 'Priority', service: 'Service/Team',
  reviews: 'Review date(s)', next: 'Next Review Date', position: 'Position as at', summary: 'Summary',
};
export const KEY = 'Key';
export const COLUMNS = ['Objective', 'No.', 'Action', 'By Whom', 'By When', 'Progress Update'];

/** @param {string} from @param {string} to */
export const FROM_TO = (from, to) => `Rating changed from ${from} to ${to}`;
/** @param {string} word */
export const RATED = (word) => `Rated ${word}`;
export const DELIVERED = 'Says it is delivered';
/** @param {string} name */
export const ENTERED = (name) => ` (entered by ${name})`;
export const NEXT_STEP = 'Next step:';
export const IMPACT = 'Impact:';
export const EVIDENCE = 'Evidence:';
/** @param {string} by @param {string} day @param {string} why */
export const WITHDRAWN = (by, day, why) => `Withdrawn by ${by}, ${day}: ${why}`;
/** @param {string} day */
export const CORRECTED = (day) => `, corrected ${day}`;
