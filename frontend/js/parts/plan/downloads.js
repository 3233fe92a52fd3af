/**
 * The plan as files for a spreadsheet: one row for each action, or for each update. Fetched when somebody wants one.
 */
import { html, useState } from '../../core.js';
import { Problem } from '../../api.js';
import { dayShown, plan, withSession } from '../../store.js';
import { download } from '../download.js';
import * as words from '../../words/plan/report.js';

/** One button for each file; of the day that is shown. */
export default function Downloads() {
  const shown = /** @type {import('../../types.js').Plan} */ (plan.value);
  const [said, say] = useState('');
  /** @param {string} what */
  const get = async (what) => {
    say('');
    const day = dayShown.value && `?as_at=${dayShown.value}`;
    try {
      const path = `/plans/${encodeURIComponent(shown.slug)}/${what}.csv${day}`;
      await withSession(() => download(path, 'text/csv', `${shown.slug}-${what}-${shown.as_of}.csv`).then(() => true), words.SIGN_IN_TO_DOWNLOAD);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      say(words.NOT_DOWNLOADED(why.detail));
    }
  };
  return html`<p class="buttons"><button class="button is-second" onClick=${() => get('actions')}>${words.ACTIONS_FILE}</button>
    <button class="button is-second" onClick=${() => get('updates')}>${words.UPDATES_FILE}</button></p>
    <p class="hint">${words.FILES_HINT}</p>${said && html`<p class="wrong" role="alert">${said}</p>`}`;
}
