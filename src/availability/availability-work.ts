import type { Work } from '#outbox/task'
import { availabilityOverdue } from './availability-overdue-queries'
import { deleteLapsedHolds } from './holds/lapsed-hold-queries'
import { expireHold } from './holds/expire-hold'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'release-hold': { slotId: string }
    /** Somebody's free time may have changed. */
    'publish-slots': { consultantId: string }
  }
}

export const availabilityWork = {
  tasks: { 'release-hold': (payload, { slotId }) => expireHold(payload, slotId) },
  overdue: availabilityOverdue,
  tidy: [deleteLapsedHolds],
} satisfies Work
