/**
 * A dialog over whatever page is shown, until it is answered.
 */
import { html, render } from '../../core.js';

/** @type {Promise<boolean> | null} */
let asking = null;

/**
 * Ask, once, however many requests wait for the answer.
 * @param {(name: string) => unknown} loadSheet
 * @param {any} Dialog told `done`, to be called with the answer when it has closed
 * @param {Record<string, unknown>} [told] what else it is told
 * @returns {Promise<boolean>}
 */
export function askOver(loadSheet, Dialog, told = {}) {
  asking ??= (async () => {
    await loadSheet('action.css');
    const place = document.body.appendChild(document.createElement('div'));
    const answer = await new Promise((done) => { render(html`<${Dialog} ...${told} done=${done} />`, place); });
    render(null, place);
    place.remove();
    asking = null;
    return answer;
  })();
  return asking;
}
