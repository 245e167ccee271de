import type { Work } from '#outbox/task'
import { directoryOverdue } from './directory-overdue-queries'
import { publishAllSlots, publishDueSlots, publishSlots, publishWishedSlots } from './published-slots/publish-slots'
import { removeUnbookableSlots } from './published-slots/published-slot-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'publish-all-slots': Record<string, never>
    /** Publishes the free time of those of whom it is wished. */
    'publish-wished-slots': Record<string, never>
  }
}

export const directoryWork = {
  tasks: {
    'publish-slots': (payload, { consultantId }) => publishSlots(payload, consultantId),
    'publish-all-slots': (payload) => publishAllSlots(payload),
    'publish-wished-slots': (payload) => publishWishedSlots(payload),
  },
  overdue: directoryOverdue,
  schedule: { 'publish-all-slots': '17 3 * * *' },
  tidy: [removeUnbookableSlots, publishDueSlots],
} satisfies Work
