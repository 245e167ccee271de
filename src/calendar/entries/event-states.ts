import { statesWhere } from '#shared/state-table'
import type { Words } from '#shared/words'

/** How far the entry of a session in an external calendar is. Desired and delivered version say it exactly. */
export const calendarEventStates = {
  queued: { en: 'To be written', de: 'Noch zu schreiben' },
  delivered: { en: 'As it should be', de: 'Wie er sein soll' },
  different: { en: 'Changed by a person; the expert decides', de: 'Von jemandem geändert; die Fachperson entscheidet' },
  abandoned: { en: 'Left alone', de: 'Bleibt, wie er ist' },
} as const satisfies Record<string, Words>

export type CalendarEventState = keyof typeof calendarEventStates

/** What somebody did in the external calendar that Parley does not follow by itself. */
export const differenceKinds = {
  moved: { en: 'Moved in the calendar', de: 'Im Kalender verschoben' },
  deleted: { en: 'Deleted in the calendar', de: 'Im Kalender gelöscht' },
  conflict: { en: 'Another appointment at the same time', de: 'Anderer Eintrag zur selben Zeit' },
} as const satisfies Record<string, Words>

export type DifferenceKind = keyof typeof differenceKinds

type DifferenceStateRow = {
  label: Words
  /** Somebody has still to decide. */
  isUndecided: boolean
  /** An appointment beside the session is known, decided or not: it is not reported again. */
  isKnownConflict: boolean
}

export const differenceStates = {
  open: { label: { en: 'To be decided', de: 'Zu entscheiden' }, isUndecided: true, isKnownConflict: true },
  proposed: {
    label: { en: 'New time proposed to the customer', de: 'Neue Zeit vorgeschlagen' },
    isUndecided: true,
    isKnownConflict: false,
  },
  put_back: { label: { en: 'Put back', de: 'Zurückgesetzt' }, isUndecided: false, isKnownConflict: false },
  moved: {
    label: { en: 'Session moved to the new time', de: 'Termin auf die neue Zeit verschoben' },
    isUndecided: false,
    isKnownConflict: false,
  },
  cancelled: { label: { en: 'Session cancelled', de: 'Termin storniert' }, isUndecided: false, isKnownConflict: false },
  kept: { label: { en: 'Kept as it is', de: 'Bleibt, wie er ist' }, isUndecided: false, isKnownConflict: true },
  settled: { label: { en: 'Settled itself', de: 'Hat sich erledigt' }, isUndecided: false, isKnownConflict: false },
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
