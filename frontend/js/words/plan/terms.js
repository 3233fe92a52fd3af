/**
 * The words of the screen on which the glossary is changed.
 */
export const TITLE = 'Glossary';
export const LEAD_IN = 'The short forms in the plan’s words. Their meaning is shown where they stand, and on the page Glossary.';
export const FIELD = 'Short forms, one on a line';
export const HINT = 'Such as “MASH: Multi-Agency Safeguarding Hub”. Leave out what nobody has spelled out (“COG:”). A note comes after a stroke: “CCG: Clinical Commissioning Group | Until July 2022”.';
export const SAVE = 'Save the glossary';
export const SAVED = 'The glossary is saved';
export const SEE = 'See the glossary';

/** @type {Record<string, (line: number, first?: number) => string>} */
export const WRONG = {
  colon: (line) => `Line ${line}: put a colon after the short form`,
  short: (line) => `Line ${line}: write the short form before the colon`,
  twice: (line, first) => `Line ${line}: this short form stands in line ${first} already`,
};
