/**
 * How I sign in: password, passkeys, authenticator app, recovery codes.
 */
import { html, useEffect, useState } from '../../core.js';
import { Problem, request } from '../../api.js';
import { H1 } from '../../parts/bits.js';
import { hasPasskeys } from '../../parts/accounts/passkeys.js';
import { me, notice, open, state } from '../../store.js';
import { OPENING, TRY_AGAIN } from '../../words.js';
import { AWAY } from '../../words/accounts/sign-in.js';
import { ROLE_WORDS } from '../../words/plan/kinds.js';
import { SECTIONS } from '../../words/accounts/account.js';
import * as words from '../../words/accounts/security.js';
import MailFirst from './mail-first.js';
import Password from './password.js';
import Passkeys from './passkeys.js';
import RecoveryCodes from './recovery-codes.js';
import Totp from './totp.js';

/** The page at "/account/security". */
export default function Security() {
  const [factors, setFactors] = useState(/** @type {import('../../types.js').Factors | null} */ (null));
  const [codes, setCodes] = useState(/** @type {string[]} */ ([]));
  const [problem, setProblem] = useState('');
  const load = async () => {
    try {
      setFactors((await request('GET', '/me/factors')).data);
      setProblem('');
    } catch (why) {
      if (!(why instanceof Problem)) throw why;
      setProblem(AWAY);
    }
  };
  useEffect(() => { load(); }, []);

  /** @param {string} said @param {string[]} [shown] recovery codes to be kept now */
  const changed = async (said, shown = []) => {
    if (shown.length) setCodes(shown);
    await load();
    if (!shown.length && !codes.length) await goOn();
    notice.value = said;
  };
  /** Open the plan, which waited for the factor. Not while recovery codes are shown: the page is drawn anew with it. */
  const goOn = async () => { if (state.value === 'factor-needed') await open(); };
  const kept = () => {
    setCodes([]);
    goOn();
  };
  const missing = factors?.required && !factors.by_directory && !factors.totp && !factors.passkeys.length;
  const role = ROLE_WORDS[me.value?.account.role ?? ''] ?? '';
  const parts = { factors, changed };
  return html`<${H1} title=${SECTIONS.security[0]}>${SECTIONS.security[0]}<//>
    ${missing && html`<div class="box" role="note"><h2>${words.FACTOR_NEEDED}</h2>
      <p>${words.WHY_NEEDED(role, hasPasskeys())}</p></div>`}
    ${factors?.mail_needed && html`<${MailFirst} again=${load} />`}
    ${problem && html`<p class="wrong" role="alert">${problem} <button class="as-link" onClick=${load}>${TRY_AGAIN}</button></p>`}
    ${!factors && !problem && html`<p role="status" class="muted">${OPENING}</p>`}
    ${factors && !factors.mail_needed && html`
      ${!missing && html`<${Password} ...${parts} />`}
      ${hasPasskeys() && html`<${Passkeys} ...${parts} />`}
      <${Totp} ...${parts} />
      <${RecoveryCodes} ...${parts} codes=${codes} kept=${kept} />
      ${!hasPasskeys() && html`<${Passkeys} ...${parts} />`}`}`;
}
