import type { Work } from '#outbox/task'
import { directoryOverdue } from './directory-overdue-queries'
import { publishAllSlots, publishSlots } from './published-slots/publish-slots'
import { removeUnbookableSlots } from './published-slots/published-slot-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'publish-all-slots': Record<string, never>
  }
}

export const directoryWork = {
  tasks: {
    'publish-slots': (payload, { consultantId }) => publishSlots(payload, consultantId),
    'publish-all-slots': (payload) => publishAllSlots(payload),
  },
  overdue: directoryOverdue,
  schedule: { 'publish-all-slots': '17 3 * * *' },
  tidy: [removeUnbookableSlots],
} satisfies Work
