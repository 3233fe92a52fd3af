/**
 * The address: what it asks for, and which may be followed after signing in.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.location = /** @type {any} */ (new URL('https://plan.example/'));
const { readRoute } = await import('../../frontend/js/router.js');
const { localPath } = await import('../../frontend/js/rules/addresses.js');

const read = (address) => readRoute(new URL(address, 'https://plan.example'));

test('each address has its page', () => {
  const pages = { '/': 'overview', '/actions': 'actions', '/actions/4.10': 'action', '/my?next=update-4.10': 'my', '/search?q=x': 'search', '/glossary/': 'glossary',
    '/reset': 'link', '/stop': 'link', '/factor': 'link', '/admin': 'admin', '/admin/people/0190': 'admin', '/account/security': 'account', '/actions/4.10/more': 'missing', '/nowhere': 'missing' };
  for (const [address, page] of Object.entries(pages)) assert.equal(read(address).page, page, address);
});

test('4.10 stays text, and what follows the question mark is read', () => {
  const route = read('/actions/4.10?a=1&a=2#update');
  assert.deepEqual([route.number, route.query.getAll('a'), route.hash], ['4.10', ['1', '2'], '#update']);
});

test('/p/{slug} names the plan and is no part of the path', () => {
  assert.deepEqual([read('/p/havering-2020-23/actions/3.4').slug, read('/p/havering-2020-23/actions/3.4').path], ['havering-2020-23', '/actions/3.4']);
  assert.deepEqual([read('/p/a%20b').slug, read('/p/a%20b').page], ['a b', 'overview']);
});

test('an address that cannot be read, and a name that every object has, lead nowhere', () => {
  for (const address of ['/p/%ZZ/', '/actions/%E0%A4%A', '/constructor', '/p/x/constructor']) assert.equal(read(address).page, 'missing', address);
  assert.equal(read('/p/x/constructor').slug, 'x');
});

test('only an address on this site is followed', () => {
  for (const path of ['/my', '/actions?q=1#x', '/p/plan/', '/sign-in-sheet', '/actions?next=/sign-in']) assert.equal(localPath(path), path);
  for (const away of [null, '', 'my', '//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example/', 'javascript:alert(1)', '/\t/elsewhere.example']) {
    assert.equal(localPath(away), '/', String(away));
  }
});

test('nor one that leaves somebody where they were, or with a secret that another chose', () => {
  for (const address of ['/sign-in', '/sign-in/?next=/sign-in', '/p/plan/sign-in', '/my/../sign-in', '/%2e/sign-in', '/reset#secret', '/email#secret', '/stop#secret', '/factor#secret', '/p/plan/factor', '/invitation/',
    '/api/v1/me', '/assets/x', '/\t/[', '/\t/elsewhere.example']) {
    assert.equal(localPath(address, '/my'), '/my', address);
  }
});
