import { lookElsewhere } from '#availability/holds/hold-time'
import { openCheckout } from '#checkout/open-checkout'
import { requireSession } from '#sessions/session-queries'
import { createSession as book } from '#sessions/create/create-session'
import { actorOfUser } from '#access/act-as'
import { enforceRecipientLimit } from '#access/rate-limits'
import { isStaff } from '#access/roles'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { deriveToken } from '#shared/ids'
import { pickAddedInputs } from '../support/added-schemas'
import { json } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineCommand } from '../support/define-endpoint'
import { viewSession } from '../support/present'
import { sessionCreated, sessionInput } from '../support/schemas'
import type { PayloadRequest } from 'payload'

const guest: Actor = { role: 'customer', id: null }

/** Staff book for somebody else. Whoever else books is the customer: by their login if it is a customer's, else a guest. */
export const bookerOf = ({ user }: Caller): Actor => {
  if (!user) return guest
  const actor = actorOfUser(user)
  if (actor.role === 'admin' || actor.role === 'operations') return actor
  return user.roles?.includes('customer') ? { role: 'customer', id: user.id } : guest
}

/** Staff know whom they book for; anybody else may have typed a stranger's address. @throws DomainError `rate_limited` */
export const boundRecipient = async (req: PayloadRequest, email: string): Promise<void> => {
  if (!isStaff(req)) await enforceRecipientLimit(email)
}

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

export const createSessionEndpoint = defineCommand({
  method: 'post',
  path: '/booking/sessions',
  operationId: 'createSession',
  tag: 'Book',
  summary: 'Book a held or free time',
  description:
    'Free sessions are `scheduled` at once. Paid ones are `pending_payment` until Stripe says that they are paid; send the customer to `payment.checkoutUrl`. The `manageToken` is shown only here. Staff say how the customer is charged. Either `holdToken` says what is booked, or `consultant`, `serviceType` and `start` do.',
  body: sessionInput,
  answers: { 201: { description: 'Booked', schema: sessionCreated } },
  refusals: [
    'forbidden',
    'not_found',
    'slot_taken',
    'hold_expired',
    'slot_not_offered',
    'challenge_required',
    'illegal_transition',
    'provider_failed',
  ],
  limit: 'book',
  // A time that is held was asked about when it was held.
  look: async ({ req, body: { holdToken, consultant, serviceType, start, durationMinutes } }) =>
    holdToken === undefined && consultant !== undefined && serviceType !== undefined && start !== undefined
      ? lookElsewhere(req, { consultant, serviceType, start, durationMinutes })
      : false,
  handle: async ({ req, caller, body, seen }) => {
    await boundRecipient(req, body.customer.email)
    const booked = await book(req, {
      order: { ...body, added: pickAddedInputs(body), isBusyElsewhere: seen },
      actor: bookerOf(caller),
    })
    if (booked.isToPay) return { subject: booked.sessionId }
    return { answer: json({ ...(await presentBooked(req, booked.sessionId)), payment: null }, { status: 201 }) }
  },
  finish: async ({ req, subject }) => json(await presentPaidBooking(req, subject), { status: 201 }),
})
