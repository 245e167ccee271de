import type { StoredCalendar, StoredEvent } from '../records'
import { invalid, Refusal } from '../refusal'
import { findEvent, newEventId, type World } from '../world'
import { parseBody } from '../api/parse-call'
import { buildEvent, type WriteOptions, type Writer } from './build-event'
import { type EventInput, eventInput } from './event-schema'
import { mergePatch } from './merge-patch'
import { cancelEvent, saveEvent } from './save-event'

type Place = { calendar: StoredCalendar; writer: Writer; options: WriteOptions }

/** The mails that Google would send to the guests. */
const invite = (
  world: World,
  event: StoredEvent,
  sendUpdates: WriteOptions['sendUpdates'],
  about: 'created' | 'changed' | 'cancelled',
): void => {
  if (sendUpdates === 'none') return
  for (const { email, self } of event.body.attendees ?? []) {
    if (email && !self) world.invitations.push({ calendarId: event.calendarId, eventId: event.id, to: email, about })
  }
}

/**
 * A new event.
 * @throws Refusal 409 when the id was ever used in the calendar, deleted or not.
 */
export const insertEvent = (world: World, { calendar, writer, options }: Place, input: EventInput): StoredEvent => {
  const id = input.id ?? newEventId()
  if (!/^[a-v0-9]{5,1024}$/.test(id)) throw invalid('Invalid resource id value.')
  if (findEvent(world, calendar.id, id)) {
    throw new Refusal({ status: 409, reason: 'duplicate', message: 'The requested identifier already exists.' })
  }
  if (input.status === 'cancelled') throw invalid('A new event cannot be cancelled.')
  const built = buildEvent(world, { id, calendar, writer, input, before: undefined, options })
  const event = saveEvent(world, { calendarId: calendar.id, id, ...built })
  invite(world, event, options.sendUpdates, 'created')
  return event
}

/** Replaces what an event says. Without a status a deleted one comes back. @throws Refusal */
export const replaceEvent = (
  world: World,
  { calendar, writer, options }: Place,
  { before, input }: { before: StoredEvent; input: EventInput },
): StoredEvent => {
  if (input.id && input.id !== before.id) throw invalid('The id of an event cannot be changed.')
  if (input.status === 'cancelled') {
    const cancelled = cancelEvent(world, before)
    invite(world, cancelled, options.sendUpdates, 'cancelled')
    return cancelled
  }
  const built = buildEvent(world, { id: before.id, calendar, writer, input, before, options })
  const event = saveEvent(world, { calendarId: calendar.id, id: before.id, ...built })
  invite(world, event, options.sendUpdates, 'changed')
  return event
}

/** Changes the fields that are named; `null` removes one. @throws Refusal */
export const patchEvent = (
  world: World,
  place: Place,
  { before, patch }: { before: StoredEvent; patch: unknown },
): StoredEvent => {
  parseBody(eventInput, patch)
  const input = parseBody(eventInput, mergePatch(before.body, patch))
  return replaceEvent(world, place, { before, input })
}

/** @throws Refusal 410 when it was deleted before. */
export const deleteEvent = (world: World, event: StoredEvent, sendUpdates: WriteOptions['sendUpdates']): void => {
  if (event.body.status === 'cancelled') {
    throw new Refusal({ status: 410, reason: 'deleted', message: 'Resource has been deleted' })
  }
  invite(world, cancelEvent(world, event), sendUpdates, 'cancelled')
}
