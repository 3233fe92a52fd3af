/**
 * The glossary of the plan, changed as lines: short form, meaning, note.
 */
import { html } from '../../core.js';
import { H1 } from '../../parts/bits.js';
import { FormPanel, Member, useForm } from '../../parts/forms/directory.js';
import { Trouble, useRead } from '../../parts/reading.js';
import { plan } from '../../store.js';
import { to } from '../../router.js';
import { linesOfTerms, readTerms } from '../../rules/terms.js';
import * as said from '../../words/plan/terms.js';

/** @param {import('../../types.js').Plan} found */
const typed = (found) => ({ glossary: linesOfTerms(found.glossary) });
/** @param {Record<string, string>} values */
const body = (values) => ({ glossary: readTerms(values.glossary).terms });
/** @param {Record<string, string>} values */
const check = (values) => readTerms(values.glossary).wrong.slice(0, 1)
  .map(({ line, code, first }) => ({ field: 'glossary', text: said.WRONG[code](line, first) }));

/** The screen at "/admin/glossary". */
export default function GlossarySettings() {
  const found = useRead(`/plans/${plan.value?.slug}`);
  if (!found.data) return html`${found.problem && html`<${H1} title=${said.TITLE}>${said.TITLE}<//>`}<${Trouble} problem=${found.problem} again=${found.again} />`;
  return html`<${Page} start=${found.data} etag=${found.etag} />`;
}

/** @param {{start: any, etag: string | null}} props */
function Page({ start, etag }) {
  const form = useForm({ method: 'PATCH', path: `/plans/${start.slug}`, etag, start: typed(start), read: typed, body, check, onSaved: () => said.SAVED });
  return html`<${H1} title=${said.TITLE}>${said.TITLE}<//><p class="lead-in muted">${said.LEAD_IN}</p>
    <${FormPanel} form=${form} button=${said.SAVE}><${Member} form=${form} name="glossary" label=${said.FIELD} hint=${said.HINT} rows=${18} /><//>
    <ul role="list" class="admin-links"><li><a href=${to('/glossary')}>${said.SEE}</a></li></ul>`;
}
