import type { DomainEventName } from '#events/domain-events'
import type { Errand } from '#outbox/task-payloads'
import type { RequestState } from './request-states'

declare module '#notifications/message-subjects' {
  interface SubjectStates {
    request: RequestState
  }
}

type AboutRequest = { requestId: string; reference: string }

declare module '#events/domain-events' {
  interface DomainEvents {
    'request.created': AboutRequest
    'request.assigned': AboutRequest
    'request.proposed': AboutRequest
    'request.accepted': AboutRequest
    'request.cancelled': AboutRequest
    'request.rejected': AboutRequest
    'request.expired': AboutRequest
  }
}

/** What is announced of a request, and when. */
export const requestDomainEvents: Readonly<Record<Extract<DomainEventName, `request.${string}`>, string>> = {
  'request.created': 'A request was made.',
  'request.assigned': 'A consultant is asked for times: the first one, or another one.',
  'request.proposed': 'Times were proposed to the requester, the first ones or others.',
  'request.accepted': 'It has led to a session; also when that session was given up and is on again.',
  'request.cancelled': 'It, or the session that it led to, was called off.',
  'request.rejected': 'The consultant or operations turned it down.',
  'request.expired': 'Nobody answered in time.',
}

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** What follows a change of a consultation request. */
    'follow-request': Errand<{ requestId: string; event: RequestEvent; detail?: Record<string, unknown> }>
  }
}

export type RequestEvent = 'created' | 'assigned' | 'proposed' | 'scheduled' | 'closed'
