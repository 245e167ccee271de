/** How far the entry of a session in an external calendar is. Desired and delivered version say it exactly. */
export const calendarEventStates = {
  queued: 'To be written',
  delivered: 'As it should be',
  drifted: 'Changed by a person; the expert decides',
  abandoned: 'Left alone',
} as const satisfies Record<string, string>

/** What somebody did in the external calendar that Parley does not follow by itself. */
export const driftKinds = {
  moved: 'Moved in the calendar',
  deleted: 'Deleted in the calendar',
  conflict: 'Another appointment at the same time',
} as const satisfies Record<string, string>

export type DriftKind = keyof typeof driftKinds

export const driftStates = {
  open: 'To be decided',
  proposed: 'New time proposed to the customer',
  put_back: 'Put back',
  moved: 'Session moved to the new time',
  cancelled: 'Session cancelled',
  kept: 'Kept as it is',
  settled: 'Settled itself',
} as const satisfies Record<string, string>

export type DriftState = keyof typeof driftStates

/** What an expert can answer to each kind, in the order in which it is offered. */
export const driftDecisions = {
  moved: ['propose', 'put_back'],
  deleted: ['put_back', 'cancel'],
  conflict: ['keep', 'cancel'],
} as const satisfies Record<DriftKind, readonly string[]>

export type DriftDecision = (typeof driftDecisions)[DriftKind][number]
