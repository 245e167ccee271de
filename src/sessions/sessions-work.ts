import { deleteOldMeetingEvents } from '#meetings/meeting-event-queries'
import type { Work } from '#outbox/task'
import { followSession } from './messages/follow-session'
import { remindSession } from './messages/remind-session'
import { overdueClaims } from './no-show/no-show-claim-queries'
import { remindNoShowClaim } from './no-show/remind-no-show-claim'
import { processMeetingEvent } from './rooms/process-meeting-event'
import { settleRoom } from './rooms/settle-room'
import { sessionsOverdue } from './sessions-overdue-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'remind-session': { sessionId: string; kind: 'day' | 'hour' }
    'settle-room': { sessionId: string }
    'expire-payment': { sessionId: string }
    'expire-confirmation': { sessionId: string }
    'expire-unopened': { sessionId: string }
    'complete-session': { sessionId: string }
  }
}

export const sessionsWork = {
  tasks: {
    'follow-session': followSession,
    'remind-session': remindSession,
    'remind-no-show-claim': remindNoShowClaim,
    'settle-room': (payload, { sessionId }) => settleRoom(payload, sessionId),
    'process-meeting-event': (payload, { meetingEventId }) => processMeetingEvent(payload, meetingEventId),
  },
  overdue: [...sessionsOverdue, overdueClaims],
  tidy: [deleteOldMeetingEvents],
} satisfies Work
