/**
 * What was removed from the plan, with a button that brings it back for whoever may.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { Trouble, useRead } from '../reading.js';
import { LOST } from '../../words/people/directory.js';
import { notice, plan, reload, withSession } from '../../store.js';
import { londonDay, longDay } from '../../words.js';
import * as words from '../../words/plan/objectives.js';

/** Read again whenever the plan is another. @param {{reading?: boolean}} props `reading` where nobody comes to bring back what cannot be yet */
export default function RemovedList({ reading = false }) {
  const found = useRead(`/plans/${plan.value?.id}/removed?limit=200`);
  const [seen, setSeen] = useState(plan.value?.revision);
  const [wrong, setWrong] = useState({ entry: 0, text: '' });
  if (plan.value && seen !== plan.value.revision) {
    setSeen(plan.value.revision);
    found.again();
  }
  /** @param {import('../../types.js').Removed} one */
  const bring = async (one) => {
    setWrong({ entry: 0, text: '' });
    try {
      const headers = { 'Idempotency-Key': crypto.randomUUID() };
      if (!await withSession(() => request('POST', `/journal/${one.entry}/undo`, { body: {}, headers }), words.SIGN_IN_TO_SAVE)) return;
      notice.value = words.broughtBack(one.type, one.number);
      document.getElementById('gone-title')?.focus();
      await reload();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setWrong({ entry: one.entry, text: why.status && why.status < 500 ? why.detail : LOST });
    }
  };
  return html`<section class="admin-section" aria-labelledby="gone-title"><h2 id="gone-title" tabindex="-1">${words.GONE_TITLE}</h2>
    ${!found.data ? html`<${Trouble} problem=${found.problem} again=${found.again} />`
    : found.data.data.length === 0 ? html`<p class="muted">${words.GONE_NONE}</p>`
    : html`<ul role="list" class="panel gone">${found.data.data.map((/** @type {import('../../types.js').Removed} */ one) => html`<li key=${one.entry}><h3>${words.goneThing(one.type, one.number)}</h3>
      <p>${one.text}</p><p class="muted small">${words.goneBy(longDay(londonDay(one.at)), one.by, one.reason ?? '')}</p>
      ${wrong.entry === one.entry && html`<p class="wrong" role="alert">${wrong.text}</p>`}
      ${one.undoable ? html`<button class="as-link" onClick=${() => bring(one)}>${words.bringBack(one.type, one.number)}</button>`
    : !reading && html`<p class="small">${words.FIRST_ITS_OBJECTIVE}</p>`}</li>`)}</ul>`}</section>`;
}
