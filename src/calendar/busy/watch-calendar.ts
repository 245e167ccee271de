import type { Payload } from 'payload'
import type { Job } from '#outbox/enqueue'
import { settings } from '#settings'
import { createToken, hashToken } from '#shared/ids'
import { randomUUID } from 'node:crypto'
import { deleteChannel, insertChannel, listChannels, storeChannelOpened, storeChannelRefused } from './channel-queries'
import { hasOutcome, NeedsReauthError } from '../calendar-error'
import type { CalendarProvider } from '../calendar-provider'
import { calendarProviders } from '../calendar-providers'
import { withCalendarAccess } from '../connections/with-calendar-access'
import { findCalendar } from './sync-queries'
import { dayMs } from '#shared/time'

type Channels = NonNullable<CalendarProvider['channels']>

/** There is no renewal: the next channel is opened so long before the end of the last. */
const renewBeforeMs = dayMs

export const watchCalendarJob = (calendarId: string): Job => ({
  task: 'watch-calendar',
  payload: { calendarId },
  key: `watch-calendar:${calendarId}`,
})

const open = async (
  payload: Payload,
  channels: Channels,
  calendar: { id: string; connectionId: string; calendarId: string },
): Promise<boolean> => {
  const [id, token] = [randomUUID(), createToken()]
  await insertChannel(payload, {
    id,
    connectionId: calendar.connectionId,
    calendarId: calendar.id,
    tokenHash: hashToken(token),
  })
  const address = `${settings.serverUrl}${channels.path}`
  try {
    const opened = await withCalendarAccess(payload, calendar.connectionId, (_, caller) =>
      channels.open(caller, calendar.calendarId, {
        id,
        token,
        address,
        expiresAt: Date.now() + channels.lifetimeMs,
      }),
    )
    await storeChannelOpened(payload, id, opened)
    return true
  } catch (error) {
    if (!hasOutcome(error, 'refused', 'forbidden', 'gone', 'id_taken', 'changed')) throw error
    // This calendar cannot be watched, today.
    await storeChannelRefused(payload, id)
    return false
  }
}

/**
 * Keeps a channel open on which changes of a calendar are reported: opens the next one before the last one ends, and stops what is not
 * needed any more. One whose opening is not known to have succeeded is left to end by itself.
 * @throws CalendarError when the provider cannot be asked; the job comes again.
 */
export const watchCalendar = async (payload: Payload, calendarId: string): Promise<void> => {
  const calendar = await findCalendar(payload, calendarId)
  if (!calendar || calendar.reading !== 'events' || calendar.connectionStatus !== 'connected') return
  const { channels } = calendarProviders.row(calendar.provider)
  if (!channels?.canArrive()) return
  try {
    const [latest, ...older] = (await listChannels(payload, calendarId)).filter(({ resourceId }) => resourceId !== null)
    const isFresh = latest !== undefined && (latest.expiresAt ?? 0) > Date.now() + renewBeforeMs
    if (!isFresh && !(await open(payload, channels, calendar))) return
    for (const { id, resourceId } of [...(isFresh || latest === undefined ? [] : [latest]), ...older]) {
      await withCalendarAccess(payload, calendar.connectionId, (_, caller) =>
        channels.close(caller, { id, resourceId: resourceId ?? '' }),
      )
      await deleteChannel(payload, id)
    }
  } catch (error) {
    if (!(error instanceof NeedsReauthError)) throw error
  }
}
