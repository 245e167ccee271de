import { addConstraint, createIndex, dropIndex, inSteps, transaction } from '#database/migration-steps'

export const up = inSteps([
  transaction('columns', `
    CREATE TYPE "public"."enum_service_types_confirms_email" AS ENUM('nobody', 'unknown', 'everybody');
    ALTER TYPE "public"."enum_notifications_type" ADD VALUE IF NOT EXISTS 'address_to_confirm' BEFORE 'payment_requested';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'booking_to_confirm' BEFORE 'books_differ';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'booking_to_confirm' BEFORE 'books_differ';
    ALTER TABLE "service_types" ADD COLUMN "confirms_email" "enum_service_types_confirms_email" DEFAULT 'nobody';
    ALTER TABLE "availability_slots" ADD COLUMN "claimed_by" varchar;
    ALTER TABLE "availability_slots" ADD COLUMN "claimed_inbox" varchar;
    ALTER TABLE "scheduled_sessions" ADD COLUMN "email_confirm_by" timestamp(3) with time zone;
    ALTER TABLE "booking_settings" ADD COLUMN "bounds_caller_times" numeric DEFAULT 200 NOT NULL;
    ALTER TABLE "booking_settings" ADD COLUMN "bounds_caller_share" numeric DEFAULT 5 NOT NULL;
    ALTER TABLE "booking_settings" ADD COLUMN "bounds_inbox_times" numeric DEFAULT 30 NOT NULL;
    ALTER TABLE "booking_settings" ADD COLUMN "bounds_strangers_share" numeric DEFAULT 50 NOT NULL;
    ALTER TABLE "booking_settings" ADD COLUMN "email_confirm_minutes" numeric DEFAULT 60 NOT NULL;
  `),
  createIndex(`availability_slots_claimed_by_idx`, `availability_slots`, `(claimed_by, ends_at) WHERE claimed_by IS NOT NULL`),
  createIndex(`availability_slots_claimed_inbox_idx`, `availability_slots`, `(claimed_inbox, ends_at) WHERE claimed_inbox IS NOT NULL`),
  createIndex(`availability_slots_claimed_of_idx`, `availability_slots`, `(consultant_id, ends_at) WHERE claimed_by IS NOT NULL`),
  createIndex(`scheduled_sessions_email_confirm_by_idx`, `scheduled_sessions`, `(email_confirm_by) WHERE email_confirm_by IS NOT NULL AND status = 'pending_confirmation'`),
  // Whatever is waited for, there is an end to it.
  addConstraint(`scheduled_sessions`, `scheduled_sessions_waits_until`, `CHECK (status <> 'pending_confirmation' OR confirm_by IS NOT NULL OR email_confirm_by IS NOT NULL)`),
  transaction('drop scheduled_sessions_confirm_by', `ALTER TABLE "scheduled_sessions" DROP CONSTRAINT "scheduled_sessions_confirm_by"`),
])

export const down = inSteps([
  transaction('one deadline', `UPDATE scheduled_sessions SET confirm_by = email_confirm_by WHERE status = 'pending_confirmation' AND confirm_by IS NULL`),
  addConstraint(`scheduled_sessions`, `scheduled_sessions_confirm_by`, `CHECK (status <> 'pending_confirmation' OR confirm_by IS NOT NULL)`),
  transaction('drop scheduled_sessions_waits_until', `ALTER TABLE "scheduled_sessions" DROP CONSTRAINT "scheduled_sessions_waits_until"`),
  dropIndex(`scheduled_sessions_email_confirm_by_idx`),
  dropIndex(`availability_slots_claimed_of_idx`),
  dropIndex(`availability_slots_claimed_inbox_idx`),
  dropIndex(`availability_slots_claimed_by_idx`),
  transaction('columns', `
    ALTER TABLE "notifications" ALTER COLUMN "type" SET DATA TYPE text;
    DROP TYPE "public"."enum_notifications_type";
    CREATE TYPE "public"."enum_notifications_type" AS ENUM('booking_confirmation', 'booking_reminder', 'session_started', 'session_completed', 'recording_ready', 'payment_received', 'refund_processed', 'availability_request', 'message_received', 'booking_rescheduled', 'booking_cancelled', 'booking_declined', 'booking_expired', 'confirmation_requested', 'payment_requested', 'payment_failed', 'review_requested', 'no_show', 'request_received', 'request_assigned', 'request_proposed', 'request_rejected', 'request_cancelled', 'request_expired', 'payout', 'payout_held', 'dispute', 'books_differ', 'calendar_disconnected', 'calendar_conflict');
    ALTER TABLE "notifications" ALTER COLUMN "type" SET DATA TYPE "public"."enum_notifications_type" USING "type"::"public"."enum_notifications_type";
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_notifications_kind";
    CREATE TYPE "public"."enum_notifications_kind" AS ENUM('account_invite', 'account_known', 'account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'no_show_claim_granted', 'no_show_claim_overdue', 'no_show_claim_raised', 'no_show_claim_received', 'no_show_claim_rejected', 'no_show_claim_to_answer', 'no_show_claim_withdrawn', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'recovery_code_used', 'recovery_codes_renewed', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'second_factor_added', 'second_factor_removed', 'second_factor_reset', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_message_templates_templates_kind";
    CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('account_invite', 'account_known', 'account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'no_show_claim_granted', 'no_show_claim_overdue', 'no_show_claim_raised', 'no_show_claim_received', 'no_show_claim_rejected', 'no_show_claim_to_answer', 'no_show_claim_withdrawn', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'recovery_code_used', 'recovery_codes_renewed', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'second_factor_added', 'second_factor_removed', 'second_factor_reset', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
    ALTER TABLE "service_types" DROP COLUMN "confirms_email";
    ALTER TABLE "availability_slots" DROP COLUMN "claimed_by";
    ALTER TABLE "availability_slots" DROP COLUMN "claimed_inbox";
    ALTER TABLE "scheduled_sessions" DROP COLUMN "email_confirm_by";
    ALTER TABLE "booking_settings" DROP COLUMN "bounds_caller_times";
    ALTER TABLE "booking_settings" DROP COLUMN "bounds_caller_share";
    ALTER TABLE "booking_settings" DROP COLUMN "bounds_inbox_times";
    ALTER TABLE "booking_settings" DROP COLUMN "bounds_strangers_share";
    ALTER TABLE "booking_settings" DROP COLUMN "email_confirm_minutes";
    DROP TYPE "public"."enum_service_types_confirms_email";
  `),
])
