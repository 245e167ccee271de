import { settledConference } from './events/conference'
import { saveEvent } from './events/save-event'
import type { StoredEvent } from './records'
import { findEvent, nowOf, type World } from './world'

/** A conference that was being made is ready, or could not be made. */
export const settleConference = (world: World, event: StoredEvent, outcome: 'success' | 'failure'): void => {
  const requestId = event.body.conferenceData?.createRequest?.requestId
  if (!requestId || event.conferenceDueAt === null) return
  const settled = settledConference(`${event.calendarId}/${event.id}`, requestId, outcome)
  saveEvent(world, {
    calendarId: event.calendarId,
    id: event.id,
    body: { ...event.body, ...settled, updated: new Date(nowOf(world)).toISOString() },
    conferenceDueAt: null,
  })
}

/** Lets everything happen whose time has come. */
export const settleDue = (world: World): void => {
  const now = nowOf(world)
  for (const channel of [...world.tables.channels.values()]) {
    if (channel.expiresAt <= now) world.tables.channels.delete(channel.id)
  }
  for (const key of [...world.pendingConferences]) {
    const event = findEvent(world, ...splitKey(key))
    if (event?.conferenceDueAt === null || event === undefined) world.pendingConferences.delete(key)
    else if (event.conferenceDueAt <= now) settleConference(world, event, 'success')
  }
}

const splitKey = (key: string): [calendarId: string, id: string] => {
  const at = key.lastIndexOf('/')
  return [key.slice(0, at), key.slice(at + 1)]
}
