import { bookSession } from '#sessions/create/book-session'
import { lookElsewhere } from '#availability/holds/hold-time'
import { openCheckout } from '#checkout/open-checkout'
import { requireSession } from '#sessions/session-queries'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { deriveToken } from '#shared/ids'
import { json } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineCommand } from '../support/define-endpoint'
import { viewSession } from '../support/present'
import { sessionCreated, sessionInput } from '../support/schemas'
import type { PayloadRequest } from 'payload'

/** Whoever books is the customer: by their login if it is a customer's, else a guest. */
const guest: Actor = { role: 'customer', id: null }
export const bookerOf = ({ user }: Caller): Actor =>
  user?.roles?.includes('customer') ? { role: 'customer', id: user.id } : guest

export const presentBooked = async (req: PayloadRequest, sessionId: string) => {
  const session = await requireSession(req, sessionId)
  return {
    session: await viewSession(req, session, guest),
    manageToken: deriveToken(settings.payloadSecret, 'session-manage', session.reference),
  }
}

/** A session that has to be paid; asked again by a retry, it finds the same checkout. */
export const presentPaidBooking = async (req: PayloadRequest, sessionId: string) => {
  const { checkoutUrl, expiresAt, amount } = await openCheckout(req, sessionId)
  const payment = { checkoutUrl, expiresAt: new Date(expiresAt).toISOString(), amount }
  return { ...(await presentBooked(req, sessionId)), payment }
}

export const createSession = defineCommand({
  method: 'post',
  path: '/booking/sessions',
  operationId: 'createSession',
  tag: 'Book',
  summary: 'Book a held or free time',
  description:
    'Free sessions are `scheduled` at once. Paid ones are `pending_payment` until Stripe says that they are paid; send the customer to `payment.checkoutUrl`. The `manageToken` is shown only here.',
  body: sessionInput,
  answers: { 201: { description: 'Booked', schema: sessionCreated } },
  refusals: [
    'invalid_request',
    'forbidden',
    'not_found',
    'slot_taken',
    'hold_expired',
    'slot_not_offered',
    'idempotency_conflict',
    'rate_limited',
    'provider_failed',
  ],
  limit: 'book',
  // A time that is held was asked about when it was held.
  look: async ({ req, body: { holdToken, consultant, serviceType, start, durationMinutes } }) =>
    holdToken === undefined && consultant !== undefined && serviceType !== undefined && start !== undefined
      ? lookElsewhere(req, { consultant, serviceType, start, durationMinutes })
      : false,
  handle: async ({ req, caller, body, seen }) => {
    const booked = await bookSession(req, { ...body, isBusyElsewhere: seen }, bookerOf(caller))
    if (booked.paymentId !== null) return { subject: booked.sessionId }
    return { answer: json({ ...(await presentBooked(req, booked.sessionId)), payment: null }, { status: 201 }) }
  },
  finish: async ({ req, subject }) => json(await presentPaidBooking(req, subject), { status: 201 }),
})
