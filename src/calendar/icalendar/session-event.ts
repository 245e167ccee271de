import ICAL from 'ical.js'
import { cleanLine, cleanParagraph } from '#shared/clean-text'

// A line has at most 75 octets (RFC 5545, 3.1). ical.js does not count the space that a continuation line starts with.
ICAL.foldLength = 74

/** Who takes part; `name` is what a person typed, `email` an address. */
export type CalendarPerson = { name: string; email: string }

/** What the text is for: an invitation (or its change), its withdrawal, or a copy to keep. Goes into the MIME type too. */
export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH'

/** One session as a calendar entry. */
export type SessionCalendarEvent = {
  sessionId: string
  /** How often the time changed or the session was cancelled; a calendar takes the highest it has seen. */
  sequence: number
  /** Epoch milliseconds. */
  startsAt: number
  endsAt: number
  /** Epoch milliseconds at which this version came to be. Fixed, so that the same version is the same text. */
  stamp: number
  status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'
  summary: string
  description?: string
  joinUrl?: string
  organizer?: CalendarPerson
  attendee?: CalendarPerson
}

/** The same for a session through all its versions, so that a change replaces the entry instead of adding one. */
export const calendarUid = (sessionId: string): string => `${cleanLine(sessionId).replace(/\s/g, '')}@parley`

/** The MIME type of the text; mail programs show an invitation only when `method` agrees with the text. */
export const calendarContentType = (method: CalendarMethod): string => `text/calendar; charset=utf-8; method=${method}`

const toUtc = (instant: number): ICAL.Time => ICAL.Time.fromJSDate(new Date(instant), true)

/** @throws RangeError for anything but http and https: calendars make these clickable. */
const toHttpUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new RangeError('A calendar entry links to http or https only.')
  return url.href
}

const addPerson = (component: ICAL.Component, property: 'organizer' | 'attendee', person: CalendarPerson) => {
  // Nothing that ends a URI or a parameter may stand in an address.
  const address = cleanLine(person.email, 320).replace(/[\s"<>\\;,:]/g, '')
  const added = component.addPropertyWithValue(property, `mailto:${address}`)
  const name = cleanLine(person.name, 100)
  if (name) added.setParameter('cn', name)
  return added
}

const toComponent = (event: SessionCalendarEvent): ICAL.Component => {
  if (!Number.isSafeInteger(event.sequence) || event.sequence < 0) throw new RangeError('sequence must be 0 or more.')
  if (!(event.startsAt < event.endsAt)) throw new RangeError('A session ends after it starts.')
  const component = new ICAL.Component('vevent')
  component.addPropertyWithValue('uid', calendarUid(event.sessionId))
  component.addPropertyWithValue('sequence', event.sequence)
  component.addPropertyWithValue('dtstamp', toUtc(event.stamp))
  component.addPropertyWithValue('dtstart', toUtc(event.startsAt))
  component.addPropertyWithValue('dtend', toUtc(event.endsAt))
  component.addPropertyWithValue('status', event.status)
  component.addPropertyWithValue('transp', event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE')
  component.addPropertyWithValue('summary', cleanLine(event.summary))
  if (event.description) component.addPropertyWithValue('description', cleanParagraph(event.description))
  if (event.joinUrl) {
    const url = toHttpUrl(event.joinUrl)
    component.addPropertyWithValue('url', url)
    component.addPropertyWithValue('location', url)
  }
  if (event.organizer) addPerson(component, 'organizer', event.organizer)
  if (event.attendee) {
    const attendee = addPerson(component, 'attendee', event.attendee)
    attendee.setParameter('role', 'REQ-PARTICIPANT')
    attendee.setParameter('partstat', 'ACCEPTED')
    attendee.setParameter('rsvp', 'FALSE')
  }
  return component
}

/**
 * The iCalendar text (RFC 5545; CRLF, folded at 75 octets, instants in UTC) of one or more sessions. The same input gives
 * the same bytes, so that a mail sent again under its idempotency key is the same mail.
 * @throws RangeError when an event ends before it starts, has no valid sequence, or links elsewhere than to http(s).
 */
export const createSessionCalendar = ({
  method,
  events,
  feed,
}: {
  method: CalendarMethod
  events: readonly SessionCalendarEvent[]
  /** Of a text that calendars fetch again and again: what they call it, and how often they should. */
  feed?: { name: string; refreshMinutes: number }
}): string => {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Parley//Booking//EN')
  calendar.addPropertyWithValue('calscale', 'GREGORIAN')
  calendar.addPropertyWithValue('method', method)
  if (feed) {
    const every = ICAL.Duration.fromSeconds(feed.refreshMinutes * 60)
    calendar.addPropertyWithValue('name', cleanLine(feed.name))
    calendar.addPropertyWithValue('x-wr-calname', cleanLine(feed.name))
    calendar.addPropertyWithValue('refresh-interval', every)
    calendar.addPropertyWithValue('x-published-ttl', every.toString())
  }
  for (const event of events) calendar.addSubcomponent(toComponent(event))
  return `${calendar.toString()}\r\n`
}
