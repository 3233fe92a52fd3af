/**
 * Opening a session, by whatever somebody shows, with the tokens in cookies; and forgetting everything of it.
 */
import { dropSession, keepSession, send } from '../../api.js';
import { forgetCopy, goToSignIn, me, plan, state, tabs, unsaved } from '../../store.js';

/** Whose words wait in `unsaved`, once nobody is signed in. */
let whose = '';

/**
 * @param {string} path
 * @param {Record<string, unknown>} body
 * @returns {Promise<import('../../types.js').Me>}
 */
export async function openSession(path, body) {
  const { data } = await send('POST', path, { body: { ...body, transport: 'cookie' } });
  keepSession(data);
  const who = (await send('GET', '/me', {})).data;
  keepSession(who);
  const before = me.value?.account.id ?? whose;
  if (before && before !== who.account.id) unsaved.clear(); // words wait for whoever wrote them
  return who;
}

/**
 * By password, and by a code of the second factor where it was asked for.
 * @param {string} email
 * @param {string} password
 * @param {string} [code]
 * @returns {Promise<import('../../types.js').Me>}
 */
export const signIn = (email, password, code) => openSession('/auth/sign-in', { email, password, code });

function forget() {
  dropSession();
  forgetCopy();
  me.value = null;
  plan.value = null;
  state.value = 'signed-out';
}

/** Forget everything that belongs to the person, once signed out; the other tabs follow. */
export function clearAll() {
  unsaved.clear();
  forget();
  tabs.postMessage('');
}

/** Another tab has signed out: show no plan here either. Words that wait here were not asked about there, so they wait on. */
export function follow() {
  if (!me.value) return;
  whose = me.value.account.id;
  forget();
  goToSignIn();
}
