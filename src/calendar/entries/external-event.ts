/** When an event begins or ends: at an instant (epoch ms), or with a whole day (`2026-03-29`) by the clock of its calendar. */
export type EventTime = { at: number } | { date: string }

/** How far the room of an entry is. null: none was asked for. */
export type Conference = { state: 'ready'; joinUrl: string; meetingId: string } | { state: 'pending' | 'failed' } | null

/** What Parley knows of an event in an external calendar, whichever it is. */
export type ExternalEvent = {
  /** The id that we chose for an entry of ours; the provider's own otherwise, one for each occurrence of a series. */
  id: string
  /** Of this version, for writing over it alone; null where the provider tells none. */
  version: string | null
  /** Deleted, as far as the provider still knows of it. */
  isCancelled: boolean
  /** Whether it keeps the owner from being booked: not free, not declined by them, not a place of work. */
  isBusy: boolean
  /** null: not understood. */
  start: EventTime | null
  end: EventTime | null
  /** One of a series, or the series itself: when it changes, everything is read from the beginning soon. */
  isOfSeries: boolean
  /** The session that we made it for. */
  sessionId: string | null
  conference: Conference
  /** A room, of whatever kind, or the wish for one is there already. */
  hasConference: boolean
  /** As the provider gave it: for the provider, which writes back what it does not know. */
  source: unknown
}
