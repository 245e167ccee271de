import type { PayloadRequest } from 'payload'
import type { ConsultationRequest } from '#payload-types'
import { relatedId } from '#access/related-id'
import { DomainError } from '#shared/errors'
import { actorOnRecord } from '#access/act-as'
import { bookingSettings } from '#availability/booking-settings'
import { historyEntry } from '#sessions/create/compose-session'
import { decideRequestChange, type RequestChange } from './decide-request-change'
import { checkWindow, windowOf } from '../create/prepare-new-request'
import { requireOffer, requireProposableTimes } from '../request-offers'
import { lockRequestVersion } from '../request-queries'
import type { RequestState } from '../request-states'
import { hourMs } from '#shared/time'

type RequestData = Partial<ConsultationRequest>

/** Who asked, and when, stays as it was. */
const fixed = ['reference', 'requester', 'requestedAt', 'manageTokenHash'] as const

const comparable = (value: unknown): unknown => relatedId(value) ?? value ?? null
const sameInstant = (a: string | null | undefined, b: string | null | undefined): boolean =>
  (a ? Date.parse(a) : null) === (b ? Date.parse(b) : null)

const refuseFixed = (data: RequestData, original: ConsultationRequest): void => {
  const changed = fixed.filter((path) => {
    if (data[path] === undefined) return false
    return path === 'requestedAt'
      ? !sameInstant(data[path], original[path])
      : comparable(data[path]) !== comparable(original[path])
  })
  if (!changed.length) return
  throw new DomainError('invalid_request', `${changed.join(', ')} of a request cannot be changed.`, {
    errors: changed.map((path) => ({ path, message: 'cannot be changed' })),
  })
}

const isChanged = (
  path: 'assignedConsultant' | 'serviceType' | 'scheduledSession',
  data: RequestData,
  original: ConsultationRequest,
): boolean => data[path] !== undefined && comparable(data[path]) !== comparable(original[path])

type Times = ConsultationRequest['proposedTimes']

/** An end that is not sent along is the one that follows from the service type. */
const sameTimes = (sent: Times, stored: Times): boolean => {
  const [a, b] = [sent ?? [], stored ?? []]
  if (a.length !== b.length) return false
  return a.every((time, index) => {
    const other = b[index]
    if (!other || !sameInstant(time.startsAt, other.startsAt)) return false
    return !time.endsAt || sameInstant(time.endsAt, other.endsAt)
  })
}

/** Why the command that writes does so. */
const reasonOf = (req: PayloadRequest): string | undefined =>
  typeof req.context.reason === 'string' ? req.context.reason : undefined

/** `payload.update` read the document before this hook; had somebody changed it since, their change would be written over. */
const refuseStale = async (req: PayloadRequest, original: ConsultationRequest): Promise<void> => {
  if ((await lockRequestVersion(req, original.id)) === Date.parse(original.updatedAt)) return
  throw new DomainError('conflict', 'The request was changed by somebody else meanwhile. Load it again.')
}

/** What a state brings with it, beside its line in the history. */
const followInto = async (
  req: PayloadRequest,
  to: RequestState,
  args: { data: RequestData; original: ConsultationRequest; now: number; rejection: string | undefined },
): Promise<RequestData> => {
  const { data, original, now, rejection } = args
  const consultant = relatedId(data.assignedConsultant) ?? relatedId(original.assignedConsultant)
  const serviceType = relatedId(data.serviceType) ?? relatedId(original.serviceType) ?? ''
  // Whoever sets another deadline by hand is right; otherwise who has to answer now gets the whole time.
  const extended = async () => {
    if (data.expiresAt !== undefined && !sameInstant(data.expiresAt, original.expiresAt)) return {}
    const { requestExpiryHours } = await bookingSettings(req)
    return { expiresAt: new Date(now + requestExpiryHours * hourMs).toISOString() }
  }
  switch (to) {
    case 'pending':
      return { proposedTimes: [], ...(await extended()) }
    case 'pending_assignment':
      return { proposedTimes: [], assignedConsultant: null, ...(await extended()) }
    case 'pending_confirmation': {
      if (consultant === undefined) throw new Error('Times were proposed of no consultant.')
      const proposals = data.proposedTimes ?? []
      return {
        proposedTimes: await requireProposableTimes(req, { consultant, serviceType, proposals, now }),
        ...(await extended()),
      }
    }
    case 'rejected':
      return { rejectionReason: rejection ?? null }
    case 'scheduled':
    case 'completed':
    case 'cancelled':
    case 'expired':
      return {}
  }
}

/**
 * The gate of every change of a request, whoever writes: its state follows the table, choosing a consultant and proposing times
 * move it on, and what was proposed is offered at this moment.
 * @throws DomainError naming what is allowed instead.
 */
export const prepareRequestChange = async (
  req: PayloadRequest,
  data: RequestData,
  original: ConsultationRequest,
): Promise<RequestData> => {
  refuseFixed(data, original)
  await refuseStale(req, original)
  const now = Date.now()
  const actor = await actorOnRecord(req, { consultant: original.assignedConsultant, customer: original.requester })
  const rejection = reasonOf(req) ?? (data.rejectionReason?.trim() || undefined)
  const change: RequestChange = {
    from: original.status,
    wanted: data.status ?? original.status,
    role: actor.role,
    isReassigned: isChanged('assignedConsultant', data, original),
    isReproposed: data.proposedTimes !== undefined && !sameTimes(data.proposedTimes, original.proposedTimes),
    isServiceChanged: isChanged('serviceType', data, original),
    hasConsultant:
      relatedId(data.assignedConsultant === undefined ? original.assignedConsultant : data.assignedConsultant) !==
      undefined,
    timesCount: (data.proposedTimes === undefined ? original.proposedTimes : data.proposedTimes)?.length ?? 0,
    hasSession: relatedId(data.scheduledSession) !== undefined || relatedId(original.scheduledSession) !== undefined,
    hasReason: rejection !== undefined,
  }
  const decision = decideRequestChange(change)
  if ('refusal' in decision) throw decision.refusal
  const { to, isTransition } = decision

  if (isChanged('scheduledSession', data, original) && (to !== 'scheduled' || original.scheduledSession)) {
    throw new DomainError('invalid_request', 'The session of a request is the one that came of it.')
  }
  const window = windowOf({ ...original, ...data })
  const before = windowOf(original)
  if (window.preferredStart !== before.preferredStart || window.preferredEnd !== before.preferredEnd) {
    checkWindow({ ...original, ...data }, now)
  }
  const consultant = relatedId(
    data.assignedConsultant === undefined ? original.assignedConsultant : data.assignedConsultant,
  )
  const serviceType = relatedId(data.serviceType) ?? relatedId(original.serviceType) ?? ''
  if (consultant !== undefined && to !== 'pending_assignment' && (change.isReassigned || change.isServiceChanged)) {
    const path = change.isReassigned ? 'assignedConsultant' : 'serviceType'
    await requireOffer(req, { consultant, serviceType }, { path, now })
  }

  const statusHistory = original.statusHistory ?? []
  const reason = to === 'rejected' ? rejection : reasonOf(req)
  if (!isTransition) return { ...data, statusHistory }
  return {
    ...data,
    status: to,
    ...(await followInto(req, to, { data, original, now, rejection })),
    statusHistory: [...statusHistory, historyEntry({ from: original.status, to, actor, now, reason })],
  }
}
