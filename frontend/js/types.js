/**
 * Shapes of what the API answers, for the type checker and for readers. Nothing imports this file at run time.
 *
 * @typedef {'R' | 'A' | 'G' | 'B'} Letter
 * @typedef {'not_reported' | 'not_started' | 'in_progress' | 'delivered' | 'complete' | 'on_hold' | 'business_as_usual'
 *   | 'carried_forward' | 'withdrawn'} Status
 * @typedef {'date' | 'season' | 'month' | 'quarter' | 'year' | 'ongoing' | 'to_be_confirmed' | 'not_given'
 *   | 'status_in_date_column'} WhenKind
 * @typedef {{printed: string, kind: WhenKind, from: string | null, to: string | null}} Period
 * @typedef {Period & {reason: string | null, at: string | null, by: string | null}} Move
 * @typedef {Period & {moved: Move[]}} ByWhen
 * @typedef {{person: string | null, group: string | null, name: string, qualifier: string | null}} Place
 * @typedef {{value: Letter | null, basis: string, declared: Letter | null, declared_by: string | null,
 *   declared_on: string | null, acknowledgement: string | null, says: string | null}} Rating
 * @typedef {{id: string, text: string, posted_at: string, author: {name: string, agency: string | null},
 *   entered_by: string | null, rating: Letter | null, claim: string | null, no_change: boolean,
 *   acknowledgement: string | null}} LatestUpdate
 * @typedef {{code: string, text: string}} Note
 * @typedef {{id: string, number: string, objective: number, position: number, text: string,
 *   by_whom: {printed: string, places: Place[]}, by_when: ByWhen, status: Status, status_reason: string | null,
 *   rating: Rating, needs_update: boolean, past_date: boolean, notes: Note[], updates_count: number,
 *   latest_update: LatestUpdate | null, version: number, updated_at: string}} Action
 * @typedef {{person: string | null, name: string, post: string | null, agency: string | null, printed: string}} Lead
 * @typedef {{id: string, number: number, text: string, short_title: string | null, lead: Lead | null,
 *   actions: Action[]}} Objective
 * @typedef {{id: string, name: string, post: string | null, agency: string | null}} Person
 * @typedef {{id: string, name: string, short_name: string | null}} Agency
 * @typedef {{letter: Letter, word: string, meaning: string}} KeyLine
 * @typedef {{actions: number, rating: Record<string, number>, status: Record<string, number>, dated: number,
 *   past_date: number, needs_update: number, nobody_named: number, no_date: number,
 *   delivered_or_complete: number}} Counts
 * @typedef {{id: string, slug: string, title: string, partnership: string, name: string, heading: string,
 *   owner: {printed: string, person: string | null, name: string} | null, priority: string | null,
 *   service_team: string | null, starts: {printed: string, from: string, to: string} | null,
 *   review_dates: string | null, next_review_on: string | null, summary: string | null, update_every_days: number,
 *   rating_key: KeyLine[], revision: number, as_of: string, counts: Counts, objectives: Objective[],
 *   people: Person[], agencies: Agency[], groups: {id: string, name: string}[], notes: Note[]}} Plan
 * @typedef {{title: string, url: string}} Evidence
 * @typedef {{id: string, action: string, text: string, posted_at: string,
 *   author: {person: string | null, name: string, agency: string | null}, entered_by: string | null,
 *   rating: Letter | null, previous_rating: Letter | null, claim: string | null, no_change: boolean,
 *   next_step: string | null, impact: string | null, evidence: Evidence[], status: Status,
 *   acknowledgement: {state: string, by: string | null, at: string | null, question: string | null} | null,
 *   mine: boolean}} Update
 * @typedef {{at: string, by: string, from: Status, to: Status, reason: string | null, update: string | null}} StatusChange
 * @typedef {Action & {plan: {id: string, slug: string, title: string}, lead: Lead | null,
 *   previous: {id: string, number: string} | null, next: {id: string, number: string} | null, updates: Update[],
 *   links: {updates: string | null}, status_changes: StatusChange[], may: string[],
 *   why_not: Record<string, string>}} ActionDetail
 * @typedef {{id: string, slug: string, title: string, leads: number[], on: string[], owed: string[],
 *   to_acknowledge: string[], to_sign_off: string[]}} MyPlan
 * @typedef {{account: {id: string, name: string, email: string, role: string},
 *   person: {id: string, name: string, post: string | null, agency: Agency | null} | null,
 *   csrf_token: string | null, may: string[], plans: MyPlan[]}} Me
 * @typedef {{text: string, rating: Letter | 'D' | null, nextStep: string, impact: string, evidence: Evidence[],
 *   onBehalfOf: string, version: string | null, key: string, at: string, number: string}} Draft
 */
export {};
