/**
 * What an agency became: an existing one or a new one, from a day; with what will move said before it is done.
 */
import { html, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { sendWatched } from '../../parts/forms/case-data-over.js';
import { Member } from '../../parts/forms/directory.js';
import { notice, reload, withSession } from '../../store.js';
import * as words from '../../words/admin/agencies.js';
import { LOST, SAVING, SIGN_IN_TO_SAVE } from '../../words/people/directory.js';

/** @type {Record<string, string>} */
const POINTERS = { '/new/name': 'new-name', '/new/short_name': 'new-short', '/successor': 'successor', '/on': 'on', '/note': 'note' };

/** @param {{agency: any, all: any[], onDone: () => void}} props */
export default function Succession({ agency, all, onDone }) {
  const [values, setValues] = useState({ which: 'new', successor: '', 'new-name': '', 'new-short': '', on: '', note: '' });
  const [wrong, setWrong] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  /** @param {string} name @param {string} value */
  const set = (name, value) => setValues((now) => ({ ...now, [name]: value }));
  const form = /** @type {any} */ ({ values, set, wrong, theirs: [] });
  const fresh = values.which === 'new';
  const name = fresh ? values['new-name'].trim() : all.find((one) => one.id === values.successor)?.name;

  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    if (busy) return;
    const found = check(values);
    setWrong(found);
    notice.value = '';
    if (found.length) return;
    const short = values['new-short'].trim();
    const became = fresh ? { new: { name: values['new-name'].trim(), ...(short ? { short_name: short } : {}) } } : { successor: values.successor };
    const sent = { ...became, on: values.on, ...(values.note.trim() ? { note: values.note.trim() } : {}) };
    setBusy(true);
    try {
      const headers = { 'Idempotency-Key': key.current };
      /** @param {any} body */
      const record = (body) => request('POST', `/agencies/${agency.id}/succession`, { body, headers });
      const answer = await withSession(() => sendWatched(record, sent), SIGN_IN_TO_SAVE);
      if (!answer) return;
      notice.value = words.isNow(agency.short_name, answer.data.successor.short_name);
      reload();
      onDone();
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      const first = fresh ? 'new-name' : 'successor';
      const said = why.status && why.status < 500 ? why.detail : LOST;
      setWrong(why.errors.length ? why.errors.map((one) => ({ field: POINTERS[one.pointer] ?? first, text: one.detail })) : [{ field: first, text: said }]);
    } finally {
      setBusy(false);
    }
  };
  const others = all.filter((one) => one.id !== agency.id && !one.ended_on).map((one) => [one.id, one.name]);
  return html`<details class="panel became"><summary>${words.BECAME_TITLE}</summary>
    <form class="admin-form" onSubmit=${save} novalidate><${ErrorSummary} problems=${wrong} />
      <fieldset class="checks"><legend>${words.BECAME}</legend>${words.WHICH_KIND.map(([which, title]) => html`
        <label key=${which} class="check"><input type="radio" name="which" checked=${values.which === which} onChange=${() => set('which', which)} />${title}</label>`)}</fieldset>
      ${fresh ? html`<${Member} form=${form} name="new-name" label=${words.NEW_NAME} most=${200} />
        <${Member} form=${form} name="new-short" label=${words.NEW_SHORT} most=${60} hint=${words.NEW_SHORT_HINT} />`
    : html`<${Member} form=${form} name="successor" label=${words.WHICH} choices=${[['', words.CHOOSE], ...others]} />`}
      <${Member} form=${form} name="on" label=${words.FROM_DAY} type="date" />
      <${Member} form=${form} name="note" label=${words.NOTE} rows=${2} hint=${words.NOTE_HINT} />
      <p class="box" id="moves">${preview(agency, name || words.THE_NEW_ONE, values.on)}</p>
      <div><button class="button" aria-describedby="moves" aria-disabled=${busy ? 'true' : undefined}>${busy ? SAVING : words.BECAME_BUTTON}</button></div></form></details>`;
}

/** What will move, in a sentence. @param {any} agency @param {string} name @param {string} on */
function preview(agency, name, on) {
  const people = agency.people.filter((/** @type {import('../../types.js').AgencyDetail['people'][number]} */ one) => !one.left_on || !on || one.left_on >= on).length;
  return words.willMove({ people, actions: agency.named_on, systems: agency.tokens, name, day: on, old: agency.short_name });
}

/** @param {Record<string, string>} values */
const check = (values) => [
  ...(values.which === 'new' && !values['new-name'].trim() ? [{ field: 'new-name', text: words.NEW_NAME_MISSING }] : []),
  ...(values.which !== 'new' && !values.successor ? [{ field: 'successor', text: words.WHICH_MISSING }] : []),
  ...(values.on ? [] : [{ field: 'on', text: words.FROM_DAY_MISSING }]),
];
