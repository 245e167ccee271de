import type { PayloadRequest } from 'payload'
import { noteSlots } from '#observability/note'
import { DomainError } from '#shared/errors'
import { computeOfferedSlots } from './compute-offered-slots'
import { computeSlotsOnce } from './slots-once'
import type { Offer } from '../offers/offer'
import { findOfferState, findShownOfferState } from '../offers/offer-queries'
import { readTaken } from '../offers/taken-text'
import type { Interval } from '../types'
import { minuteMs } from '#shared/time'

export const resolveDuration = (offer: Offer, durationMinutes: number | undefined): number => {
  if (durationMinutes === undefined) return offer.defaultDurationMinutes
  if (offer.durations.includes(durationMinutes)) return durationMinutes
  throw new DomainError(
    'invalid_request',
    `${durationMinutes} minutes are not offered; offered are ${offer.durations.join(', ')}.`,
    {
      errors: [{ path: 'durationMinutes', message: `must be one of ${offer.durations.join(', ')}` }],
    },
  )
}

export const noSuchOffer = () =>
  new DomainError('not_found', 'There is no such consultant, or they do not offer this service type.')

export const slotTaken = (cause?: unknown) =>
  new DomainError('slot_taken', 'That time was just taken. Choose another one.', { cause })

export type SlotQuery = {
  consultant: string
  serviceType: string
  durationMinutes: number | undefined
  window: Interval
  now: number
  /** Hash of the caller's own hold: that time is still shown as free to them. */
  ownHoldHash?: string | undefined
  /** The claim that is to be moved. */
  exceptSlotId?: string | undefined
}

/**
 * What is free at this moment, to be shown: whoever takes one of these times asks again. While nothing has changed, equal queries get the very
 * same list.
 * @throws DomainError `not_found`, or `invalid_request` for a duration that is not offered.
 */
export const findSlots = async (
  req: PayloadRequest,
  query: SlotQuery,
): Promise<{ offer: Offer; durationMinutes: number; slots: readonly Interval[] }> => {
  const state = await findShownOfferState(req, query)
  if (!state) throw noSuchOffer()
  const durationMinutes = resolveDuration(state.offer, query.durationMinutes)
  const slots = computeSlotsOnce(state.offer, { ...query, durationMinutes, taken: state.taken })
  noteSlots(slots.length)
  return { offer: state.offer, durationMinutes, slots }
}

/**
 * Checks that exactly this time is offered now.
 * @throws DomainError `slot_taken` when only somebody else's claim or an external appointment is in the way,
 * `slot_not_offered` when the rules do not contain it.
 */
export const requireOfferedSlot = async (
  req: PayloadRequest,
  query: Omit<SlotQuery, 'window'> & { start: number },
): Promise<{ offer: Offer; durationMinutes: number; session: Interval }> => {
  const window = { start: query.start, end: query.start + 1 }
  const state = await findOfferState(req, { ...query, window })
  if (!state) throw noSuchOffer()
  const { offer } = state
  const taken = readTaken(state.taken)
  const durationMinutes = resolveDuration(offer, query.durationMinutes)
  const isOffered = (without: Interval[]) =>
    computeOfferedSlots(offer, { taken: without, durationMinutes, window, now: query.now }).length > 0
  if (!isOffered(taken)) {
    if (isOffered([])) throw slotTaken()
    throw new DomainError(
      'slot_not_offered',
      'That time is not offered. Ask for the free times again and choose one of them.',
    )
  }
  return { offer, durationMinutes, session: { start: query.start, end: query.start + durationMinutes * minuteMs } }
}
