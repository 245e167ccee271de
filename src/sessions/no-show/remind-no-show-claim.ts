import { withTransaction } from '#database/transactions'
import type { Task } from '#outbox/task'
import { requireSession } from '../session-queries'
import { countClaimReminder } from './no-show-claim-queries'
import { tellAboutClaim } from './tell-about-claim'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** The time to answer a claim is over, and operations have not decided it. */
    'remind-no-show-claim': { claimId: string }
  }
}

/** Reminds operations of a claim that waits for them. Nothing is decided by time alone. */
export const remindNoShowClaim: Task<'remind-no-show-claim'> = async (payload, { claimId }) =>
  withTransaction(payload, async (req) => {
    const due = await countClaimReminder(req, claimId)
    if (!due) return
    await tellAboutClaim(req, await requireSession(req, due.sessionId), { what: 'overdue', round: due.reminders })
  })
