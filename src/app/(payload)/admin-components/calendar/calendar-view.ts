/** What the API says about the connected calendars of a consultant (see `GET /api/calendar/connections`). */
export type CalendarView = {
  id: string
  name: string
  isPrimary: boolean
  isWritable: boolean
  isTarget: boolean
  countsAsBusy: boolean
  syncedAt: string | null
  staleSince: string | null
  reading: number | null
  lastError: string | null
}

export type ConnectionView = {
  id: string
  provider: 'google' | 'ics'
  account: string
  status: 'connected' | 'needs_reauth' | 'error'
  syncedAt: string | null
  staleSince: string | null
  lastError: string | null
  waiting: number
  calendars: CalendarView[]
}

export type DifferenceView = {
  id: string
  kind: 'moved' | 'deleted' | 'conflict'
  status: string
  reference: string
  serviceType: string
  customer: string
  start: string
  externalStart: string | null
  decisions: ('propose' | 'put_back' | 'cancel' | 'keep')[]
}

export type CalendarsView = {
  canConnectGoogle: boolean
  connections: ConnectionView[]
  differences: DifferenceView[]
}

// The API is ours and described by a contract that its own tests hold; its answers are not checked again here.
export const toCalendarsView = (answer: unknown): CalendarsView => answer as CalendarsView
