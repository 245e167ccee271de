import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { createSession } from '#sessions/create/create-session'
import type { Booked, SessionOrder } from '#sessions/create/session-order'
import { lockRequestToAct, writeRequest } from './change/change-request'
import type { RequestRow } from './request-queries'
import { minuteMs } from '#shared/time'

const invalidStart = (message: string) =>
  new DomainError('slot_not_offered', message, { errors: [{ path: 'start', message }] })

/** What whoever accepts may say beside the time. */
type Terms = Pick<
  SessionOrder,
  | 'successUrl'
  | 'cancelUrl'
  | 'attributes'
  | 'charge'
  | 'chargeReason'
  | 'chargeReference'
  | 'outsideOfferedTimes'
  | 'added'
>

/** A proposal is a wish of both, not a claim: it is booked as every other time is, if it can still be had. */
const book = async (
  req: PayloadRequest,
  args: { request: RequestRow; consultant: string; start: number; end: number; terms: Terms; actor: Actor },
): Promise<Booked> => {
  const { request, consultant, start, end, terms, actor } = args
  const { problemTitle, problemDescription, problemCategory, urgency } = request
  try {
    return await createSession(req, {
      order: {
        consultant,
        serviceType: request.serviceTypeId,
        start,
        durationMinutes: (end - start) / minuteMs,
        customer: {
          name: request.customerName,
          email: request.customerEmail,
          timeZone: request.timeZone ?? request.customerTimeZone ?? 'UTC',
          language: request.language ?? undefined,
        },
        problem:
          problemDescription === null
            ? undefined
            : {
                title: problemTitle ?? undefined,
                description: problemDescription,
                category: problemCategory ?? undefined,
                urgency: urgency ?? undefined,
              },
        answers: request.answers ?? undefined,
        notes: request.requestDetails ?? undefined,
        requestId: request.id,
        ...terms,
      },
      actor,
    })
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') {
      throw invalidStart('The consultant does not offer this any more.')
    }
    throw error
  }
}

/**
 * Takes one of the proposed times (epoch ms): a session with everything that was said in the request, in one transaction with the
 * request's own change. When the time went meanwhile, the request stays open.
 * @throws DomainError `illegal_transition`, `slot_taken`, `slot_not_offered`, `forbidden`.
 */
export const acceptRequest = async (
  req: PayloadRequest,
  args: { requestId: string; start: number; actor: Actor } & Terms,
): Promise<Booked> => {
  const { requestId: _request, start, actor, ...terms } = args
  const request = await lockRequestToAct(req, { ...args, action: 'accept' })
  const time = request.proposedTimes.find((proposed) => proposed.start === start)
  if (!time || request.consultantId === null) throw invalidStart('That is none of the proposed times.')
  const booked = await book(req, {
    request,
    consultant: request.consultantId,
    start,
    end: time.end,
    terms,
    actor,
  })
  await writeRequest(req, {
    id: request.id,
    data: { status: 'scheduled', scheduledSession: booked.sessionId },
    actor,
  })
  return booked
}
