import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_payments_payout_held_reason" AS ENUM('no_account', 'account_incomplete', 'account_restricted', 'account_disconnected', 'disputed', 'refused', 'by_operations');
  CREATE TYPE "public"."enum_disputes_status" AS ENUM('inquiry', 'needs_response', 'under_review', 'won', 'lost', 'inquiry_closed');
  CREATE TYPE "public"."enum_disputes_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_transfers_kind" AS ENUM('transfer', 'reversal', 'receivable', 'netting');
  CREATE TYPE "public"."enum_transfers_status" AS ENUM('requested', 'succeeded', 'failed');
  CREATE TYPE "public"."enum_transfers_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_transfers_requested_by_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  CREATE TYPE "public"."enum_payout_accounts_status" AS ENUM('onboarding', 'pending', 'active', 'restricted', 'disconnected');
  CREATE TYPE "public"."enum_invoices_kind" AS ENUM('invoice', 'credit_note');
  CREATE TYPE "public"."enum_invoices_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_reconciliation_runs_status" AS ENUM('running', 'finished', 'failed');
  CREATE TYPE "public"."enum_reconciliation_runs_trigger" AS ENUM('nightly', 'operations');
  CREATE TYPE "public"."enum_reconciliation_findings_kind" AS ENUM('missing_here', 'missing_at_stripe', 'amount_differs', 'currency_differs', 'books_disagree', 'unknown_object');
  CREATE TYPE "public"."enum_reconciliation_findings_status" AS ENUM('open', 'resolved');
  ALTER TYPE "public"."enum_notifications_type" ADD VALUE 'payout' BEFORE 'calendar_disconnected';
  ALTER TYPE "public"."enum_notifications_type" ADD VALUE 'payout_held' BEFORE 'calendar_disconnected';
  ALTER TYPE "public"."enum_notifications_type" ADD VALUE 'dispute' BEFORE 'calendar_disconnected';
  ALTER TYPE "public"."enum_notifications_type" ADD VALUE 'books_differ' BEFORE 'calendar_disconnected';
  CREATE TABLE "disputes" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"status" "enum_disputes_status" DEFAULT 'needs_response' NOT NULL,
  	"payment_id" uuid NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"customer_id" uuid NOT NULL,
  	"amount" numeric NOT NULL,
  	"currency" "enum_disputes_currency" NOT NULL,
  	"reason" varchar,
  	"evidence_due_by" timestamp(3) with time zone,
  	"opened_at" timestamp(3) with time zone NOT NULL,
  	"closed_at" timestamp(3) with time zone,
  	"withdrawn_amount" numeric DEFAULT 0,
  	"platform_share_amount" numeric DEFAULT 0,
  	"stripe_dispute_id" varchar NOT NULL,
  	"evidence" jsonb,
  	"evidence_text" varchar,
  	"evidence_submitted_at" timestamp(3) with time zone,
  	"evidence_submitted_by" varchar,
  	"internal_notes" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "transfers" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"kind" "enum_transfers_kind" NOT NULL,
  	"status" "enum_transfers_status" DEFAULT 'requested' NOT NULL,
  	"payment_id" uuid NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"amount" numeric NOT NULL,
  	"currency" "enum_transfers_currency" NOT NULL,
  	"recovered_amount" numeric DEFAULT 0,
  	"reason" varchar,
  	"against_id" uuid,
  	"refund_id" uuid,
  	"dispute_id" uuid,
  	"requested_at" timestamp(3) with time zone NOT NULL,
  	"requested_by" varchar,
  	"requested_by_role" "enum_transfers_requested_by_role",
  	"settled_at" timestamp(3) with time zone,
  	"destination_account_id" varchar,
  	"stripe_object_id" varchar,
  	"failure_code" varchar,
  	"failure_reason" varchar,
  	"attempt" numeric DEFAULT 1,
  	"idempotency_key" varchar,
  	"internal_notes" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payout_accounts" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"stripe_account_id" varchar,
  	"status" "enum_payout_accounts_status" DEFAULT 'onboarding' NOT NULL,
  	"country" varchar,
  	"default_currency" varchar,
  	"email" varchar,
  	"transfers_capability" varchar,
  	"payouts_enabled" boolean DEFAULT false,
  	"details_submitted" boolean DEFAULT false,
  	"requirements" jsonb,
  	"disabled_reason" varchar,
  	"deadline" timestamp(3) with time zone,
  	"synced_at" timestamp(3) with time zone,
  	"disconnected_at" timestamp(3) with time zone,
  	"attempt" numeric DEFAULT 1,
  	"internal_notes" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "invoices" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"number" varchar NOT NULL,
  	"kind" "enum_invoices_kind" NOT NULL,
  	"payment_id" uuid NOT NULL,
  	"refund_id" uuid,
  	"scheduled_session_id" uuid NOT NULL,
  	"customer_id" uuid NOT NULL,
  	"issued_at" timestamp(3) with time zone NOT NULL,
  	"amount" numeric NOT NULL,
  	"currency" "enum_invoices_currency" NOT NULL,
  	"description" varchar NOT NULL,
  	"bill_to" jsonb NOT NULL,
  	"issuer" jsonb NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "reconciliation_runs" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"status" "enum_reconciliation_runs_status" DEFAULT 'running' NOT NULL,
  	"trigger" "enum_reconciliation_runs_trigger" NOT NULL,
  	"requested_by" varchar,
  	"started_at" timestamp(3) with time zone NOT NULL,
  	"finished_at" timestamp(3) with time zone,
  	"from" timestamp(3) with time zone NOT NULL,
  	"until" timestamp(3) with time zone NOT NULL,
  	"cursor" varchar,
  	"checked_count" numeric DEFAULT 0,
  	"healed_count" numeric DEFAULT 0,
  	"open_count" numeric DEFAULT 0,
  	"error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "reconciliation_findings" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"kind" "enum_reconciliation_findings_kind" NOT NULL,
  	"object_id" varchar NOT NULL,
  	"status" "enum_reconciliation_findings_status" DEFAULT 'open' NOT NULL,
  	"payment_id" uuid,
  	"ours" numeric,
  	"theirs" numeric,
  	"currency" varchar,
  	"detail" varchar,
  	"facts" jsonb,
  	"run_id" uuid,
  	"first_seen_at" timestamp(3) with time zone NOT NULL,
  	"last_seen_at" timestamp(3) with time zone NOT NULL,
  	"resolved_at" timestamp(3) with time zone,
  	"internal_notes" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_ledger_entries_kind";
  CREATE TYPE "public"."enum_ledger_entries_kind" AS ENUM('charge', 'platform_fee', 'stripe_fee', 'refund', 'refund_failed', 'platform_fee_refund', 'platform_fee_refund_failed', 'transfer', 'transfer_reversal', 'netted_out', 'netted_in', 'dispute', 'dispute_won', 'dispute_fee', 'dispute_fee_returned', 'dispute_share');
  ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_ledger_entries_kind" USING "kind"::"public"."enum_ledger_entries_kind";
  ALTER TABLE "payments" ALTER COLUMN "payout_held_reason" SET DATA TYPE "public"."enum_payments_payout_held_reason" USING "payout_held_reason"::"public"."enum_payments_payout_held_reason";
  ALTER TABLE "customers_saved_payment_methods" ADD COLUMN "card_exp_month" numeric;
  ALTER TABLE "customers_saved_payment_methods" ADD COLUMN "card_exp_year" numeric;
  ALTER TABLE "payments" ADD COLUMN "payout_netted_amount" numeric DEFAULT 0;
  ALTER TABLE "payments" ADD COLUMN "payout_held_note" varchar;
  ALTER TABLE "payments" ADD COLUMN "payout_is_held_by_operations" boolean DEFAULT false;
  ALTER TABLE "payments" ADD COLUMN "stripe_fee_amount" numeric;
  ALTER TABLE "payments" ADD COLUMN "stripe_fee_currency" varchar;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "disputes_id" uuid;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "transfers_id" uuid;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "payout_accounts_id" uuid;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "invoices_id" uuid;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "reconciliation_runs_id" uuid;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "reconciliation_findings_id" uuid;
  ALTER TABLE "booking_settings" ADD COLUMN "payout_delay_hours" numeric DEFAULT 72 NOT NULL;
  ALTER TABLE "booking_settings" ADD COLUMN "invoice_issuer_name" varchar DEFAULT 'Parley';
  ALTER TABLE "booking_settings" ADD COLUMN "invoice_issuer_address" varchar;
  ALTER TABLE "booking_settings" ADD COLUMN "invoice_issuer_tax_id" varchar;
  ALTER TABLE "booking_settings" ADD COLUMN "invoice_issuer_email" varchar;
  ALTER TABLE "booking_settings" ADD COLUMN "invoice_issuer_footer" varchar;
  ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "disputes" ADD CONSTRAINT "disputes_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "disputes" ADD CONSTRAINT "disputes_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "disputes" ADD CONSTRAINT "disputes_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "transfers" ADD CONSTRAINT "transfers_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "transfers" ADD CONSTRAINT "transfers_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "transfers" ADD CONSTRAINT "transfers_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "transfers" ADD CONSTRAINT "transfers_against_id_transfers_id_fk" FOREIGN KEY ("against_id") REFERENCES "public"."transfers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "transfers" ADD CONSTRAINT "transfers_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "transfers" ADD CONSTRAINT "transfers_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payout_accounts" ADD CONSTRAINT "payout_accounts_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "invoices" ADD CONSTRAINT "invoices_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "invoices" ADD CONSTRAINT "invoices_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "invoices" ADD CONSTRAINT "invoices_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "invoices" ADD CONSTRAINT "invoices_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reconciliation_findings" ADD CONSTRAINT "reconciliation_findings_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reconciliation_findings" ADD CONSTRAINT "reconciliation_findings_run_id_reconciliation_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."reconciliation_runs"("id") ON DELETE set null ON UPDATE no action;
  CREATE UNIQUE INDEX "disputes_reference_idx" ON "disputes" USING btree ("reference");
  CREATE INDEX "disputes_payment_idx" ON "disputes" USING btree ("payment_id");
  CREATE INDEX "disputes_scheduled_session_idx" ON "disputes" USING btree ("scheduled_session_id");
  CREATE INDEX "disputes_consultant_idx" ON "disputes" USING btree ("consultant_id");
  CREATE INDEX "disputes_customer_idx" ON "disputes" USING btree ("customer_id");
  CREATE UNIQUE INDEX "disputes_stripe_dispute_id_idx" ON "disputes" USING btree ("stripe_dispute_id");
  CREATE INDEX "disputes_updated_at_idx" ON "disputes" USING btree ("updated_at");
  CREATE INDEX "disputes_created_at_idx" ON "disputes" USING btree ("created_at");
  CREATE INDEX "payment_status_1_idx" ON "disputes" USING btree ("payment_id","status");
  CREATE INDEX "status_evidenceDueBy_idx" ON "disputes" USING btree ("status","evidence_due_by");
  CREATE UNIQUE INDEX "transfers_reference_idx" ON "transfers" USING btree ("reference");
  CREATE INDEX "transfers_payment_idx" ON "transfers" USING btree ("payment_id");
  CREATE INDEX "transfers_scheduled_session_idx" ON "transfers" USING btree ("scheduled_session_id");
  CREATE INDEX "transfers_consultant_idx" ON "transfers" USING btree ("consultant_id");
  CREATE INDEX "transfers_against_idx" ON "transfers" USING btree ("against_id");
  CREATE INDEX "transfers_refund_idx" ON "transfers" USING btree ("refund_id");
  CREATE INDEX "transfers_dispute_idx" ON "transfers" USING btree ("dispute_id");
  CREATE UNIQUE INDEX "transfers_stripe_object_id_idx" ON "transfers" USING btree ("stripe_object_id");
  CREATE UNIQUE INDEX "transfers_idempotency_key_idx" ON "transfers" USING btree ("idempotency_key");
  CREATE INDEX "transfers_updated_at_idx" ON "transfers" USING btree ("updated_at");
  CREATE INDEX "transfers_created_at_idx" ON "transfers" USING btree ("created_at");
  CREATE INDEX "payment_kind_status_idx" ON "transfers" USING btree ("payment_id","kind","status");
  CREATE INDEX "consultant_kind_status_idx" ON "transfers" USING btree ("consultant_id","kind","status");
  CREATE INDEX "status_requestedAt_1_idx" ON "transfers" USING btree ("status","requested_at");
  CREATE UNIQUE INDEX "payout_accounts_consultant_idx" ON "payout_accounts" USING btree ("consultant_id");
  CREATE UNIQUE INDEX "payout_accounts_stripe_account_id_idx" ON "payout_accounts" USING btree ("stripe_account_id");
  CREATE INDEX "payout_accounts_updated_at_idx" ON "payout_accounts" USING btree ("updated_at");
  CREATE INDEX "payout_accounts_created_at_idx" ON "payout_accounts" USING btree ("created_at");
  CREATE INDEX "status_syncedAt_1_idx" ON "payout_accounts" USING btree ("status","synced_at");
  CREATE UNIQUE INDEX "invoices_number_idx" ON "invoices" USING btree ("number");
  CREATE INDEX "invoices_payment_idx" ON "invoices" USING btree ("payment_id");
  CREATE UNIQUE INDEX "invoices_refund_idx" ON "invoices" USING btree ("refund_id");
  CREATE INDEX "invoices_scheduled_session_idx" ON "invoices" USING btree ("scheduled_session_id");
  CREATE INDEX "invoices_customer_idx" ON "invoices" USING btree ("customer_id");
  CREATE INDEX "invoices_updated_at_idx" ON "invoices" USING btree ("updated_at");
  CREATE INDEX "invoices_created_at_idx" ON "invoices" USING btree ("created_at");
  CREATE INDEX "reconciliation_runs_status_idx" ON "reconciliation_runs" USING btree ("status");
  CREATE INDEX "reconciliation_runs_updated_at_idx" ON "reconciliation_runs" USING btree ("updated_at");
  CREATE INDEX "reconciliation_runs_created_at_idx" ON "reconciliation_runs" USING btree ("created_at");
  CREATE INDEX "reconciliation_findings_payment_idx" ON "reconciliation_findings" USING btree ("payment_id");
  CREATE INDEX "reconciliation_findings_run_idx" ON "reconciliation_findings" USING btree ("run_id");
  CREATE INDEX "reconciliation_findings_updated_at_idx" ON "reconciliation_findings" USING btree ("updated_at");
  CREATE INDEX "reconciliation_findings_created_at_idx" ON "reconciliation_findings" USING btree ("created_at");
  CREATE UNIQUE INDEX "kind_objectId_idx" ON "reconciliation_findings" USING btree ("kind","object_id");
  CREATE INDEX "status_lastSeenAt_idx" ON "reconciliation_findings" USING btree ("status","last_seen_at");
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_disputes_fk" FOREIGN KEY ("disputes_id") REFERENCES "public"."disputes"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_transfers_fk" FOREIGN KEY ("transfers_id") REFERENCES "public"."transfers"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_payout_accounts_fk" FOREIGN KEY ("payout_accounts_id") REFERENCES "public"."payout_accounts"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_invoices_fk" FOREIGN KEY ("invoices_id") REFERENCES "public"."invoices"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_reconciliation_runs_fk" FOREIGN KEY ("reconciliation_runs_id") REFERENCES "public"."reconciliation_runs"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_reconciliation_findings_fk" FOREIGN KEY ("reconciliation_findings_id") REFERENCES "public"."reconciliation_findings"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "payload_locked_documents_rels_disputes_id_idx" ON "payload_locked_documents_rels" USING btree ("disputes_id");
  CREATE INDEX "payload_locked_documents_rels_transfers_id_idx" ON "payload_locked_documents_rels" USING btree ("transfers_id");
  CREATE INDEX "payload_locked_documents_rels_payout_accounts_id_idx" ON "payload_locked_documents_rels" USING btree ("payout_accounts_id");
  CREATE INDEX "payload_locked_documents_rels_invoices_id_idx" ON "payload_locked_documents_rels" USING btree ("invoices_id");
  CREATE INDEX "payload_locked_documents_rels_reconciliation_runs_id_idx" ON "payload_locked_documents_rels" USING btree ("reconciliation_runs_id");
  CREATE INDEX "payload_locked_documents_rels_reconciliation_findings_id_idx" ON "payload_locked_documents_rels" USING btree ("reconciliation_findings_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "disputes" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "transfers" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_accounts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "invoices" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "reconciliation_runs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "reconciliation_findings" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "disputes" CASCADE;
  DROP TABLE "transfers" CASCADE;
  DROP TABLE "payout_accounts" CASCADE;
  DROP TABLE "invoices" CASCADE;
  DROP TABLE "reconciliation_runs" CASCADE;
  DROP TABLE "reconciliation_findings" CASCADE;
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_disputes_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_transfers_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_payout_accounts_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_invoices_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_reconciliation_runs_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_reconciliation_findings_fk";
  
  ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_ledger_entries_kind";
  CREATE TYPE "public"."enum_ledger_entries_kind" AS ENUM('charge', 'platform_fee', 'stripe_fee', 'refund', 'refund_failed', 'platform_fee_refund_failed', 'platform_fee_refund', 'transfer', 'transfer_reversal', 'dispute', 'dispute_won');
  ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_ledger_entries_kind" USING "kind"::"public"."enum_ledger_entries_kind";
  ALTER TABLE "notifications" ALTER COLUMN "type" SET DATA TYPE text;
  DROP TYPE "public"."enum_notifications_type";
  CREATE TYPE "public"."enum_notifications_type" AS ENUM('booking_confirmation', 'booking_reminder', 'session_started', 'session_completed', 'recording_ready', 'payment_received', 'refund_processed', 'availability_request', 'message_received', 'booking_rescheduled', 'booking_cancelled', 'booking_declined', 'booking_expired', 'confirmation_requested', 'payment_requested', 'payment_failed', 'review_requested', 'no_show', 'request_received', 'request_assigned', 'request_proposed', 'request_rejected', 'request_cancelled', 'request_expired', 'calendar_disconnected', 'calendar_conflict');
  ALTER TABLE "notifications" ALTER COLUMN "type" SET DATA TYPE "public"."enum_notifications_type" USING "type"::"public"."enum_notifications_type";
  DROP INDEX "payload_locked_documents_rels_disputes_id_idx";
  DROP INDEX "payload_locked_documents_rels_transfers_id_idx";
  DROP INDEX "payload_locked_documents_rels_payout_accounts_id_idx";
  DROP INDEX "payload_locked_documents_rels_invoices_id_idx";
  DROP INDEX "payload_locked_documents_rels_reconciliation_runs_id_idx";
  DROP INDEX "payload_locked_documents_rels_reconciliation_findings_id_idx";
  ALTER TABLE "payments" ALTER COLUMN "payout_held_reason" SET DATA TYPE varchar;
  ALTER TABLE "customers_saved_payment_methods" DROP COLUMN "card_exp_month";
  ALTER TABLE "customers_saved_payment_methods" DROP COLUMN "card_exp_year";
  ALTER TABLE "payments" DROP COLUMN "payout_netted_amount";
  ALTER TABLE "payments" DROP COLUMN "payout_held_note";
  ALTER TABLE "payments" DROP COLUMN "payout_is_held_by_operations";
  ALTER TABLE "payments" DROP COLUMN "stripe_fee_amount";
  ALTER TABLE "payments" DROP COLUMN "stripe_fee_currency";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "disputes_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "transfers_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "payout_accounts_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "invoices_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "reconciliation_runs_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "reconciliation_findings_id";
  ALTER TABLE "booking_settings" DROP COLUMN "payout_delay_hours";
  ALTER TABLE "booking_settings" DROP COLUMN "invoice_issuer_name";
  ALTER TABLE "booking_settings" DROP COLUMN "invoice_issuer_address";
  ALTER TABLE "booking_settings" DROP COLUMN "invoice_issuer_tax_id";
  ALTER TABLE "booking_settings" DROP COLUMN "invoice_issuer_email";
  ALTER TABLE "booking_settings" DROP COLUMN "invoice_issuer_footer";
  DROP TYPE "public"."enum_payments_payout_held_reason";
  DROP TYPE "public"."enum_disputes_status";
  DROP TYPE "public"."enum_disputes_currency";
  DROP TYPE "public"."enum_transfers_kind";
  DROP TYPE "public"."enum_transfers_status";
  DROP TYPE "public"."enum_transfers_currency";
  DROP TYPE "public"."enum_transfers_requested_by_role";
  DROP TYPE "public"."enum_payout_accounts_status";
  DROP TYPE "public"."enum_invoices_kind";
  DROP TYPE "public"."enum_invoices_currency";
  DROP TYPE "public"."enum_reconciliation_runs_status";
  DROP TYPE "public"."enum_reconciliation_runs_trigger";
  DROP TYPE "public"."enum_reconciliation_findings_kind";
  DROP TYPE "public"."enum_reconciliation_findings_status";`)
}
