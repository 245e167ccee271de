import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TYPE "public"."enum_service_types_practice_area" AS ENUM('employment', 'family', 'tenancy');
    CREATE TYPE "public"."enum_practice_files_status" AS ENUM('open', 'closed');
    ALTER TYPE "public"."enum_service_types_meeting_provider" ADD VALUE IF NOT EXISTS 'practice_rooms';
    ALTER TYPE "public"."enum_scheduled_sessions_meeting_provider" ADD VALUE IF NOT EXISTS 'practice_rooms';
    ALTER TYPE "public"."enum_meetings_provider" ADD VALUE IF NOT EXISTS 'practice_rooms';
    ALTER TYPE "public"."enum_reviews_moderation_status" ADD VALUE IF NOT EXISTS 'practice_appealed';
    ALTER TYPE "public"."enum_notifications_channels" ADD VALUE IF NOT EXISTS 'practice_postbox';
    ALTER TYPE "public"."enum_notifications_kind" ADD VALUE IF NOT EXISTS 'practice_preparation' BEFORE 'proposal_declined';
    ALTER TYPE "public"."enum_notifications_delivery_channel" ADD VALUE IF NOT EXISTS 'practice_postbox';
    ALTER TYPE "public"."enum_booking_settings_default_meeting_provider" ADD VALUE IF NOT EXISTS 'practice_rooms';
    ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE IF NOT EXISTS 'practice_preparation' BEFORE 'proposal_declined';
    ALTER TYPE "public"."enum_message_templates_templates_language" ADD VALUE IF NOT EXISTS 'fr';
    CREATE TABLE "practice_clients" (
    	"id" uuid PRIMARY KEY NOT NULL,
    	"name" varchar NOT NULL,
    	"slug" varchar NOT NULL,
    	"since" timestamp(3) with time zone,
    	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
    	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
    );

    CREATE TABLE "practice_files" (
    	"id" uuid PRIMARY KEY NOT NULL,
    	"number" varchar NOT NULL,
    	"session_id" uuid NOT NULL,
    	"consultant_id" uuid NOT NULL,
    	"opponent" varchar,
    	"status" "enum_practice_files_status" DEFAULT 'open' NOT NULL,
    	"notes" varchar,
    	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
    	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
    );

    ALTER TABLE "service_types" ADD COLUMN "practice_area" "enum_service_types_practice_area";
    ALTER TABLE "scheduled_sessions" ADD COLUMN "practice_opponent" varchar;
    ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "practice_clients_id" uuid;
    ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "practice_files_id" uuid;
    ALTER TABLE "practice_files" ADD CONSTRAINT "practice_files_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
    ALTER TABLE "practice_files" ADD CONSTRAINT "practice_files_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
    CREATE UNIQUE INDEX "practice_clients_slug_idx" ON "practice_clients" USING btree ("slug");
    CREATE INDEX "practice_clients_updated_at_idx" ON "practice_clients" USING btree ("updated_at");
    CREATE INDEX "practice_clients_created_at_idx" ON "practice_clients" USING btree ("created_at");
    CREATE UNIQUE INDEX "practice_files_number_idx" ON "practice_files" USING btree ("number");
    CREATE UNIQUE INDEX "practice_files_session_idx" ON "practice_files" USING btree ("session_id");
    CREATE INDEX "practice_files_consultant_idx" ON "practice_files" USING btree ("consultant_id");
    CREATE INDEX "practice_files_updated_at_idx" ON "practice_files" USING btree ("updated_at");
    CREATE INDEX "practice_files_created_at_idx" ON "practice_files" USING btree ("created_at");
    ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_practice_clients_fk" FOREIGN KEY ("practice_clients_id") REFERENCES "public"."practice_clients"("id") ON DELETE cascade ON UPDATE no action;
    ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_practice_files_fk" FOREIGN KEY ("practice_files_id") REFERENCES "public"."practice_files"("id") ON DELETE cascade ON UPDATE no action;
    CREATE INDEX "service_types_practice_area_idx" ON "service_types" USING btree ("practice_area");
    CREATE INDEX "payload_locked_documents_rels_practice_clients_id_idx" ON "payload_locked_documents_rels" USING btree ("practice_clients_id");
    CREATE INDEX "payload_locked_documents_rels_practice_files_id_idx" ON "payload_locked_documents_rels" USING btree ("practice_files_id");
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE "practice_clients" DISABLE ROW LEVEL SECURITY;
    ALTER TABLE "practice_files" DISABLE ROW LEVEL SECURITY;
    DROP TABLE "practice_clients" CASCADE;
    DROP TABLE "practice_files" CASCADE;
    ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_practice_clients_fk";

    ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_practice_files_fk";

    ALTER TABLE "service_types" ALTER COLUMN "meeting_provider" SET DATA TYPE text;
    DROP TYPE "public"."enum_service_types_meeting_provider";
    CREATE TYPE "public"."enum_service_types_meeting_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
    ALTER TABLE "service_types" ALTER COLUMN "meeting_provider" SET DATA TYPE "public"."enum_service_types_meeting_provider" USING "meeting_provider"::"public"."enum_service_types_meeting_provider";
    ALTER TABLE "scheduled_sessions" ALTER COLUMN "meeting_provider" SET DATA TYPE text;
    DROP TYPE "public"."enum_scheduled_sessions_meeting_provider";
    CREATE TYPE "public"."enum_scheduled_sessions_meeting_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
    ALTER TABLE "scheduled_sessions" ALTER COLUMN "meeting_provider" SET DATA TYPE "public"."enum_scheduled_sessions_meeting_provider" USING "meeting_provider"::"public"."enum_scheduled_sessions_meeting_provider";
    ALTER TABLE "meetings" ALTER COLUMN "provider" SET DATA TYPE text;
    ALTER TABLE "meetings" ALTER COLUMN "provider" SET DEFAULT 'jitsi'::text;
    DROP TYPE "public"."enum_meetings_provider";
    CREATE TYPE "public"."enum_meetings_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
    ALTER TABLE "meetings" ALTER COLUMN "provider" SET DEFAULT 'jitsi'::"public"."enum_meetings_provider";
    ALTER TABLE "meetings" ALTER COLUMN "provider" SET DATA TYPE "public"."enum_meetings_provider" USING "provider"::"public"."enum_meetings_provider";
    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DATA TYPE text;
    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DEFAULT 'approved'::text;
    DROP TYPE "public"."enum_reviews_moderation_status";
    CREATE TYPE "public"."enum_reviews_moderation_status" AS ENUM('pending', 'approved', 'rejected');
    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DEFAULT 'approved'::"public"."enum_reviews_moderation_status";
    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DATA TYPE "public"."enum_reviews_moderation_status" USING "moderation_status"::"public"."enum_reviews_moderation_status";
    ALTER TABLE "notifications_channels" ALTER COLUMN "value" SET DATA TYPE text;
    DROP TYPE "public"."enum_notifications_channels";
    CREATE TYPE "public"."enum_notifications_channels" AS ENUM('email', 'in-app');
    ALTER TABLE "notifications_channels" ALTER COLUMN "value" SET DATA TYPE "public"."enum_notifications_channels" USING "value"::"public"."enum_notifications_channels";
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_notifications_kind";
    CREATE TYPE "public"."enum_notifications_kind" AS ENUM('account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
    ALTER TABLE "notifications" ALTER COLUMN "delivery_channel" SET DATA TYPE text;
    ALTER TABLE "notifications" ALTER COLUMN "delivery_channel" SET DEFAULT 'email'::text;
    DROP TYPE "public"."enum_notifications_delivery_channel";
    CREATE TYPE "public"."enum_notifications_delivery_channel" AS ENUM('email', 'in-app');
    ALTER TABLE "notifications" ALTER COLUMN "delivery_channel" SET DEFAULT 'email'::"public"."enum_notifications_delivery_channel";
    ALTER TABLE "notifications" ALTER COLUMN "delivery_channel" SET DATA TYPE "public"."enum_notifications_delivery_channel" USING "delivery_channel"::"public"."enum_notifications_delivery_channel";
    ALTER TABLE "booking_settings" ALTER COLUMN "default_meeting_provider" SET DATA TYPE text;
    ALTER TABLE "booking_settings" ALTER COLUMN "default_meeting_provider" SET DEFAULT 'jitsi'::text;
    DROP TYPE "public"."enum_booking_settings_default_meeting_provider";
    CREATE TYPE "public"."enum_booking_settings_default_meeting_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
    ALTER TABLE "booking_settings" ALTER COLUMN "default_meeting_provider" SET DEFAULT 'jitsi'::"public"."enum_booking_settings_default_meeting_provider";
    ALTER TABLE "booking_settings" ALTER COLUMN "default_meeting_provider" SET DATA TYPE "public"."enum_booking_settings_default_meeting_provider" USING "default_meeting_provider"::"public"."enum_booking_settings_default_meeting_provider";
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
    DROP TYPE "public"."enum_message_templates_templates_kind";
    CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('account_verify', 'availability_request', 'booking_awaiting_confirmation', 'booking_cancelled', 'booking_confirmation', 'booking_declined', 'booking_expired', 'booking_pending_payment', 'booking_reminder', 'booking_rescheduled', 'books_differ', 'calendar_conflict', 'calendar_deleted', 'calendar_moved', 'calendar_needs_reauth', 'calendar_stale', 'debt_recorded', 'dispute_decided', 'dispute_opened', 'late_payment_refunded', 'message_received', 'no_show', 'password_reset', 'payment_failed', 'payment_received', 'payout_account_needs_details', 'payout_account_ready', 'payout_held', 'payout_made', 'payout_set_off', 'proposal_declined', 'recording_ready', 'refund_failed', 'refund_processed', 'refund_to_return', 'request_assigned', 'request_cancelled', 'request_expired', 'request_proposed', 'request_received', 'request_rejected', 'review_received', 'session_completed', 'session_started', 'time_proposed');
    ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
    ALTER TABLE "message_templates_templates" ALTER COLUMN "language" SET DATA TYPE text;
    ALTER TABLE "message_templates_templates" ALTER COLUMN "language" SET DEFAULT 'en'::text;
    DROP TYPE "public"."enum_message_templates_templates_language";
    CREATE TYPE "public"."enum_message_templates_templates_language" AS ENUM('en', 'de');
    ALTER TABLE "message_templates_templates" ALTER COLUMN "language" SET DEFAULT 'en'::"public"."enum_message_templates_templates_language";
    ALTER TABLE "message_templates_templates" ALTER COLUMN "language" SET DATA TYPE "public"."enum_message_templates_templates_language" USING "language"::"public"."enum_message_templates_templates_language";
    DROP INDEX "service_types_practice_area_idx";
    DROP INDEX "payload_locked_documents_rels_practice_clients_id_idx";
    DROP INDEX "payload_locked_documents_rels_practice_files_id_idx";
    ALTER TABLE "service_types" DROP COLUMN "practice_area";
    ALTER TABLE "scheduled_sessions" DROP COLUMN "practice_opponent";
    ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "practice_clients_id";
    ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "practice_files_id";
    DROP TYPE "public"."enum_service_types_practice_area";
    DROP TYPE "public"."enum_practice_files_status";
  `)
}
