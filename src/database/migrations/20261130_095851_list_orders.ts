import { createIndex, dropIndex, inSteps } from '../migration-steps'

/** The orders in which these lists open: without them, each page of a list sorts the whole table. */
export const up = inSteps([
  createIndex(`invoices_created_at_idx`, `invoices`, `USING btree ("created_at")`),
  createIndex(`ledger_entries_created_at_idx`, `ledger_entries`, `USING btree ("created_at")`),
  createIndex(`stripe_events_created_at_idx`, `stripe_events`, `USING btree ("created_at")`),
])

export const down = inSteps([
  dropIndex(`invoices_created_at_idx`),
  dropIndex(`ledger_entries_created_at_idx`),
  dropIndex(`stripe_events_created_at_idx`),
])
