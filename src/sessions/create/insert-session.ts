import type { PayloadRequest } from 'payload'
import type { Offer } from '#availability/offers/offer'
import type { Interval } from '#availability/types'
import { insertPayment } from '#payments/payment-queries'
import { computeCheckoutExpiry } from '#payments/stripe/checkout-sessions'
import { settings } from '#settings'
import { wantCalendarEvent } from '#calendar/entries/event-queries'
import { enqueue } from '#outbox/enqueue'
import type { Actor } from '#shared/actor'
import { createId, deriveToken } from '#shared/ids'
import type { Money } from '#shared/money'
import type { Booked, BookingInput } from './book-session'
import type { BookingSetting } from '#payload-types'
import { composeSession } from './compose-session'
import { decideSessionOpening } from '../decide-session-transition'
import { deadlineJobs, followSessionJob, wantRoom } from '../change/follow-session-change'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { manageUrlOf } from '../present-session'
import type { SessionState } from '../session-states'

export type NewSession = {
  /** Made by the caller when the claim already names it. */
  sessionId?: string
  slotId: string
  offer: Offer
  session: Interval
  price: Money
  status: SessionState
  customerId: string
  /** Whoever books is logged in as that customer. */
  isLogin: boolean
  input: BookingInput
  actor: Actor
  /** Epoch ms; null when nothing is to be paid. */
  deadline: number | null
  /** Epoch ms; null when nobody has to confirm. */
  confirmBy: number | null
  now: number
  booking: BookingSetting
}

const checkoutUrls = (reference: string, input: BookingInput) => {
  const page = manageUrlOf({ reference }, { serverUrl: settings.serverUrl, secret: settings.payloadSecret })
  return {
    successUrl: input.successUrl ?? `${page}&checkout=success`,
    cancelUrl: input.cancelUrl ?? `${page}&checkout=cancelled`,
  }
}

/**
 * Writes a session whose time is claimed already, its payment, and what follows from both. This is the path of every public
 * booking, so it writes the row directly: the gate's decisions are the same functions that the collection's hooks call, but
 * Payload's walk over a hundred fields is not paid for (measured in bench/README.md).
 */
export const insertSession = async (req: PayloadRequest, args: NewSession): Promise<Booked> => {
  const { slotId, offer, session, price, status, customerId, input, actor, deadline, confirmBy, now, booking } = args
  const refusal = decideSessionOpening({ state: status, role: actor.role, amount: price.amount })
  if (refusal) throw refusal

  const sessionId = args.sessionId ?? createId()
  const composed = composeSession({
    offer,
    session,
    price,
    status,
    actor,
    paymentDeadline: deadline,
    platformFeeBps: Math.round(booking.platformFeePercentage * 100),
    policyDefaults: booking,
    defaultMeetingProvider: booking.defaultMeetingProvider,
    secret: settings.payloadSecret,
    jitsiBaseUrl: settings.jitsiBaseUrl,
    now,
  })
  await req.payload.db.create({
    collection: 'scheduled-sessions',
    customID: sessionId,
    data: {
      ...composed,
      consultant: offer.consultantId,
      customer: customerId,
      serviceType: offer.serviceTypeId,
      slot: slotId,
      request: input.requestId ?? null,
      timeZone: input.customer.timeZone,
      language: input.customer.language ?? 'en',
      problemTitle: input.problem?.title ?? null,
      problemDescription: input.problem?.description ?? null,
      problemCategory: input.problem?.category ?? null,
      urgency: input.problem?.urgency ?? 'this_week',
      answers: input.answers ?? null,
      customerNotes: input.notes ?? null,
    },
    req,
    returning: false,
  })
  const { reference } = composed
  const paymentId =
    price.amount > 0
      ? await insertPayment(req, {
          sessionId,
          consultantId: offer.consultantId,
          customerId,
          price,
          platformFeeAmount: composed.price.platformFeeAmount,
          consultantPayoutAmount: composed.price.consultantPayoutAmount,
          platformFeeBps: composed.price.platformFeeBps,
          checkout: { ...checkoutUrls(reference, input), expiresAt: computeCheckoutExpiry(deadline ?? now, now) },
          metadata: {
            consultantName: offer.consultantName,
            title: `${offer.serviceTypeName} with ${offer.consultantName}`,
            customerEmail: input.customer.email,
            language: input.customer.language ?? 'en',
            consultationType: offer.serviceTypeSlug,
            duration: composed.durationMinutes,
            isLogin: args.isLogin,
          },
        })
      : null
  if (status === 'scheduled') await wantCalendarEvent(req, sessionId)
  await enqueue(
    req,
    followSessionJob(sessionId, status === 'scheduled' ? 'scheduled' : 'created'),
    publishSlotsJob(offer.consultantId),
    ...(await wantRoom(req, { id: sessionId, status })),
    ...deadlineJobs({ id: sessionId, status, paymentDeadline: deadline, endsAt: session.end }, confirmBy),
  )
  return {
    sessionId,
    reference,
    manageToken: deriveToken(settings.payloadSecret, 'session-manage', reference),
    status,
    paymentId,
  }
}
