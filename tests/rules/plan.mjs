/**
 * A small plan for the tests of the rules: four actions of two objectives.
 */

const when = (printed, kind, to = null) => ({ printed, kind, from: to, to, moved: [] });
const rating = (value) => ({ value, basis: '', declared: value, declared_by: null, declared_on: null, acknowledgement: null, says: null });
const place = (name, more) => ({ person: null, group: null, agency: null, name, qualifier: null, ...more });
const last = (text, posted_at) => ({ id: 'u', text, posted_at, author: { name: 'Lucy Goodfellow', agency: null }, entered_by: null, rating: null,
  claim: null, no_change: false, acknowledgement: null });

/** One action, with what the test wants otherwise. */
export const action = (number, more = {}) => ({ id: `a${number}`, number, objective: Number(number.split('.')[0]), position: Number(number.split('.')[1]),
  text: `Do ${number}.`, by_whom: { printed: '', named: [] }, by_when: when('', 'not_given'), status: 'not_reported', status_reason: null, rating: rating(null),
  needs_update: false, past_date: false, notes: [], updates_count: 0, latest_update: null, version: 1, updated_at: '', ...more });

/** The plan, made anew each time. */
export const plan = () => ({
  slug: 'p', as_of: '2026-11-23', rating_key: [],
  counts: { actions: 4, rating: {} },
  objectives: [
    { id: 'o4', number: 4, text: 'Return to school.', short_title: null, lead: { person: 'trevor', name: 'Trevor Cook', printed: 'Trevor Cook, LB Havering' },
      actions: [
        action('4.1', { text: 'Which schools are open.', status: 'delivered', by_whom: { printed: 'Trevor Cook', named: [place('Trevor Cook', { person: 'trevor' })] },
          by_when: when('Completed', 'status_in_date_column') }),
        action('4.9', { text: 'Elective Home Education.', by_when: when('Ongoing', 'ongoing'), rating: rating('G'), latest_update: last('Well under way', '2026-11-01T09:00:00Z') }),
        action('4.10', { text: 'NELFT and the EHE cohort.', by_whom: { printed: 'Teresa DeVito (CCG)', named: [place('Teresa DeVito', { person: 'teresa', qualifier: 'CCG' })] },
          by_when: when('08/04/2021', 'date', '2021-04-08'), past_date: true, needs_update: true, rating: rating('R') }),
      ] },
    { id: 'o5', number: 5, text: 'Demand.', short_title: 'Staff', lead: null, actions: [
      action('5.1', { text: 'CAMHS at MASH.', by_when: when('02/11/2020', 'date', '2020-11-02'), past_date: true, needs_update: true,
        by_whom: { printed: 'everybody', named: [place('everybody', { group: 'g' })] }, latest_update: last('Café “Zoë” was full', '2026-10-01T09:00:00Z') }),
    ] },
  ],
  people: [{ id: 'trevor', name: 'Trevor Cook', post: 'Assistant Director', agency: 'lb', left_on: null },
    { id: 'teresa', name: 'Teresa DeVito', post: null, agency: null, left_on: null }],
  agencies: [{ id: 'lb', name: 'LB Havering', short_name: 'Havering' }],
  groups: [{ id: 'g', name: 'everybody' }],
  notes: [],
  glossary: [{ short: 'CP', long: 'Child Protection', note: null }, { short: 'SCP', long: 'Safeguarding Children Partnership', note: null },
    { short: 'B&D', long: 'Barking and Dagenham', note: null }, { short: 'NELFT', long: 'North East London', note: null }, { short: 'LB', long: null, note: null }],
});
