import type { ActorRole } from '#shared/actor'
import { type AskedOfRequest, decideRequestActions } from './decide-request-actions'
import type { RequestRow } from './request-queries'
import { iso } from '#shared/time'
const maybeIso = (epochMs: number | null) => (epochMs === null ? null : iso(epochMs))

/** What there is to know about a request and whoever asks, to decide what they may do with it. */
export const askedOfRequest = (request: RequestRow, asker: { role: ActorRole; now: number }): AskedOfRequest => ({
  ...request,
  ...asker,
  hasConsultant: request.consultantId !== null,
  timesCount: request.proposedTimes.length,
})

/** A consultation request as the public API shows it to one side at this moment: nothing internal, no addresses. */
export const presentRequest = (request: RequestRow, asker: { role: ActorRole; now: number }) => ({
  reference: request.reference,
  status: request.status,
  serviceType: { slug: request.serviceTypeSlug, name: request.serviceTypeName },
  consultant:
    request.consultantSlug === null || request.consultantName === null
      ? null
      : { slug: request.consultantSlug, name: request.consultantName },
  problem: {
    title: request.problemTitle,
    description: request.problemDescription ?? '',
    urgency: request.urgency ?? 'this_week',
  },
  preferredStart: maybeIso(request.preferredStart),
  preferredEnd: maybeIso(request.preferredEnd),
  proposedTimes: request.proposedTimes.map(({ start, end }) => ({ start: iso(start), end: iso(end) })),
  session: request.sessionReference === null ? null : { reference: request.sessionReference },
  rejectionReason: request.rejectionReason,
  expiresAt: maybeIso(request.expiresAt),
  actions: decideRequestActions(askedOfRequest(request, asker)),
  createdAt: iso(request.createdAt),
})
