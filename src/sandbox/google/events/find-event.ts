import type { StoredEvent } from '../records'
import { notFound } from '../refusal'
import { findEvent, type World } from '../world'
import { findOccurrence, planOf, splitOccurrenceId, toOccurrenceBody } from './series'

/**
 * The event of that id. An occurrence of a series that nobody changed is made from the series, and stored only when it is
 * written.
 */
const findEventOrOccurrence = (world: World, calendarId: string, id: string): StoredEvent | undefined => {
  const stored = findEvent(world, calendarId, id)
  if (stored) return stored
  const parts = splitOccurrenceId(id)
  const series = parts && findEvent(world, calendarId, parts.seriesId)
  const plan = series && planOf(series.body)
  const occurrence = plan && findOccurrence(series.id, plan, parts.stamp)
  return (
    occurrence && { ...series, id, body: toOccurrenceBody(series, occurrence), formerPlans: [], conferenceDueAt: null }
  )
}

/** @throws Refusal 404 */
export const mustFindEvent = (world: World, calendarId: string, id: string): StoredEvent => {
  const event = findEventOrOccurrence(world, calendarId, id)
  if (!event) throw notFound()
  return event
}
