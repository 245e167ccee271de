import { presentEventTime } from '../calendars/times'
import type { AccessRole, EventBody, StoredEvent } from '../records'

/** Versions look like times in microseconds. */
const versionBase = 3_400_000_000_000_000

export const etagOf = (event: Pick<StoredEvent, 'changed'>): string => `"${versionBase + event.changed * 2000}"`

export type Presentation = {
  role: AccessRole
  /** The zone of the times. */
  timeZone: string
  maxAttendees?: number | undefined
}

/** All that is certain of what was deleted. */
export const presentDeleted = (event: StoredEvent, timeZone: string): EventBody => {
  const { recurringEventId, originalStartTime } = event.body
  return {
    kind: 'calendar#event',
    etag: etagOf(event),
    id: event.id,
    status: 'cancelled',
    ...(recurringEventId ? { recurringEventId } : {}),
    ...(originalStartTime ? { originalStartTime: presentEventTime(originalStartTime, timeZone) } : {}),
  }
}

/** An event as the API answers it to whoever asks. */
export const presentEvent = (event: StoredEvent, { role, timeZone, maxAttendees }: Presentation): EventBody => {
  const { body } = event
  const times = {
    ...(body.start ? { start: presentEventTime(body.start, timeZone) } : {}),
    ...(body.end ? { end: presentEventTime(body.end, timeZone) } : {}),
    ...(body.originalStartTime ? { originalStartTime: presentEventTime(body.originalStartTime, timeZone) } : {}),
  }
  const { kind, etag } = { kind: 'calendar#event', etag: etagOf(event) }
  if (role === 'freeBusyReader' || (role === 'reader' && body.visibility === 'private')) {
    const { id, status, recurringEventId, transparency, iCalUID } = body
    return {
      kind,
      etag,
      id,
      status,
      visibility: 'private',
      iCalUID,
      ...(recurringEventId ? { recurringEventId } : {}),
      ...(transparency ? { transparency } : {}),
      ...times,
    }
  }
  const attendees = body.attendees ?? []
  const isCut = maxAttendees !== undefined && attendees.length > maxAttendees
  return {
    kind,
    etag,
    ...body,
    ...times,
    ...(isCut ? { attendees: attendees.filter((attendee) => attendee.self), attendeesOmitted: true } : {}),
  }
}
