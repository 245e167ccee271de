import type { PayloadRequest } from 'payload'
import {
  expireStaleHolds,
  findHoldConsultant,
  isClaimed,
  lockConsultant,
  lockHold,
} from '#availability/claims/claim-queries'
import { noSuchOffer, requireOfferedSlot, resolveDuration, slotTaken } from '#availability/slots/find-slots'
import { bufferedInterval } from '#availability/slots/compute-offered-slots'
import type { Offer } from '#availability/offers/offer'
import { findOffer } from '#availability/offers/offer-queries'
import type { Interval } from '#availability/types'
import { offeredPrice } from '#availability/holds/hold-time'
import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { hashToken } from '#shared/ids'
import type { Money } from '#shared/money'
import { decideStart } from './decide-start'
import { bookableHolds } from '#availability/slot-states'
import { isOneOf } from '#shared/state-table'
import { minuteMs } from '#shared/time'

/** A time that a session is to have: checked, and its consultant locked. `slotId`: of the hold that claims it already. */
export type Placement = {
  slotId: string | null
  /** That hold has not run out. */
  isHeld: boolean
  offer: Offer
  session: Interval
  /** What is asked for it where nobody says otherwise; minor units. */
  price: Money
  /** Why staff took a time that is not offered; undefined where it is. */
  outsideOfferedTimes?: { reason: string } | undefined
}

export type TimeWish = {
  /** Slugs or ids. */
  consultant: string
  serviceType: string
  /** Epoch milliseconds. */
  start: number
  durationMinutes: number | undefined
  /** Why a time is wanted that is not offered; staff alone may want one. */
  outsideOfferedTimes: { reason: string } | undefined
  /** A calendar of the consultant has just said that they are busy then. */
  isBusyElsewhere: boolean | undefined
  /** The claim that is to be moved there. */
  exceptSlotId?: string | undefined
  /** Of the start in what was sent, for refusals. */
  path: string
}

const holdGone = () =>
  new DomainError('hold_expired', 'The hold has run out and the time cannot be had any more. Choose another one.')

/**
 * The time of a hold; one that ran out is as good as a live one while nobody else has taken the time.
 * @throws DomainError `hold_expired`.
 */
export const placeHeld = async (req: PayloadRequest, token: string, now: number): Promise<Placement> => {
  const hash = hashToken(token)
  const consultantId = await findHoldConsultant(req, hash)
  if (consultantId === undefined) throw holdGone()
  await lockConsultant(req, consultantId)
  const hold = await lockHold(req, hash)
  if (!hold || hold.sessionId !== null || !isOneOf(bookableHolds, hold.status)) throw holdGone()
  const offer = await findOffer(req, hold.consultantId, hold.serviceTypeId)
  if (!offer) throw holdGone()
  const session = { start: hold.start, end: hold.end }
  const placement = { slotId: hold.id, isHeld: true, offer, session, price: hold.price }
  if (hold.status === 'held' && hold.holdExpiresAt > now) return placement

  try {
    await requireOfferedSlot(req, {
      consultant: hold.consultantId,
      serviceType: hold.serviceTypeId,
      start: hold.start,
      durationMinutes: (hold.end - hold.start) / minuteMs,
      now,
      ownHoldHash: hash,
    })
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'slot_taken' || error.code === 'slot_not_offered'))
      throw holdGone()
    throw error
  }
  await expireStaleHolds(req, { consultantId, occupied: bufferedInterval(offer, session) }, now)
  return { ...placement, isHeld: false }
}

const isStaff = (role: ActorRole): boolean => role === 'admin' || role === 'operations'

/** To whoever may not choose a time that is not offered. */
export const onlyStaffChoose = () => {
  const message = 'Only staff choose times that are not offered.'
  return new DomainError('forbidden', message, { errors: [{ path: 'outsideOfferedTimes', message }] })
}

const sayWhy = (what: string) =>
  new DomainError('invalid_request', `${what} To book it all the same, say why under outsideOfferedTimes.reason.`, {
    errors: [{ path: 'outsideOfferedTimes.reason', message: 'is required for a time that is not offered' }],
  })

/** To staff, who may book it all the same, what is in the way is told apart from what only is not offered. */
const explainToStaff = async (
  req: PayloadRequest,
  error: unknown,
  {
    offer,
    session,
    exceptSlotId,
    now,
  }: { offer: Offer; session: Interval; exceptSlotId: string | undefined; now: number },
): Promise<unknown> => {
  if (!(error instanceof DomainError)) return error
  if (error.code === 'slot_not_offered') return sayWhy('That time is not offered.')
  if (error.code !== 'slot_taken') return error
  const occupied = bufferedInterval(offer, session)
  return (await isClaimed(req, { consultantId: offer.consultantId, occupied, exceptSlotId }, now))
    ? error
    : sayWhy('A calendar of the consultant says that they are busy then.')
}

/**
 * A free time, with its consultant locked. Staff may take one that is not offered once they say why; nobody takes one that is over, or that
 * another claim has (PostgreSQL refuses that when it is claimed, SQLSTATE 23P01).
 * @throws DomainError `not_found`, `slot_taken`, `slot_not_offered`; `invalid_request` for staff who say no reason, for a duration that is
 *   not offered, and for a start in the past or out of all reason.
 */
export const placeFree = async (
  req: PayloadRequest,
  wish: TimeWish,
  { role, now }: { role: ActorRole; now: number },
): Promise<Placement> => {
  const known = await findOffer(req, wish.consultant, wish.serviceType)
  if (!known) throw noSuchOffer()
  const durationMinutes = resolveDuration(known, wish.durationMinutes)
  const session = { start: wish.start, end: wish.start + durationMinutes * minuteMs }
  await lockConsultant(req, known.consultantId)
  if (role !== 'customer') {
    const refusal = decideStart({ start: wish.start, now, path: wish.path })
    if (refusal) throw refusal
  }
  const { consultant, serviceType, start, exceptSlotId, outsideOfferedTimes } = wish
  if (outsideOfferedTimes !== undefined && role === 'customer') throw onlyStaffChoose()
  try {
    const { offer } = await requireOfferedSlot(req, {
      ...{ consultant, serviceType, start, durationMinutes, now },
      ...(exceptSlotId === undefined ? {} : { exceptSlotId }),
    })
    if (wish.isBusyElsewhere) throw slotTaken()
    return { slotId: null, isHeld: false, offer, session, price: offeredPrice(offer, durationMinutes) }
  } catch (error) {
    if (!isStaff(role)) throw error
    if (outsideOfferedTimes === undefined || !isNotOffered(error)) {
      throw await explainToStaff(req, error, { offer: known, session, exceptSlotId, now })
    }
    return {
      slotId: null,
      isHeld: false,
      offer: known,
      session,
      price: offeredPrice(known, durationMinutes),
      outsideOfferedTimes,
    }
  }
}

const isNotOffered = (error: unknown): boolean =>
  error instanceof DomainError && (error.code === 'slot_not_offered' || error.code === 'slot_taken')
