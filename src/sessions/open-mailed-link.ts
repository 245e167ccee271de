import type { PayloadRequest } from 'payload'
import { storeClaimantShown } from '#availability/bounds/claimed-queries'
import { storeConfirmedEmail } from '#accounts/customer-queries'
import { enqueue } from '#outbox/enqueue'
import { systemActor } from '#shared/actor'
import { changeSessionState, requireLockedSession } from './change/change-session'
import { followSessionJob } from './change/follow-session-change'
import { requireAction } from './lock-session-to-act'
import { clearEmailConfirmBy } from './mailed-link-queries'

const openedLink = 'the mailed link was opened'

/**
 * What follows when the customer of a free booking has opened the link that they were mailed, and says that it is theirs: it is agreed, or the consultant is
 * asked for a yes. The caller has seen the proof that the mail has arrived; call it inside a transaction.
 * @throws DomainError `illegal_transition` when it waits for that no more, or its time is over.
 */
export const openMailedLink = async (req: PayloadRequest, sessionId: string): Promise<void> => {
  const session = await requireLockedSession(req, sessionId)
  await requireAction(req, session, { action: 'confirm_email', actor: { role: 'customer' } })
  if (session.confirmBy === null) {
    await changeSessionState(req, { session, to: 'scheduled', actor: systemActor, reason: openedLink, now: Date.now() })
  } else {
    await clearEmailConfirmBy(req, session)
    // Those whom it concerns hear of it as of a new one.
    await enqueue(req, followSessionJob(session.id, 'created'))
  }
  await storeClaimantShown(req, session.customerId)
  await storeConfirmedEmail(req, { id: session.customerId, email: session.customerEmail })
}
