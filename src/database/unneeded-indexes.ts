import type { PostgresAdapterArgs } from '@payloadcms/db-postgres'

type SchemaHook = NonNullable<PostgresAdapterArgs['beforeSchemaInit']>[number]

/**
 * Indexes that Payload makes of itself (one for each relation, for `createdAt` and `updatedAt` of each collection, and for the order of rows in lists)
 * and that nothing asks for. Each is written with every booking. What is left out here:
 *
 * - one whose columns are the first of a longer index, which answers the same, deletes by foreign key among them; those of lists (`…_list_idx`) have
 *   the id as well, so that a deep page is found in the index alone;
 * - `updatedAt` and `createdAt` of collections whose lists go by another date, and no statement by this one;
 * - the place of a row in its list: rows are read by their parent and sorted then;
 * - what is left blank almost always, or has few values, and is asked for together with something that narrows more.
 */
const unneeded: Readonly<Record<string, readonly string[]>> = {
  // Read by connection and by session; listed by `updatedAt`.
  calendar_events: [
    'calendar_events_connection_idx',
    'calendar_events_scheduled_session_idx',
    'calendar_events_created_at_idx',
  ],
  busy_times: ['busy_times_consultant_idx', 'busy_times_calendar_idx', 'busy_times_created_at_idx'],
  consultation_requests: [
    'consultation_requests_requester_idx',
    'consultation_requests_assigned_consultant_idx',
    'consultation_requests_updated_at_idx',
  ],
  consultation_requests_status_history: ['consultation_requests_status_history_order_idx'],
  consultation_requests_proposed_times: ['consultation_requests_proposed_times_order_idx'],
  customers: ['customers_updated_at_idx'],
  customers_saved_payment_methods: ['customers_saved_payment_methods_order_idx'],
  disputes: ['disputes_payment_idx', 'disputes_updated_at_idx'],
  invoices: ['invoices_refund_idx', 'invoices_updated_at_idx', 'invoices_created_at_idx'],
  ledger_entries: ['ledger_entries_consultant_idx', 'ledger_entries_updated_at_idx', 'ledger_entries_created_at_idx'],
  meetings: ['meetings_updated_at_idx'],
  meetings_participants: ['meetings_participants_order_idx'],
  notifications: [
    'notifications_recipient_idx',
    'notifications_recipient_customer_idx',
    'notifications_updated_at_idx',
    'notifications_created_at_idx',
    // Payments are never deleted, and nobody asks what was said of one.
    'notifications_payment_idx',
  ],
  notifications_channels: ['notifications_channels_order_idx'],
  payments: ['payments_consultant_idx', 'payments_customer_idx', 'payments_created_at_idx'],
  refunds: ['refunds_payment_idx', 'refunds_updated_at_idx'],
  reviews: ['reviews_consultant_idx', 'reviews_customer_idx', 'reviews_updated_at_idx'],
  scheduled_sessions: [
    'scheduled_sessions_consultant_idx',
    'scheduled_sessions_customer_idx',
    // Payments are never deleted, and name their session themselves.
    'scheduled_sessions_payment_idx',
  ],
  scheduled_sessions_status_history: ['scheduled_sessions_status_history_order_idx'],
  scheduled_sessions_reschedule_history: ['scheduled_sessions_reschedule_history_order_idx'],
  stripe_events: ['stripe_events_updated_at_idx', 'stripe_events_created_at_idx'],
  transfers: ['transfers_payment_idx', 'transfers_consultant_idx', 'transfers_updated_at_idx'],
}

/** Takes the indexes that nothing needs out of the schema, before tables are made of it. An installation's own ones stay. */
export const withoutUnneededIndexes: SchemaHook = ({ adapter, schema }) => {
  for (const [tableName, indexes] of Object.entries(unneeded)) {
    const table = adapter.rawTables[tableName]
    if (!table?.indexes) continue
    table.indexes = Object.fromEntries(Object.entries(table.indexes).filter(([, { name }]) => !indexes.includes(name)))
  }
  return schema
}
