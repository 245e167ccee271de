/** How far the entry of a session in an external calendar is. Desired and delivered version say it exactly. */
export const calendarEventStates = {
  queued: 'To be written',
  delivered: 'As it should be',
  different: 'Changed by a person; the expert decides',
  abandoned: 'Left alone',
} as const satisfies Record<string, string>

/** What somebody did in the external calendar that Parley does not follow by itself. */
export const differenceKinds = {
  moved: 'Moved in the calendar',
  deleted: 'Deleted in the calendar',
  conflict: 'Another appointment at the same time',
} as const satisfies Record<string, string>

export type DifferenceKind = keyof typeof differenceKinds

export const differenceStates = {
  open: 'To be decided',
  proposed: 'New time proposed to the customer',
  put_back: 'Put back',
  moved: 'Session moved to the new time',
  cancelled: 'Session cancelled',
  kept: 'Kept as it is',
  settled: 'Settled itself',
} as const satisfies Record<string, string>

export type DifferenceState = keyof typeof differenceStates

/** What an expert can answer to each kind, in the order in which it is offered. */
export const differenceDecisions = {
  moved: ['propose', 'put_back'],
  deleted: ['put_back', 'cancel'],
  conflict: ['keep', 'cancel'],
} as const satisfies Record<DifferenceKind, readonly string[]>

export type DifferenceDecision = (typeof differenceDecisions)[DifferenceKind][number]
