import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'login_record_given' BEFORE 'message_received';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'login_record_given' BEFORE 'message_received';
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_notifications_kind";
    CREATE TYPE "public"."enum_notifications_kind" AS ENUM('account_invite', 'account_known', 'account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'booking_to_confirm', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'login_address_changed', 'login_password_set', 'message_received', 'no_show', 'no_show_claim_granted', 'no_show_claim_overdue', 'no_show_claim_raised', 'no_show_claim_received', 'no_show_claim_rejected', 'no_show_claim_to_answer', 'no_show_claim_withdrawn', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'provider_connected', 'provider_disconnected', 'recording_ready', 'recovery_code_used', 'recovery_codes_renewed', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'second_factor_added', 'second_factor_removed', 'second_factor_reset', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_message_templates_templates_kind";
    CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('account_invite', 'account_known', 'account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'booking_to_confirm', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'login_address_changed', 'login_password_set', 'message_received', 'no_show', 'no_show_claim_granted', 'no_show_claim_overdue', 'no_show_claim_raised', 'no_show_claim_received', 'no_show_claim_rejected', 'no_show_claim_to_answer', 'no_show_claim_withdrawn', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'provider_connected', 'provider_disconnected', 'recording_ready', 'recovery_code_used', 'recovery_codes_renewed', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'second_factor_added', 'second_factor_removed', 'second_factor_reset', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
  `)
}
