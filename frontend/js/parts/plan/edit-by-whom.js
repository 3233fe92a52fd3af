/**
 * Who is on an action: the list with its order and the words in brackets, and finding whoever is to join it.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { plan } from '../../store.js';
import { bodyOf, moved, paperWords } from '../../rules/by-whom.js';
import { DOWN, MOVED, NOBODY, NO_AGENCY, OF, ON_IT, PAPER, QUALIFIER, REMOVE, REMOVED, ADDED, TWICE, UP } from '../../words/people/people-on-it.js';
import { listed } from '../../words.js';
import { PlaceFinder } from '../people/holder-finder.js';

/** @typedef {import('../../rules/by-whom.js').Row} Row */

/** @param {{action: import('../../types.js').ActionDetail, values: {rows: Row[]}, change: (part: any) => void, problems: {field: string, text: string}[]}} props */
export function Places({ values, change, problems }) {
  const { rows } = values;
  const [said, setSaid] = useState('');
  // A row that moves takes its button along, and the browser forgets that it had the focus.
  const focus = useRef('');
  useLayoutEffect(() => {
    if (focus.current) document.getElementById(focus.current)?.focus();
    focus.current = '';
  }, [rows]);
  /** @param {number} at @param {number} by */
  const move = (at, by) => {
    const place = at + by;
    focus.current = `edit-${place === 0 ? 'down' : place === rows.length - 1 ? 'up' : by < 0 ? 'up' : 'down'}-${rows[at].key}`;
    setSaid(MOVED(rows[at].name, place + 1, rows.length));
    change({ rows: moved(rows, at, by) });
  };
  /** @param {number} at */
  const remove = (at) => {
    const left = rows.filter((_, other) => other !== at);
    const next = left[Math.min(at, left.length - 1)];
    focus.current = next ? `edit-remove-${next.key}` : 'edit-find';
    setSaid(REMOVED(rows[at].name));
    change({ rows: left });
  };
  /** @param {Row} row */
  const add = (row) => {
    const twice = row.id && rows.some((one) => one.id === row.id);
    setSaid(twice ? TWICE(row.name) : ADDED(row.name));
    if (!twice) change({ rows: [...rows, row] });
  };
  /** @param {number} at @param {string} qualifier */
  const qualify = (at, qualifier) => change({ rows: rows.map((one, other) => (other === at ? { ...one, qualifier } : one)) });
  return html`<${PlaceFinder} onAdd=${add} />
    <fieldset class="on-it"><legend>${ON_IT}</legend>
    ${!rows.length && html`<p class="hint">${NOBODY}</p>`}
    <ol role="list">${rows.map((row, at) => html`<${OneRow} key=${row.key} row=${row} first=${at === 0} last=${at === rows.length - 1}
      wrong=${problems.find((one) => one.field === `edit-remove-${row.key}`)?.text} onMove=${(by) => move(at, by)} onRemove=${() => remove(at)}
      onQualify=${(words) => qualify(at, words)} />`)}</ol>
    ${rows.length > 0 && html`<p class="hint">${PAPER(paperWords(rows, listed))}</p>`}</fieldset>
    <p role="status" class="unseen">${said}</p>`;
}

/** @param {{row: Row, first: boolean, last: boolean, wrong: string | undefined, onMove: (by: number) => void, onRemove: () => void, onQualify: (words: string) => void}} props */
function OneRow({ row, first, last, wrong, onMove, onRemove, onQualify }) {
  const { key, name } = row;
  /** @param {string} id @param {string} words @param {(event: Event) => void} onClick @param {boolean} [off] */
  const button = (id, words, onClick, off = false) => html`<button type="button" class="button is-second" id=${`edit-${id}-${key}`}
    aria-disabled=${off ? 'true' : undefined} onClick=${off ? undefined : onClick}>${words}<span class="unseen"> ${name}</span></button>`;
  return html`<li class=${wrong ? 'is-wrong' : undefined}><p><b>${row.printed ?? name}</b> <span class="muted small">${row.about}</span></p>
    ${wrong && html`<p class="wrong">${wrong}</p>`}
    <div class="field"><label for=${`edit-qualifier-${key}`}>${QUALIFIER}<span class="unseen">${OF(name)}</span></label>
      <input id=${`edit-qualifier-${key}`} value=${row.qualifier} autocomplete="off" maxlength="200" onInput=${(event) => onQualify(event.target.value)} /></div>
    <div class="buttons">${button('up', UP, () => onMove(-1), first)}${button('down', DOWN, () => onMove(1), last)}${button('remove', REMOVE, onRemove)}</div></li>`;
}

Places.member = 'by_whom';
/** @param {import('../../types.js').ActionDetail} action @returns {{rows: Row[]}} */
Places.start = (action) => ({ rows: action.by_whom.named.map((place) => {
  const kind = place.person ? 'person' : place.group ? 'group' : 'agency';
  const id = place.person ?? place.group ?? place.agency;
  const person = plan.value?.people.find((one) => one.id === id);
  const agency = plan.value?.agencies.find((one) => one.id === person?.agency);
  const about = person ? [agency?.short_name ?? NO_AGENCY, person.post].filter(Boolean).join(', ') : kind;
  return { key: String(id), kind, id, name: place.name, printed: place.name, about, qualifier: place.qualifier ?? '', agency: null, post: null };
}) });
Places.check = () => [];
/** @param {import('../../types.js').ActionDetail} action @param {{rows: Row[]}} props */
Places.request = (action, { rows }) => ['PATCH', `/actions/${action.id}`, { by_whom: bodyOf(rows) }];
/** @param {import('../../types.js').ActionDetail} action */
Places.says = (action) => action.by_whom.printed;
/** @param {{rows: Row[]}} props */
Places.mine = ({ rows }) => paperWords(rows, listed);
/** @param {string} pointer @param {{rows: Row[]}} props */
Places.fieldAt = (pointer, { rows }) => {
  const row = rows[Number(/^\/by_whom\/(\d+)/.exec(pointer)?.[1] ?? -1)];
  return row ? `edit-remove-${row.key}` : 'edit-find';
};
