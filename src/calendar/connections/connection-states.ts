/** What a consultant can connect. */
export const connectionProviders = {
  google: 'Google Calendar',
  ics: 'Calendar address (ICS)',
} as const satisfies Record<string, string>

export type ConnectionProvider = keyof typeof connectionProviders

/**
 * `connected`: in use · `needs_reauth`: the provider takes our tokens no more; only its owner can change that ·
 * `error`: it has answered nothing useful for a day · `disconnected`: ended by its owner, nothing of it is kept.
 */
export const connectionStates = {
  connected: 'Connected',
  needs_reauth: 'Must be connected again',
  error: 'Not reachable',
  disconnected: 'Disconnected',
} as const satisfies Record<string, string>

export type ConnectionState = keyof typeof connectionStates

/**
 * How the busy times of a calendar are read. `events`: one by one, with sync tokens (the calendar that sessions are written to,
 * where our own events have to be told from others) · `free_busy`: as intervals · `ics`: a file at an address.
 */
export const calendarReadings = {
  events: 'Events',
  free_busy: 'Free and busy times',
  ics: 'Calendar file',
} as const satisfies Record<string, string>

export type CalendarReading = keyof typeof calendarReadings
