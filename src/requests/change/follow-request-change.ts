import type { PayloadRequest } from 'payload'
import { announce } from '#events/announce'
import { cancelJobs, enqueue, type Job } from '#outbox/enqueue'
import type { RequestEvent } from '../request-events'
import type { Actor } from '#shared/actor'
import { isOpenRequest, requestRow, type RequestState } from '../request-states'

/** What of a request decides who is to hear of a change. */
export type RequestFacts = {
  reference: string
  status: RequestState
  consultantId: string | undefined
  /** Epoch milliseconds. */
  expiresAt: number | null
  /** Goes up with every line of the history. */
  changes: number
}

export const followRequestJob = (
  requestId: string,
  event: RequestEvent,
  detail: Record<string, unknown> = {},
): Job => ({ task: 'follow-request', errand: { requestId, event, detail } })

/** A second late, so that the deadline has passed by the worker's clock as well. */
const expiryJob = (requestId: string, expiresAt: number): Job => ({
  task: 'expire-request',
  payload: { requestId },
  key: `expire-request:${requestId}`,
  runAt: new Date(expiresAt + 1_000),
})

/** What has happened, as messages tell it; undefined when nobody is to be told. */
const eventOf = (before: RequestFacts, after: RequestFacts): RequestEvent | undefined => {
  if (after.changes === before.changes) return undefined
  switch (after.status) {
    case 'pending':
      return after.consultantId === before.consultantId ? undefined : 'assigned'
    case 'pending_confirmation':
      return 'proposed'
    case 'scheduled':
      return 'scheduled'
    case 'completed':
    case 'cancelled':
    case 'rejected':
    case 'expired':
      return 'closed'
    case 'pending_assignment':
      return undefined
  }
}

/** Announces what a write has made of a request: another consultant, another state, other times. */
const announceRequest = async (
  req: PayloadRequest,
  requestId: string,
  { before, after }: { before: Pick<RequestFacts, 'consultantId' | 'changes'>; after: RequestFacts },
): Promise<void> => {
  const about = { requestId, reference: after.reference }
  const { consultantId, status, changes } = after
  const isChosen = consultantId !== undefined && consultantId !== before.consultantId
  if (isChosen && isOpenRequest(status)) await announce(req, 'request.assigned', about, changes)
  const { event } = requestRow(status)
  if (event !== null && changes !== before.changes) await announce(req, event, about, changes)
}

/** What follows a new request: it expires, the requester and operations are told, and so is the consultant who is asked. */
export const followNewRequest = async (
  req: PayloadRequest,
  requestId: string,
  { after, actor }: { after: RequestFacts; actor: Actor },
): Promise<void> => {
  const by = actor.role
  await enqueue(
    req,
    followRequestJob(requestId, 'created', { by }),
    ...(after.consultantId === undefined ? [] : [followRequestJob(requestId, 'assigned', { by, isNew: true })]),
    ...(after.status === 'pending_confirmation' ? [followRequestJob(requestId, 'proposed', { by })] : []),
    ...(after.expiresAt === null ? [] : [expiryJob(requestId, after.expiresAt)]),
  )
  await announce(req, 'request.created', { requestId, reference: after.reference })
  await announceRequest(req, requestId, { before: { consultantId: undefined, changes: 0 }, after })
}

/** What follows a change of a request; in the transaction of the change. */
export const followRequestChange = async (
  req: PayloadRequest,
  requestId: string,
  args: { before: RequestFacts; after: RequestFacts; actor: Actor; reason: string | undefined },
): Promise<void> => {
  const { before, after, actor, reason } = args
  const event = eventOf(before, after)
  const detail = { from: before.status, by: actor.role, ...(reason === undefined ? {} : { reason }) }
  const isOpen = isOpenRequest(after.status)
  if (!isOpen && isOpenRequest(before.status)) await cancelJobs(req, `expire-request:${requestId}`)
  await enqueue(
    req,
    ...(event === undefined ? [] : [followRequestJob(requestId, event, detail)]),
    ...(isOpen && after.expiresAt !== null && after.expiresAt !== before.expiresAt
      ? [expiryJob(requestId, after.expiresAt)]
      : []),
  )
  await announceRequest(req, requestId, { before, after })
}
