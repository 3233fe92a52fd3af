/**
 * The history of one action, below its timeline; fetched when it is opened, and again when the action changed.
 */
import { html, useEffect, useRef } from '../../core.js';
import { Entries } from './entries.js';
import { usePaged } from '../paged.js';
import { BEGINNING } from '../../words/history/history.js';

/** @param {{action: import('../../types.js').ActionDetail, onChanged: () => void}} props */
export default function History({ action, onChanged }) {
  const list = usePaged(`/actions/${action.id}/history?limit=10`);
  const read = useRef(action.updated_at);
  useEffect(() => {
    if (read.current === action.updated_at) return;
    read.current = action.updated_at;
    list.again();
  }, [action.updated_at]);
  return html`<${Entries} list=${list} rows=${list.rows} level="h3" more=${Boolean(list.next)} end=${BEGINNING} onChanged=${onChanged} />`;
}
