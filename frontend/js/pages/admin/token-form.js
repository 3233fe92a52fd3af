/**
 * Making a token for a partner's system: which system, of which agency, what it may do, for how long.
 */
import { html, useEffect, useRef, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { ErrorSummary } from '../../parts/bits.js';
import { sendWatched } from '../../parts/forms/case-data-over.js';
import { usePaged } from '../../parts/paged.js';
import { withSession } from '../../store.js';
import * as words from '../../words/admin/tokens.js';

const FIELDS = ['name', 'agency', 'scopes', 'days'];
const EMPTY = { name: '', agency: '', scopes: /** @type {string[]} */ ([]), days: '365' };

/** What is wrong with it as far as the page can tell. @param {typeof EMPTY} typed */
const check = (typed) => [
  ...(typed.name.trim() ? [] : [{ field: 'token-name', text: words.SYSTEM_MISSING }]),
  ...(typed.agency ? [] : [{ field: 'token-agency', text: words.AGENCY_MISSING }]),
  ...(typed.scopes.length ? [] : [{ field: 'token-scopes', text: words.MAY_MISSING }]),
  ...(/^\d+$/.test(typed.days) && +typed.days >= 1 && +typed.days <= 365 ? [] : [{ field: 'token-days', text: words.DAYS_WRONG }]),
];

/** What the server found wrong, at the fields it names. @param {Problem} why */
function told(why) {
  if (!why.status) return [{ field: 'token-name', text: words.LOST }];
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
  /** @param {string} name @param {string | string[] | number} value */
  const write = (name, value) => {
    key.current = ''; // other words are another request
    setTyped({ ...typed, [name]: value });
  };
  /** @param {Event} event */
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
      /** @param {any} watched */
      const make = (watched) => request('POST', '/partner-tokens', { body: watched, headers: { 'Idempotency-Key': key.current } });
      const done = await withSession(() => sendWatched(make, body), words.SIGN_IN_TO_MAKE);
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
  /** @param {string} id */
  const wrong = (id) => problems.find((one) => one.field === id)?.text;
  /** @param {string} id */
  const field = (id) => ({ id, 'aria-invalid': wrong(id) ? 'true' : undefined, 'aria-describedby': `${id}-hint${wrong(id) ? ` ${id}-wrong` : ''}` });
  /** @param {string} id */
  const box = (id) => `field${wrong(id) ? ' is-wrong' : ''}`;
  /** @param {{id: string}} props */
  const Wrong = ({ id }) => wrong(id) && html`<p class="wrong" id=${`${id}-wrong`}>${wrong(id)}</p>`;
  return html`<form class="panel admin-form" onSubmit=${submit} novalidate><${ErrorSummary} problems=${problems} />
    <div class=${box('token-name')}><label for="token-name">${words.SYSTEM}</label><p class="hint" id="token-name-hint">${words.SYSTEM_HINT}</p>
      ${Wrong({ id: 'token-name' })}<input ...${field('token-name')} value=${typed.name} maxlength="100" autocomplete="off" onInput=${(event) => write('name', event.target.value)} /></div>
    <div class=${box('token-agency')}><label for="token-agency">${words.AGENCY}</label><p class="hint" id="token-agency-hint">${agencies.state === 'failed' ? html`${words.NO_AGENCIES}
      <button type="button" class="as-link" onClick=${agencies.again}>${words.TRY_AGAIN}</button>` : words.AGENCY_HINT}</p>
      ${Wrong({ id: 'token-agency' })}<select ...${field('token-agency')} value=${typed.agency} onChange=${(event) => write('agency', event.target.value)}>
        <option value="" selected=${!typed.agency}>${words.CHOOSE}</option>${agencies.rows.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === typed.agency}>${one.name}</option>`)}</select></div>
    <fieldset class=${box('token-scopes')} aria-describedby=${wrong('token-scopes') ? 'token-scopes-wrong' : undefined}><legend>${words.MAY_LEGEND}</legend>${Wrong({ id: 'token-scopes' })}
      ${Object.entries(words.SCOPES).map(([scope, [label, what]], index) => html`<label key=${scope} class="check scope"><input type="checkbox" id=${index ? undefined : 'token-scopes'} checked=${typed.scopes.includes(scope)}
        onChange=${() => write('scopes', typed.scopes.includes(scope) ? typed.scopes.filter((one) => one !== scope) : [...typed.scopes, scope])} />
        <span>${label}<span class="hint">${what}</span></span></label>`)}</fieldset>
    <div class=${box('token-days')}><label for="token-days">${words.DAYS}</label><p class="hint" id="token-days-hint">${words.DAYS_HINT}</p>
      ${Wrong({ id: 'token-days' })}<input ...${field('token-days')} class="is-short" inputmode="numeric" value=${typed.days} onInput=${(event) => write('days', event.target.value.trim())} /></div>
    <p><button class="button" aria-disabled=${busy ? 'true' : undefined}>${busy ? words.MAKING : words.MAKE_BUTTON}</button></p></form>`;
}
