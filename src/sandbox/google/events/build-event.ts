import { readEventTime } from '../calendars/times'
import type { EventBody, StoredCalendar, StoredEvent } from '../records'
import { invalid, required } from '../refusal'
import { nowOf, type World } from '../world'
import { assertEvent } from './check-event'
import { changeConference } from './conference'
import type { EventInput } from './event-schema'

/** The parameters of a write that say how the event is to be read. */
export type WriteOptions = { conferenceDataVersion: number; sendUpdates: 'all' | 'externalOnly' | 'none' }

/** Who makes the change, in whose name the event then stands. */
export type Writer = { email: string }

export type BuiltEvent = { body: EventBody; conferenceDueAt: number | null }

/** Google leaves out what says nothing: empty text, empty lists, and what is the default. */
const isSaid = (name: string, value: unknown): boolean => {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length)) return false
  switch (name) {
    case 'transparency':
      return value !== 'opaque'
    case 'visibility':
      return value !== 'default'
    case 'guestsCanInviteOthers':
    case 'guestsCanSeeOtherGuests':
      return value !== true
    case 'guestsCanModify':
    case 'anyoneCanAddSelf':
      return value !== false
    default:
      return true
  }
}

const onlySaid = (body: EventBody): EventBody =>
  Object.fromEntries(Object.entries(body).filter(([name, value]) => isSaid(name, value)))

const toAttendees = (
  input: EventInput,
  calendar: StoredCalendar,
  organizer: string | undefined,
): EventBody['attendees'] =>
  input.attendees?.map(({ self: _, organizer: __, ...attendee }) => ({
    ...attendee,
    ...(attendee.email === organizer ? { organizer: true } : {}),
    ...(attendee.email === calendar.owner ? { self: true } : {}),
    responseStatus: attendee.responseStatus ?? 'needsAction',
  }))

const samePlan = (a: EventBody, b: EventBody): boolean =>
  JSON.stringify([a.start, a.end, a.recurrence]) === JSON.stringify([b.start, b.end, b.recurrence])

/** The number for calendars that exchange invitations. It grows with every change of time. @throws Refusal */
const nextSequence = (input: EventInput, before: EventBody | undefined, isMoved: boolean): number => {
  const current = before?.sequence ?? 0
  if (input.sequence !== undefined && before && input.sequence < current) {
    throw invalid(
      'Invalid sequence value. The specified sequence number is below the current sequence number of the resource.',
    )
  }
  return Math.max(input.sequence ?? 0, current + (isMoved ? 1 : 0))
}

/**
 * What an event says after a write that replaces it.
 * @param before what it said until now; undefined for a new one.
 * @throws Refusal 400
 */
export const buildEvent = (
  world: World,
  args: {
    id: string
    calendar: StoredCalendar
    writer: Writer
    input: EventInput
    before: StoredEvent | undefined
    options: WriteOptions
  },
): BuiltEvent => {
  const { id, calendar, input, before, options } = args
  if (!input.end) throw required('Missing end time.')
  if (!input.start) throw required('Missing start time.')
  const isOccurrence = Boolean(before?.body.recurringEventId)
  if (isOccurrence && input.recurrence?.length) throw invalid('An instance of a recurring event cannot recur itself.')
  if (input.recurrence?.length && !input.start.date && !(input.start.timeZone && input.end.timeZone)) {
    throw required('Missing time zone definition for start time.')
  }
  const eventType = input.eventType ?? before?.body.eventType ?? 'default'
  if (before && eventType !== (before.body.eventType ?? 'default')) throw invalid('Event type cannot be changed.')
  if (eventType === 'fromGmail' && !before) throw invalid('Events of type fromGmail cannot be created.')

  const now = new Date(nowOf(world)).toISOString()
  const self = calendar.isPrimary
    ? { email: calendar.id, self: true }
    : { email: calendar.id, displayName: calendar.summary, self: true }
  const organizer = before?.body.organizer ?? self
  const conference = changeConference(world, {
    eventKey: `${calendar.id}/${id}`,
    before,
    asked: input.conferenceData,
    version: options.conferenceDataVersion,
  })
  const body: EventBody = {
    id,
    status: input.status ?? 'confirmed',
    htmlLink:
      before?.body.htmlLink ??
      `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${calendar.id}`).toString('base64url')}`,
    created: before?.body.created ?? now,
    updated: now,
    summary: input.summary,
    description: input.description,
    location: input.location,
    colorId: input.colorId,
    creator: before?.body.creator ?? { email: args.writer.email, ...(calendar.isPrimary ? { self: true } : {}) },
    organizer,
    start: readEventTime(input.start, calendar.timeZone, 'start'),
    end: readEventTime(input.end, calendar.timeZone, 'end'),
    recurrence: input.recurrence,
    recurringEventId: before?.body.recurringEventId,
    originalStartTime: before?.body.originalStartTime,
    transparency: input.transparency,
    visibility: input.visibility,
    iCalUID: before?.body.iCalUID ?? input.iCalUID ?? `${id}@google.com`,
    attendees: toAttendees(input, calendar, organizer.email),
    anyoneCanAddSelf: input.anyoneCanAddSelf,
    guestsCanInviteOthers: input.guestsCanInviteOthers,
    guestsCanModify: input.guestsCanModify,
    guestsCanSeeOtherGuests: input.guestsCanSeeOtherGuests,
    extendedProperties: input.extendedProperties,
    conferenceData: conference.conferenceData,
    hangoutLink: conference.hangoutLink,
    reminders: input.reminders ?? { useDefault: true },
    source: input.source,
    eventType,
    outOfOfficeProperties: input.outOfOfficeProperties,
    focusTimeProperties: input.focusTimeProperties,
    workingLocationProperties: input.workingLocationProperties,
    birthdayProperties: input.birthdayProperties,
  }
  body.sequence = nextSequence(input, before?.body, before !== undefined && !samePlan(before.body, body))
  const said = onlySaid(body)
  assertEvent(said, calendar)
  return { body: said, conferenceDueAt: conference.conferenceDueAt }
}
