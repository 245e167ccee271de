import type { PayloadRequest } from 'payload'
import { actAs, inOwnContext } from '#access/act-as'
import { findOrCreateCustomer } from '#accounts/customer-queries'
import { decideAnswers } from './decide-answers'
import { createWithHooks } from '#database/write-document'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { createId, deriveToken } from '#shared/ids'
import { leaveOpening } from './opening'
import { type Placement, placeFree, placeHeld } from './place-session'
import type { Booked, SessionOrder } from './session-order'
import { minuteMs } from '#shared/time'

const place = (req: PayloadRequest, order: SessionOrder, { actor, now }: { actor: Actor; now: number }) =>
  order.holdToken === undefined
    ? placeFree(
        req,
        {
          consultant: order.consultant ?? '',
          serviceType: order.serviceType ?? '',
          start: order.start ?? 0,
          durationMinutes: order.durationMinutes,
          outsideOfferedTimes: order.outsideOfferedTimes,
          isBusyElsewhere: order.isBusyElsewhere,
          path: 'start',
        },
        { role: actor.role, now },
      )
    : placeHeld(req, order.holdToken, now)

/**
 * Makes a session of a held or free time: one transaction with the customer, the claim, the session and all that follows from it. The booking
 * API, accepted requests and the demo come this way; forms and the generated APIs meet the same gate (`prepare-new-session`) and the
 * same consequences (`complete-new-session`) as hooks of the collection. Call it inside a transaction.
 * @param args.placement a time that was checked already (the demo's past ones).
 * @throws DomainError `hold_expired`, `slot_taken`, `slot_not_offered`, `not_found`, `invalid_request`; `forbidden` for a suspended customer
 * and for an added field that is not the caller's to set.
 */
export const createSession = async (
  req: PayloadRequest,
  { order, actor, placement: given }: { order: SessionOrder; actor: Actor; placement?: Placement },
): Promise<Booked> => {
  const now = Date.now()
  // Before the customer: everything that claims time takes its locks in this order.
  const placement = given ?? (await place(req, order, { actor, now }))
  const { offer, session } = placement
  // What a request asked was answered when it was made.
  const refusal = order.requestId === undefined ? decideAnswers(offer.questions, order.answers) : undefined
  if (refusal) throw refusal
  const { email, timeZone, language } = order.customer
  const {
    id: customerId,
    isLogin,
    isConfirmed,
    language: known,
  } = await findOrCreateCustomer(req, order.customer, actor, {
    isAskedAll: order.requestId === undefined,
  })

  const sessionId = createId()
  const own = inOwnContext(req)
  Object.assign(own.context, actAs(actor))
  leaveOpening(own, {
    sessionId,
    placement,
    customer: { id: customerId, email, timeZone, language: language ?? known, isLogin, isKnown: isConfirmed },
    urls: { successUrl: order.successUrl, cancelUrl: order.cancelUrl },
  })
  const doc = await createWithHooks(own, {
    collection: 'scheduled-sessions',
    id: sessionId,
    overrideAccess: actor.role === 'system',
    data: {
      ...order.added,
      consultant: offer.consultantId,
      customer: customerId,
      serviceType: offer.serviceTypeId,
      startsAt: new Date(session.start).toISOString(),
      durationMinutes: (session.end - session.start) / minuteMs,
      request: order.requestId ?? null,
      timeZone,
      ...(language === undefined ? {} : { language }),
      problemTitle: order.problem?.title ?? null,
      problemDescription: order.problem?.description ?? null,
      problemCategory: order.problem?.category ?? null,
      urgency: order.problem?.urgency ?? 'this_week',
      answers: order.answers ?? null,
      customerNotes: order.notes ?? null,
      ...(order.attributes === undefined ? {} : { attributes: order.attributes }),
      ...(order.charge === undefined ? {} : { charge: order.charge }),
      ...(order.chargeReason === undefined ? {} : { chargeReason: order.chargeReason }),
      ...(order.chargeReference === undefined ? {} : { chargeReference: order.chargeReference }),
      ...(order.outsideOfferedTimes === undefined ? {} : { outsideOfferedTimes: order.outsideOfferedTimes }),
    },
  })
  const { reference, status, payment, paymentDeadline } = doc
  if (reference === undefined || status === undefined) throw new Error('The gate left the session incomplete.')
  return {
    sessionId,
    reference,
    manageToken: deriveToken(settings.payloadSecret, 'session-manage', reference),
    status,
    paymentId: typeof payment === 'string' ? payment : null,
    isToPay: Boolean(paymentDeadline),
  }
}
