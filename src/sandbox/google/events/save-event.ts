import type { EventBody, StoredEvent } from '../records'
import { exceptionsOf, indexEvent, nowOf, type World } from '../world'
import { findOccurrence, planOf, splitOccurrenceId } from './series'

/** A series remembers so many of its earlier plans, for syncs that go on from before they ended. */
const rememberedPlans = 20

const samePlan = (a: EventBody, b: EventBody): boolean =>
  JSON.stringify([a.start, a.end, a.recurrence]) === JSON.stringify([b.start, b.end, b.recurrence])

const formerPlansAfter = (before: StoredEvent | undefined, body: EventBody, changed: number) => {
  const plan = before && planOf(before.body)
  if (!before || !plan || samePlan(before.body, body)) return before?.formerPlans ?? []
  return [...before.formerPlans, { ...plan, recurrence: [...plan.recurrence], changed }].slice(-rememberedPlans)
}

const put = (world: World, event: Omit<StoredEvent, 'number' | 'changed' | 'formerPlans'>): StoredEvent => {
  const before = world.eventsByCalendar.get(event.calendarId)?.get(event.id)
  const changed = world.lastChange + 1
  const stored: StoredEvent = {
    ...event,
    number: before?.number ?? world.lastEvent + 1,
    changed,
    formerPlans: formerPlansAfter(before, event.body, changed),
  }
  world.tables.events.put(`${event.calendarId}/${event.id}`, stored)
  indexEvent(world, stored)
  return stored
}

/** Occurrences that were changed one by one end with their series, or when it does not have them any more. */
const endExceptions = (world: World, series: StoredEvent): void => {
  const plan = planOf(series.body)
  for (const exception of exceptionsOf(world, series)) {
    if (exception.body.status === 'cancelled') continue
    const { stamp } = splitOccurrenceId(exception.id) ?? { stamp: '' }
    const isPlanned = plan && findOccurrence(series.id, plan, stamp)
    if (series.body.status !== 'cancelled' && isPlanned) continue
    put(world, { ...exception, body: { ...exception.body, status: 'cancelled', updated: series.body.updated } })
  }
}

/** Stores an event as a new version of it, and has whoever watches the calendar told. */
export const saveEvent = (
  world: World,
  event: { calendarId: string; id: string; body: EventBody; conferenceDueAt: number | null },
): StoredEvent => {
  const stored = put(world, event)
  if (!stored.body.recurringEventId) endExceptions(world, stored)
  world.onChange(event.calendarId)
  return stored
}

/** Stores an event as deleted. @returns the deleted event. */
export const cancelEvent = (
  world: World,
  event: Omit<StoredEvent, 'number' | 'changed' | 'formerPlans'>,
): StoredEvent =>
  saveEvent(world, {
    calendarId: event.calendarId,
    id: event.id,
    body: { ...event.body, status: 'cancelled', updated: new Date(nowOf(world)).toISOString() },
    conferenceDueAt: null,
  })
