import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { settings } from '#settings'
import { deriveToken } from '#shared/ids'
import { isOneOf } from '#shared/state-table'
import { computeBackoffMs } from '../connections/compute-backoff'
import {
  changedEventBody,
  conferenceOf,
  isAt,
  isCancelled,
  isOurs,
  newEventBody,
  type SessionEntry,
} from './compute-event-body'
import { usableConnections } from '../connections/connection-states'
import { decideNextStep } from './decide-next-step'
import {
  type EventRow,
  findEvent,
  noteAttempt,
  noteRemoval,
  storeConference,
  storeDelivered,
  storeFailure,
  storeMeetRoom,
  takeNextId,
} from './event-queries'
import { openDifference } from '../differences/open-difference'
import {
  type ApiCaller,
  deleteEvent,
  getEvent,
  type GoogleEvent,
  insertEvent,
  updateEvent,
} from '../google/calendar-api'
import { GoogleError, NeedsReauthError } from '../google/google-error'
import { withGoogleAccess } from '../google/with-access'
import { dayMs, hourMs } from '#shared/time'

export const deliverEventJob = (calendarEventId: string, runAt?: Date): Job => ({
  task: 'deliver-calendar-event',
  payload: { calendarEventId },
  key: `deliver-calendar-event:${calendarEventId}`,
  ...(runAt === undefined ? {} : { runAt }),
})

const entryOf = (row: EventRow): SessionEntry => ({
  ...row,
  joinUrl: `${settings.serverUrl}/api/booking/sessions/${row.reference}/join?key=${deriveToken(settings.payloadSecret, 'session-join', row.reference)}`,
  adminUrl: `${settings.serverUrl}/admin/collections/scheduled-sessions/${row.sessionId}`,
})

const meetRequestOf = (row: EventRow): string | null => (row.wantsMeet ? row.eventId : null)

/** A room that is not ready is looked for again after half as long as it was waited for; it is given up after a day. */
const roomPauses = { firstMs: 5_000, longestMs: hourMs, patienceMs: dayMs }

const nextLookAt = ({ placedAt }: EventRow, now: number): number => {
  const { firstMs, longestMs } = roomPauses
  return now + Math.min(longestMs, Math.max(firstMs, (now - (placedAt ?? now)) / 2))
}

/** Keeps how the calendar stands, and the room that it brought. */
const store = async (payload: Payload, row: EventRow, event: GoogleEvent | null): Promise<void> => {
  const conference = event && conferenceOf(event)
  await withTransaction(payload, async (req) => {
    if (conference?.state === 'ready' && row.conference !== 'ready') {
      await storeMeetRoom(req, row, conference)
    }
    const times = event && { startsAt: row.startsAt, endsAt: row.endsAt }
    await storeDelivered(req, row, { times, conference: conference?.state ?? null })
    if (conference?.state !== 'pending') return
    await enqueue(req, deliverEventJob(row.id, new Date(nextLookAt(row, Date.now()))))
  })
}

const nextId = (payload: Payload, row: EventRow): Promise<void> =>
  withTransaction(payload, (req) => takeNextId(req, row))

/** The entry as it was read, with the tag of that version. */
const versionOf = (event: GoogleEvent): { event: GoogleEvent & { id: string }; etag: string } => {
  if (!event.id || !event.etag) throw new GoogleError('events.get', { outcome: 'unknown', reason: 'malformed' })
  return { event: { ...event, id: event.id }, etag: event.etag }
}

const hasStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof GoogleError && error.status !== undefined && statuses.includes(error.status)

/** First writing under an id. Whether it was taken, and by whom, is looked at in the next step. */
const insert = async (payload: Payload, row: EventRow, caller: ApiCaller, calendarId: string): Promise<void> => {
  await withTransaction(payload, (req) => noteAttempt(req, row.id, calendarId))
  try {
    const event = await insertEvent(caller, calendarId, newEventBody(entryOf(row), row.eventId, meetRequestOf(row)))
    await store(payload, row, event)
  } catch (error) {
    if (!hasStatus(error, 409)) throw error
  }
}

/**
 * Brings an entry that may be there to what it should be. What should be is read after the entry was, and written only over the version that
 * was read. So of two workers at once the one with the older news fails with 412, or has none: test/fault/calendar shows it.
 */
const write = async (
  payload: Payload,
  id: string,
  caller: ApiCaller,
  calendarId: string,
  eventId: string,
): Promise<void> => {
  const found = await getEvent(caller, calendarId, eventId)
  const row = await findEvent(payload, id)
  if (row?.eventId !== eventId || row.calendarId !== calendarId || decide(row) !== 'write') return
  if (found === null) return insert(payload, row, caller, calendarId)
  if (!isOurs(found, row.sessionId)) return nextId(payload, row)
  if (isCancelled(found)) {
    // Nobody but a person has removed what was not known to be there yet: its owner is asked. Later changes are newer than the removal.
    if (row.placedAt !== null || row.removalAsked) return nextId(payload, row)
    // It was there, so taking it out of the bin settles that, and deleting it again is another question.
    await withTransaction(payload, async (req) => {
      await storeDelivered(req, row, { times: row, conference: null })
      await openDifference(req, row, { kind: 'deleted', times: null })
    })
    return
  }
  const lacksRoom = row.wantsMeet && !found.conferenceData
  if (isAt(found, row) && !lacksRoom) return store(payload, row, found)
  const { event, etag } = versionOf(found)
  try {
    const body = changedEventBody(entryOf(row), event, meetRequestOf(row))
    await store(payload, row, await updateEvent(caller, calendarId, { ...body, id: event.id }, etag))
  } catch (error) {
    // Somebody changed or removed it since it was read: the next step looks again.
    if (!hasStatus(error, 404, 409, 410, 412)) throw error
  }
}

/**
 * Removes an entry that may be there. One that was sent but never arrived could still arrive, from a worker that hangs: so its id is used
 * up first, by making the entry and removing that.
 */
const remove = async (
  payload: Payload,
  id: string,
  caller: ApiCaller,
  calendarId: string,
  eventId: string,
): Promise<void> => {
  await withTransaction(payload, (req) => noteRemoval(req, id))
  let found = await getEvent(caller, calendarId, eventId)
  const row = await findEvent(payload, id)
  if (row?.eventId !== eventId || decide(row) !== 'remove') return
  if (found === null) {
    try {
      found = await insertEvent(caller, calendarId, newEventBody(entryOf(row), eventId, null))
    } catch (error) {
      if (hasStatus(error, 409)) return
      // The calendar itself is gone, and the entry with it.
      if (!hasStatus(error, 404, 403)) throw error
    }
  }
  if (found && isOurs(found, row.sessionId) && !isCancelled(found)) {
    try {
      await deleteEvent(caller, calendarId, eventId, versionOf(found).etag)
    } catch (error) {
      if (hasStatus(error, 412)) return
      throw error
    }
  }
  // Where it has to stand now is another calendar, or none; either way under an id that nobody has seen.
  await nextId(payload, row)
}

const lookForRoom = async (payload: Payload, row: EventRow, caller: ApiCaller, calendarId: string): Promise<void> => {
  const found = await getEvent(caller, calendarId, row.eventId)
  const conference = found && conferenceOf(found)
  const now = Date.now()
  const isGivenUp = conference?.state === 'pending' && now - (row.placedAt ?? now) > roomPauses.patienceMs
  const state = isGivenUp ? 'failed' : (conference?.state ?? null)
  const lookAt = state === 'pending' ? nextLookAt(row, now) : null
  await withTransaction(payload, async (req) => {
    if (conference?.state === 'ready') {
      await storeMeetRoom(req, row, conference)
    }
    await storeConference(req, row, { state, lookAt })
    if (lookAt !== null) await enqueue(req, deliverEventJob(row.id, new Date(lookAt)))
  })
}

const decide = (row: EventRow) => decideNextStep({ ...row, now: Date.now() })

/** One step. @returns whether there may be another. */
const step = async (payload: Payload, id: string, caller: ApiCaller): Promise<boolean> => {
  const row = await findEvent(payload, id)
  if (!row || row.state === 'abandoned') return false
  const calendarId = row.calendarId ?? row.targetCalendarId ?? ''
  switch (decide(row)) {
    case 'nothing':
      return false
    case 'note':
      await withTransaction(payload, (req) => storeDelivered(req, row, { times: null, conference: null }))
      return true
    case 'insert':
      await insert(payload, row, caller, row.targetCalendarId ?? '')
      return true
    case 'write':
      await write(payload, id, caller, calendarId, row.eventId)
      return true
    case 'remove':
      await remove(payload, id, caller, calendarId, row.eventId)
      return true
    case 'look-for-room':
      await lookForRoom(payload, row, caller, calendarId)
      return false
  }
}

/** Ends by itself; more steps than this mean that others change the entry all the time. */
const mostSteps = 12

const fail = async (payload: Payload, row: EventRow, error: GoogleError): Promise<void> => {
  const pause = computeBackoffMs(row.failures + 1, error.retryAfterSeconds, Math.random())
  const nextAttemptAt = Date.now() + pause
  await withTransaction(payload, async (req) => {
    await storeFailure(req, row.id, { error: error.message, nextAttemptAt })
    await enqueue(req, deliverEventJob(row.id, new Date(nextAttemptAt)))
  })
  payload.logger.warn({ err: error, calendarEventId: row.id, msg: 'A calendar event will be tried again' })
}

/**
 * Makes the calendar of a consultant agree with one session: written, moved and removed with it, whatever was lost in between. Looks at the
 * present state only, so it may run any number of times, also at once. While the account has to be connected again, everything waits.
 */
export const deliverCalendarEvent = async (payload: Payload, calendarEventId: string): Promise<void> => {
  const row = await findEvent(payload, calendarEventId)
  if (!row || !isOneOf(usableConnections, row.connectionStatus)) return
  if (decide(row) === 'nothing') return
  try {
    await withGoogleAccess(payload, row.connectionId, async (caller) => {
      for (let steps = 0; steps < mostSteps; steps++) if (!(await step(payload, calendarEventId, caller))) return
    })
  } catch (error) {
    if (error instanceof NeedsReauthError) return
    if (!(error instanceof GoogleError)) throw error
    await fail(payload, row, error)
  }
}
