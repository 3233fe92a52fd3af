/**
 * Another number or objective for an action, and removing it from the plan. Fetched when one of them is opened.
 */
import { html, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { FormPanel, Member, useForm } from '../forms/directory.js';
import { myPlan, plan, reload } from '../../store.js';
import { arrival, navigate, to } from '../../router.js';
import { firstWords } from '../../words.js';
import * as words from '../../words/plan/structure.js';

/** @typedef {{action: import('../../types.js').ActionDetail, etag: string | null, onChanged: () => void}} Props */

/** Say it on the page that comes next. @param {string} said @param {string} address */
function leave(said, address) {
  arrival.say = said;
  navigate(address, { replace: true });
  return said;
}

/** The objectives that this person may put an action into. @returns {import('../../types.js').Objective[]} */
function objectivesOpen() {
  const mine = myPlan()?.adds_to;
  return (plan.value?.objectives ?? []).filter((one) => mine?.includes(one.id) ?? true);
}

/** The number after the last of an objective. @param {import('../../types.js').Objective | undefined} objective */
const after = (objective) => Math.max(0, ...(objective?.actions ?? []).map((one) => one.position)) + 1;

/** Another number in its objective, or another objective and a number there. @param {Props} props */
export function ChangeNumber({ action, etag }) {
  const all = plan.value?.objectives ?? [];
  const home = all.find((one) => one.number === action.objective)?.id ?? '';
  const open = objectivesOpen();
  /** @param {any} values */
  const isThere = (values) => values.objective === home && values.position === String(action.position);
  const form = useForm({
    method: 'PATCH', path: `/actions/${action.id}`, etag, start: { objective: home, position: String(action.position) },
    read: (one) => ({ objective: all.find((each) => each.number === one.objective)?.id ?? home, position: String(one.position) }), whole: true,
    body: (values) => ({ position: Number(values.position), ...(values.objective === home ? {} : { objective: values.objective }) }),
    check: (values) => (isThere(values) ? [{ field: 'position', text: words.SAME_NUMBER }] : []),
    // The page is found by the number, so the plan is read before it is left: what has the old number now is another action.
    send: async (body, headers) => {
      const answer = await request('PATCH', `/actions/${action.id}`, { body, headers });
      await reload();
      return answer;
    },
    onSaved: (saved) => leave(words.numbered(action.number, saved.number), to(`/actions/${saved.number}`)),
  });
  const there = all.find((one) => one.id === form.values.objective);
  const moves = there?.id !== home;
  // Elsewhere it comes last, unless somebody says where.
  /** @param {string} name @param {string} id */
  const choose = (name, id) => {
    form.set(name, id);
    form.set('position', String(id === home ? action.position : after(all.find((one) => one.id === id))));
  };
  const numbers = (there?.actions ?? []).map((one) => [String(one.position),
    one.id === action.id ? words.isNow(one.number) : words.numberOf(one.number, firstWords(one.text, 60))]);
  if (there && moves) numbers.push([String(after(there)), words.last(`${there.number}.${after(there)}`)]);
  return html`<${FormPanel} form=${form} button=${moves ? words.MOVE_BUTTON : words.NUMBER_BUTTON}>
    <p class="hint">${moves ? words.MOVE_HINT : words.NUMBER_HINT}</p>
    ${open.length > 1 && html`<${Member} form=${{ ...form, set: choose }} name="objective" label=${words.OBJECTIVE}
      choices=${open.map((one) => [one.id, words.numberOf(one.number, one.short_title ?? firstWords(one.text, 60))])} />`}
    <${Member} form=${form} name="position" label=${words.NEW_NUMBER} choices=${numbers} /><//>`;
}

/** A reason, and a second look. @param {Props} props */
export function RemoveAction({ action, etag, onChanged }) {
  const [sure, setSure] = useState(false);
  const path = `/actions/${action.id}/removal`;
  const form = useForm({
    method: 'POST', path, start: { reason: '' }, read: () => ({ reason: '' }),
    body: (values) => ({ reason: values.reason.trim() }),
    check: (values) => [
      ...(values.reason.trim() ? [] : [{ field: 'reason', text: words.REASON_MISSING }]),
      ...(sure ? [] : [{ field: 'remove-sure', text: words.SURE_MISSING }]),
    ],
    send: (sent, headers) => remove(path, sent, { ...headers, 'If-Match': etag ?? '*' }, onChanged),
    onSaved: () => leave(words.removed(action.number), to(`/actions?objective=${action.objective}`)),
  });
  const wrong = form.wrong.find((one) => one.field === 'remove-sure')?.text;
  return html`<${FormPanel} form=${form} button=${words.REMOVE_BUTTON}><p class="hint">${words.removeHint(action.number)}</p>
    <${Member} form=${form} name="reason" label=${words.REASON} hint=${words.REASON_HINT} rows=${2} />
    <div class=${wrong ? 'field is-wrong' : 'field'}>${wrong && html`<p class="wrong" id="remove-wrong">${wrong}</p>`}
      <label class="check"><input type="checkbox" id="remove-sure" checked=${sure} aria-invalid=${wrong ? 'true' : undefined}
        aria-describedby=${wrong ? 'remove-wrong' : undefined} onChange=${(event) => setSure(event.target.checked)} />${words.sure(action.number)}</label></div><//>`;
}

/** Send it; when somebody changed the action meanwhile, it is shown as it stands before it is removed all the same. @param {string} path @param {unknown} body @param {Record<string, string>} headers @param {() => unknown} onChanged */
async function remove(path, body, headers, onChanged) {
  try {
    return await request('POST', path, { body, headers });
  } catch (why) {
    if (!(why instanceof Problem) || why.status !== 412) throw why;
    onChanged();
    throw new Problem(409, { code: 'conflict', detail: words.look(why.detail) }, null);
  }
}
