/**
 * The facts of an action that are changed where they are read: all that the client knows of them but their form and their words.
 * A fact that api/domain/editable.py declares and this has not fails a test by its name.
 */

/** @typedef {import('../types.js').ActionDetail} ActionDetail */
/**
 * `ability` is the verb that somebody needs for it, `verb` what its change is called in the history, `value` what is compared.
 * @typedef {{ability: string, verb: string, value: (action: ActionDetail) => unknown}} Fact
 */

export const FACTS = /** @type {const} @satisfies {Record<string, Fact>} */ ({
  by_when: { ability: 'move_date', verb: 'date-moved', value: ({ by_when: when }) => [when.printed, when.from, when.to] },
  status: { ability: 'set_status', verb: 'status-changed', value: (action) => action.status },
  text: { ability: 'reword', verb: 'reworded', value: (action) => action.text },
  by_whom: { ability: 'set_by_whom', verb: 'places-changed', value: (action) => action.by_whom.named },
});

/** @typedef {keyof typeof FACTS} FactName */

export const FACT_NAMES = /** @type {FactName[]} */ (Object.keys(FACTS));

/** Which facts differ between two answers. @param {ActionDetail} before @param {ActionDetail} after */
export const changedFacts = (before, after) => FACT_NAMES.filter((name) => (
  JSON.stringify(FACTS[name].value(before)) !== JSON.stringify(FACTS[name].value(after))));
