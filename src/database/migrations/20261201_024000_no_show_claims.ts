import { addConstraint, createIndex, dropIndex, inSteps, transaction } from '#database/migration-steps'

export const up = inSteps([
  transaction('part 1', `
    CREATE TYPE "public"."enum_no_show_claims_status" AS ENUM('open', 'granted', 'rejected', 'withdrawn');
    CREATE TYPE "public"."enum_no_show_claims_missing" AS ENUM('customer', 'consultant');
    CREATE TYPE "public"."enum_no_show_claims_raised_by" AS ENUM('customer', 'consultant');
    CREATE TYPE "public"."enum_no_show_claims_decided_by_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
    ALTER TYPE "public"."enum_payments_payout_held_reason" ADD VALUE IF NOT EXISTS 'no_show_claim' BEFORE 'paid_elsewhere';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_granted' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_overdue' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_raised' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_received' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_rejected' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_to_answer' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_withdrawn' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_granted' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_overdue' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_raised' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_received' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_rejected' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_to_answer' BEFORE 'password_reset';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'no_show_claim_withdrawn' BEFORE 'password_reset';
    CREATE TABLE "no_show_claims" (
    	"id" uuid PRIMARY KEY NOT NULL,
    	"reference" varchar NOT NULL,
    	"status" "enum_no_show_claims_status" DEFAULT 'open' NOT NULL,
    	"scheduled_session_id" uuid NOT NULL,
    	"consultant_id" uuid NOT NULL,
    	"customer_id" uuid NOT NULL,
    	"payment_id" uuid,
    	"missing" "enum_no_show_claims_missing" NOT NULL,
    	"raised_by" "enum_no_show_claims_raised_by" NOT NULL,
    	"statement" varchar,
    	"objections" jsonb,
    	"answer" varchar,
    	"answered_at" timestamp(3) with time zone,
    	"deadline" timestamp(3) with time zone NOT NULL,
    	"reminded_at" timestamp(3) with time zone,
    	"reminders" numeric DEFAULT 0,
    	"decided_at" timestamp(3) with time zone,
    	"decided_by" varchar,
    	"decided_by_role" "enum_no_show_claims_decided_by_role",
    	"decision_reason" varchar,
    	"internal_notes" varchar,
    	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
    	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
    );

    CREATE UNIQUE INDEX "no_show_claims_reference_idx" ON "no_show_claims" USING btree ("reference");
    CREATE INDEX "no_show_claims_scheduled_session_idx" ON "no_show_claims" USING btree ("scheduled_session_id");
    CREATE INDEX "no_show_claims_consultant_idx" ON "no_show_claims" USING btree ("consultant_id");
    CREATE INDEX "no_show_claims_customer_idx" ON "no_show_claims" USING btree ("customer_id");
    CREATE INDEX "no_show_claims_payment_idx" ON "no_show_claims" USING btree ("payment_id");
    CREATE INDEX "no_show_claims_updated_at_idx" ON "no_show_claims" USING btree ("updated_at");
    CREATE INDEX "no_show_claims_created_at_idx" ON "no_show_claims" USING btree ("created_at");
    CREATE INDEX "scheduledSession_status_idx" ON "no_show_claims" USING btree ("scheduled_session_id","status");
    CREATE INDEX "status_deadline_idx" ON "no_show_claims" USING btree ("status","deadline");
    CREATE UNIQUE INDEX "no_show_claims_one_open" ON "no_show_claims" USING btree ("scheduled_session_id") WHERE status = 'open';
    ALTER TABLE "no_show_claims" ADD CONSTRAINT "no_show_claims_against_the_other" CHECK (missing::text <> raised_by::text);
    ALTER TABLE "no_show_claims" ADD CONSTRAINT "no_show_claims_decided" CHECK ((status = 'open') = (decided_at IS NULL));
  `),
  transaction('payout', `
    ALTER TABLE "payments" ADD COLUMN "payout_has_open_claim" boolean DEFAULT false;
  `),
  transaction('settings and locks', `
    ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "no_show_claims_id" uuid;
    ALTER TABLE "booking_settings" ADD COLUMN "no_show_claim_hours" numeric DEFAULT 72 NOT NULL;
  `),
  addConstraint(`no_show_claims`, `no_show_claims_scheduled_session_id_scheduled_sessions_id_fk`, `FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action`),
  addConstraint(`no_show_claims`, `no_show_claims_consultant_id_consultant_profiles_id_fk`, `FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action`),
  addConstraint(`no_show_claims`, `no_show_claims_customer_id_customers_id_fk`, `FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action`),
  addConstraint(`no_show_claims`, `no_show_claims_payment_id_payments_id_fk`, `FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action`),
  addConstraint(`payload_locked_documents_rels`, `payload_locked_documents_rels_no_show_claims_fk`, `FOREIGN KEY ("no_show_claims_id") REFERENCES "public"."no_show_claims"("id") ON DELETE cascade ON UPDATE no action`),
  createIndex(`payload_locked_documents_rels_no_show_claims_id_idx`, `payload_locked_documents_rels`, `USING btree ("no_show_claims_id")`),
])

export const down = inSteps([
  transaction('part 1', `
    ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_no_show_claims_fk";
    DROP TABLE "no_show_claims" CASCADE;

    ALTER TABLE "payments" ALTER COLUMN "payout_held_reason" SET DATA TYPE text;
    DROP TYPE "public"."enum_payments_payout_held_reason";
    CREATE TYPE "public"."enum_payments_payout_held_reason" AS ENUM('no_account', 'account_incomplete', 'account_restricted', 'account_disconnected', 'disputed', 'refused', 'by_operations', 'paid_elsewhere');
    ALTER TABLE "payments" ALTER COLUMN "payout_held_reason" SET DATA TYPE "public"."enum_payments_payout_held_reason" USING "payout_held_reason"::"public"."enum_payments_payout_held_reason";
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_notifications_kind";
    CREATE TYPE "public"."enum_notifications_kind" AS ENUM('account_invite', 'account_known', 'account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_message_templates_templates_kind";
    CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('account_invite', 'account_known', 'account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
  `),
  dropIndex(`payload_locked_documents_rels_no_show_claims_id_idx`),
  transaction('part 3', `
    ALTER TABLE "payments" DROP COLUMN "payout_has_open_claim";
    ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "no_show_claims_id";
    ALTER TABLE "booking_settings" DROP COLUMN "no_show_claim_hours";
    DROP TYPE "public"."enum_no_show_claims_status";
    DROP TYPE "public"."enum_no_show_claims_missing";
    DROP TYPE "public"."enum_no_show_claims_raised_by";
    DROP TYPE "public"."enum_no_show_claims_decided_by_role";
  `),
])
