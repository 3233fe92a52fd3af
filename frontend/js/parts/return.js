/**
 * Return a contributor's update with a question. Fetched when it is opened.
 */
import { html } from '../core.js';
import { Words, useAct } from './acts.js';
import { SmallForm } from './small-form.js';

/** @param {{update: import('../types.js').Update, onChanged: () => void}} props */
export default function Return({ update, onChanged }) {
  const { act, ...state } = useAct(`The update by ${update.author.name} is answered`, onChanged);
  return html`<${SmallForm} id=${`return-${update.id}`} button="Return with this question" state=${state}
    onSend=${(data) => act('POST', `/updates/${update.id}/acknowledgement`, { state: 'returned', question: data.question.trim() })}>
    <${Words} id=${`question-${update.id}`} name="question" label=${`Question to ${update.author.name}`} required=${true} /><//>`;
}
