import { bookingSettings } from '#availability/booking-settings'
import { lockSession } from '../session-queries'
import { withTransaction } from '#database/transactions'
import type { Task } from '#outbox/task'
import { snapshotSession } from '#notifications/render/compose-snapshots'
import { decideReminder } from './decide-reminder'
import type { PlannedMessage } from '#notifications/record-message'
import { recordSessionMessages } from './record-session-messages'
import { toTimerSettings } from './timer-settings'

/** Reminds both sides of a session, if it is still at the time that this reminder belongs to. Once per side, time and reminder. */
export const remindSession: Task<'remind-session'> = async (payload, { sessionId, kind: offset }) =>
  withTransaction(payload, async (req) => {
    const settings = toTimerSettings(await bookingSettings(req))
    const session = await lockSession(req, sessionId)
    if (!session || !decideReminder({ session, offset, settings, now: Date.now() })) return
    const messages = (['customer', 'consultant'] as const).map((audience): PlannedMessage => ({
      kind: 'booking_reminder',
      audience,
      data: { session: snapshotSession(session), offset },
    }))
    await recordSessionMessages(req, session, messages)
  })
