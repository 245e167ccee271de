import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_disputes_answer_kind" AS ENUM('evidence', 'accept');
  CREATE TYPE "public"."enum_disputes_answer_status" AS ENUM('requested', 'succeeded', 'failed');
  CREATE TYPE "public"."enum_disputes_answer_requested_by_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  ALTER TYPE "public"."enum_ledger_entries_kind" ADD VALUE 'dispute_share_returned';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'payout_made' BEFORE 'request_received';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'payout_set_off' BEFORE 'request_received';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'payout_held' BEFORE 'request_received';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'debt_recorded' BEFORE 'request_received';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'dispute_opened' BEFORE 'request_received';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'dispute_decided' BEFORE 'request_received';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'payout_made' BEFORE 'request_received';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'payout_set_off' BEFORE 'request_received';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'payout_held' BEFORE 'request_received';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'debt_recorded' BEFORE 'request_received';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'dispute_opened' BEFORE 'request_received';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'dispute_decided' BEFORE 'request_received';
  ALTER TABLE "disputes" ADD COLUMN "answer_kind" "enum_disputes_answer_kind";
  ALTER TABLE "disputes" ADD COLUMN "answer_status" "enum_disputes_answer_status";
  ALTER TABLE "disputes" ADD COLUMN "answer_requested_at" timestamp(3) with time zone;
  ALTER TABLE "disputes" ADD COLUMN "answer_requested_by" varchar;
  ALTER TABLE "disputes" ADD COLUMN "answer_requested_by_role" "enum_disputes_answer_requested_by_role";
  ALTER TABLE "disputes" ADD COLUMN "answer_failure_reason" varchar;
  ALTER TABLE "disputes" ADD COLUMN "answer_attempt" numeric DEFAULT 0;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_ledger_entries_kind";
  CREATE TYPE "public"."enum_ledger_entries_kind" AS ENUM('charge', 'platform_fee', 'stripe_fee', 'refund', 'refund_failed', 'platform_fee_refund', 'platform_fee_refund_failed', 'transfer', 'transfer_reversal', 'netted_out', 'netted_in', 'dispute', 'dispute_won', 'dispute_fee', 'dispute_fee_returned', 'dispute_share');
  ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_ledger_entries_kind" USING "kind"::"public"."enum_ledger_entries_kind";
  ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_notifications_kind";
  CREATE TYPE "public"."enum_notifications_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'payout_account_needs_details', 'payout_account_ready', 'account_verify', 'password_reset');
  ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_message_templates_templates_kind";
  CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'payout_account_needs_details', 'payout_account_ready', 'account_verify', 'password_reset');
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
  ALTER TABLE "disputes" DROP COLUMN "answer_kind";
  ALTER TABLE "disputes" DROP COLUMN "answer_status";
  ALTER TABLE "disputes" DROP COLUMN "answer_requested_at";
  ALTER TABLE "disputes" DROP COLUMN "answer_requested_by";
  ALTER TABLE "disputes" DROP COLUMN "answer_requested_by_role";
  ALTER TABLE "disputes" DROP COLUMN "answer_failure_reason";
  ALTER TABLE "disputes" DROP COLUMN "answer_attempt";
  DROP TYPE "public"."enum_disputes_answer_kind";
  DROP TYPE "public"."enum_disputes_answer_status";
  DROP TYPE "public"."enum_disputes_answer_requested_by_role";`)
}
