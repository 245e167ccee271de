import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { findDifference, insertDifference, listNewConflicts, settleEndedConflicts } from './difference-queries'
import { tellAboutDifference } from './tell-about-difference'

/**
 * After a calendar changed: sessions that something in it overlaps now are shown to their consultant, once each. They stay booked. What has
 * gone away again is settled.
 */
export const flagCalendarConflicts = async (payload: Payload, consultantId: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    await settleEndedConflicts(req, consultantId)
    for (const { sessionId, start, end } of await listNewConflicts(req, consultantId)) {
      const id = await insertDifference(req, {
        kind: 'conflict',
        consultantId,
        sessionId,
        calendarEventId: null,
        times: { start, end },
      })
      const difference = id === undefined ? undefined : await findDifference(req, id)
      if (difference) await tellAboutDifference(req, difference)
    }
  })
