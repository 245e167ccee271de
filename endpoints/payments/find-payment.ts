import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { findSessionById } from '#sessions/session-queries'
import { decideActor } from '#access/decide-actor'
import type { PaymentViewer } from '#payments/compute-payment-timeline'
import { findPaymentFacts, type PaymentFacts } from '#payments/payment-record-queries'
import type { SessionRow } from '#sessions/session-queries'
import type { Actor } from '#shared/actor'
import type { Caller } from '../support/caller'
import { refuseGuess } from '../support/find-record'

/** The path of one payment. `/payments/{id}` is Payload's own, so only references come here. */
export const paymentPath = '/payments/:reference(PM-[0-9A-Za-z]+)'

export const paymentParams = z.object({
  reference: z
    .string()
    .max(32)
    .transform((value) => value.toUpperCase())
    .meta({ type: 'string', pattern: '^PM-[0-9A-Z]+$' }),
})

export const viewerOf = ({ role }: Actor): PaymentViewer => {
  if (role === 'consultant' || role === 'customer') return role
  return 'staff'
}

/**
 * A payment, its session, and as whom the caller may deal with them.
 * @throws DomainError `not_found` when it does not exist for them.
 */
export const findPaymentFor = async (
  req: PayloadRequest,
  caller: Caller,
  reference: string,
): Promise<{ payment: PaymentFacts; session: SessionRow; actor: Actor }> => {
  const payment = await findPaymentFacts(req, reference)
  const session = payment && (await findSessionById(req, payment.sessionId))
  const actor = session && decideActor(caller, session)
  return payment && session && actor ? { payment, session, actor } : refuseGuess(caller, 'payment')
}

/**
 * The same for what only staff may do.
 * @throws DomainError `not_found` for everybody else, as if there were none.
 */
export const findPaymentForStaff = async (req: PayloadRequest, caller: Caller, reference: string) => {
  const found = await findPaymentFor(req, caller, reference)
  return viewerOf(found.actor) === 'staff' ? found : refuseGuess(caller, 'payment')
}
