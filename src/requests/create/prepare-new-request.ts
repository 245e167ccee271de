import type { PayloadRequest } from 'payload'
import type { ConsultationRequest } from '#payload-types'
import { relatedId } from '#access/related-id'
import { settings } from '#settings'
import { systemActor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { createReference, deriveToken, hashToken } from '#shared/ids'
import { actorOf } from '#access/act-as'
import { bookingSettings } from '#availability/booking-settings'
import { historyEntry } from '#sessions/create/compose-session'
import { maxProposedTimes } from '../change/decide-request-change'
import { decideRequestOpening } from '../decide-request-transition'
import { findWindowFaults } from '../decide-request-window'
import { isOffered, requireOffer, requireProposableTimes } from '../request-offers'
import { isActiveServiceType, listFittingConsultants } from '../request-queries'
import type { RequestState } from '../request-states'
import { hourMs } from '#shared/time'

type RequestData = Partial<ConsultationRequest>

const required = (value: unknown, path: string): string => {
  const id = relatedId(value)
  if (id !== undefined) return id
  throw new DomainError('invalid_request', `${path} is required.`, { errors: [{ path, message: 'is required' }] })
}

const epochOf = (instant: string | null | undefined): number | null => (instant ? Date.parse(instant) : null)

export const windowOf = (data: RequestData) => ({
  preferredStart: epochOf(data.preferredStart),
  preferredEnd: epochOf(data.preferredEnd),
})

export const checkWindow = (data: RequestData, now: number): void => {
  const errors = findWindowFaults(windowOf(data), now)
  const [first] = errors
  if (first) throw new DomainError('invalid_request', `${first.path} ${first.message}.`, { errors })
}

/** How many are looked at, should the first ones have stopped offering it since their times were published. */
const candidates = 5

/** Whoever operations named, else whom the requester would like, else the first one who fits. */
const chooseConsultant = async (
  req: PayloadRequest,
  data: RequestData,
  { serviceType, requesterId, now }: { serviceType: string; requesterId: string; now: number },
): Promise<{ id: string | null; isAutomatic: boolean }> => {
  for (const path of ['preferredConsultant', 'assignedConsultant'] as const) {
    const consultant = relatedId(data[path])
    if (consultant !== undefined) await requireOffer(req, { consultant, serviceType }, { path, now })
  }
  const named = relatedId(data.assignedConsultant) ?? relatedId(data.preferredConsultant)
  if (named !== undefined) return { id: named, isAutomatic: false }
  const fitting = await listFittingConsultants(req, {
    serviceTypeId: serviceType,
    requesterId,
    ...windowOf(data),
    now,
    limit: candidates,
  })
  for (const consultant of fitting) {
    if (await isOffered(req, { consultant, serviceType }, now)) return { id: consultant, isAutomatic: true }
  }
  return { id: null, isAutomatic: true }
}

/**
 * Completes a new request, whoever writes it: its reference and manage token, the consultant who is asked (or operations, when
 * nobody fits), and until when somebody has to answer.
 * @throws DomainError `invalid_request`, `not_found`, `illegal_transition`, `slot_taken`, `slot_not_offered`.
 */
export const prepareNewRequest = async (req: PayloadRequest, data: RequestData): Promise<RequestData> => {
  const now = Date.now()
  const actor = actorOf(req)
  const refusal = decideRequestOpening({ state: data.status ?? 'pending', role: actor.role })
  if (refusal) throw refusal
  const serviceType = required(data.serviceType, 'serviceType')
  const requesterId = required(data.requester, 'requester')
  checkWindow(data, now)
  if (!(await isActiveServiceType(req, serviceType))) {
    const message = 'There is no such service type, or it is not offered.'
    throw new DomainError('not_found', message, { errors: [{ path: 'serviceType', message }] })
  }

  const { id: consultant, isAutomatic } = await chooseConsultant(req, data, { serviceType, requesterId, now })
  const proposals = data.proposedTimes ?? []
  if (proposals.length && (consultant === null || isAutomatic || proposals.length > maxProposedTimes)) {
    const message = `Propose up to ${maxProposedTimes} times, of a consultant who is named.`
    throw new DomainError('invalid_request', message, { errors: [{ path: 'proposedTimes', message }] })
  }
  const proposedTimes =
    consultant === null ? [] : await requireProposableTimes(req, { consultant, serviceType, proposals, now })

  const history = [historyEntry({ from: null, to: 'pending', actor, now })]
  const move = (to: RequestState, by: typeof actor, reason?: string) => {
    history.push(historyEntry({ from: 'pending', to, actor: by, now, reason }))
    return to
  }
  let status: RequestState = 'pending'
  if (consultant === null) status = move('pending_assignment', systemActor, 'no fitting consultant has free time')
  else if (isAutomatic) status = move('pending', systemActor, 'given to a fitting consultant')
  else if (proposedTimes.length) status = move('pending_confirmation', actor)

  const { requestExpiryHours } = await bookingSettings(req)
  const reference = data.reference ?? createReference('RQ')
  return {
    ...data,
    reference,
    manageTokenHash: hashToken(deriveToken(settings.payloadSecret, 'request-manage', reference)),
    status,
    statusHistory: history,
    requestedAt: new Date(now).toISOString(),
    assignedConsultant: consultant,
    proposedTimes,
    scheduledSession: null,
    rejectionReason: null,
    expiresAt: data.expiresAt ?? new Date(now + requestExpiryHours * hourMs).toISOString(),
  }
}
