import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { findDrift, insertDrift, listNewConflicts, settleEndedConflicts } from './drift-queries'
import { tellAboutDrift } from './tell-about-drift'

/**
 * After a calendar changed: sessions that something in it overlaps now are shown to their consultant, once each. They stay booked. What has
 * gone away again is settled.
 */
export const flagCalendarConflicts = async (payload: Payload, consultantId: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    await settleEndedConflicts(req, consultantId)
    for (const { sessionId, start, end } of await listNewConflicts(req, consultantId)) {
      const id = await insertDrift(req, {
        kind: 'conflict',
        consultantId,
        sessionId,
        calendarEventId: null,
        times: { start, end },
      })
      const drift = id === undefined ? undefined : await findDrift(req, id)
      if (drift) await tellAboutDrift(req, drift)
    }
  })
