/**
 * Shapes of what the API answers, for the type checker and for readers; never served to a page that runs.
 */
export type Letter = 'R' | 'A' | 'G' | 'B';
export type Status = 'not_reported' | 'not_started' | 'in_progress' | 'delivered' | 'complete' | 'on_hold' | 'business_as_usual'
  | 'carried_forward' | 'withdrawn';
export type WhenKind = 'date' | 'season' | 'month' | 'quarter' | 'year' | 'ongoing' | 'to_be_confirmed' | 'not_given'
  | 'status_in_date_column';
export type Period = {printed: string, kind: WhenKind, from: string | null, to: string | null};
export type Move = Period & {reason: string | null, at: string | null, by: string | null};
export type ByWhen = Period & {moved: Move[]};
export type Named = {person: string | null, group: string | null, agency: string | null, name: string, qualifier: string | null};
export type Rating = {value: Letter | null, basis: string, declared: Letter | null, declared_by: string | null,
  declared_on: string | null, acknowledgement: string | null, says: string | null};
export type LatestUpdate = {id: string, text: string, posted_at: string, author: {name: string, agency: string | null},
  entered_by: string | null, rating: Letter | null, claim: string | null, no_change: boolean,
  acknowledgement: string | null, corrected: boolean};
export type Note = {code: string, text: string, for: 'admin' | 'lead' | null};
export type Action = {id: string, number: string, objective: number, position: number, text: string,
  by_whom: {printed: string, first_printed: string | null, named: Named[]}, by_when: ByWhen, status: Status, status_reason: string | null,
  rating: Rating, needs_update: boolean, past_date: boolean, notes: Note[], updates_count: number,
  latest_update: LatestUpdate | null, version: number, updated_at: string};
export type Lead = {person: string | null, name: string, post: string | null, agency: string | null, printed: string};
export type Objective = {id: string, number: number, text: string, short_title: string | null, lead: Lead | null,
  actions: Action[]};
export type PlanPerson = {id: string, name: string, post: string | null, agency: string | null, left_on: string | null};
export type ShortAgency = {id: string, name: string, short_name: string | null};
export type KeyLine = {letter: Letter, word: string, meaning: string};
export type Counts = {actions: number, rating: Record<string, number>, status: Record<string, number>, dated: number,
  past_date: number, needs_update: number, nobody_named: number, no_date: number,
  delivered_or_complete: number};
export type Plan = {id: string, slug: string, title: string, partnership: string, name: string, heading: string,
  owner: {printed: string, person: string | null, name: string} | null, ends_on: string | null, priority: string | null,
  service_team: string | null, starts: {printed: string, from: string | null, to: string | null} | null,
  review_dates: string | null, next_review_on: string | null, summary: string | null, update_every_days: number,
  rating_key: KeyLine[], revision: number, as_of: string, created_at: string, counts: Counts, objectives: Objective[],
  people: PlanPerson[], agencies: ShortAgency[], groups: {id: string, name: string}[], notes: Note[], glossary: Term[]};
export type Term = {short: string, long: string | null, note: string | null};
export type Evidence = {title: string, url: string};
export type Update = {id: string, action: string, text: string, posted_at: string,
  author: {person: string | null, name: string, agency: string | null}, entered_by: string | null,
  rating: Letter | null, previous_rating: Letter | null, claim: string | null, no_change: boolean,
  next_step: string | null, impact: string | null, evidence: Evidence[], status: Status,
  acknowledgement: {state: string, by: string | null, at: string | null, question: string | null} | null,
  mine: boolean, via: string | null, withdrawn: {by: string, at: string, reason: string} | null,
  redacted: {at: string, reason: string} | null, corrected_at: string | null, may_correct: boolean,
  wordings: {text: string, next_step: string | null, impact: string | null, evidence: Evidence[], until: string}[]};
export type CaseDataWarning = {pointer: string, kind: string, words: string, detail: string};
export type StatusChange = {at: string, by: string, from: Status, to: Status, reason: string | null, update: string | null};
export type ActionDetail = Action & {text_printed: string | null, plan: {id: string, slug: string, title: string}, objective_id: string, lead: Lead | null,
  previous: {id: string, number: string} | null, next: {id: string, number: string} | null, updates: Update[],
  links: {updates: string | null}, status_changes: StatusChange[], may: string[],
  why_not: Record<string, string>, moves: string[]};
export type MyPlan = {id: string, slug: string, title: string, leads: number[], on: string[], owed: string[],
  to_acknowledge: string[], to_sign_off: string[], may: string[], adds_to: string[] | null};
export type Me = {account: {id: string, name: string, email: string, role: string},
  person: {id: string, name: string, post: string | null, agency: ShortAgency | null} | null,
  csrf_token: string | null, may: string[], plans: MyPlan[]};
export type Draft = {text: string, rating: Letter | 'D' | null, nextStep: string, impact: string, evidence: Evidence[],
  onBehalfOf: string, version: string | null, key: string, at: string, number: string};
export type PartnerToken = {id: string, name: string, agency: {id: string, name: string, short_name: string | null}, scopes: string[],
  created_at: string, made_by: string, expires_at: string, last_used_at: string | null, revoked_at: string | null,
  agency_ended_on: string | null, maker_ended: boolean};
export type AuditEvent = {id: number, at: string, kind: string, says: string, actor: string | null, about: string | null, account: string | null,
  partner_token: string | null, address: string | null, request_id: string, detail: Record<string, unknown> | null};
export type Passkey = {id: string, name: string, created_at: string, last_used_at: string | null};
export type Factors = {required: boolean, by_directory: boolean, mail_needed: boolean, password: boolean,
  totp: {since: string} | null, recovery_codes: number,
  passkeys: Passkey[]};
export type TotpOffer = {secret: string, uri: string, qr: {size: number, path: string}};
export type Session = {id: string, device: string, method: string, signed_in_at: string, last_used_at: string,
  current: boolean};
export type TimelineEntry = {kind: 'update', at: string, update: Update, change: StatusChange | undefined}
  | {kind: 'status', at: string, change: StatusChange} | {kind: 'move', at: string, move: Move, before: Move};
/** What the directory knows of somebody; the plan tells less of them (PlanPerson). */
export type Person = {id: string, name: string, aliases: string[], post: string | null, agency: ShortAgency | null, email: string | null,
  left_on: string | null};
export type PersonDetail = Person & {named_on: {action: string, number: string, status: Status, plan: string}[],
  leads: {objective: string, number: number, short_title: string | null, plan: string}[], account: boolean | null};
export type Agency = {id: string, name: string, short_name: string, aliases: string[], kind: string | null, parent: ShortAgency | null,
  succeeded_by: ShortAgency | null, ended_on: string | null};
export type AgencyDetail = Agency & {people: {id: string, name: string, post: string | null, left_on: string | null}[], actions: number,
  named_on: number, tokens: number | null};
export type NamedGroup = {id: string, name: string};
export type AccountRole = 'admin' | 'lead_officer' | 'contributor' | 'viewer';
export type ManagedAccount = {id: string, email: string, name: string, role: AccountRole, state: 'invited' | 'active' | 'disabled',
  person: {id: string, name: string, post: string | null, agency: ShortAgency | null, left_on: string | null} | null,
  second_factor: boolean, directory_second_factor: boolean, last_used_at: string | null, invited_at: string | null,
  invitation_expires_at: string | null};
export type SecondFactors = {required: AccountRole[], active: number, without: number,
  agencies: {agency: ShortAgency | null, active: number, without: number}[]};
export type HeldAction = {id: string, number: string, plan: string};
export type Holder = {id: string, name: string, aliases: string[], post: string | null, agency: ShortAgency | null, left_on: string | null,
  actions: HeldAction[], objectives: {id: string, number: number, plan: string}[], plans: string[], updates: number,
  account: {id: string, email: string, role: AccountRole, disabled_at: string | null} | null};
export type Pair = {first: Holder, second: Holder, why: string | null, apart: {by: string, at: string} | null};
export type Merge = {id: string, kept: {id: string, name: string}, merged: {id: string, name: string}, note: string | null,
  moved: {named_on: number, dropped: number, objectives: number, plans: number, updates: number, accounts: number},
  made_by: string, made_at: string, undone_by: string | null, undone_at: string | null};
export type OpenItem = {kind: 'action' | 'objective' | 'plan', id: string, number: string | null, objective: number | null, text: string,
  status: Status, plan: {id: string, slug: string, title: string}};
export type Open = {person: {id: string, name: string, post: string | null, agency: ShortAgency | null, left_on: string | null,
  account: Holder['account']}, items: OpenItem[], closed: number,
  to_acknowledge: {action: string, number: string, plan: string, updates: number}[]};
export type HandedOver = Open & {moved: number, account_ended: boolean, notes: string[]};
export type ObjectiveDetail = {id: string, number: number, text: string, text_printed: string | null, short_title: string | null,
  lead: Lead | null, actions: number, version: number};
export type Removed = {type: 'action' | 'objective', id: string, number: string, text: string, at: string, by: string, reason: string | null,
  entry: number, undoable: boolean};
export type Entry = {id: number, at: string, by: string, verb: string, object: {type: string, id: string, number: string | null},
  action: string | null, sentence: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null, undoable: boolean};
export type Point = {on: string, counts: Record<string, number>, actions: number};
/** An event of the page: of a field its value, of a key its name. */
export type Typed = Event & {target: HTMLInputElement, currentTarget: HTMLElement};
/** A form that is sent. */
export type Sent = Event & {target: HTMLFormElement, currentTarget: HTMLFormElement};
