/**
 * Who has no second factor yet: in numbers by agency, and as a file.
 */
import { html, useState } from '../../core.js';
import { Problem } from '../../api.js';
import { download } from '../../parts/download.js';
import { useRead } from '../../parts/reading.js';
import { plan, withSession } from '../../store.js';
import { to } from '../../router.js';
import { LOST } from '../../words/people/directory.js';
import * as words from '../../words/admin/accounts.js';

/** Below the list of accounts. */
export default function Factors() {
  const found = useRead('/accounts/second-factors');
  const [problem, setProblem] = useState('');
  const take = async () => {
    setProblem('');
    try {
      const file = words.factors.FILE(plan.value?.as_of ?? '');
      await withSession(() => download('/accounts/second-factors.csv', 'text/csv', file).then(() => true), words.SIGN_IN_TO_DO);
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblem(why.status ? why.detail : LOST);
    }
  };
  if (!found.data) return null;
  const { active, without, agencies, required } = /** @type {import('../../types.js').SecondFactors} */ (found.data);
  return html`<section class="admin-section" aria-labelledby="factors-title"><h2 id="factors-title">${words.factors.TITLE}</h2>
    <p>${words.factors.counted(without, active)} ${words.factors.needed(required)}</p>
    <p class="wrong" role="alert">${problem}</p>
    ${without > 0 && html`<ul role="list" class="plain">${agencies.filter((one) => one.without).map((one) => html`<li key=${one.agency?.id ?? ''}>${
  words.factors.ofAgency(one.agency?.name, one.without, one.active)}</li>`)}</ul>
      <p class="buttons"><a class="as-link" href=${to('/admin/accounts?state=no_factor')}>${words.factors.SHOW}</a>
        <button type="button" class="as-link" onClick=${take}>${words.factors.DOWNLOAD}</button></p>`}</section>`;
}
