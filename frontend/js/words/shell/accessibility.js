/**
 * The words of the accessibility statement and help. Only what was measured is claimed; the counts are those that the
 * browser tests print at their end (docs/operations.md says how).
 */
import { html } from '../../core.js';

export const TITLE = 'Help and accessibility';

/** @param {string} glossary @returns {any} */
const shortForms = (glossary) => html`What the short forms in the plan mean is in its <a href=${glossary}>glossary</a>. Ctrl+K, on a Mac
  Cmd+K, opens the search.`;

/** Heading, then paragraphs; a paragraph that is a list is its items. @param {{glossary: string}} to @returns {[string, ...any[]][]} */
export const help = (to) => [['Help',
  `Ask your partnership’s business manager for an account, a new password, a correction to the plan, or the plan on paper
  or in another format. You may always send an update to the business manager by e-mail or telephone; it is entered for
  you, under your name.`, shortForms(to.glossary)]];

/** @type {[string, ...any[]][]} */
export const STATEMENT = [
  ['Accessibility statement', `This statement applies to the pages of Partnership Plan at this address. The partnership whose plan it
    is runs them, and wants as many people as possible to be able to use them. You should be able to:`,
  ['do everything with a keyboard alone', 'zoom in up to 400% without text running off the screen',
    'set the text to twice its size, or space it out, without losing any of it', 'tell ratings apart without colour: each has a word and a shape',
    'use it with high contrast colours, and with movement switched off: nothing moves by itself',
    'paste a password or a code, let a password manager fill them in, or use a passkey'],
  'The text is meant to be plain. AbilityNet has advice on making your device easier to use if you have a disability.'],
  ['How accessible it is', 'We know of these limits:',
    ['The printable report is a wide table. On a narrow screen it scrolls inside its own frame; the list of actions says the same without that.',
      'In the list of actions on a narrow screen the names of people stop after two lines. The page of the action has them all.',
      'The board view is made for a projector and shortens long wordings. The overview has everything it shows.',
      'When text alone is enlarged, and not the page, the words of the bar at the foot of a phone’s screen grow less than twofold.',
      'Links that people give as evidence lead to documents that we have not checked.',
      'The pages need JavaScript. Without it, ask for the plan on paper.']],
  ['Feedback and contact information', `If you need the plan in another format, such as large print, easy read or audio, ask the
    council’s business manager for the partnership. Say which page and which format you need.`],
  ['Reporting problems with accessibility', `If something does not work for you, or you think a requirement is not met, tell the
    council’s business manager: the address of the page, what you tried, and what you use. You will be told what is done about it.`],
  ['Enforcement procedure', html`The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector
    Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how your
    complaint is answered, contact the <a href="https://www.equalityadvisoryservice.com/">Equality Advisory and Support
    Service (EASS)</a>.`],
  ['Compliance status', `The aim is the Web Content Accessibility Guidelines version 2.2 at level AA. These pages are partially compliant:
    in what was tested nothing is known to fail, but not everything has been tested, and nobody outside has audited them.`,
  'Nothing here is claimed to be a disproportionate burden, and nothing that is part of these pages is left out of scope.'],
];

/** What was done, by the version that is served here. */
export const TESTED = ['What was tested, and how', `Automatic tests in a real browser (Chromium 156) run with every change. Last counted on
  23 November 2026, they cover:`,
['144 pages and states of pages, each at 390, 820 and 1440 pixels, with the axe checker (axe-core 4.14.1, rules for WCAG 2.0 to 2.2, A and AA, and best practice): no violations. A state is, for example, a form with errors, a lost connection, or a dialog',
  '32 pages at 320 by 256 pixels, which is a screen of 1280 by 1024 at 400%: nothing scrolls sideways but tables in their own frames, nothing is cut, and no bar stays in the way. The same pages with text at 200%, and with the text spacing of WCAG 1.4.12',
  'the keyboard alone: signing in with a password and a second factor, posting an update, changing a date, putting somebody on an action, acknowledging, signing off, settling a gap, searching, and walking over the board view; the focus is seen and never under the bar at the foot',
  'landmarks, headings, names, tables and messages in the tree that the browser gives to screen readers',
  'the forced colours of the browser, in which ratings, buttons, choices and the focus keep their edges, and reduced movement, in which nothing is animated']];

export const NOT_TESTED = ['What was not tested',
  ['Screen readers by hand: NVDA with Edge or Firefox, JAWS, and VoiceOver on an iPhone',
    'Browsers other than Chromium, Windows high contrast on a real machine, speech control, and screen magnifiers',
    'The pages with people who use assistive technology every day'],
  'An automatic checker finds only part of what can be wrong.'];

export const PREPARED = ['Preparation of this statement', `It was prepared on 23 November 2026, and says what the tests of that day
  measured. It is reviewed with each release that changes the pages.`];
