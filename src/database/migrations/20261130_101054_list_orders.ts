import { createIndex, dropIndex, inSteps } from '../migration-steps'

/** Tables whose lists open with what was noted last. */
const tables = ['invoices', 'ledger_entries', 'notifications', 'payments', 'stripe_events'] as const

const nameOf = (table: string): string => `${table}_list_idx`

/**
 * The order in which lists open, with the id, so that a deep page reads the index alone. Three of these lists had no index, and sorted the whole
 * table for each page; those of the other two had the instant alone, and a deep page read every row before it.
 */
export const up = inSteps([
  ...tables.map((table) => createIndex(nameOf(table), table, '(created_at, id)')),
  dropIndex('payments_created_at_idx'),
  dropIndex('notifications_created_at_idx'),
])

export const down = inSteps([
  createIndex('payments_created_at_idx', 'payments', '("created_at")'),
  createIndex('notifications_created_at_idx', 'notifications', '("created_at")'),
  ...tables.map((table) => dropIndex(nameOf(table))),
])
