import type { PayloadRequest } from 'payload'
import {
  attachClaim,
  expireStaleHolds,
  findHoldConsultant,
  insertClaim,
  lockConsultant,
  lockHold,
} from '#availability/claims/claim-queries'
import { bufferedInterval, noSuchOffer, requireOfferedSlot, slotTaken } from '#availability/slots/find-slots'
import type { Offer } from '#availability/offers/offer'
import { findOffer } from '#availability/offers/offer-queries'
import { bookableHolds } from '#availability/slot-states'
import type { Interval } from '#availability/types'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { createId, hashToken } from '#shared/ids'
import type { Money } from '#shared/money'
import { isOneOf } from '#shared/state-table'
import { bookingSettings } from '#availability/booking-settings'
import { decideAnswers } from './decide-answers'
import { type CustomerInput, findOrCreateCustomer } from '#accounts/customer-queries'
import { offeredPrice } from '#availability/holds/hold-time'
import { insertSession } from './insert-session'
import type { SessionState } from '../session-states'

export type BookingInput = {
  holdToken?: string | undefined
  consultant?: string | undefined
  serviceType?: string | undefined
  start?: number | undefined
  durationMinutes?: number | undefined
  customer: CustomerInput
  problem?:
    | {
        title?: string | undefined
        description: string
        category?: string | undefined
        urgency?: 'asap' | 'today' | 'this_week' | undefined
      }
    | undefined
  answers?: Record<string, string | number | boolean> | undefined
  notes?: string | undefined
  successUrl?: string | undefined
  cancelUrl?: string | undefined
  requestId?: string | undefined
  /** A calendar of the consultant has just said that they are busy then. */
  isBusyElsewhere?: boolean | undefined
}

export type Booked = {
  sessionId: string
  reference: string
  manageToken: string
  status: SessionState
  paymentId: string | null
}

/** A claimed time, before there is a session for it. */
type Claimed = { slotId: string | null; offer: Offer; session: Interval; price: Money }

const holdGone = () =>
  new DomainError('hold_expired', 'The hold has run out and the time cannot be had any more. Choose another one.')

/** The time of a hold; one that ran out is as good as a live one while nobody else has taken the time. */
const claimFromHold = async (req: PayloadRequest, token: string, now: number): Promise<Claimed> => {
  const hash = hashToken(token)
  const consultantId = await findHoldConsultant(req, hash)
  if (consultantId === undefined) throw holdGone()
  await lockConsultant(req, consultantId)
  const hold = await lockHold(req, hash)
  if (!hold || hold.sessionId !== null || !isOneOf(bookableHolds, hold.status)) throw holdGone()
  const offer = await findOffer(req, hold.consultantId, hold.serviceTypeId)
  if (!offer) throw holdGone()
  const session = { start: hold.start, end: hold.end }
  if (hold.status === 'held' && hold.holdExpiresAt > now) return { slotId: hold.id, offer, session, price: hold.price }

  try {
    await requireOfferedSlot(req, {
      consultant: hold.consultantId,
      serviceType: hold.serviceTypeId,
      start: hold.start,
      durationMinutes: (hold.end - hold.start) / 60_000,
      now,
      ownHoldHash: hash,
    })
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'slot_taken' || error.code === 'slot_not_offered'))
      throw holdGone()
    throw error
  }
  await expireStaleHolds(req, { consultantId, occupied: bufferedInterval(offer, session) }, now)
  return { slotId: hold.id, offer, session, price: hold.price }
}

const claimDirectly = async (req: PayloadRequest, input: BookingInput, now: number): Promise<Claimed> => {
  const { consultant = '', serviceType = '', start = 0, durationMinutes } = input
  const known = await findOffer(req, consultant, serviceType)
  if (!known) throw noSuchOffer()
  await lockConsultant(req, known.consultantId)
  const {
    offer,
    session,
    durationMinutes: minutes,
  } = await requireOfferedSlot(req, { consultant, serviceType, start, durationMinutes, now })
  if (input.isBusyElsewhere) throw slotTaken()
  return { slotId: null, offer, session, price: offeredPrice(offer, minutes) }
}

const openingState = (offer: Offer, price: Money): SessionState => {
  if (offer.requiresConfirmation) return 'pending_confirmation'
  return price.amount > 0 ? 'pending_payment' : 'scheduled'
}

/**
 * Makes a session of a held or free time: one transaction with the customer, the claim, the session and what follows from it.
 * A paid one keeps the time until the payment deadline.
 * @throws DomainError `hold_expired`, `slot_taken`, `slot_not_offered`, `not_found`, `forbidden`.
 */
export const bookSession = async (req: PayloadRequest, input: BookingInput, actor: Actor): Promise<Booked> => {
  const now = Date.now()
  const booking = await bookingSettings(req)
  const { slotId, offer, session, price } = input.holdToken
    ? await claimFromHold(req, input.holdToken, now)
    : await claimDirectly(req, input, now)
  // What a request asked was answered when it was made.
  const refusal = input.requestId === undefined ? decideAnswers(offer.questions, input.answers) : undefined
  if (refusal) throw refusal
  const customer = await findOrCreateCustomer(req, input.customer, actor)
  const status = openingState(offer, price)
  const deadline = price.amount > 0 ? now + booking.paymentDeadlineMinutes * 60_000 : null
  const confirmBy =
    status === 'pending_confirmation' ? Math.min(session.start, now + booking.requestExpiryHours * 3_600_000) : null
  const claim = {
    status: status === 'scheduled' ? ('booked' as const) : ('held' as const),
    holdExpiresAt: deadline ?? confirmBy,
  }

  const sessionId = createId()
  const claimedSlotId =
    slotId ??
    (await insertClaim(
      req,
      {
        consultantId: offer.consultantId,
        serviceTypeId: offer.serviceTypeId,
        session,
        occupied: bufferedInterval(offer, session),
        timeZone: offer.rules.timeZone,
        price,
        ...claim,
        holdTokenHash: null,
        customerId: customer.id,
        sessionId,
      },
      now,
    ))
  const booked = await insertSession(req, {
    sessionId,
    slotId: claimedSlotId,
    offer,
    session,
    price,
    status,
    customerId: customer.id,
    isLogin: customer.isLogin,
    input,
    actor,
    deadline,
    confirmBy,
    now,
    booking,
  })
  if (slotId !== null) await attachClaim(req, { slotId, sessionId, customerId: customer.id, ...claim }, now)
  return booked
}
