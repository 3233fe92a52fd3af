/**
 * The only file that imports from vendor/, so that a library can be changed or pinned back in one place.
 */
import { Fragment, h, render } from '../vendor/preact.js';
import { useEffect, useLayoutEffect, useRef, useState } from '../vendor/hooks.js';
import { batch, computed, effect, signal } from '../vendor/signals.js';
import htm from '../vendor/htm.js';

/** Tagged template that makes Preact nodes: text is always text, never markup. */
export const html = htm.bind(h);

export { Fragment, batch, computed, effect, render, signal, useEffect, useLayoutEffect, useRef, useState };
