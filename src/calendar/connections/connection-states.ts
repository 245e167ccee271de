import { statesWhere } from '#shared/state-table'
import type { Words } from '#shared/words'

/**
 * `connected`: in use · `needs_reauth`: the provider takes our tokens no more; only its owner can change that ·
 * `error`: it has answered nothing useful for a day · `disconnected`: ended by its owner, nothing of it is kept.
 */
export const connectionStates = {
  connected: { label: { en: 'Connected', de: 'Verbunden' }, isUsable: true, isBroken: false },
  needs_reauth: {
    label: { en: 'Must be connected again', de: 'Muss neu verbunden werden' },
    isUsable: false,
    isBroken: true,
  },
  error: { label: { en: 'Not reachable', de: 'Nicht erreichbar' }, isUsable: true, isBroken: true },
  disconnected: { label: { en: 'Disconnected', de: 'Getrennt' }, isUsable: false, isBroken: false },
} as const satisfies Record<string, ConnectionStateRow>

type ConnectionStateRow = {
  label: Words
  /** The provider takes our tokens, as far as we know: it is read from and written to. */
  isUsable: boolean
  /** It does not do what its owner wants of it. */
  isBroken: boolean
}

export type ConnectionState = keyof typeof connectionStates

export const usableConnections = statesWhere(connectionStates, 'isUsable', true)
export const brokenConnections = statesWhere(connectionStates, 'isBroken', true)

/**
 * How the busy times of a calendar are read. `events`: one by one, with sync tokens (the calendar that sessions are written to,
 * where our own events have to be told from others) · `free_busy`: as intervals · `whole`: everything anew each time, as a file is.
 */
export const calendarReadings = {
  events: { en: 'Events', de: 'Ereignisse' },
  free_busy: { en: 'Free and busy times', de: 'Freie und belegte Zeiten' },
  whole: { en: 'As a whole', de: 'Als Ganzes' },
} as const satisfies Record<string, Words>

export type CalendarReading = keyof typeof calendarReadings
