import type { PayloadRequest } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { relatedId } from '#access/related-id'
import { attachClaim } from '#availability/claims/claim-queries'
import { actorOf } from '#access/act-as'
import { deadlineJobs, followSessionJob, wantRoom } from '../change/follow-session-change'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { announceNewSession } from '../announce-session'
import { wantCalendarEvent } from '#calendar/entries/event-queries'
import { enqueue } from '#outbox/enqueue'
import { insertPayment } from '#payments/payment-queries'
import { recordElsewhereCharge } from '#payments/charge/record-elsewhere-charge'
import { computeCheckoutExpiry } from '#payments/stripe/checkout-sessions'
import { settings } from '#settings'
import { type Prepared, takePrepared } from './opening'
import type { CheckoutUrls } from './session-order'

const parse = (instant: string | null | undefined): number | null => (instant ? Date.parse(instant) : null)

/** Stripe keeps these addresses, so they open nothing: the browser that left our page for Stripe's still has the manage token. */
const checkoutUrls = (reference: string, urls: CheckoutUrls) => {
  const page = `${settings.serverUrl}/booking/${reference}`
  return {
    successUrl: urls.successUrl ?? `${page}?checkout=success`,
    cancelUrl: urls.cancelUrl ?? `${page}?checkout=cancelled`,
  }
}

/** The payment that a session was given a place for. */
const openPayment = async (
  req: PayloadRequest,
  session: ScheduledSession,
  { offer, customer, urls, now }: Prepared,
): Promise<void> => {
  const paymentId = relatedId(session.payment)
  if (paymentId === undefined) return
  const { charge, price } = session
  await insertPayment(req, {
    id: paymentId,
    sessionId: session.id,
    consultantId: offer.consultantId,
    customerId: customer.id,
    price,
    platformFeeAmount: price.platformFeeAmount,
    consultantPayoutAmount: price.consultantPayoutAmount,
    platformFeeBps: price.platformFeeBps ?? 0,
    checkout:
      charge === 'elsewhere'
        ? null
        : {
            ...checkoutUrls(session.reference, urls),
            expiresAt: computeCheckoutExpiry(parse(session.paymentDeadline) ?? now, now),
          },
    metadata: {
      consultantName: offer.consultantName,
      title: `${offer.serviceTypeName} with ${offer.consultantName}`,
      customerEmail: customer.email,
      language: session.language ?? 'en',
      consultationType: offer.serviceTypeSlug,
      duration: session.durationMinutes,
      isLogin: customer.isLogin,
    },
  })
}

/**
 * What follows a new session, in the transaction that wrote it: its claim names it, its payment is opened, its room and calendar entry are
 * wanted, its deadlines are set, and everybody concerned is told once it is certain.
 */
export const completeNewSession = async (req: PayloadRequest, session: ScheduledSession): Promise<void> => {
  const { id, status } = session
  const slotId = relatedId(session.slot)
  if (slotId === undefined) throw new Error('A new session has claimed no time.')
  const prepared = takePrepared(req, slotId)
  const { offer, customer, claimant, isAttached, now } = prepared
  const paymentDeadline = parse(session.paymentDeadline)
  const confirmBy = parse(session.confirmBy)
  const emailConfirmBy = parse(session.emailConfirmBy)
  await openPayment(req, session, prepared)
  if (!isAttached) {
    await attachClaim(
      req,
      {
        slotId,
        sessionId: id,
        customerId: customer.id,
        status: status === 'scheduled' ? 'booked' : 'held',
        holdExpiresAt: emailConfirmBy ?? paymentDeadline ?? confirmBy,
        claimant,
      },
      now,
    )
  }
  if (status === 'scheduled') await wantCalendarEvent(req, id)
  await enqueue(
    req,
    followSessionJob(id, status === 'scheduled' ? 'scheduled' : 'created'),
    publishSlotsJob(offer.consultantId),
    ...(await wantRoom(req, { id, status })),
    ...deadlineJobs({ id, status, paymentDeadline, confirmBy, emailConfirmBy }),
  )
  await announceNewSession(req, session)
  const paymentId = relatedId(session.payment)
  if (session.charge === 'elsewhere' && paymentId !== undefined) {
    // The last thing: its invoice takes a number, for which all others wait until this is committed.
    await recordElsewhereCharge(req, { paymentId, reference: session.chargeReference ?? '', by: actorOf(req) })
  }
}
