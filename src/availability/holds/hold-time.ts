import type { PayloadRequest } from 'payload'
import { boundClaim } from '../bounds/bound-claim'
import { claimantLocks, claimantOf } from '../bounds/claimant'
import { insertClaim, lockConsultant, releaseHold } from '../claims/claim-queries'
import { bufferedInterval } from '../slots/compute-offered-slots'
import { noSuchOffer, requireOfferedSlot, resolveDuration, slotTaken } from '../slots/find-slots'
import type { Offer } from '../offers/offer'
import { findOffer } from '../offers/offer-queries'
import type { Interval } from '../types'
import { isBusyElsewhere } from '#calendar/busy/is-busy-elsewhere'
import { afterCommit, withTransaction } from '#database/transactions'
import { count } from '#observability/measure'
import { enqueue } from '#outbox/enqueue'
import { createToken, hashToken } from '#shared/ids'
import type { Money } from '#shared/money'
import { bookingSettings } from '../booking-settings'
import { minuteMs } from '#shared/time'

export type Hold = { token: string; expiresAt: number; session: Interval; price: Money }

export type HoldRequest = {
  consultant: string
  serviceType: string
  /** Epoch milliseconds. */
  start: number
  durationMinutes?: number | undefined
  /** Token of an earlier hold of the same person; it is given back if the new one succeeds. */
  replaces?: string | undefined
  /** A calendar of the consultant has just said that they are busy then. */
  isBusyElsewhere?: boolean | undefined
}

export const publishSlotsJob = (consultantId: string) =>
  ({ task: 'publish-slots', payload: { consultantId }, key: `publish-slots:${consultantId}` }) as const

/** The price of an offer's duration, minor units. */
export const offeredPrice = (offer: Offer, durationMinutes: number): Money => {
  const price = offer.prices.get(durationMinutes)
  if (!price) throw new Error(`The offer has no price for ${durationMinutes} minutes.`)
  return price
}

/**
 * Whether a calendar of the consultant says, asked now, that they are busy at a time that somebody wants. Call it outside of a transaction.
 * False for what is not offered at all: what is wrong with that is said later.
 */
export const lookElsewhere = async (
  req: PayloadRequest,
  request: Pick<HoldRequest, 'consultant' | 'serviceType' | 'start' | 'durationMinutes'>,
): Promise<boolean> => {
  const offer = await findOffer(req, request.consultant, request.serviceType)
  if (!offer) return false
  const minutes = resolveDuration(offer, request.durationMinutes)
  const session = { start: request.start, end: request.start + minutes * minuteMs }
  return isBusyElsewhere(req, offer.consultantId, bufferedInterval(offer, session))
}

/**
 * Claims a time until the hold runs out. Call it inside a transaction.
 * @throws DomainError `slot_taken`, `slot_not_offered`, `not_found`, `invalid_request`; `rate_limited`, `challenge_required` when the caller holds much.
 */
export const holdTime = async (req: PayloadRequest, request: HoldRequest): Promise<Hold> => {
  const now = Date.now()
  const offer = await findOffer(req, request.consultant, request.serviceType)
  if (!offer) throw noSuchOffer()
  const { holdMinutes } = await bookingSettings(req)
  const claimant = await claimantOf(req, offer.consultantId)
  await lockConsultant(req, offer.consultantId, claimantLocks(claimant))
  if (request.replaces) await releaseHold(req, hashToken(request.replaces), now)

  const slot = await requireOfferedSlot(req, { ...request, durationMinutes: request.durationMinutes, now })
  if (request.isBusyElsewhere) throw slotTaken()
  await boundClaim(req, { claimant, offer: slot.offer, session: slot.session, now })
  const price = offeredPrice(slot.offer, slot.durationMinutes)
  const token = createToken()
  const expiresAt = now + holdMinutes * minuteMs
  const slotId = await insertClaim(
    req,
    {
      consultantId: slot.offer.consultantId,
      serviceTypeId: slot.offer.serviceTypeId,
      session: slot.session,
      occupied: bufferedInterval(slot.offer, slot.session),
      timeZone: slot.offer.rules.timeZone,
      price,
      status: 'held',
      holdExpiresAt: expiresAt,
      holdTokenHash: hashToken(token),
      customerId: null,
      claimant,
    },
    now,
  )
  await enqueue(req, publishSlotsJob(slot.offer.consultantId), {
    task: 'release-hold',
    payload: { slotId },
    key: `release-hold:${slotId}`,
    runAt: new Date(expiresAt + 1_000),
  })
  await afterCommit(req, () => count('parley_holds_total', { outcome: 'held' }))
  return { token, expiresAt, session: slot.session, price }
}

/** Ends a hold. Says nothing about whether there was one. */
export const giveHoldBack = async (req: PayloadRequest, token: string): Promise<void> =>
  withTransaction(req, async (tx) => {
    const consultantId = await releaseHold(tx, hashToken(token), Date.now())
    if (consultantId) await enqueue(tx, publishSlotsJob(consultantId))
  })
