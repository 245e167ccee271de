import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import type { BookingSetting } from '#payload-types'
import { bookingSettings } from '#availability/booking-settings'
import { lockSession, type SessionRow } from '../session-queries'
import { sessionStateNames } from '../session-states'
import { refreshStatistics } from '../statistics-queries'
import { cancelJobs, enqueue } from '#outbox/enqueue'
import { followErrand } from '#outbox/follow-errand'
import type { SessionEvent } from '../session-events'
import { actorRoleNames } from '#shared/actor'
import { computeSessionTimers } from './compute-session-timers'
import { decideSessionMessages, type SessionMessageFacts } from './decide-session-messages'
import { forgetReminders } from '#notifications/notification-queries'
import { recordSessionMessages } from './record-session-messages'
import { findRefundFacts, findSessionHistoryFacts, listTold } from './session-fact-queries'
import { toTimerSettings } from './timer-settings'

/** What the change left word of; everything else is read. */
const detailSchema = z.object({
  from: z.enum(sessionStateNames).nullish(),
  by: z.enum(actorRoleNames).nullish(),
  reason: z.string().nullish(),
  previous: z.object({ startsAt: z.number(), endsAt: z.number() }).nullish(),
  sequence: z.number().nullish(),
  refundId: z.string().nullish(),
})
type Detail = z.infer<typeof detailSchema>

const readFacts = async (
  req: PayloadRequest,
  { session, detail }: { session: SessionRow; detail: Detail },
): Promise<SessionMessageFacts> => {
  const history = await findSessionHistoryFacts(req, session.id)
  const { previous, sequence, refundId } = detail
  return {
    session,
    told: await listTold(req, session.id),
    openedBy: history.openedBy ?? 'system',
    from: detail.from ?? null,
    by: detail.by ?? 'system',
    reason: detail.reason ?? history.reason,
    move: previous ? { previous, sequence: sequence ?? session.sequence } : null,
    refund: (refundId && (await findRefundFacts(req, refundId))) || null,
    paymentReference: history.paymentReference,
    now: Date.now(),
  }
}

const setTimers = async (req: PayloadRequest, session: SessionRow, settings: BookingSetting): Promise<void> => {
  const { set, cancel } = computeSessionTimers(session, toTimerSettings(settings), Date.now())
  await cancelJobs(req, ...cancel)
  await enqueue(req, ...set)
}

/** After these the numbers of the consultant and the customer may be other ones. */
const counted: readonly SessionEvent[] = ['scheduled', 'closed', 'completed', 'refunded', 'refund-failed']

/**
 * What follows after something happened to a session: everybody concerned is told, its timers are set, its people's numbers
 * are counted. The session is locked, so two such jobs go one after the other, and both go by what is so then. People are counted after
 * the commit, since many sessions have the same consultant.
 */
export const followSession = followErrand<'follow-session'>(
  async (req, { sessionId, event, detail = {} }, { isAgain }) => {
    const settings = await bookingSettings(req)
    const session = await lockSession(req, sessionId)
    if (!session) return undefined
    if (!isAgain) {
      const facts = await readFacts(req, { session, detail: detailSchema.parse(detail) })
      await recordSessionMessages(req, session, decideSessionMessages(event, facts))
      if (event === 'rescheduled') await forgetReminders(req, sessionId)
      await setTimers(req, session, settings)
    }
    return counted.includes(event) ? () => refreshStatistics(req.payload, session) : undefined
  },
)
