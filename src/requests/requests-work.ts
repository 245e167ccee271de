import type { Work } from '#outbox/task'
import { expireRequest } from './expire-request'
import { followRequest } from './messages/follow-request'
import { requestsOverdue } from './requests-overdue-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'expire-request': { requestId: string }
  }
}

export const requestsWork = {
  tasks: {
    'follow-request': followRequest,
    'expire-request': (payload, { requestId }) => expireRequest(payload, requestId),
  },
  overdue: requestsOverdue,
} satisfies Work
