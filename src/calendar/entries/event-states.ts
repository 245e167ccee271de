import { statesWhere } from '#shared/state-table'

/** How far the entry of a session in an external calendar is. Desired and delivered version say it exactly. */
export const calendarEventStates = {
  queued: 'To be written',
  delivered: 'As it should be',
  drifted: 'Changed by a person; the expert decides',
  abandoned: 'Left alone',
} as const satisfies Record<string, string>

export type CalendarEventState = keyof typeof calendarEventStates

/** What somebody did in the external calendar that Parley does not follow by itself. */
export const driftKinds = {
  moved: 'Moved in the calendar',
  deleted: 'Deleted in the calendar',
  conflict: 'Another appointment at the same time',
} as const satisfies Record<string, string>

export type DriftKind = keyof typeof driftKinds

type DriftStateRow = {
  label: string
  /** Somebody has still to decide. */
  isUndecided: boolean
  /** An appointment beside the session is known, decided or not: it is not reported again. */
  isKnownConflict: boolean
}

export const driftStates = {
  open: { label: 'To be decided', isUndecided: true, isKnownConflict: true },
  proposed: { label: 'New time proposed to the customer', isUndecided: true, isKnownConflict: false },
  put_back: { label: 'Put back', isUndecided: false, isKnownConflict: false },
  moved: { label: 'Session moved to the new time', isUndecided: false, isKnownConflict: false },
  cancelled: { label: 'Session cancelled', isUndecided: false, isKnownConflict: false },
  kept: { label: 'Kept as it is', isUndecided: false, isKnownConflict: true },
  settled: { label: 'Settled itself', isUndecided: false, isKnownConflict: false },
} as const satisfies Record<string, DriftStateRow>

export type DriftState = keyof typeof driftStates

export const undecidedDrifts = statesWhere(driftStates, 'isUndecided', true)
export const knownConflicts = statesWhere(driftStates, 'isKnownConflict', true)

/** What an expert can answer to each kind, in the order in which it is offered. */
export const driftDecisions = {
  moved: ['propose', 'put_back'],
  deleted: ['put_back', 'cancel'],
  conflict: ['keep', 'cancel'],
} as const satisfies Record<DriftKind, readonly string[]>

export type DriftDecision = (typeof driftDecisions)[DriftKind][number]
