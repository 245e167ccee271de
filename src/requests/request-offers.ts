import type { PayloadRequest } from 'payload'
import { noSuchOffer, requireOfferedSlot } from '#availability/slots/find-slots'
import type { Offer } from '#availability/offers/offer'
import { findOfferState } from '#availability/offers/offer-queries'
import { DomainError } from '#shared/errors'
import { minuteMs } from '#shared/time'

/** What somebody proposes: a start, and an end when it is not the service type's usual length. ISO 8601. */
export type Proposal = { startsAt: string; endsAt?: string | undefined }

/** The offer as it is at this moment, not as this process remembers it. */
const findCurrentOffer = async (
  req: PayloadRequest,
  args: { consultant: string; serviceType: string },
  now: number,
): Promise<Offer | undefined> =>
  (await findOfferState(req, { ...args, window: { start: now, end: now + 1 }, now }))?.offer

/**
 * Checks that a consultant can be booked for a service type; slugs or ids.
 * @throws DomainError `not_found` that names the field.
 */
export const requireOffer = async (
  req: PayloadRequest,
  args: { consultant: string; serviceType: string },
  field: { path: string; now: number },
): Promise<Offer> => {
  const offer = await findCurrentOffer(req, args, field.now)
  if (offer) return offer
  const { message } = noSuchOffer()
  throw new DomainError('not_found', message, { errors: [{ path: field.path, message }] })
}

export const isOffered = async (
  req: PayloadRequest,
  args: { consultant: string; serviceType: string },
  now: number,
): Promise<boolean> => (await findCurrentOffer(req, args, now)) !== undefined

const startOf = ({ startsAt }: Proposal): number => Date.parse(startsAt)

const invalid = (path: string, message: string) =>
  new DomainError('invalid_request', `${path} ${message}.`, { errors: [{ path, message }] })

/** A refusal of one of several times says which one it is about. */
const naming = (error: unknown, path: string): unknown =>
  error instanceof DomainError
    ? new DomainError(error.code, error.message, { errors: [{ path, message: error.message }] })
    : error

/**
 * Checks that every proposed time is offered at this moment, and gives each its end; in order of time. Nothing is held: who
 * accepts one may find it taken.
 * @throws DomainError `invalid_request`, `slot_taken`, `slot_not_offered` that names the row.
 */
export const requireProposableTimes = async (
  req: PayloadRequest,
  args: { consultant: string; serviceType: string; proposals: readonly Proposal[]; now: number },
): Promise<{ startsAt: string; endsAt: string }[]> => {
  const { consultant, serviceType, proposals, now } = args
  const times: { startsAt: string; endsAt: string }[] = []
  for (const [index, proposal] of proposals.entries()) {
    const path = `proposedTimes.${index}.startsAt`
    const start = startOf(proposal)
    if (!Number.isFinite(start)) throw invalid(path, 'must be an instant')
    if (proposals.findIndex((other) => startOf(other) === start) < index) throw invalid(path, 'is given twice')
    const end = proposal.endsAt ? Date.parse(proposal.endsAt) : undefined
    try {
      const { session } = await requireOfferedSlot(req, {
        consultant,
        serviceType,
        start,
        durationMinutes: end === undefined ? undefined : (end - start) / minuteMs,
        now,
      })
      times.push({ startsAt: new Date(session.start).toISOString(), endsAt: new Date(session.end).toISOString() })
    } catch (error) {
      throw naming(error, path)
    }
  }
  return times.sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}
