import type { SessionState } from './session-states'

declare module '#notifications/message-subjects' {
  interface SubjectStates {
    session: SessionState
  }
}

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** What follows a change of a scheduled session: messages, timers, statistics, published slots. */
    'follow-session': { sessionId: string; event: SessionEvent; detail?: Record<string, unknown> }
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
