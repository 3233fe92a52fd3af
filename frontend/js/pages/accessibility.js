/**
 * Accessibility statement and help. It says what was tested and what was not.
 */
import { html } from '../core.js';
import { H1 } from '../parts/bits.js';
import { to } from '../router.js';

/** The page at "/accessibility", open to everybody. */
export default function Accessibility() {
  return html`<div class="page prose"><${H1} title="Help and accessibility">Help and accessibility<//>
    <h2 id="help">Help</h2>
    <p>Ask your partnership's business manager for an account, a new password, a correction to the plan, or the plan on
      paper or in another format. You may always send an update to the business manager by e-mail or telephone; it is
      entered for you, under your name.</p>
    <p>What the short forms in the plan mean is in its <a href=${to('/glossary')}>glossary</a>. Ctrl+K, on a Mac Cmd+K, opens the search.</p>
    <h2>How accessible this site is</h2>
    <p>It is meant to meet the Web Content Accessibility Guidelines version 2.2 at level AA. We test it ourselves; nobody
      outside has audited it yet.</p>
    <p>You should be able to:</p>
    <ul><li>do everything with a keyboard alone</li>
      <li>enlarge the text to 200%, and the page to 400%, without scrolling sideways (the printable report is wider than
        a phone and scrolls inside its own frame)</li>
      <li>tell ratings apart without colour: each has a word and a shape</li>
      <li>use it with high contrast colours, and with movement switched off: nothing moves</li>
      <li>paste a password, and let a password manager fill it in</li></ul>
    <h2>What was tested</h2>
    <ul><li>Every screen in Chromium at 390, 820 and 1440 pixels wide with the axe checker (rules for WCAG 2.0 to 2.2, A
        and AA, and best practice)</li>
      <li>Reflow at 320 pixels, keyboard order and focus, in Chromium</li></ul>
    <h2>What was not tested yet</h2>
    <ul><li>Screen readers: NVDA with Edge, and VoiceOver on an iPhone</li>
      <li>Windows high contrast on a real machine, speech control, and browsers other than Chromium</li></ul>
    <p>An automatic checker finds only part of what can be wrong. Tell the business manager what does not work for you;
      you will be told what is done about it.</p></div>`;
}
