import type { DomainEventName } from '#events/domain-events'
import type { Errand } from '#outbox/task-payloads'
import type { SessionState } from './session-states'

declare module '#notifications/message-subjects' {
  interface SubjectStates {
    session: SessionState
  }
}

type AboutSession = { sessionId: string; reference: string }

declare module '#events/domain-events' {
  interface DomainEvents {
    'session.created': AboutSession
    'session.scheduled': AboutSession
    'session.rescheduled': AboutSession
    'session.started': AboutSession
    'session.completed': AboutSession
    'session.no_show': AboutSession
    'session.cancelled': AboutSession
    'session.expired': AboutSession
    'session.refunded': AboutSession
  }
}

/** What is announced of a session, and when. */
export const sessionDomainEvents: Readonly<Record<Extract<DomainEventName, `session.${string}`>, string>> = {
  'session.created': 'A session was made, by whomever and in whichever state.',
  'session.scheduled':
    'It is agreed: made without anything to pay or to confirm, paid, confirmed, or paid late and on again.',
  'session.rescheduled': 'It was moved to another time.',
  'session.started': 'It has begun.',
  'session.completed': 'It was held.',
  'session.no_show': 'One side did not come.',
  'session.cancelled': 'A side or operations called it off, or the consultant declined it.',
  'session.expired': 'Nobody paid or confirmed in time, or the card could not be charged after all.',
  'session.refunded': 'The whole price of one that was over was returned, because a person decided so.',
}

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** What follows a change of a scheduled session: messages, timers, statistics, published slots. */
    'follow-session': Errand<{ sessionId: string; event: SessionEvent; detail?: Record<string, unknown> }>
  }
}

export const sessionEvents = [
  'created',
  'scheduled',
  'rescheduled',
  'closed',
  'started',
  'completed',
  'payment-failed',
  'paid-too-late',
  'refunded',
  'refund-failed',
  'refund-to-return',
  'recording-ready',
] as const
export type SessionEvent = (typeof sessionEvents)[number]
