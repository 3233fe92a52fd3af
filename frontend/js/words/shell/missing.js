/**
 * An address that leads nowhere.
 */
import { html } from '../../core.js';

export const NAME = 'Page not found';
export const TITLE = 'There is no page at this address';
/** @param {string} overview */
export const WHAT_NOW = (overview) => html`Check the address, or <a href=${overview}>go to the overview</a>.`;
