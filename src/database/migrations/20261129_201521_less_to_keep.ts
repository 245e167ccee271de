import { createIndex, dropIndex, inSteps, transaction } from '../migration-steps'

/** For how long things are kept, in days. */
const settings = `
  ALTER TABLE booking_settings
    ADD COLUMN retention_messages_days numeric DEFAULT 30 NOT NULL,
    ADD COLUMN retention_stripe_events_days numeric DEFAULT 90 NOT NULL,
    ADD COLUMN retention_meeting_reports_days numeric DEFAULT 30 NOT NULL,
    ADD COLUMN retention_command_answers_days numeric DEFAULT 7 NOT NULL,
    ADD COLUMN retention_past_appointments_days numeric DEFAULT 2 NOT NULL,
    ADD COLUMN retention_past_entries_days numeric DEFAULT 365 NOT NULL,
    ADD COLUMN retention_lapsed_holds_days numeric DEFAULT 30 NOT NULL,
    ADD COLUMN retention_reconciliation_days numeric DEFAULT 730 NOT NULL`

/** What nothing asks for; with what makes it again. */
const indexes: readonly (readonly [name: string, table: string, columns: string])[] = [
  ['customers_saved_payment_methods_order_idx', 'customers_saved_payment_methods', '("_order")'],
  ['customers_updated_at_idx', 'customers', '("updated_at")'],
  ['busy_times_consultant_idx', 'busy_times', '("consultant_id")'],
  ['busy_times_calendar_idx', 'busy_times', '("calendar_id")'],
  ['busy_times_created_at_idx', 'busy_times', '("created_at")'],
  ['calendar_events_connection_idx', 'calendar_events', '("connection_id")'],
  ['calendar_events_scheduled_session_idx', 'calendar_events', '("scheduled_session_id")'],
  ['calendar_events_created_at_idx', 'calendar_events', '("created_at")'],
  ['consultation_requests_status_history_order_idx', 'consultation_requests_status_history', '("_order")'],
  ['consultation_requests_proposed_times_order_idx', 'consultation_requests_proposed_times', '("_order")'],
  ['consultation_requests_requester_idx', 'consultation_requests', '("requester_id")'],
  ['consultation_requests_assigned_consultant_idx', 'consultation_requests', '("assigned_consultant_id")'],
  ['consultation_requests_updated_at_idx', 'consultation_requests', '("updated_at")'],
  ['scheduled_sessions_status_history_order_idx', 'scheduled_sessions_status_history', '("_order")'],
  ['scheduled_sessions_reschedule_history_order_idx', 'scheduled_sessions_reschedule_history', '("_order")'],
  ['scheduled_sessions_consultant_idx', 'scheduled_sessions', '("consultant_id")'],
  ['scheduled_sessions_customer_idx', 'scheduled_sessions', '("customer_id")'],
  ['scheduled_sessions_payment_idx', 'scheduled_sessions', '("payment_id")'],
  ['scheduled_sessions_meeting_meeting_meeting_id_idx', 'scheduled_sessions', '("meeting_meeting_id")'],
  ['meetings_participants_order_idx', 'meetings_participants', '("_order")'],
  ['meetings_updated_at_idx', 'meetings', '("updated_at")'],
  ['reviews_consultant_idx', 'reviews', '("consultant_id")'],
  ['reviews_customer_idx', 'reviews', '("customer_id")'],
  ['reviews_updated_at_idx', 'reviews', '("updated_at")'],
  ['payments_consultant_idx', 'payments', '("consultant_id")'],
  ['payments_customer_idx', 'payments', '("customer_id")'],
  ['refunds_payment_idx', 'refunds', '("payment_id")'],
  ['refunds_updated_at_idx', 'refunds', '("updated_at")'],
  ['disputes_payment_idx', 'disputes', '("payment_id")'],
  ['disputes_updated_at_idx', 'disputes', '("updated_at")'],
  ['transfers_payment_idx', 'transfers', '("payment_id")'],
  ['transfers_consultant_idx', 'transfers', '("consultant_id")'],
  ['transfers_updated_at_idx', 'transfers', '("updated_at")'],
  ['invoices_refund_idx', 'invoices', '("refund_id")'],
  ['invoices_updated_at_idx', 'invoices', '("updated_at")'],
  ['invoices_created_at_idx', 'invoices', '("created_at")'],
  ['ledger_entries_consultant_idx', 'ledger_entries', '("consultant_id")'],
  ['ledger_entries_updated_at_idx', 'ledger_entries', '("updated_at")'],
  ['ledger_entries_created_at_idx', 'ledger_entries', '("created_at")'],
  ['stripe_events_updated_at_idx', 'stripe_events', '("updated_at")'],
  ['stripe_events_created_at_idx', 'stripe_events', '("created_at")'],
  ['notifications_channels_order_idx', 'notifications_channels', '("order")'],
  ['notifications_recipient_idx', 'notifications', '("recipient_id")'],
  ['notifications_recipient_customer_idx', 'notifications', '("recipient_customer_id")'],
  ['notifications_type_idx', 'notifications', '("type")'],
  ['notifications_payment_idx', 'notifications', '("payment_id")'],
  ['notifications_expires_at_idx', 'notifications', '("expires_at")'],
  ['notifications_updated_at_idx', 'notifications', '("updated_at")'],
  ['recipient_isRead_idx', 'notifications', '("recipient_id","is_read")'],
]

export const up = inSteps([transaction('retention', settings), indexes.map(([name]) => dropIndex(name))])

export const down = inSteps([
  indexes.map(([name, table, columns]) => createIndex(name, table, columns)),
  transaction(
    'retention',
    `ALTER TABLE booking_settings
      DROP COLUMN retention_messages_days,
      DROP COLUMN retention_stripe_events_days,
      DROP COLUMN retention_meeting_reports_days,
      DROP COLUMN retention_command_answers_days,
      DROP COLUMN retention_past_appointments_days,
      DROP COLUMN retention_past_entries_days,
      DROP COLUMN retention_lapsed_holds_days,
      DROP COLUMN retention_reconciliation_days`,
  ),
])
