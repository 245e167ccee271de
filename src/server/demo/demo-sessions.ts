import type { Payload, PayloadRequest } from 'payload'
import { lockConsultant } from '#availability/claims/claim-queries'
import { findOffer } from '#availability/offers/offer-queries'
import { changeSessionState, requireLockedSession } from '#sessions/change/change-session'
import { fulfilCheckout } from '#checkout/fulfil-checkout'
import { offeredPrice } from '#availability/holds/hold-time'
import { openCheckout } from '#checkout/open-checkout'
import type { SessionState } from '#sessions/session-states'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { findPaymentOfSession } from '#payments/payment-queries'
import { createSession } from '#sessions/create/create-session'
import type { Actor } from '#shared/actor'
import { askSandbox } from './demo-money'
import { minuteMs } from '#shared/time'

export type DemoCustomer = { name: string; email: string; timeZone: string; language: string }

/** One booking of the demo: who, what, when, and what became of it. */
export type DemoSession = {
  customer: DemoCustomer
  consultant: string
  serviceType: string
  durationMinutes: number
  /** Epoch ms; the past is fine. */
  start: number
  problem: { title: string; description: string }
  answers?: Record<string, string | number | boolean>
  isPaid?: boolean
  /** The states that it goes through after the payment, and who brings it there. */
  then?: readonly { to: SessionState; actor: Actor; reason?: string }[]
}

const guest: Actor = { role: 'customer', id: null }

/** Takes the time as it is: the past is not offered any more, but it is what a demo has to show. */
const writeSession = (payload: Payload, demo: DemoSession): Promise<string> =>
  withTransaction(payload, async (req) => {
    const offer = await findOffer(req, demo.consultant, demo.serviceType)
    if (!offer) throw new Error(`${demo.consultant} does not offer ${demo.serviceType}.`)
    await lockConsultant(req, offer.consultantId)
    const { sessionId } = await createSession(req, {
      order: { customer: demo.customer, problem: { ...demo.problem, urgency: 'this_week' }, answers: demo.answers },
      actor: guest,
      placement: {
        slotId: null,
        isHeld: false,
        offer,
        session: { start: demo.start, end: demo.start + demo.durationMinutes * minuteMs },
        price: offeredPrice(offer, demo.durationMinutes),
      },
    })
    return sessionId
  })

/** Pays on the sandbox's page, as a person would. */
const pay = async (payload: Payload, req: PayloadRequest, sessionId: string, stripeSandbox: string): Promise<void> => {
  await openCheckout(req, sessionId)
  const checkoutId = (await findPaymentOfSession(req, sessionId))?.checkoutSessionId
  if (!checkoutId) throw new Error('There is no checkout to pay.')
  await askSandbox(stripeSandbox, `checkouts/${checkoutId}/pay`)
  await fulfilCheckout(payload, checkoutId)
}

/**
 * Brings one booking into the database through the same functions as a real one, payment included.
 * @param stripeSandbox address of the sandbox; without one nothing is paid.
 * @returns the id of the session.
 */
export const addDemoSession = async (
  payload: Payload,
  demo: DemoSession,
  stripeSandbox: string | undefined,
): Promise<string> => {
  const sessionId = await writeSession(payload, demo)
  if (demo.isPaid && stripeSandbox) await pay(payload, await localRequest(payload), sessionId, stripeSandbox)
  for (const { to, actor, reason } of demo.then ?? []) {
    await withTransaction(payload, async (req) => {
      const session = await requireLockedSession(req, sessionId)
      await changeSessionState(req, { session, to, actor, reason, now: Date.now() })
    })
  }
  return sessionId
}
