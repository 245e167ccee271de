import type { Payload } from 'payload'
import type { Job } from '#outbox/enqueue'
import { settings } from '#settings'
import { createToken, hashToken } from '#shared/ids'
import { randomUUID } from 'node:crypto'
import { deleteChannel, insertChannel, listChannels, storeChannelOpened, storeChannelRefused } from './channel-queries'
import { stopChannel, watchEvents } from '../google/calendar-api'
import { GoogleError, NeedsReauthError } from '../google/google-error'
import { withGoogleAccess } from '../google/with-access'
import { findCalendar } from './sync-queries'
import { dayMs } from '#shared/time'
const lifetimeMs = 7 * dayMs
/** There is no renewal: the next channel is opened so long before the end of the last. */
export const renewBeforeMs = dayMs

export const watchCalendarJob = (calendarId: string): Job => ({
  task: 'watch-calendar',
  payload: { calendarId },
  key: `watch-calendar:${calendarId}`,
})

/** Google brings its messages over https alone. Without channels everything works, only later: by polling. */
export const canBeTold = (): boolean =>
  settings.serverUrl.startsWith('https://') || settings.google.apiBase !== undefined

const open = async (
  payload: Payload,
  calendar: { id: string; connectionId: string; calendarId: string },
): Promise<boolean> => {
  const [id, token] = [randomUUID(), createToken()]
  await insertChannel(payload, {
    id,
    connectionId: calendar.connectionId,
    calendarId: calendar.id,
    tokenHash: hashToken(token),
  })
  const address = `${settings.serverUrl}/api/calendar/google/notifications`
  try {
    const opened = await withGoogleAccess(payload, calendar.connectionId, (caller) =>
      watchEvents(caller, calendar.calendarId, { id, token, address, expiresAt: Date.now() + lifetimeMs }),
    )
    await storeChannelOpened(payload, id, opened)
    return true
  } catch (error) {
    if (!(error instanceof GoogleError) || error.outcome !== 'refused') throw error
    // This calendar cannot be watched, today.
    await storeChannelRefused(payload, id)
    return false
  }
}

/**
 * Keeps a channel open on which changes of a calendar are reported: opens the next one before the last one ends, and stops what is not
 * needed any more. One whose opening is not known to have succeeded is left to end by itself.
 * @throws GoogleError when Google cannot be asked; the job comes again.
 */
export const watchCalendar = async (payload: Payload, calendarId: string): Promise<void> => {
  const calendar = await findCalendar(payload, calendarId)
  if (!calendar || calendar.reading !== 'events' || calendar.connectionStatus !== 'connected' || !canBeTold()) return
  try {
    const [latest, ...older] = (await listChannels(payload, calendarId)).filter(({ resourceId }) => resourceId !== null)
    const isFresh = latest !== undefined && (latest.expiresAt ?? 0) > Date.now() + renewBeforeMs
    if (!isFresh && !(await open(payload, calendar))) return
    for (const { id, resourceId } of [...(isFresh || latest === undefined ? [] : [latest]), ...older]) {
      await withGoogleAccess(payload, calendar.connectionId, (caller) =>
        stopChannel(caller, { id, resourceId: resourceId ?? '' }),
      )
      await deleteChannel(payload, id)
    }
  } catch (error) {
    if (!(error instanceof NeedsReauthError)) throw error
  }
}
