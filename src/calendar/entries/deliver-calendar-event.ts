import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { settings } from '#settings'
import { deriveToken } from '#shared/ids'
import { isOneOf } from '#shared/state-table'
import { computeBackoffMs } from '../connections/compute-backoff'
import { CalendarError, hasOutcome, NeedsReauthError } from '../calendar-error'
import type { CalendarCaller, CalendarProvider } from '../calendar-provider'
import { computeEntryDraft, isAt, isOurs, type SessionEntry } from './compute-entry-draft'
import type { ExternalEvent } from './external-event'
import { withCalendarAccess } from '../connections/with-calendar-access'
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
import { dayMs, hourMs } from '#shared/time'

export const deliverEventJob = (calendarEventId: string, runAt?: Date): Job => ({
  task: 'deliver-calendar-event',
  payload: { calendarEventId },
  key: `deliver-calendar-event:${calendarEventId}`,
  ...(runAt === undefined ? {} : { runAt }),
})

const entryOf = (row: EventRow): SessionEntry => ({
  ...row,
  joinUrl: `${settings.serverUrl}/api/booking/sessions/${row.reference}/join?key=${deriveToken(settings.payloadSecret, 'session-calendar', row.reference)}`,
  adminUrl: `${settings.serverUrl}/admin/collections/scheduled-sessions/${row.sessionId}`,
})

/** One calendar of one account, at its provider. */
type Place = { entries: NonNullable<CalendarProvider['entries']>; caller: CalendarCaller; calendarId: string }

const roomRequestOf = (row: EventRow): string | null => (row.wantsRoom ? row.eventId : null)

/** A room that is not ready is looked for again after half as long as it was waited for; it is given up after a day. */
const roomPauses = { firstMs: 5_000, longestMs: hourMs, patienceMs: dayMs }

const nextLookAt = ({ placedAt }: EventRow, now: number): number => {
  const { firstMs, longestMs } = roomPauses
  return now + Math.min(longestMs, Math.max(firstMs, (now - (placedAt ?? now)) / 2))
}

/** Keeps how the calendar stands, and the room that it brought. */
const store = async (payload: Payload, row: EventRow, event: ExternalEvent | null): Promise<void> => {
  const conference = event && event.conference
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

/** First writing under an id. Whether it was taken, and by whom, is looked at in the next step. */
const insert = async (payload: Payload, row: EventRow, place: Place): Promise<void> => {
  const { entries, caller, calendarId } = place
  if (!(await withTransaction(payload, (req) => noteAttempt(req, row, calendarId)))) return
  try {
    const draft = computeEntryDraft(entryOf(row), row.eventId, roomRequestOf(row))
    await store(payload, row, await entries.create(caller, calendarId, draft))
  } catch (error) {
    if (!hasOutcome(error, 'id_taken')) throw error
  }
}

/**
 * Brings an entry that may be there to what it should be. What should be is read after the entry was, and written only over the version that
 * was read. So of two workers at once the one with the older news finds it `changed`, or has none: test/fault/calendar shows it.
 */
const write = async (payload: Payload, id: string, place: Place, eventId: string): Promise<void> => {
  const { entries, caller, calendarId } = place
  const found = await entries.get(caller, calendarId, eventId)
  const row = await findEvent(payload, id)
  if (row?.eventId !== eventId || row.calendarId !== calendarId || decide(row) !== 'write') return
  if (found === null) return insert(payload, row, place)
  if (!isOurs(found, row.sessionId)) return nextId(payload, row)
  if (found.isCancelled) {
    // Nobody but a person has removed what was not known to be there yet: its owner is asked. Later changes are newer than the removal.
    if (row.placedAt !== null || row.removalAsked) return nextId(payload, row)
    // It was there, so taking it out of the bin settles that, and deleting it again is another question.
    await withTransaction(payload, async (req) => {
      await storeDelivered(req, row, { times: row, conference: null })
      await openDifference(req, row, { kind: 'deleted', times: null })
    })
    return
  }
  const lacksRoom = row.wantsRoom && !found.hasConference
  if (isAt(found, row) && !lacksRoom) return store(payload, row, found)
  try {
    const change = { start: row.startsAt, end: row.endsAt, roomRequest: roomRequestOf(row) }
    await store(payload, row, await entries.change(caller, calendarId, found, change))
  } catch (error) {
    // Somebody changed or removed it since it was read: the next step looks again.
    if (!hasOutcome(error, 'changed', 'gone', 'id_taken')) throw error
  }
}

/**
 * Removes an entry that may be there. One that was sent but never arrived could still arrive, from a worker that hangs: so its id is used
 * up first, by making the entry and removing that.
 */
const remove = async (payload: Payload, known: EventRow, place: Place): Promise<void> => {
  const { entries, caller, calendarId } = place
  const { id, eventId } = known
  if (!(await withTransaction(payload, (req) => noteRemoval(req, known)))) return
  let found = await entries.get(caller, calendarId, eventId)
  const row = await findEvent(payload, id)
  if (row?.eventId !== eventId || decide(row) !== 'remove') return
  if (found === null) {
    try {
      found = await entries.create(caller, calendarId, computeEntryDraft(entryOf(row), eventId, null))
    } catch (error) {
      if (hasOutcome(error, 'id_taken')) return
      // The calendar itself is gone, and the entry with it.
      if (!hasOutcome(error, 'gone', 'forbidden')) throw error
    }
  }
  if (found && isOurs(found, row.sessionId) && !found.isCancelled) {
    try {
      await entries.remove(caller, calendarId, found)
    } catch (error) {
      if (hasOutcome(error, 'changed')) return
      throw error
    }
  }
  // Where it has to stand now is another calendar, or none; either way under an id that nobody has seen.
  await nextId(payload, row)
}

const lookForRoom = async (payload: Payload, row: EventRow, place: Place): Promise<void> => {
  const found = await place.entries.get(place.caller, place.calendarId, row.eventId)
  const conference = found && found.conference
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
const step = async (payload: Payload, id: string, account: Omit<Place, 'calendarId'>): Promise<boolean> => {
  const row = await findEvent(payload, id)
  if (!row || row.state === 'abandoned') return false
  const place = { ...account, calendarId: row.calendarId ?? row.targetCalendarId ?? '' }
  switch (decide(row)) {
    case 'nothing':
      return false
    case 'note':
      await withTransaction(payload, (req) => storeDelivered(req, row, { times: null, conference: null }))
      return true
    case 'insert':
      await insert(payload, row, { ...account, calendarId: row.targetCalendarId ?? '' })
      return true
    case 'write':
      await write(payload, id, place, row.eventId)
      return true
    case 'remove':
      await remove(payload, row, place)
      return true
    case 'look-for-room':
      await lookForRoom(payload, row, place)
      return false
  }
}

/** Ends by itself; more steps than this mean that others change the entry all the time. */
const mostSteps = 12

const fail = async (payload: Payload, row: EventRow, error: CalendarError): Promise<void> => {
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
    await withCalendarAccess(payload, row.connectionId, async ({ entries }, caller) => {
      if (entries === null) return
      const account = { entries, caller }
      for (let steps = 0; steps < mostSteps; steps++) if (!(await step(payload, calendarEventId, account))) return
    })
  } catch (error) {
    if (error instanceof NeedsReauthError) return
    if (!(error instanceof CalendarError)) throw error
    await fail(payload, row, error)
  }
}
