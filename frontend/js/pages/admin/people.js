/**
 * What stands behind /admin/people/{id}/…: the handover.
 */
import { html, useEffect, useState } from '../../core.js';
import { H1 } from '../../parts/bits.js';

/** The screen at "/admin/people" and below it. @param {{id: string}} props */
export default function People({ id }) {
  const [Screen, setScreen] = useState(/** @type {any} */ (null));
  useEffect(() => { if (id) import('./handover.js').then((module) => setScreen(() => module.default)); }, []);
  if (!id) return html`<${H1} title="People">People<//>`;
  return Screen ? html`<${Screen} id=${id} />` : html`<p role="status">Opening…</p>`;
}
