/**
 * Passkeys: bytes there and back, and only what the API takes.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creationOptions, credentialJson, mayHavePasskeys, requestOptions, toBytes, toText } from '../../frontend/js/rules/webauthn.js';

const bytes = (...all) => Uint8Array.from(all).buffer;

test('every length and every byte come back', () => {
  for (const all of [[], [0], [251, 255], [255, 254, 253], Array.from({ length: 256 }, (_, index) => index)]) {
    const text = toText(bytes(...all));
    assert.doesNotMatch(text, /[+/=]/);
    assert.deepEqual([...toBytes(text)], all);
  }
});

test('the options of the API become those of the browser', () => {
  const made = creationOptions({ challenge: 'AQ', user: { id: 'Ag', name: 'x' }, excludeCredentials: [{ id: 'Aw', type: 'public-key' }], rp: { id: 'a.example' } });
  assert.deepEqual([[...made.challenge], [...made.user.id], [...made.excludeCredentials[0].id], made.rp.id, made.user.name], [[1], [2], [3], 'a.example', 'x']);
  assert.deepEqual([...requestOptions({ challenge: 'AQ', allowCredentials: [] }).challenge], [1]);
});

test('a new credential says how it connects, as far as the API knows the word', () => {
  const response = { clientDataJSON: bytes(1), attestationObject: bytes(2), getTransports: () => ['usb', 'telepathy'] };
  const sent = credentialJson({ id: 'x', rawId: bytes(9), type: 'public-key', response, authenticatorAttachment: 'platform' });
  assert.deepEqual(sent, { id: 'x', rawId: 'CQ', type: 'public-key', response: { clientDataJSON: 'AQ', attestationObject: 'Ag', transports: ['usb'] } });
});

test('a browser without getTransports is no trouble, nor is an empty user handle', () => {
  assert.deepEqual(credentialJson({ id: 'x', rawId: bytes(9), type: 't', response: { clientDataJSON: bytes(1), attestationObject: bytes(2) } }).response.transports, []);
  const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: bytes() };
  assert.equal(credentialJson({ id: 'x', rawId: bytes(9), type: 't', response }).response.userHandle, null);
});

test('passkeys need a name, not a number', () => {
  for (const host of ['plan.example.org', 'localhost', '1.example']) assert.equal(mayHavePasskeys(host), true);
  for (const host of ['127.0.0.1', '[::1]']) assert.equal(mayHavePasskeys(host), false);
});
