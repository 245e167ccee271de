import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { belongsInCalendar } from './decide-next-step'
import { computeDifference } from '../differences/compute-difference'
import { settleDifferencesOf } from '../differences/difference-queries'
import { type EventRow, findEvent, lockEvent } from './event-queries'
import { NeedsReauthError } from '../calendar-error'
import { withCalendarAccess } from '../connections/with-calendar-access'
import { openDifference } from '../differences/open-difference'

export const checkEventJob = (calendarEventId: string, runAt?: Date): Job => ({
  task: 'check-calendar-event',
  payload: { calendarEventId },
  key: `check-calendar-event:${calendarEventId}`,
  ...(runAt === undefined ? {} : { runAt }),
})

/** An entry that we are not about to change ourselves, and that stands in the calendar as far as we know. */
const isCheckable = (row: EventRow): boolean =>
  row.state !== 'abandoned' &&
  row.connectionStatus === 'connected' &&
  row.deliveredVersion >= row.desiredVersion &&
  row.placedAt !== null &&
  belongsInCalendar(row.sessionStatus)

/**
 * Looks at one entry, because its calendar said that it changed: has a person moved or deleted it? What a page of changes says may be
 * older than our own last writing, so it is only the occasion; the entry is read now, and counts only if we did not write meanwhile.
 * @throws CalendarError when the provider cannot be asked; the job comes again.
 */
export const checkCalendarEvent = async (payload: Payload, calendarEventId: string): Promise<void> => {
  const before = await findEvent(payload, calendarEventId)
  if (!before || !isCheckable(before)) return
  const calendarId = before.calendarId ?? ''
  try {
    const found = await withCalendarAccess(payload, before.connectionId, async ({ entries }, caller) =>
      entries === null ? undefined : entries.get(caller, calendarId, before.eventId),
    )
    if (found === undefined) return
    await withTransaction(payload, async (req) => {
      const row = await lockEvent(req, calendarEventId)
      if (!row || !isCheckable(row)) return
      if (row.desiredVersion !== before.desiredVersion || row.eventId !== before.eventId) {
        await enqueue(req, checkEventJob(row.id))
        return
      }
      const difference = computeDifference(found, row)
      if (difference.is === 'same') await settleDifferencesOf(req, row.id)
      else
        await openDifference(req, row, {
          kind: difference.is,
          times: difference.is === 'moved' ? difference.times : null,
        })
    })
  } catch (error) {
    if (!(error instanceof NeedsReauthError)) throw error
  }
}
