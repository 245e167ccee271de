import { statesWhere } from '#shared/state-table'

/** How far the entry of a session in an external calendar is. Desired and delivered version say it exactly. */
export const calendarEventStates = {
  queued: 'To be written',
  delivered: 'As it should be',
  different: 'Changed by a person; the expert decides',
  abandoned: 'Left alone',
} as const satisfies Record<string, string>

export type CalendarEventState = keyof typeof calendarEventStates

/** What somebody did in the external calendar that Parley does not follow by itself. */
export const differenceKinds = {
  moved: 'Moved in the calendar',
  deleted: 'Deleted in the calendar',
  conflict: 'Another appointment at the same time',
} as const satisfies Record<string, string>

export type DifferenceKind = keyof typeof differenceKinds

type DifferenceStateRow = {
  label: string
  /** Somebody has still to decide. */
  isUndecided: boolean
  /** An appointment beside the session is known, decided or not: it is not reported again. */
  isKnownConflict: boolean
}

export const differenceStates = {
  open: { label: 'To be decided', isUndecided: true, isKnownConflict: true },
  proposed: { label: 'New time proposed to the customer', isUndecided: true, isKnownConflict: false },
  put_back: { label: 'Put back', isUndecided: false, isKnownConflict: false },
  moved: { label: 'Session moved to the new time', isUndecided: false, isKnownConflict: false },
  cancelled: { label: 'Session cancelled', isUndecided: false, isKnownConflict: false },
  kept: { label: 'Kept as it is', isUndecided: false, isKnownConflict: true },
  settled: { label: 'Settled itself', isUndecided: false, isKnownConflict: false },
} as const satisfies Record<string, DifferenceStateRow>

export type DifferenceState = keyof typeof differenceStates

export const undecidedDifferences = statesWhere(differenceStates, 'isUndecided', true)
export const knownConflicts = statesWhere(differenceStates, 'isKnownConflict', true)

/** What an expert can answer to each kind, in the order in which it is offered. */
export const differenceDecisions = {
  moved: ['propose', 'put_back'],
  deleted: ['put_back', 'cancel'],
  conflict: ['keep', 'cancel'],
} as const satisfies Record<DifferenceKind, readonly string[]>

export type DifferenceDecision = (typeof differenceDecisions)[DifferenceKind][number]
