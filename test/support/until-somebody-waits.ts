import type pg from 'pg'
import { expect, vi } from 'vitest'

/** Until a statement of the database waits for a lock. */
export const untilSomebodyWaits = async (client: pg.Client): Promise<void> => {
  await vi.waitFor(
    async () => {
      const { rowCount } = await client.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      expect(rowCount).toBe(1)
    },
    { timeout: 10_000, interval: 20 },
  )
}
