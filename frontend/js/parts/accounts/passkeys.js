/**
 * Asking the device for a passkey: to make one, to sign in, to confirm.
 */
import { request } from '../../api.js';
import { creationOptions, credentialJson, mayHavePasskeys, requestOptions } from '../../rules/webauthn.js';
import { openSession } from './session.js';

/** Whether this browser can, at this address. */
export const hasPasskeys = () => Boolean(globalThis.PublicKeyCredential) && isSecureContext && mayHavePasskeys(location.hostname);

/** The device did not give one: somebody closed its dialog, or it has none for this site. */
export class NoPasskey extends Error {}

/** @param {() => Promise<Credential | null>} ask */
async function device(ask) {
  let credential = null;
  try {
    credential = await ask();
  } catch (why) {
    throw new NoPasskey(/** @type {Error} */ (why).name);
  }
  if (!credential) throw new NoPasskey('none');
  return credentialJson(credential);
}

/** @param {string} path that gives the challenge */
async function sign(path) {
  const { challenge, public_key: options } = (await request('POST', path)).data;
  return { challenge, credential: await device(() => navigator.credentials.get({ publicKey: requestOptions(options) })) };
}

/**
 * Sign in with a passkey.
 * @returns {Promise<import('../../types.js').Me>}
 * @throws {NoPasskey | import('../../api.js').Problem}
 */
export const signInByPasskey = async () => openSession('/auth/passkey', await sign('/auth/passkey/options'));

/** What to send to /auth/confirm. */
export const confirmationByPasskey = async () => ({ passkey: await sign('/auth/confirm/options') });

/**
 * Make a passkey of one's own under a name.
 * @param {string} name
 */
export async function makePasskey(name) {
  const { challenge, public_key: options } = (await request('POST', '/me/passkeys/options')).data;
  const credential = await device(() => navigator.credentials.create({ publicKey: creationOptions(options) }));
  const { sendWatched } = await import('../forms/case-data-over.js'); // signing in does without it
  await sendWatched((body) => request('POST', '/me/passkeys', { body }), { challenge, name, credential });
}
