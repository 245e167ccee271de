import type { RequestState } from './request-states'

declare module '#notifications/message-subjects' {
  interface SubjectStates {
    request: RequestState
  }
}

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** What follows a change of a consultation request. */
    'follow-request': { requestId: string; event: RequestEvent; detail?: Record<string, unknown> }
  }
}

export type RequestEvent = 'created' | 'assigned' | 'proposed' | 'scheduled' | 'closed'
