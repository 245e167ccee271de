import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'account_invite' BEFORE 'account_verify';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'account_known' BEFORE 'account_verify';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'account_invite' BEFORE 'account_verify';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'account_known' BEFORE 'account_verify';
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_notifications_kind";
    CREATE TYPE "public"."enum_notifications_kind" AS ENUM('account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_message_templates_templates_kind";
    CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
  `)
}
