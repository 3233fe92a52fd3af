/**
 * Passkeys between the API's JSON and the browser's bytes (WebAuthn): base64url without padding on our side.
 */

/**
 * @param {string} text base64url
 * @returns {Uint8Array}
 */
export function toBytes(text) {
  const raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {string} base64url
 */
export function toText(bytes) {
  const raw = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(raw).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @param {{id: string, type: string}[]} list */
const known = (list) => list.map((one) => ({ ...one, id: toBytes(one.id) }));

/**
 * What navigator.credentials.create() takes.
 * @param {any} options as the API gives them
 * @returns {any}
 */
export const creationOptions = (options) => ({
  ...options,
  challenge: toBytes(options.challenge),
  user: { ...options.user, id: toBytes(options.user.id) },
  excludeCredentials: known(options.excludeCredentials),
});

/**
 * What navigator.credentials.get() takes.
 * @param {any} options as the API gives them
 * @returns {any}
 */
export const requestOptions = (options) => ({
  ...options,
  challenge: toBytes(options.challenge),
  allowCredentials: known(options.allowCredentials),
});

/** The kinds of connection that the API knows; a newer browser may name others. */
const TRANSPORTS = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal', 'cable'];

/**
 * A credential as the API takes it: those members only.
 * @param {any} credential of the browser
 * @returns {{id: string, rawId: string, type: string, response: Record<string, unknown>}}
 */
export function credentialJson(credential) {
  const given = credential.response;
  const response = given.attestationObject
    ? { clientDataJSON: toText(given.clientDataJSON), attestationObject: toText(given.attestationObject),
      transports: (given.getTransports?.() ?? []).filter((/** @type {string} */ one) => TRANSPORTS.includes(one)) }
    : { clientDataJSON: toText(given.clientDataJSON), authenticatorData: toText(given.authenticatorData),
      signature: toText(given.signature), userHandle: given.userHandle?.byteLength ? toText(given.userHandle) : null };
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response };
}

/**
 * Whether browsers make passkeys for a host: they do not for an address that is a number.
 * @param {string} host
 * @returns {boolean}
 */
export const mayHavePasskeys = (host) => !/^[\d.]+$|^\[/.test(host);
