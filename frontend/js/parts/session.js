/**
 * Opening a session, by whatever somebody shows, with the tokens in cookies; and forgetting everything of it.
 */
import { dropSession, keepSession, send } from '../api.js';
import { forgetCopy, me, plan, state, unsaved } from '../store.js';

/**
 * @param {string} path
 * @param {Record<string, unknown>} body
 * @returns {Promise<import('../types.js').Me>}
 */
export async function openSession(path, body) {
  const { data } = await send('POST', path, { body: { ...body, transport: 'cookie' } });
  keepSession(data);
  const who = (await send('GET', '/me', {})).data;
  keepSession(who);
  return who;
}

/**
 * By password, and by a code of the second factor where it was asked for.
 * @param {string} email
 * @param {string} password
 * @param {string} [code]
 * @returns {Promise<import('../types.js').Me>}
 */
export const signIn = (email, password, code) => openSession('/auth/sign-in', { email, password, code });

/** Forget everything that belongs to the person, once signed out. */
export function clearAll() {
  dropSession();
  forgetCopy();
  unsaved.clear();
  me.value = null;
  plan.value = null;
  state.value = 'signed-out';
}
