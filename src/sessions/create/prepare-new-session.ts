import type { PayloadRequest } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { insertClaim, lockConsultant } from '#availability/claims/claim-queries'
import { bufferedInterval, noSuchOffer, resolveDuration } from '#availability/slots/find-slots'
import { findOffer } from '#availability/offers/offer-queries'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { isSupportedCurrency, isValidPrice, type Money } from '#shared/money'
import { actorOf } from '#access/act-as'
import { bookingSettings } from '#availability/booking-settings'
import { composeSession } from './compose-session'
import { decideSessionOpening } from '../decide-session-transition'
import { offeredPrice } from '#availability/holds/hold-time'
import type { SessionState } from '../session-states'

type SessionData = Partial<ScheduledSession>

const relationId = (value: unknown, path: string): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') return value.id
  throw new DomainError('invalid_request', `${path} is required.`, { errors: [{ path, message: 'is required' }] })
}

/** Operations may name a price; otherwise it is the offered one, and a session begun as scheduled is at no charge. */
const chosenPrice = (data: SessionData, offered: Money, status: SessionState): Money => {
  const amount = data.price?.amount ?? 0
  if (amount === 0) return status === 'scheduled' ? { ...offered, amount: 0 } : offered
  const price = { amount, currency: data.price?.currency ?? offered.currency }
  if (!isValidPrice(price.amount, price.currency)) {
    throw new DomainError('invalid_request', 'That price cannot be charged in this currency.', {
      errors: [{ path: 'price.amount', message: 'is not an amount that can be charged' }],
    })
  }
  return price
}

/**
 * Completes a session that staff create in the admin or over REST, and claims its time. Staff may book outside the offered times,
 * but never over another claim: PostgreSQL refuses that (23P01).
 */
export const prepareNewSession = async (req: PayloadRequest, data: SessionData): Promise<SessionData> => {
  const now = Date.now()
  const actor = actorOf(req)
  const status = data.status ?? 'scheduled'
  const start = Date.parse(data.startsAt ?? '')
  if (!Number.isFinite(start)) {
    throw new DomainError('invalid_request', 'startsAt is required.', {
      errors: [{ path: 'startsAt', message: 'is required' }],
    })
  }
  const offer = await findOffer(
    req,
    relationId(data.consultant, 'consultant'),
    relationId(data.serviceType, 'serviceType'),
  )
  if (!offer) throw noSuchOffer()
  const booking = await bookingSettings(req)
  const durationMinutes = resolveDuration(offer, data.durationMinutes ?? undefined)
  const price = chosenPrice(data, offeredPrice(offer, durationMinutes), status)
  const refusal = decideSessionOpening({ state: status, role: actor.role, amount: price.amount })
  if (refusal) throw refusal

  const session = { start, end: start + durationMinutes * 60_000 }
  const deadline = price.amount > 0 && status !== 'scheduled' ? now + booking.paymentDeadlineMinutes * 60_000 : null
  await lockConsultant(req, offer.consultantId)
  const slotId = await insertClaim(
    req,
    {
      consultantId: offer.consultantId,
      serviceTypeId: offer.serviceTypeId,
      session,
      occupied: bufferedInterval(offer, session),
      timeZone: offer.rules.timeZone,
      price,
      status: status === 'scheduled' ? 'booked' : 'held',
      holdExpiresAt:
        status === 'scheduled' ? null : (deadline ?? Math.min(start, now + booking.requestExpiryHours * 3_600_000)),
      holdTokenHash: null,
      customerId: relationId(data.customer, 'customer'),
    },
    now,
  )
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
  const { currency } = composed.price
  if (!isSupportedCurrency(currency)) throw new Error(`The offer is priced in ${currency}, which is not supported.`)
  return { ...data, ...composed, price: { ...composed.price, currency }, slot: slotId }
}
