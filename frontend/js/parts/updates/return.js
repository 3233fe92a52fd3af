/**
 * Return a contributor's update with a question. Fetched when it is opened.
 */
import { html } from '../../core.js';
import { Words, useAct } from '../forms/acts.js';
import { SmallForm } from '../forms/small-form.js';
import * as said from '../../words/updates/acts.js';

/** @param {{update: import('../../types.js').Update, onChanged: () => void}} props */
export default function Return({ update, onChanged }) {
  const { act, ...state } = useAct(said.answered(update.author.name), onChanged);
  return html`<${SmallForm} id=${`return-${update.id}`} button=${said.RETURN_SEND} state=${state}
    onSend=${(data) => act('POST', `/updates/${update.id}/acknowledgement`, { state: 'returned', question: data.question.trim() })}>
    <${Words} id=${`question-${update.id}`} name="question" label=${said.question(update.author.name)} required=${true} /><//>`;
}
