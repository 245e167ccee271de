import ICAL from 'ical.js'
import { toIanaZone, wallToInstant } from './wall-to-instant'

/** An interval in which the owner of a calendar is not free; epoch milliseconds. */
export type FeedBusyTime = { start: number; end: number; sourceId: string }

export type ParsedFeed = {
  busy: FeedBusyTime[]
  /** How many entries could not be understood; the others count all the same. */
  broken: number
  /** There was more than is kept: what is missing is the latest. */
  isCut: boolean
}

export type ParseFeedOptions = {
  /** Epoch ms; what overlaps this time is answered. */
  from: number
  until: number
  /** IANA zone of the owner: for whole days and for times without a zone, unless the calendar names its own. */
  timeZone: string
  /** Addresses of the owner: what they declined does not count. */
  ownEmails: readonly string[]
}

const mostBusyTimes = 20_000
/** Steps through one series; a rule of every second would never end. */
const mostSteps = 50_000

const textOf = (component: ICAL.Component, name: string): string => String(component.getFirstPropertyValue(name) ?? '')

const isFree = (entry: ICAL.Component, ownEmails: readonly string[]): boolean => {
  if (textOf(entry, 'status').toUpperCase() === 'CANCELLED') return true
  const microsoft = textOf(entry, 'x-microsoft-cdo-busystatus').toUpperCase()
  if (microsoft === 'FREE' || microsoft === 'WORKINGELSEWHERE') return true
  if (microsoft === '' && textOf(entry, 'transp').toUpperCase() === 'TRANSPARENT') return true
  return entry.getAllProperties('attendee').some((attendee) => {
    const address = String(attendee.getFirstValue() ?? '')
      .replace(/^mailto:/i, '')
      .toLowerCase()
    return ownEmails.includes(address) && String(attendee.getFirstParameter('partstat')).toUpperCase() === 'DECLINED'
  })
}

const tzidOf = (entry: ICAL.Component, name: string): string | undefined =>
  entry.getFirstProperty(name)?.getFirstParameter('tzid') || undefined

/** Start and end of one occurrence; the end of what has none is that of the day, or there is nothing to be busy with. */
const boundsOf = (
  event: ICAL.Event,
  times: { startDate: ICAL.Time; endDate: ICAL.Time },
  zone: string,
): { start: number; end: number } => {
  const start = wallToInstant(times.startDate, tzidOf(event.component, 'dtstart'), zone)
  const endZone = tzidOf(event.component, 'dtend') ?? tzidOf(event.component, 'dtstart')
  return { start, end: wallToInstant(times.endDate, endZone, zone) }
}

const toSourceId = (uid: string, start: number): string => `${uid.slice(0, 1_000)}#${start}`

/**
 * When the owner of a foreign calendar is busy. Broken entries never stop the rest. Pure; slow for large calendars, so it runs in a
 * thread of its own (`parseFeedInThread`).
 * @throws Error when the text is no calendar.
 */
export const parseFeed = (text: string, options: ParseFeedOptions): ParsedFeed => {
  const { from, until, ownEmails } = options
  const calendar = new ICAL.Component(ICAL.parse(text))
  const named = toIanaZone(textOf(calendar, 'x-wr-timezone'))
  const zone = named ?? options.timeZone
  const busy: FeedBusyTime[] = []
  let broken = 0

  const add = (uid: string, { start, end }: { start: number; end: number }) => {
    if (end > start && end > from && start < until) busy.push({ start, end, sourceId: toSourceId(uid, start) })
  }

  const addSeries = (master: ICAL.Event): void => {
    const iterator = master.iterator()
    for (let step = 0; step < mostSteps; step++) {
      const next = iterator.next() as ICAL.Time | null
      if (!next || wallToInstant(next, tzidOf(master.component, 'dtstart'), zone) >= until) return
      const { item, startDate, endDate } = master.getOccurrenceDetails(next)
      if (!isFree(item.component, ownEmails)) add(master.uid, boundsOf(item, { startDate, endDate }, zone))
    }
  }

  const single = (event: ICAL.Event): void => {
    if (!isFree(event.component, ownEmails)) add(event.uid, boundsOf(event, event, zone))
  }

  const guarded = (entry: () => void): void => {
    try {
      entry()
    } catch {
      broken += 1
    }
  }

  const entries = calendar.getAllSubcomponents('vevent')
  const exceptions = new Map<string, ICAL.Component[]>()
  for (const entry of entries) {
    if (!entry.hasProperty('recurrence-id')) continue
    const uid = textOf(entry, 'uid')
    exceptions.set(uid, [...(exceptions.get(uid) ?? []), entry])
  }
  for (const entry of entries) {
    guarded(() => {
      if (!entry.hasProperty('dtstart')) throw new Error('An entry without a start.')
      const uid = textOf(entry, 'uid')
      if (entry.hasProperty('recurrence-id')) return
      const event = new ICAL.Event(entry, { exceptions: exceptions.get(uid) ?? [], strictExceptions: true })
      if (event.isRecurring()) {
        addSeries(event)
        // What was moved into this time from beyond its end is not met on the way.
        for (const moved of exceptions.get(uid) ?? []) {
          const { recurrenceId } = new ICAL.Event(moved)
          if (wallToInstant(recurrenceId, tzidOf(moved, 'recurrence-id'), zone) >= until) single(new ICAL.Event(moved))
        }
      } else single(event)
      exceptions.delete(uid)
    })
  }
  // Single occurrences of series that the calendar does not show.
  for (const orphans of exceptions.values()) {
    for (const entry of orphans) guarded(() => single(new ICAL.Event(entry)))
  }
  for (const entry of calendar.getAllSubcomponents('vfreebusy')) {
    for (const property of entry.getAllProperties('freebusy')) {
      guarded(() => {
        if (String(property.getFirstParameter('fbtype') ?? 'BUSY').toUpperCase() === 'FREE') return
        for (const period of property.getValues() as ICAL.Period[]) {
          const start = wallToInstant(period.start, undefined, zone)
          add(textOf(entry, 'uid') || 'freebusy', { start, end: wallToInstant(period.getEnd(), undefined, zone) })
        }
      })
    }
  }
  busy.sort((a, b) => a.start - b.start || a.end - b.end)
  return { busy: busy.slice(0, mostBusyTimes), broken, isCut: busy.length > mostBusyTimes }
}
