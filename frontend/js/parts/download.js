/**
 * A file from the API, kept by the browser under a name. Not a plain link: an answer that asks for the password first must reach the page.
 */
import { request } from '../api.js';

/**
 * @param {string} path below /api/v1
 * @param {string} media what the address gives
 * @param {string} name
 * @throws {import('../api.js').Problem}
 */
export async function download(path, media, name) {
  const { data } = await request('GET', path, { headers: { Accept: media }, file: true });
  const href = URL.createObjectURL(data);
  const link = Object.assign(document.createElement('a'), { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
