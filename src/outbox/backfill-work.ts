import { runBackfill } from './run-backfill'
import { unfinishedBackfills } from './unfinished-backfill-queries'
import { foundBySweep, type StuckWork } from './stuck-work'
import type { Work } from './task'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** What a migration has left to be filled in. */
    'run-backfill': { backfillId: string }
  }
}

export const backfillWork = {
  tasks: { 'run-backfill': (payload, { backfillId }) => runBackfill(payload, backfillId) },
  overdue: [unfinishedBackfills],
} satisfies Work

export const backfillStuck = {
  tasks: { 'run-backfill': { label: 'Filling in what an update needs', ifGivenUp: foundBySweep } },
} satisfies StuckWork
