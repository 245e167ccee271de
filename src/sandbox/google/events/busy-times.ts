import { type Span, spanOf } from '../calendars/times'
import type { StoredCalendar, StoredEvent } from '../records'
import { eventsOf, findEvent, type World } from '../world'
import { occurrencesBetween, planOf, toOccurrenceBody } from './series'

/** Whether an event takes its owner's time, as Google's free/busy sees it. */
export const isBusy = ({ body }: Pick<StoredEvent, 'body'>): boolean =>
  body.status !== 'cancelled' &&
  body.transparency !== 'transparent' &&
  body.eventType !== 'workingLocation' &&
  body.attendees?.find((attendee) => attendee.self)?.responseStatus !== 'declined'

const spansOf = (world: World, calendar: StoredCalendar, event: StoredEvent, window: Span): Span[] => {
  const plan = planOf(event.body)
  const bodies = plan
    ? occurrencesBetween(event.id, plan, window.start, window.end)
        .filter(({ id }) => !findEvent(world, calendar.id, id))
        .map((occurrence) => toOccurrenceBody(event, occurrence))
    : [event.body]
  return bodies.flatMap((body) => spanOf(body, calendar.timeZone) ?? [])
}

/** When a calendar is busy within the window: cut to it, in order, joined where they touch. Epoch ms. */
export const busyTimes = (world: World, calendar: StoredCalendar, window: Span): Span[] => {
  const spans: Span[] = []
  for (const event of eventsOf(world, calendar.id)) {
    if (isBusy(event)) spans.push(...spansOf(world, calendar, event, window))
  }
  const joined: Span[] = []
  for (const span of spans
    .filter(({ start, end }) => start < window.end && end > window.start && end > start)
    .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
    .sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else joined.push(span)
  }
  return joined
}
