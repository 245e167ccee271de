type EventTime = {
  /** A whole day, `2026-03-29`. */
  date?: string | null
  /** RFC 3339, with an offset. */
  dateTime?: string | null
  timeZone?: string | null
}

/** What Parley reads and writes of an event in an external calendar, in the words of Google's API. Anything may be missing. */
export type ExternalEvent = {
  id?: string | null
  summary?: string | null
  description?: string | null
  location?: string | null
  status?: string | null
  transparency?: string | null
  eventType?: string | null
  start?: EventTime
  end?: EventTime
  attendees?: { self?: boolean | null; responseStatus?: string | null }[]
  extendedProperties?: { private?: Record<string, string> } | null
  hangoutLink?: string | null
  conferenceData?: {
    conferenceId?: string | null
    createRequest?: {
      requestId?: string | null
      conferenceSolutionKey?: { type?: string | null }
      status?: { statusCode?: string | null }
    }
    entryPoints?: { entryPointType?: string | null; uri?: string | null }[]
  }
}
