/**
 * Making a token for a partner's system: which system, of which agency, what it may do, for how long.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { usePaged } from '../../parts/paged.js';
import { withSession } from '../../store.js';

/** What a scope is called here, and what it opens. @type {Record<string, [string, string]>} */
export const SCOPES = {
  'plan:read': ['Read the plan', 'The plan, its actions, updates and numbers, and the people it names (no e-mail addresses)'],
  'changes:read': ['Follow changes', 'What changed since it last asked, and the history of each action'],
  'export:read': ['Take the actions as a table', 'CSV and JSON, one row for each action, for Power BI and spreadsheets'],
  'updates:write': ['Post updates', 'On actions that name its agency; the lead officer acknowledges them as anybody’s'],
};
const FIELDS = ['name', 'agency', 'scopes', 'days'];
const EMPTY = { name: '', agency: '', scopes: /** @type {string[]} */ ([]), days: '365' };

/** What is wrong with it as far as the page can tell. @param {typeof EMPTY} typed */
const check = (typed) => [
  ...(typed.name.trim() ? [] : [{ field: 'token-name', text: 'Name the system, for example Liquidlogic' }]),
  ...(typed.agency ? [] : [{ field: 'token-agency', text: 'Choose the agency whose system it is' }]),
  ...(typed.scopes.length ? [] : [{ field: 'token-scopes', text: 'Choose at least one thing that it may do' }]),
  ...(/^\d+$/.test(typed.days) && +typed.days >= 1 && +typed.days <= 365 ? [] : [{ field: 'token-days', text: 'Write a number of days from 1 to 365' }]),
];

/** What the server found wrong, at the fields it names. @param {Problem} why */
function told(why) {
  if (!why.status) return [{ field: 'token-name', text: 'The server did not answer. Nothing you wrote is lost. Try again in a moment.' }];
  const found = why.errors.map((one) => ({ field: one.pointer.split('/')[1] ?? '', text: one.detail }));
  if (!found.length) return [{ field: 'token-name', text: why.detail }];
  return found.map((one) => ({ ...one, field: `token-${FIELDS.includes(one.field) ? one.field : 'name'}` }));
}

/** @param {{onMade: (token: any) => void}} props */
export function TokenForm({ onMade }) {
  const [typed, setTyped] = useState(EMPTY);
  const [problems, setProblems] = useState(/** @type {{field: string, text: string}[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const key = useRef('');
  const agencies = usePaged('/agencies?limit=200');
  useEffect(() => { if (agencies.next && agencies.state === 'ready') agencies.more(); }, [agencies.next, agencies.state]);
  const write = (name, value) => {
    key.current = ''; // other words are another request
    setTyped({ ...typed, [name]: value });
  };
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const missing = check(typed);
    setProblems(missing);
    if (missing.length) return;
    setBusy(true);
    key.current ||= crypto.randomUUID();
    try {
      const body = { ...typed, name: typed.name.trim(), days: +typed.days };
      const done = await withSession(() => request('POST', '/partner-tokens', { body, headers: { 'Idempotency-Key': key.current } }), 'Sign in again to make this');
      if (done) {
        key.current = '';
        setTyped(EMPTY);
        onMade(done.data);
      }
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblems(told(why));
    }
    setBusy(false);
  };
  const wrong = (id) => problems.find((one) => one.field === id)?.text;
  const field = (id) => ({ id, 'aria-invalid': wrong(id) ? 'true' : undefined, 'aria-describedby': `${id}-hint${wrong(id) ? ` ${id}-wrong` : ''}` });
  const box = (id) => (wrong(id) ? 'field is-wrong' : 'field');
  const Wrong = ({ id }) => wrong(id) && html`<p class="wrong" id=${`${id}-wrong`}>${wrong(id)}</p>`;
  return html`<form class="panel admin-form" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
    <div class=${box('token-name')}><label for="token-name">System</label><p class="hint" id="token-name-hint">What people call it, such as Liquidlogic. Its updates are shown as “via Liquidlogic”.</p>
      ${Wrong({ id: 'token-name' })}<input ...${field('token-name')} value=${typed.name} maxlength="100" autocomplete="off" onInput=${(event) => write('name', event.target.value)} /></div>
    <div class=${box('token-agency')}><label for="token-agency">Agency</label><p class="hint" id="token-agency-hint">${agencies.state === 'failed' ? html`The agencies could not be loaded.
      <button type="button" class="as-link" onClick=${agencies.again}>Try again</button>` : 'It posts only on actions that name this agency or its people.'}</p>
      ${Wrong({ id: 'token-agency' })}<select ...${field('token-agency')} value=${typed.agency} onChange=${(event) => write('agency', event.target.value)}>
        <option value="" selected=${!typed.agency}>Choose…</option>${agencies.rows.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === typed.agency}>${one.name}</option>`)}</select></div>
    <fieldset class=${box('token-scopes')} aria-describedby=${wrong('token-scopes') ? 'token-scopes-wrong' : undefined}><legend>What it may do</legend>${Wrong({ id: 'token-scopes' })}
      ${Object.entries(SCOPES).map(([scope, [words, what]], index) => html`<label key=${scope} class="check scope"><input type="checkbox" id=${index ? undefined : 'token-scopes'} checked=${typed.scopes.includes(scope)}
        onChange=${() => write('scopes', typed.scopes.includes(scope) ? typed.scopes.filter((one) => one !== scope) : [...typed.scopes, scope])} />
        <span>${words}<span class="hint">${what}</span></span></label>`)}</fieldset>
    <div class=${box('token-days')}><label for="token-days">Days until it ends</label><p class="hint" id="token-days-hint">365 at most. Make a new one before this one ends.</p>
      ${Wrong({ id: 'token-days' })}<input ...${field('token-days')} class="is-short" inputmode="numeric" value=${typed.days} onInput=${(event) => write('days', event.target.value.trim())} /></div>
    <p><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Making it…' : 'Make the token'}</button></p></form>`;
}
