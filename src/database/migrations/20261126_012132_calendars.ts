import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  // Busy times are read again from the calendars that they came from; until then nothing can be booked, rather than everything.
  // Rooms at Zoom are made by one app of the installation, so connections of consultants to it mean nothing any more.
  await db.execute(sql`
    DELETE FROM busy_times;
    DELETE FROM calendar_connections WHERE provider = 'zoom';`)
  await db.execute(sql`
   CREATE TYPE "public"."enum_connected_calendars_reading" AS ENUM('events', 'free_busy', 'ics');
  CREATE TYPE "public"."enum_calendar_events_state" AS ENUM('queued', 'delivered', 'drifted', 'abandoned');
  CREATE TYPE "public"."enum_calendar_drifts_kind" AS ENUM('moved', 'deleted', 'conflict');
  CREATE TYPE "public"."enum_calendar_drifts_status" AS ENUM('open', 'proposed', 'put_back', 'moved', 'cancelled', 'kept', 'settled');
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'calendar_stale' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'calendar_moved' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'calendar_deleted' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'calendar_conflict' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'time_proposed' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'proposal_declined' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'calendar_stale' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'calendar_moved' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'calendar_deleted' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'calendar_conflict' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'time_proposed' BEFORE 'account_verify';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'proposal_declined' BEFORE 'account_verify';
  CREATE TABLE "connected_calendars" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"connection_id" uuid NOT NULL,
  	"calendar_id" varchar NOT NULL,
  	"name" varchar,
  	"time_zone" varchar DEFAULT 'UTC',
  	"is_primary" boolean DEFAULT false,
  	"is_writable" boolean DEFAULT false,
  	"counts_as_busy" boolean DEFAULT false,
  	"reading" "enum_connected_calendars_reading" DEFAULT 'free_busy' NOT NULL,
  	"generation" numeric DEFAULT 0,
  	"next_generation" numeric,
  	"read_events" numeric DEFAULT 0,
  	"sync_token" varchar,
  	"page_token" varchar,
  	"synced_at" timestamp(3) with time zone,
  	"rebuilt_at" timestamp(3) with time zone,
  	"stale_since" timestamp(3) with time zone,
  	"next_sync_at" timestamp(3) with time zone,
  	"failures" numeric DEFAULT 0,
  	"last_error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "calendar_events" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"connection_id" uuid NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"state" "enum_calendar_events_state" DEFAULT 'queued' NOT NULL,
  	"desired_version" numeric DEFAULT 1,
  	"delivered_version" numeric DEFAULT 0,
  	"calendar_id" varchar,
  	"event_id" varchar NOT NULL,
  	"id_generation" numeric DEFAULT 0,
  	"attempted_at" timestamp(3) with time zone,
  	"placed_at" timestamp(3) with time zone,
  	"removal_asked_at" timestamp(3) with time zone,
  	"starts_at" timestamp(3) with time zone,
  	"ends_at" timestamp(3) with time zone,
  	"failures" numeric DEFAULT 0,
  	"next_attempt_at" timestamp(3) with time zone,
  	"last_error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "calendar_drifts" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"calendar_event_id" uuid,
  	"kind" "enum_calendar_drifts_kind" NOT NULL,
  	"status" "enum_calendar_drifts_status" DEFAULT 'open' NOT NULL,
  	"external_starts_at" timestamp(3) with time zone,
  	"external_ends_at" timestamp(3) with time zone,
  	"decided_at" timestamp(3) with time zone,
  	"decided_by" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "busy_times" DROP CONSTRAINT "busy_times_connection_id_calendar_connections_id_fk";
  
  ALTER TABLE "calendar_connections" ALTER COLUMN "provider" SET DATA TYPE text;
  ALTER TABLE "calendar_connections" ALTER COLUMN "provider" SET DEFAULT 'google'::text;
  DROP TYPE "public"."enum_calendar_connections_provider";
  CREATE TYPE "public"."enum_calendar_connections_provider" AS ENUM('google', 'ics');
  ALTER TABLE "calendar_connections" ALTER COLUMN "provider" SET DEFAULT 'google'::"public"."enum_calendar_connections_provider";
  ALTER TABLE "calendar_connections" ALTER COLUMN "provider" SET DATA TYPE "public"."enum_calendar_connections_provider" USING "provider"::"public"."enum_calendar_connections_provider";
  DROP INDEX "calendar_connections_watch_watch_channel_id_idx";
  DROP INDEX "busy_times_connection_idx";
  DROP INDEX "connection_sourceId_idx";
  DROP INDEX "consultant_status_idx";
  DROP INDEX "consultant_status_1_idx";
  ALTER TABLE "calendar_connections" ADD COLUMN "connected_at" timestamp(3) with time zone;
  ALTER TABLE "calendar_connections" ADD COLUMN "disconnected_at" timestamp(3) with time zone;
  ALTER TABLE "calendar_connections" ADD COLUMN "told_at" timestamp(3) with time zone;
  ALTER TABLE "busy_times" ADD COLUMN "calendar_id" uuid NOT NULL;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "connected_calendars_id" uuid;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "calendar_events_id" uuid;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "calendar_drifts_id" uuid;
  ALTER TABLE "booking_settings" ADD COLUMN "bookable_while_stale" boolean DEFAULT true;
  ALTER TABLE "connected_calendars" ADD CONSTRAINT "connected_calendars_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "connected_calendars" ADD CONSTRAINT "connected_calendars_connection_id_calendar_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."calendar_connections"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "calendar_events" ADD CONSTRAINT "calendar_events_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "calendar_events" ADD CONSTRAINT "calendar_events_connection_id_calendar_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."calendar_connections"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "calendar_events" ADD CONSTRAINT "calendar_events_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "calendar_drifts" ADD CONSTRAINT "calendar_drifts_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "calendar_drifts" ADD CONSTRAINT "calendar_drifts_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "calendar_drifts" ADD CONSTRAINT "calendar_drifts_calendar_event_id_calendar_events_id_fk" FOREIGN KEY ("calendar_event_id") REFERENCES "public"."calendar_events"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "connected_calendars_consultant_idx" ON "connected_calendars" USING btree ("consultant_id");
  CREATE INDEX "connected_calendars_connection_idx" ON "connected_calendars" USING btree ("connection_id");
  CREATE INDEX "connected_calendars_updated_at_idx" ON "connected_calendars" USING btree ("updated_at");
  CREATE INDEX "connected_calendars_created_at_idx" ON "connected_calendars" USING btree ("created_at");
  CREATE UNIQUE INDEX "connection_calendarId_idx" ON "connected_calendars" USING btree ("connection_id","calendar_id");
  CREATE INDEX "consultant_countsAsBusy_idx" ON "connected_calendars" USING btree ("consultant_id","counts_as_busy");
  CREATE INDEX "nextSyncAt_idx" ON "connected_calendars" USING btree ("next_sync_at");
  CREATE INDEX "calendar_events_consultant_idx" ON "calendar_events" USING btree ("consultant_id");
  CREATE INDEX "calendar_events_connection_idx" ON "calendar_events" USING btree ("connection_id");
  CREATE INDEX "calendar_events_scheduled_session_idx" ON "calendar_events" USING btree ("scheduled_session_id");
  CREATE INDEX "calendar_events_updated_at_idx" ON "calendar_events" USING btree ("updated_at");
  CREATE INDEX "calendar_events_created_at_idx" ON "calendar_events" USING btree ("created_at");
  CREATE UNIQUE INDEX "scheduledSession_connection_idx" ON "calendar_events" USING btree ("scheduled_session_id","connection_id");
  CREATE UNIQUE INDEX "connection_eventId_idx" ON "calendar_events" USING btree ("connection_id","event_id");
  CREATE INDEX "calendar_drifts_consultant_idx" ON "calendar_drifts" USING btree ("consultant_id");
  CREATE INDEX "calendar_drifts_scheduled_session_idx" ON "calendar_drifts" USING btree ("scheduled_session_id");
  CREATE INDEX "calendar_drifts_calendar_event_idx" ON "calendar_drifts" USING btree ("calendar_event_id");
  CREATE INDEX "calendar_drifts_updated_at_idx" ON "calendar_drifts" USING btree ("updated_at");
  CREATE INDEX "calendar_drifts_created_at_idx" ON "calendar_drifts" USING btree ("created_at");
  CREATE INDEX "consultant_status_idx" ON "calendar_drifts" USING btree ("consultant_id","status");
  ALTER TABLE "busy_times" ADD CONSTRAINT "busy_times_calendar_id_connected_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."connected_calendars"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_connected_calendars_fk" FOREIGN KEY ("connected_calendars_id") REFERENCES "public"."connected_calendars"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_calendar_events_fk" FOREIGN KEY ("calendar_events_id") REFERENCES "public"."calendar_events"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_calendar_drifts_fk" FOREIGN KEY ("calendar_drifts_id") REFERENCES "public"."calendar_drifts"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "busy_times_calendar_idx" ON "busy_times" USING btree ("calendar_id");
  CREATE UNIQUE INDEX "calendar_generation_sourceId_idx" ON "busy_times" USING btree ("calendar_id","generation","source_id");
  CREATE INDEX "consultant_status_1_idx" ON "scheduled_sessions" USING btree ("consultant_id","status");
  CREATE INDEX "consultant_status_2_idx" ON "payments" USING btree ("consultant_id","status");
  CREATE INDEX "payload_locked_documents_rels_connected_calendars_id_idx" ON "payload_locked_documents_rels" USING btree ("connected_calendars_id");
  CREATE INDEX "payload_locked_documents_rels_calendar_events_id_idx" ON "payload_locked_documents_rels" USING btree ("calendar_events_id");
  CREATE INDEX "payload_locked_documents_rels_calendar_drifts_id_idx" ON "payload_locked_documents_rels" USING btree ("calendar_drifts_id");
  ALTER TABLE "calendar_connections" DROP COLUMN "calendars";
  ALTER TABLE "calendar_connections" DROP COLUMN "sync_token";
  ALTER TABLE "calendar_connections" DROP COLUMN "generation";
  ALTER TABLE "calendar_connections" DROP COLUMN "watch_channel_id";
  ALTER TABLE "calendar_connections" DROP COLUMN "watch_resource_id";
  ALTER TABLE "calendar_connections" DROP COLUMN "watch_token_hash";
  ALTER TABLE "calendar_connections" DROP COLUMN "watch_expires_at";
  ALTER TABLE "busy_times" DROP COLUMN "connection_id";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "calendar_event_state";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "calendar_event_desired_version";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "calendar_event_delivered_version";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "calendar_event_event_id";
  DROP TYPE "public"."enum_scheduled_sessions_calendar_event_state";`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`DELETE FROM busy_times`)
  await db.execute(sql`
   CREATE TYPE "public"."enum_scheduled_sessions_calendar_event_state" AS ENUM('queued', 'sent', 'failed', 'skipped');
  ALTER TYPE "public"."enum_calendar_connections_provider" ADD VALUE 'zoom';
  ALTER TABLE "connected_calendars" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "calendar_events" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "calendar_drifts" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "connected_calendars" CASCADE;
  DROP TABLE "calendar_events" CASCADE;
  DROP TABLE "calendar_drifts" CASCADE;
  ALTER TABLE "busy_times" DROP CONSTRAINT IF EXISTS "busy_times_calendar_id_connected_calendars_id_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT IF EXISTS "payload_locked_documents_rels_connected_calendars_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT IF EXISTS "payload_locked_documents_rels_calendar_events_fk";
  
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT IF EXISTS "payload_locked_documents_rels_calendar_drifts_fk";
  
  ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_notifications_kind";
  CREATE TYPE "public"."enum_notifications_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'payout_made', 'payout_set_off', 'payout_held', 'debt_recorded', 'dispute_opened', 'dispute_decided', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'payout_account_needs_details', 'payout_account_ready', 'account_verify', 'password_reset');
  ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_message_templates_templates_kind";
  CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'payout_made', 'payout_set_off', 'payout_held', 'debt_recorded', 'dispute_opened', 'dispute_decided', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'payout_account_needs_details', 'payout_account_ready', 'account_verify', 'password_reset');
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
  DROP INDEX "busy_times_calendar_idx";
  DROP INDEX "calendar_generation_sourceId_idx";
  DROP INDEX "consultant_status_1_idx";
  DROP INDEX "consultant_status_2_idx";
  DROP INDEX "payload_locked_documents_rels_connected_calendars_id_idx";
  DROP INDEX "payload_locked_documents_rels_calendar_events_id_idx";
  DROP INDEX "payload_locked_documents_rels_calendar_drifts_id_idx";
  ALTER TABLE "calendar_connections" ADD COLUMN "calendars" jsonb;
  ALTER TABLE "calendar_connections" ADD COLUMN "sync_token" varchar;
  ALTER TABLE "calendar_connections" ADD COLUMN "generation" numeric DEFAULT 0;
  ALTER TABLE "calendar_connections" ADD COLUMN "watch_channel_id" varchar;
  ALTER TABLE "calendar_connections" ADD COLUMN "watch_resource_id" varchar;
  ALTER TABLE "calendar_connections" ADD COLUMN "watch_token_hash" varchar;
  ALTER TABLE "calendar_connections" ADD COLUMN "watch_expires_at" timestamp(3) with time zone;
  ALTER TABLE "busy_times" ADD COLUMN "connection_id" uuid NOT NULL;
  ALTER TABLE "scheduled_sessions" ADD COLUMN "calendar_event_state" "enum_scheduled_sessions_calendar_event_state";
  ALTER TABLE "scheduled_sessions" ADD COLUMN "calendar_event_desired_version" numeric DEFAULT 0;
  ALTER TABLE "scheduled_sessions" ADD COLUMN "calendar_event_delivered_version" numeric DEFAULT 0;
  ALTER TABLE "scheduled_sessions" ADD COLUMN "calendar_event_event_id" varchar;
  ALTER TABLE "busy_times" ADD CONSTRAINT "busy_times_connection_id_calendar_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."calendar_connections"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "calendar_connections_watch_watch_channel_id_idx" ON "calendar_connections" USING btree ("watch_channel_id");
  CREATE INDEX "busy_times_connection_idx" ON "busy_times" USING btree ("connection_id");
  CREATE INDEX "connection_sourceId_idx" ON "busy_times" USING btree ("connection_id","source_id");
  CREATE INDEX "consultant_status_idx" ON "scheduled_sessions" USING btree ("consultant_id","status");
  CREATE INDEX "consultant_status_1_idx" ON "payments" USING btree ("consultant_id","status");
  ALTER TABLE "calendar_connections" DROP COLUMN "connected_at";
  ALTER TABLE "calendar_connections" DROP COLUMN "disconnected_at";
  ALTER TABLE "calendar_connections" DROP COLUMN "told_at";
  ALTER TABLE "busy_times" DROP COLUMN "calendar_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "connected_calendars_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "calendar_events_id";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "calendar_drifts_id";
  ALTER TABLE "booking_settings" DROP COLUMN "bookable_while_stale";
  DROP TYPE "public"."enum_connected_calendars_reading";
  DROP TYPE "public"."enum_calendar_events_state";
  DROP TYPE "public"."enum_calendar_drifts_kind";
  DROP TYPE "public"."enum_calendar_drifts_status";`)
}
