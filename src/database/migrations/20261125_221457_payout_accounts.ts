import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'payout_account_needs_details' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'payout_account_ready' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'payout_account_needs_details' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'payout_account_ready' BEFORE 'account_verify';
  ALTER TABLE "customers" ADD COLUMN "stripe_customer_attempt" numeric DEFAULT 1;
  ALTER TABLE "customers" ADD COLUMN "payment_methods_synced_at" timestamp(3) with time zone;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_notifications_kind";
  CREATE TYPE "public"."enum_notifications_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'account_verify', 'password_reset');
  ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_message_templates_templates_kind";
  CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'account_verify', 'password_reset');
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
  ALTER TABLE "customers" DROP COLUMN "stripe_customer_attempt";
  ALTER TABLE "customers" DROP COLUMN "payment_methods_synced_at";`)
}
