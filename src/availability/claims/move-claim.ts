import type { PayloadRequest } from 'payload'
import { insertClaim, lockClaimOfSession, lockConsultant, releaseClaim } from './claim-queries'
import { DomainError } from '#shared/errors'

/**
 * Gives the time of a session back and claims another one with the same buffers, in the open transaction: whoever looks sees the
 * old claim or the new one.
 * @throws SQLSTATE 23P01 when the new time is taken; then the old claim is as it was once the transaction has ended.
 */
export const moveClaim = async (
  req: PayloadRequest,
  args: { sessionId: string; consultantId: string; start: number; end: number; now: number },
): Promise<{ fromSlot: string; toSlot: string }> => {
  const { sessionId, consultantId, start, end, now } = args
  // Before the claim itself, in the order that every claim takes.
  await lockConsultant(req, consultantId)
  const claim = await lockClaimOfSession(req, sessionId)
  if (!claim) throw new DomainError('illegal_transition', 'The session has no time to give back.')
  await releaseClaim(req, claim.id, now)
  const toSlot = await insertClaim(
    req,
    {
      consultantId: claim.consultantId,
      serviceTypeId: claim.serviceTypeId,
      session: { start, end },
      occupied: {
        start: start - (claim.session.start - claim.occupied.start),
        end: end + (claim.occupied.end - claim.session.end),
      },
      timeZone: claim.timeZone,
      price: claim.price,
      status: 'booked',
      holdExpiresAt: null,
      holdTokenHash: null,
      customerId: claim.customerId,
      claimant: claim.claimant,
      sessionId,
    },
    now,
  )
  return { fromSlot: claim.id, toSlot }
}
