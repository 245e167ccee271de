import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import type { ScheduledSession } from '#payload-types'
import { boundClaim } from '#availability/bounds/bound-claim'
import { type Claimant, claimantLocks, claimantOf, unbounded } from '#availability/bounds/claimant'
import { insertClaim, lockConsultant } from '#availability/claims/claim-queries'
import { bufferedInterval } from '#availability/slots/compute-offered-slots'
import { slotTaken } from '#availability/slots/find-slots'
import { actorOf } from '#access/act-as'
import type { EmailConfirmation } from '#availability/offers/email-confirmations'
import type { Offer } from '#availability/offers/offer'
import { bookingSettings } from '#availability/booking-settings'
import { composeSession } from './compose-session'
import { createMeeting } from '#meetings/create-meeting'
import { requireActiveCustomer } from '#accounts/customer-queries'
import { decideSessionOpening } from '../decide-session-transition'
import { isSlotTaken } from '#database/explain-database-error'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { createId } from '#shared/ids'
import { instant } from '#shared/input'
import { isSupportedCurrency } from '#shared/money'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import { decideAttributes } from '#attributes/decide-attributes'
import { viewerOfRole } from '#attributes/decide-attribute-access'
import { decideAnswers } from './decide-answers'
import { computeDeadlines } from './compute-deadlines'
import { decideCharge } from './decide-charge'
import { type BookedCustomer, leavePrepared, takeOpening } from './opening'
import { type Placement, placeFree } from './place-session'
import { readOutsideReason } from './read-outside-reason'

type SessionData = Partial<ScheduledSession>

const answersShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const missing = (path: string) =>
  new DomainError('invalid_request', `${path} is required.`, { errors: [{ path, message: 'is required' }] })

const relationId = (value: unknown, path: string): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') return value.id
  throw missing(path)
}

/** Validated field by field only after the gate. */
const readStart = (startsAt: unknown): number => {
  if (startsAt === undefined || startsAt === null || startsAt === '') throw missing('startsAt')
  const parsed = instant.safeParse(startsAt instanceof Date ? startsAt.toISOString() : startsAt)
  if (parsed.success) return parsed.data
  const message = parsed.error.issues[0]?.message ?? 'is no point in time'
  throw new DomainError('invalid_request', `startsAt ${message}.`, { errors: [{ path: 'startsAt', message }] })
}

/** The time that a form asks for. */
const placeByForm = (
  req: PayloadRequest,
  data: SessionData,
  { actor, now }: { actor: Actor; now: number },
): Promise<Placement> => {
  const start = readStart(data.startsAt)
  return placeFree(
    req,
    {
      consultant: relationId(data.consultant, 'consultant'),
      serviceType: relationId(data.serviceType, 'serviceType'),
      start,
      durationMinutes: data.durationMinutes ?? undefined,
      outsideOfferedTimes: readOutsideReason(data.outsideOfferedTimes),
      isBusyElsewhere: undefined,
      path: 'startsAt',
    },
    { role: actor.role, now },
  )
}

const customerByForm = async (req: PayloadRequest, data: SessionData): Promise<BookedCustomer> => ({
  ...(await requireActiveCustomer(req, relationId(data.customer, 'customer'))),
  isLogin: false,
  isKnown: true,
})

/** Whose booking waits for the mailed link, if it is free. A login has shown its address when it was made. */
const mustConfirmEmail = (who: EmailConfirmation, { isLogin, isKnown }: BookedCustomer): boolean =>
  who === 'everybody' || (who === 'unknown' && !isLogin && !isKnown)

/** Whoever books for somebody need not have asked everything; what they do answer has to fit. */
const refuseAnswers = (offer: Offer, answers: unknown): void => {
  if (answers === undefined || answers === null) return
  const optional = offer.questions.map((question) => ({ ...question, required: false }))
  const parsed = answersShape.safeParse(answers)
  const refusal = parsed.success
    ? decideAnswers(optional, parsed.data)
    : new DomainError('invalid_request', 'answers must be texts, numbers or yes and no, by key.', {
        errors: [{ path: 'answers', message: 'must be texts, numbers or yes and no, by key' }],
      })
  if (refusal) throw refusal
}

/** Of a session that our own code makes, or that a request has become, nobody was asked. */
const attributesOf = async (
  req: PayloadRequest,
  data: SessionData,
  { actor, offer }: { actor: Actor; offer: Offer },
): Promise<SessionData['attributes']> =>
  decideAttributes({
    definitions: await attributeDefinitions(req, 'scheduled-sessions'),
    stored: null,
    sent: data.attributes,
    viewer: viewerOfRole(actor.role),
    serviceType: offer.serviceTypeId,
    isComplete: actor.role !== 'system' && !data.request,
  }) ?? null

/**
 * Whose the claim is until it is paid or agreed, within the bounds of what they may have. Staff and our own code are not bounded, and nobody is in a time that
 * a consultant has proposed to them.
 * @throws DomainError `rate_limited`, `challenge_required`.
 */
const boundClaimant = async (
  req: PayloadRequest,
  args: { placement: Placement; customer: BookedCustomer; isRequested: boolean; actor: Actor; now: number },
): Promise<Claimant> => {
  const { placement, customer, isRequested, actor, now } = args
  const { offer, session, slotId, isHeld } = placement
  if (isRequested || (actor.role !== 'customer' && actor.role !== 'consultant')) return unbounded
  const claimant = await claimantOf(req, offer.consultantId, customer.email)
  await lockConsultant(req, offer.consultantId, claimantLocks(claimant))
  await boundClaim(req, { claimant, offer, session, heldSlotId: isHeld ? slotId : null, now })
  return claimant
}

/** Through the Local API PostgreSQL's refusal would come out as it is. */
const claim: typeof insertClaim = async (...args) => {
  try {
    return await insertClaim(...args)
  } catch (error) {
    throw isSlotTaken(error) ? slotTaken(error) : error
  }
}

/**
 * The gate of every new session, whoever makes it: checks what is asked for, says how it is charged and until when somebody has to pay or to
 * say yes, claims the time, and completes the document. What follows from it is done once it is written (`complete-new-session`).
 * @throws DomainError `invalid_request`, `not_found`, `forbidden` for a suspended customer, `illegal_transition`, `slot_taken`, `rate_limited`,
 * `challenge_required`.
 */
export const prepareNewSession = async (req: PayloadRequest, data: SessionData): Promise<SessionData> => {
  const now = Date.now()
  const actor = actorOf(req)
  const opening = takeOpening(req)
  const placement = opening?.placement ?? (await placeByForm(req, data, { actor, now }))
  const { offer, session } = placement
  if (!opening) refuseAnswers(offer, data.answers)
  const attributes = await attributesOf(req, data, { actor, offer })
  const customer = opening?.customer ?? (await customerByForm(req, data))
  const decision = decideCharge({
    wish: { ...data, amount: data.price?.amount, currency: data.price?.currency },
    offered: placement.price,
    role: actor.role,
    requiresConfirmation: offer.requiresConfirmation,
    confirmsEmail: !data.request && mustConfirmEmail(offer.confirmsEmail, customer),
  })
  if (decision.refusal) throw decision.refusal
  const { status, price, charge, chargeReason, chargeReference, waitsForEmail } = decision
  const refusal = decideSessionOpening({
    state: status,
    role: actor.role,
    amount: charge === 'link' ? price.amount : 0,
  })
  if (refusal) throw refusal

  const booking = await bookingSettings(req)
  const { paymentDeadline, confirmBy, emailConfirmBy } = computeDeadlines({
    requiresConfirmation: offer.requiresConfirmation,
    waitsForEmail,
    status,
    charge,
    role: actor.role,
    start: session.start,
    now,
    booking,
  })
  const claimant = await boundClaimant(req, { placement, customer, isRequested: Boolean(data.request), actor, now })
  const sessionId = opening?.sessionId
  const kind = {
    status: status === 'scheduled' ? ('booked' as const) : ('held' as const),
    holdExpiresAt: emailConfirmBy ?? paymentDeadline ?? confirmBy,
  }
  const slotId =
    placement.slotId ??
    (await claim(
      req,
      {
        consultantId: offer.consultantId,
        serviceTypeId: offer.serviceTypeId,
        session,
        occupied: bufferedInterval(offer, session),
        timeZone: offer.rules.timeZone,
        price,
        ...kind,
        holdTokenHash: null,
        customerId: customer.id,
        claimant,
        ...(sessionId === undefined ? {} : { sessionId }),
      },
      now,
    ))
  const isAttached = placement.slotId === null && sessionId !== undefined
  leavePrepared(req, slotId, { offer, customer, urls: opening?.urls ?? {}, claimant, isAttached, now })

  const { outsideOfferedTimes: outside } = placement
  const composed = composeSession({
    offer,
    session,
    price,
    status,
    actor,
    reason: outside && `Outside the offered times: ${outside.reason}`,
    platformFeeBps: Math.round(booking.platformFeePercentage * 100),
    policyDefaults: booking,
    roomOf: (reference) =>
      createMeeting({
        provider: offer.meetingProvider ?? booking.defaultMeetingProvider,
        reference,
        ownUrl: offer.meetingUrl,
        secret: settings.payloadSecret,
        logger: req.payload.logger,
      }),
    secret: settings.payloadSecret,
    now,
  })
  const { currency } = composed.price
  if (!isSupportedCurrency(currency)) throw new Error(`The offer is priced in ${currency}, which is not supported.`)
  const { outsideOfferedTimes: _said, ...rest } = data
  return {
    ...rest,
    ...composed,
    attributes,
    price: { ...composed.price, currency },
    charge,
    chargeReason,
    chargeReference,
    paymentDeadline: paymentDeadline === null ? null : new Date(paymentDeadline).toISOString(),
    confirmBy: confirmBy === null ? null : new Date(confirmBy).toISOString(),
    emailConfirmBy: emailConfirmBy === null ? null : new Date(emailConfirmBy).toISOString(),
    timeZone: data.timeZone ?? customer.timeZone ?? 'UTC',
    language: data.language ?? customer.language ?? 'en',
    consultant: offer.consultantId,
    customer: customer.id,
    serviceType: offer.serviceTypeId,
    slot: slotId,
    // The payment is written after the session that it is of; PostgreSQL looks at the reference when all is committed.
    payment: charge === 'none' ? null : createId(),
  }
}
