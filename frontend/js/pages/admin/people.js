/**
 * People of the directory: so far only the data that is held about one of them.
 */
import { html } from '../../core.js';
import PersonData from './person-data.js';

/** The screen at "/admin/people/{id}/data". @param {{id: string}} props */
export default function People({ id }) {
  return html`<${PersonData} id=${id} />`;
}
