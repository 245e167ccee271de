import type { PayloadRequest } from 'payload'
import { requireChallenge } from '#challenge/require-challenge'
import { DomainError } from '#shared/errors'
import { bookingSettings } from '../booking-settings'
import type { Offer } from '../offers/offer'
import { computeOpenTime } from '../slots/compute-offered-slots'
import type { Interval } from '../types'
import { type Claimant, isStranger } from './claimant'
import { findClaimed } from './claimed-queries'
import { computeClaimBounds } from './compute-claim-bounds'
import { decideTimeClaim } from './decide-time-claim'

/** When nothing that is counted runs out by itself. */
const longWaitSeconds = 3_600

const words = {
  caller:
    'You have as much time reserved as one visitor may at once. Pay for what you hold, or give some of it back, and try again.',
  inbox:
    'As much time is reserved for this e-mail address as for one address may be at once. Pay for what is held, or give some of it back, and try again.',
  strangers:
    'Much of the time of this consultant is reserved by people who have not confirmed it yet. Log in to book, or try again later.',
} as const

/**
 * Sees to it that nobody who has neither paid nor shown who they are claims more than a share of what there is. Call it with the locks of the consultant
 * and of the claimant. It counts what stands in the tables, so no setting of limits switches it off.
 * @param args.heldSlotId their own hold, which only becomes a session.
 * @throws DomainError `rate_limited`; `challenge_required` near a bound, for whoever has no login.
 */
export const boundClaim = async (
  req: PayloadRequest,
  args: { claimant: Claimant; offer: Offer; session: Interval; heldSlotId?: string | null; now: number },
): Promise<void> => {
  const { claimant, offer, session, heldSlotId = null, now } = args
  if (claimant.by === null && claimant.inbox === null) return
  const claimed = await findClaimed(req, {
    consultantId: offer.consultantId,
    claimant,
    exceptSlotId: heldSlotId,
    now,
  })
  const lengthMs = session.end - session.start
  const { bounds } = await bookingSettings(req)
  const decision = decideTimeClaim({
    claimed,
    bounds: computeClaimBounds(bounds, { openMs: computeOpenTime(offer, now), lengthMs }),
    lengthMs,
    asked: { hasCaller: claimant.by !== null, hasInbox: claimant.inbox !== null, isStranger: isStranger(claimant) },
  })
  if (decision.outcome === 'refused') {
    const seconds = claimed.freeAt === null ? longWaitSeconds : Math.ceil((claimed.freeAt - now) / 1_000)
    throw new DomainError('rate_limited', words[decision.reason], {
      retryAfter: Math.min(longWaitSeconds, Math.max(1, seconds)),
    })
  }
  // Whoever holds it already was asked when they took it.
  if (decision.outcome === 'near' && heldSlotId === null) await requireChallenge(req)
}
