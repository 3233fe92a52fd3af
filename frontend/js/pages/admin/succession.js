/**
 * What an agency became: an existing one or a new one, from a day; with what will move said before it is done.
 */
import { html, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { sendWatched } from '../../parts/case-data-over.js';
import { LOST, Member } from '../../parts/directory.js';
import { notice, reload, withSession } from '../../store.js';
import { longDay, plural } from '../../words.js';

/** @type {Record<string, string>} */
const POINTERS = { '/new/name': 'new-name', '/new/short_name': 'new-short', '/successor': 'successor', '/on': 'on', '/note': 'note' };

/** @param {{agency: any, all: any[], onDone: () => void}} props */
export default function Succession({ agency, all, onDone }) {
  const [values, setValues] = useState({ which: 'new', successor: '', 'new-name': '', 'new-short': '', on: '', note: '' });
  const [wrong, setWrong] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const set = (name, value) => setValues((now) => ({ ...now, [name]: value }));
  const form = /** @type {any} */ ({ values, set, wrong, theirs: [] });
  const fresh = values.which === 'new';
  const name = fresh ? values['new-name'].trim() : all.find((one) => one.id === values.successor)?.name;

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
      const record = (body) => request('POST', `/agencies/${agency.id}/succession`, { body, headers });
      const answer = await withSession(() => sendWatched(record, sent), 'Sign in again to save this');
      if (!answer) return;
      notice.value = `${agency.short_name} is now ${answer.data.successor.short_name}`;
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
  return html`<details class="panel became"><summary>It became another agency…</summary>
    <form class="admin-form" onSubmit=${save} novalidate><${ErrorSummary} problems=${wrong} />
      <fieldset class="checks"><legend>It became</legend>${[['new', 'A new agency'], ['listed', 'An agency that is listed']].map(([which, words]) => html`
        <label key=${which} class="check"><input type="radio" name="which" checked=${values.which === which} onChange=${() => set('which', which)} />${words}</label>`)}</fieldset>
      ${fresh ? html`<${Member} form=${form} name="new-name" label="Name of the new agency" most=${200} />
        <${Member} form=${form} name="new-short" label="Its short name" most=${60} hint="Left empty, it is called by its name." />`
    : html`<${Member} form=${form} name="successor" label="Which" choices=${[['', 'Choose'], ...others]} />`}
      <${Member} form=${form} name="on" label="From which day" type="date" />
      <${Member} form=${form} name="note" label="Note" rows=${2} hint="For the history; may be left empty." />
      <p class="box" id="moves">${preview(agency, name || 'the new agency', values.on)}</p>
      <div><button class="button" aria-describedby="moves" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Saving…' : 'Record what it became'}</button></div></form></details>`;
}

/** What will move, in a sentence. @param {any} agency @param {string} name @param {string} on */
function preview(agency, name, on) {
  const people = agency.people.filter((one) => !one.left_on || !on || one.left_on >= on).length;
  const parts = [people && plural(people, 'person', 'people'), agency.named_on && `${plural(agency.named_on, 'action')} that ${agency.named_on === 1 ? 'names' : 'name'} it`,
    agency.tokens && plural(agency.tokens, 'partner system')].filter(Boolean);
  const one = parts.length === 1 && people + agency.named_on + agency.tokens === 1;
  const moving = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}` : parts[0] ?? 'Nobody and nothing';
  return `${moving} ${one || !parts.length ? 'moves' : 'move'} to ${name}${on ? ` from ${longDay(on)}` : ''}. Older papers and posted updates keep ${agency.short_name}.`;
}

/** @param {Record<string, string>} values */
const check = (values) => [
  ...(values.which === 'new' && !values['new-name'].trim() ? [{ field: 'new-name', text: 'Enter the name of the new agency' }] : []),
  ...(values.which !== 'new' && !values.successor ? [{ field: 'successor', text: 'Choose what it became' }] : []),
  ...(values.on ? [] : [{ field: 'on', text: 'Enter the day from which it holds' }]),
];
