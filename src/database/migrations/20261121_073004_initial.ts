import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_users_roles" AS ENUM('admin', 'operations', 'consultant', 'customer');
  CREATE TYPE "public"."enum_customers_status" AS ENUM('active', 'suspended', 'deleted');
  CREATE TYPE "public"."enum_consultant_break_times_day" AS ENUM('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday');
  CREATE TYPE "public"."enum_consultant_profiles_consulting_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_consultant_profiles_payment_settings_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_consultant_profiles_subscription_plan" AS ENUM('free', 'pro');
  CREATE TYPE "public"."enum_consultant_profiles_status" AS ENUM('draft', 'published');
  CREATE TYPE "public"."enum__consultant_break_times_v_day" AS ENUM('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday');
  CREATE TYPE "public"."enum__consultant_profiles_v_version_consulting_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum__consultant_profiles_v_version_payment_settings_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum__consultant_profiles_v_version_subscription_plan" AS ENUM('free', 'pro');
  CREATE TYPE "public"."enum__consultant_profiles_v_version_status" AS ENUM('draft', 'published');
  CREATE TYPE "public"."enum_service_types_prices_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_service_types_intake_questions_type" AS ENUM('text', 'textarea', 'select', 'checkbox', 'number');
  CREATE TYPE "public"."enum_service_types_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_service_types_meeting_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
  CREATE TYPE "public"."enum_availability_schedules_type" AS ENUM('weekly', 'monthly', 'custom');
  CREATE TYPE "public"."enum_availability_slots_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_availability_slots_status" AS ENUM('available', 'held', 'booked', 'blocked', 'expired', 'released');
  CREATE TYPE "public"."enum_calendar_connections_provider" AS ENUM('google', 'ics', 'zoom');
  CREATE TYPE "public"."enum_calendar_connections_status" AS ENUM('connected', 'needs_reauth', 'error', 'disconnected');
  CREATE TYPE "public"."enum_consultation_requests_status_history_actor_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  CREATE TYPE "public"."enum_consultation_requests_urgency" AS ENUM('asap', 'today', 'this_week');
  CREATE TYPE "public"."enum_consultation_requests_status" AS ENUM('pending', 'pending_assignment', 'pending_confirmation', 'scheduled', 'completed', 'cancelled', 'rejected', 'expired');
  CREATE TYPE "public"."enum_scheduled_sessions_status_history_actor_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  CREATE TYPE "public"."enum_scheduled_sessions_reschedule_history_actor_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  CREATE TYPE "public"."enum_scheduled_sessions_status" AS ENUM('pending_payment', 'pending_confirmation', 'scheduled', 'in_progress', 'completed', 'no_show_user', 'no_show_consultant', 'cancelled_by_user', 'cancelled_by_consultant', 'cancelled_by_operations', 'declined', 'expired', 'refunded');
  CREATE TYPE "public"."enum_scheduled_sessions_price_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_scheduled_sessions_urgency" AS ENUM('asap', 'today', 'this_week');
  CREATE TYPE "public"."enum_scheduled_sessions_meeting_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
  CREATE TYPE "public"."enum_scheduled_sessions_cancellation_by" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  CREATE TYPE "public"."enum_scheduled_sessions_calendar_event_state" AS ENUM('queued', 'sent', 'failed', 'skipped');
  CREATE TYPE "public"."enum_meetings_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
  CREATE TYPE "public"."enum_reviews_moderation_status" AS ENUM('pending', 'approved', 'rejected');
  CREATE TYPE "public"."enum_payments_status" AS ENUM('pending', 'processing', 'authorized', 'succeeded', 'partially_refunded', 'refunded', 'disputed', 'failed', 'cancelled', 'chargeback');
  CREATE TYPE "public"."enum_payments_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_payments_payout_status" AS ENUM('not_due', 'due', 'held', 'paid', 'reversed');
  CREATE TYPE "public"."enum_payments_payment_method" AS ENUM('card', 'bank_transfer', 'wallet');
  CREATE TYPE "public"."enum_refunds_status" AS ENUM('requested', 'pending', 'succeeded', 'failed', 'cancelled');
  CREATE TYPE "public"."enum_refunds_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_refunds_requested_by_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  CREATE TYPE "public"."enum_ledger_entries_kind" AS ENUM('charge', 'platform_fee', 'stripe_fee', 'refund', 'refund_failed', 'platform_fee_refund_failed', 'platform_fee_refund', 'transfer', 'transfer_reversal', 'dispute', 'dispute_won');
  CREATE TYPE "public"."enum_ledger_entries_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_stripe_events_status" AS ENUM('received', 'processed', 'ignored', 'failed');
  CREATE TYPE "public"."enum_notifications_channels" AS ENUM('email', 'in-app', 'sms');
  CREATE TYPE "public"."enum_notifications_type" AS ENUM('booking_confirmation', 'booking_reminder', 'session_started', 'session_completed', 'recording_ready', 'payment_received', 'refund_processed', 'availability_request', 'message_received', 'booking_rescheduled', 'booking_cancelled', 'booking_declined', 'booking_expired', 'confirmation_requested', 'payment_requested', 'payment_failed', 'review_requested', 'no_show', 'request_received', 'request_assigned', 'request_proposed', 'request_rejected', 'request_cancelled', 'request_expired', 'calendar_disconnected', 'calendar_conflict');
  CREATE TYPE "public"."enum_notifications_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'calendar_needs_reauth', 'account_verify', 'password_reset');
  CREATE TYPE "public"."enum_notifications_audience" AS ENUM('customer', 'consultant', 'operations', 'account');
  CREATE TYPE "public"."enum_notifications_delivery_state" AS ENUM('queued', 'sent', 'failed', 'skipped');
  CREATE TYPE "public"."enum_booking_settings_currencies" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_booking_settings_default_currency" AS ENUM('GBP', 'EUR', 'USD', 'JPY', 'KWD', 'ISK', 'AUD', 'CAD', 'CHF', 'NZD', 'INR', 'SGD');
  CREATE TYPE "public"."enum_booking_settings_default_meeting_provider" AS ENUM('jitsi', 'google_meet', 'zoom', 'custom');
  CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'calendar_needs_reauth', 'account_verify', 'password_reset');
  CREATE TYPE "public"."enum_message_templates_templates_language" AS ENUM('en', 'de');
  CREATE TYPE "public"."enum_message_templates_templates_audience" AS ENUM('customer', 'consultant', 'operations', 'account');
  CREATE TABLE "users_roles" (
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"value" "enum_users_roles",
  	"id" uuid PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "users_sessions" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"created_at" timestamp(3) with time zone,
  	"expires_at" timestamp(3) with time zone NOT NULL
  );
  
  CREATE TABLE "users" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"profile_image_id" uuid,
  	"bio" varchar,
  	"phone" varchar,
  	"is_active" boolean DEFAULT true,
  	"last_login_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"email" varchar NOT NULL,
  	"reset_password_token" varchar,
  	"reset_password_expiration" timestamp(3) with time zone,
  	"salt" varchar,
  	"hash" varchar,
  	"reset_password_requested_at" timestamp(3) with time zone,
  	"_verified" boolean,
  	"_verificationtoken" varchar,
  	"login_attempts" numeric DEFAULT 0,
  	"lock_until" timestamp(3) with time zone
  );
  
  CREATE TABLE "customers_saved_payment_methods" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"stripe_payment_method_id" varchar,
  	"is_default" boolean DEFAULT false,
  	"card_last4" varchar,
  	"card_brand" varchar
  );
  
  CREATE TABLE "customers" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"user_id" uuid,
  	"email" varchar NOT NULL,
  	"name" varchar NOT NULL,
  	"phone" varchar,
  	"profile_image_id" uuid,
  	"company" varchar,
  	"role" varchar,
  	"time_zone" varchar DEFAULT 'UTC',
  	"language" varchar DEFAULT 'en',
  	"preferences_email_notifications" boolean DEFAULT true,
  	"preferences_sms_notifications" boolean DEFAULT false,
  	"preferences_reminders_enabled" boolean DEFAULT true,
  	"statistics_total_bookings" numeric DEFAULT 0,
  	"statistics_total_spent" jsonb,
  	"statistics_average_spent_per_session" jsonb,
  	"stripe_customer_id" varchar,
  	"default_payment_method_id" varchar,
  	"address_street" varchar,
  	"address_city" varchar,
  	"address_state" varchar,
  	"address_zip_code" varchar,
  	"address_country" varchar,
  	"status" "enum_customers_status" DEFAULT 'active' NOT NULL,
  	"email_verified" boolean DEFAULT false,
  	"internal_notes" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "consultant_break_times" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"recurring" boolean DEFAULT true,
  	"day" "enum_consultant_break_times_day",
  	"date" timestamp(3) with time zone,
  	"start_time" varchar,
  	"end_time" varchar
  );
  
  CREATE TABLE "consultant_unavailable_dates" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"date" timestamp(3) with time zone,
  	"reason" varchar
  );
  
  CREATE TABLE "consultant_profiles" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"user_id" uuid,
  	"slug" varchar,
  	"name" varchar,
  	"email" varchar,
  	"headline" varchar,
  	"bio" jsonb,
  	"phone" varchar,
  	"location" varchar,
  	"company" varchar,
  	"website" varchar,
  	"profile_image_id" uuid,
  	"years_of_experience" numeric,
  	"availability_time_zone" varchar DEFAULT 'UTC',
  	"availability_is_available" boolean DEFAULT true,
  	"availability_working_hours_monday_enabled" boolean DEFAULT true,
  	"availability_working_hours_monday_start_time" varchar DEFAULT '09:00',
  	"availability_working_hours_monday_end_time" varchar DEFAULT '17:00',
  	"availability_working_hours_tuesday_enabled" boolean DEFAULT true,
  	"availability_working_hours_tuesday_start_time" varchar DEFAULT '09:00',
  	"availability_working_hours_tuesday_end_time" varchar DEFAULT '17:00',
  	"availability_working_hours_wednesday_enabled" boolean DEFAULT true,
  	"availability_working_hours_wednesday_start_time" varchar DEFAULT '09:00',
  	"availability_working_hours_wednesday_end_time" varchar DEFAULT '17:00',
  	"availability_working_hours_thursday_enabled" boolean DEFAULT true,
  	"availability_working_hours_thursday_start_time" varchar DEFAULT '09:00',
  	"availability_working_hours_thursday_end_time" varchar DEFAULT '17:00',
  	"availability_working_hours_friday_enabled" boolean DEFAULT true,
  	"availability_working_hours_friday_start_time" varchar DEFAULT '09:00',
  	"availability_working_hours_friday_end_time" varchar DEFAULT '17:00',
  	"availability_working_hours_saturday_enabled" boolean DEFAULT false,
  	"availability_working_hours_saturday_start_time" varchar DEFAULT '09:00',
  	"availability_working_hours_saturday_end_time" varchar DEFAULT '17:00',
  	"availability_working_hours_sunday_enabled" boolean DEFAULT false,
  	"availability_working_hours_sunday_start_time" varchar DEFAULT '09:00',
  	"availability_working_hours_sunday_end_time" varchar DEFAULT '17:00',
  	"availability_min_booking_notice_hours" numeric DEFAULT 2,
  	"availability_max_advance_booking_days" numeric DEFAULT 60,
  	"availability_buffer_time_minutes" numeric DEFAULT 0,
  	"consulting_default_duration" numeric,
  	"consulting_base_price" numeric,
  	"consulting_currency" "enum_consultant_profiles_consulting_currency" DEFAULT 'GBP',
  	"consulting_cancellation_policy_refundable_before_hours" numeric,
  	"consulting_cancellation_policy_refund_percentage" numeric,
  	"consulting_cancellation_policy_late_refund_percentage" numeric,
  	"consulting_meeting_url" varchar,
  	"payment_settings_stripe_account_id" varchar,
  	"payment_settings_bank_account_id" varchar,
  	"payment_settings_currency" "enum_consultant_profiles_payment_settings_currency",
  	"payment_settings_payouts_enabled" boolean DEFAULT false,
  	"payment_settings_details_submitted" boolean DEFAULT false,
  	"payment_settings_disabled_reason" varchar,
  	"statistics_total_bookings" numeric DEFAULT 0,
  	"statistics_total_earnings" jsonb,
  	"statistics_average_rating" numeric,
  	"statistics_review_count" numeric DEFAULT 0,
  	"statistics_response_time_hours" numeric,
  	"subscription_plan" "enum_consultant_profiles_subscription_plan" DEFAULT 'free',
  	"is_verified" boolean DEFAULT false,
  	"is_public" boolean DEFAULT true,
  	"internal_notes" varchar,
  	"rules_version" numeric DEFAULT 0,
  	"feed_token_hash" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"_status" "enum_consultant_profiles_status" DEFAULT 'draft'
  );
  
  CREATE TABLE "consultant_profiles_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "consultant_profiles_numbers" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"number" numeric,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL
  );
  
  CREATE TABLE "_consultant_break_times_v" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"recurring" boolean DEFAULT true,
  	"day" "enum__consultant_break_times_v_day",
  	"date" timestamp(3) with time zone,
  	"start_time" varchar,
  	"end_time" varchar,
  	"_uuid" varchar
  );
  
  CREATE TABLE "_consultant_unavailable_dates_v" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"date" timestamp(3) with time zone,
  	"reason" varchar,
  	"_uuid" varchar
  );
  
  CREATE TABLE "_consultant_profiles_v" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"parent_id" uuid,
  	"version_user_id" uuid,
  	"version_slug" varchar,
  	"version_name" varchar,
  	"version_email" varchar,
  	"version_headline" varchar,
  	"version_bio" jsonb,
  	"version_phone" varchar,
  	"version_location" varchar,
  	"version_company" varchar,
  	"version_website" varchar,
  	"version_profile_image_id" uuid,
  	"version_years_of_experience" numeric,
  	"version_availability_time_zone" varchar DEFAULT 'UTC',
  	"version_availability_is_available" boolean DEFAULT true,
  	"version_availability_working_hours_monday_enabled" boolean DEFAULT true,
  	"version_availability_working_hours_monday_start_time" varchar DEFAULT '09:00',
  	"version_availability_working_hours_monday_end_time" varchar DEFAULT '17:00',
  	"version_availability_working_hours_tuesday_enabled" boolean DEFAULT true,
  	"version_availability_working_hours_tuesday_start_time" varchar DEFAULT '09:00',
  	"version_availability_working_hours_tuesday_end_time" varchar DEFAULT '17:00',
  	"version_availability_working_hours_wednesday_enabled" boolean DEFAULT true,
  	"version_availability_working_hours_wednesday_start_time" varchar DEFAULT '09:00',
  	"version_availability_working_hours_wednesday_end_time" varchar DEFAULT '17:00',
  	"version_availability_working_hours_thursday_enabled" boolean DEFAULT true,
  	"version_availability_working_hours_thursday_start_time" varchar DEFAULT '09:00',
  	"version_availability_working_hours_thursday_end_time" varchar DEFAULT '17:00',
  	"version_availability_working_hours_friday_enabled" boolean DEFAULT true,
  	"version_availability_working_hours_friday_start_time" varchar DEFAULT '09:00',
  	"version_availability_working_hours_friday_end_time" varchar DEFAULT '17:00',
  	"version_availability_working_hours_saturday_enabled" boolean DEFAULT false,
  	"version_availability_working_hours_saturday_start_time" varchar DEFAULT '09:00',
  	"version_availability_working_hours_saturday_end_time" varchar DEFAULT '17:00',
  	"version_availability_working_hours_sunday_enabled" boolean DEFAULT false,
  	"version_availability_working_hours_sunday_start_time" varchar DEFAULT '09:00',
  	"version_availability_working_hours_sunday_end_time" varchar DEFAULT '17:00',
  	"version_availability_min_booking_notice_hours" numeric DEFAULT 2,
  	"version_availability_max_advance_booking_days" numeric DEFAULT 60,
  	"version_availability_buffer_time_minutes" numeric DEFAULT 0,
  	"version_consulting_default_duration" numeric,
  	"version_consulting_base_price" numeric,
  	"version_consulting_currency" "enum__consultant_profiles_v_version_consulting_currency" DEFAULT 'GBP',
  	"version_consulting_cancellation_policy_refundable_before_hours" numeric,
  	"version_consulting_cancellation_policy_refund_percentage" numeric,
  	"version_consulting_cancellation_policy_late_refund_percentage" numeric,
  	"version_consulting_meeting_url" varchar,
  	"version_payment_settings_stripe_account_id" varchar,
  	"version_payment_settings_bank_account_id" varchar,
  	"version_payment_settings_currency" "enum__consultant_profiles_v_version_payment_settings_currency",
  	"version_payment_settings_payouts_enabled" boolean DEFAULT false,
  	"version_payment_settings_details_submitted" boolean DEFAULT false,
  	"version_payment_settings_disabled_reason" varchar,
  	"version_statistics_total_bookings" numeric DEFAULT 0,
  	"version_statistics_total_earnings" jsonb,
  	"version_statistics_average_rating" numeric,
  	"version_statistics_review_count" numeric DEFAULT 0,
  	"version_statistics_response_time_hours" numeric,
  	"version_subscription_plan" "enum__consultant_profiles_v_version_subscription_plan" DEFAULT 'free',
  	"version_is_verified" boolean DEFAULT false,
  	"version_is_public" boolean DEFAULT true,
  	"version_internal_notes" varchar,
  	"version_rules_version" numeric DEFAULT 0,
  	"version_feed_token_hash" varchar,
  	"version_updated_at" timestamp(3) with time zone,
  	"version_created_at" timestamp(3) with time zone,
  	"version__status" "enum__consultant_profiles_v_version_status" DEFAULT 'draft',
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"latest" boolean
  );
  
  CREATE TABLE "_consultant_profiles_v_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "_consultant_profiles_v_numbers" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"number" numeric,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL
  );
  
  CREATE TABLE "service_types_prices" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"duration_minutes" numeric NOT NULL,
  	"amount" numeric NOT NULL,
  	"currency" "enum_service_types_prices_currency" DEFAULT 'GBP' NOT NULL
  );
  
  CREATE TABLE "service_types_intake_questions_options" (
  	"_order" integer NOT NULL,
  	"_parent_id" varchar NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"value" varchar,
  	"label" varchar
  );
  
  CREATE TABLE "service_types_intake_questions" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"key" varchar NOT NULL,
  	"label" varchar NOT NULL,
  	"type" "enum_service_types_intake_questions_type" DEFAULT 'text' NOT NULL,
  	"required" boolean DEFAULT false
  );
  
  CREATE TABLE "service_types" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"slug" varchar NOT NULL,
  	"description" jsonb,
  	"default_duration_minutes" numeric NOT NULL,
  	"is_free" boolean DEFAULT false,
  	"currency" "enum_service_types_currency",
  	"is_active" boolean DEFAULT true,
  	"requires_confirmation" boolean DEFAULT false,
  	"buffer_before_minutes" numeric,
  	"buffer_after_minutes" numeric,
  	"cancellation_policy_refundable_before_hours" numeric,
  	"cancellation_policy_refund_percentage" numeric,
  	"cancellation_policy_late_refund_percentage" numeric,
  	"meeting_provider" "enum_service_types_meeting_provider",
  	"sort_order" numeric DEFAULT 0,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "service_types_numbers" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"number" numeric,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL
  );
  
  CREATE TABLE "service_types_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"consultant_profiles_id" uuid
  );
  
  CREATE TABLE "media" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"alt" varchar NOT NULL,
  	"is_public" boolean DEFAULT true,
  	"uploaded_by_id" uuid,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"url" varchar,
  	"thumbnail_u_r_l" varchar,
  	"filename" varchar,
  	"mime_type" varchar,
  	"filesize" numeric,
  	"width" numeric,
  	"height" numeric,
  	"focal_x" numeric,
  	"focal_y" numeric,
  	"sizes_thumbnail_url" varchar,
  	"sizes_thumbnail_width" numeric,
  	"sizes_thumbnail_height" numeric,
  	"sizes_thumbnail_mime_type" varchar,
  	"sizes_thumbnail_filesize" numeric,
  	"sizes_thumbnail_filename" varchar,
  	"sizes_card_url" varchar,
  	"sizes_card_width" numeric,
  	"sizes_card_height" numeric,
  	"sizes_card_mime_type" varchar,
  	"sizes_card_filesize" numeric,
  	"sizes_card_filename" varchar
  );
  
  CREATE TABLE "availability_schedules_monday" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar,
  	"end_time" varchar,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_tuesday" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar,
  	"end_time" varchar,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_wednesday" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar,
  	"end_time" varchar,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_thursday" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar,
  	"end_time" varchar,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_friday" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar,
  	"end_time" varchar,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_saturday" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar,
  	"end_time" varchar,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_sunday" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar,
  	"end_time" varchar,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_recurrences_slots" (
  	"_order" integer NOT NULL,
  	"_parent_id" varchar NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar NOT NULL,
  	"end_time" varchar NOT NULL,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_recurrences" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"rrule" varchar NOT NULL
  );
  
  CREATE TABLE "availability_schedules_date_exceptions_slots" (
  	"_order" integer NOT NULL,
  	"_parent_id" varchar NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"start_time" varchar NOT NULL,
  	"end_time" varchar NOT NULL,
  	"slot_duration_minutes" numeric,
  	"is_available" boolean DEFAULT true
  );
  
  CREATE TABLE "availability_schedules_date_exceptions" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"date" timestamp(3) with time zone NOT NULL,
  	"is_available" boolean DEFAULT false
  );
  
  CREATE TABLE "availability_schedules" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"name" varchar DEFAULT 'Schedule',
  	"type" "enum_availability_schedules_type" DEFAULT 'weekly' NOT NULL,
  	"weekly_pattern_monday_enabled" boolean DEFAULT false,
  	"weekly_pattern_tuesday_enabled" boolean DEFAULT false,
  	"weekly_pattern_wednesday_enabled" boolean DEFAULT false,
  	"weekly_pattern_thursday_enabled" boolean DEFAULT false,
  	"weekly_pattern_friday_enabled" boolean DEFAULT false,
  	"weekly_pattern_saturday_enabled" boolean DEFAULT false,
  	"weekly_pattern_sunday_enabled" boolean DEFAULT false,
  	"is_active" boolean DEFAULT true,
  	"applied_from" timestamp(3) with time zone,
  	"applied_to" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "availability_slots" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"schedule_id" uuid,
  	"service_type_id" uuid,
  	"starts_at" timestamp(3) with time zone NOT NULL,
  	"ends_at" timestamp(3) with time zone NOT NULL,
  	"occupied_from" timestamp(3) with time zone,
  	"occupied_until" timestamp(3) with time zone,
  	"duration_minutes" numeric,
  	"time_zone" varchar,
  	"price" numeric,
  	"currency" "enum_availability_slots_currency",
  	"status" "enum_availability_slots_status" DEFAULT 'blocked' NOT NULL,
  	"scheduled_session_id" uuid,
  	"customer_id" uuid,
  	"booked_at" timestamp(3) with time zone,
  	"hold_expires_at" timestamp(3) with time zone,
  	"hold_token_hash" varchar,
  	"description" varchar,
  	"is_recurring" boolean DEFAULT false,
  	"recurrence_rule" varchar,
  	"parent_slot_id" uuid,
  	"is_manually_blocked" boolean DEFAULT false,
  	"block_reason" varchar,
  	"expired_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "availability_slots_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "calendar_connections" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"provider" "enum_calendar_connections_provider" DEFAULT 'google' NOT NULL,
  	"status" "enum_calendar_connections_status" DEFAULT 'connected' NOT NULL,
  	"account_email" varchar,
  	"external_account_id" varchar,
  	"calendar_id" varchar,
  	"calendars" jsonb,
  	"scopes" jsonb,
  	"access_token" varchar,
  	"refresh_token" varchar,
  	"feed_url" varchar,
  	"token_expires_at" timestamp(3) with time zone,
  	"sync_token" varchar,
  	"generation" numeric DEFAULT 0,
  	"synced_at" timestamp(3) with time zone,
  	"stale_since" timestamp(3) with time zone,
  	"last_error" varchar,
  	"watch_channel_id" varchar,
  	"watch_resource_id" varchar,
  	"watch_token_hash" varchar,
  	"watch_expires_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "busy_times" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"connection_id" uuid NOT NULL,
  	"starts_at" timestamp(3) with time zone NOT NULL,
  	"ends_at" timestamp(3) with time zone NOT NULL,
  	"source_id" varchar NOT NULL,
  	"generation" numeric DEFAULT 0,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "consultation_requests_status_history" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"from" varchar,
  	"to" varchar NOT NULL,
  	"at" timestamp(3) with time zone NOT NULL,
  	"by" varchar,
  	"actor_role" "enum_consultation_requests_status_history_actor_role",
  	"reason" varchar
  );
  
  CREATE TABLE "consultation_requests_proposed_times" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"starts_at" timestamp(3) with time zone NOT NULL,
  	"ends_at" timestamp(3) with time zone NOT NULL
  );
  
  CREATE TABLE "consultation_requests" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"requester_id" uuid NOT NULL,
  	"company" varchar,
  	"service_type_id" uuid NOT NULL,
  	"preferred_consultant_id" uuid,
  	"preferred_start" timestamp(3) with time zone,
  	"preferred_end" timestamp(3) with time zone,
  	"request_details" varchar,
  	"problem_title" varchar,
  	"problem_description" varchar,
  	"problem_category" varchar,
  	"problem_structured" jsonb,
  	"urgency" "enum_consultation_requests_urgency" DEFAULT 'this_week',
  	"answers" jsonb,
  	"status" "enum_consultation_requests_status" DEFAULT 'pending' NOT NULL,
  	"requested_at" timestamp(3) with time zone,
  	"assigned_consultant_id" uuid,
  	"scheduled_session_id" uuid,
  	"rejection_reason" varchar,
  	"expires_at" timestamp(3) with time zone,
  	"time_zone" varchar,
  	"language" varchar,
  	"internal_notes" varchar,
  	"manage_token_hash" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "scheduled_sessions_status_history" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"from" varchar,
  	"to" varchar NOT NULL,
  	"at" timestamp(3) with time zone NOT NULL,
  	"by" varchar,
  	"actor_role" "enum_scheduled_sessions_status_history_actor_role",
  	"reason" varchar
  );
  
  CREATE TABLE "scheduled_sessions_reschedule_history" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"from_slot_id" uuid,
  	"to_slot_id" uuid,
  	"from_starts_at" timestamp(3) with time zone,
  	"to_starts_at" timestamp(3) with time zone,
  	"at" timestamp(3) with time zone NOT NULL,
  	"by" varchar,
  	"actor_role" "enum_scheduled_sessions_reschedule_history_actor_role",
  	"reason" varchar
  );
  
  CREATE TABLE "scheduled_sessions" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"status" "enum_scheduled_sessions_status" DEFAULT 'scheduled' NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"customer_id" uuid NOT NULL,
  	"service_type_id" uuid NOT NULL,
  	"starts_at" timestamp(3) with time zone NOT NULL,
  	"ends_at" timestamp(3) with time zone NOT NULL,
  	"duration_minutes" numeric NOT NULL,
  	"time_zone" varchar DEFAULT 'UTC' NOT NULL,
  	"language" varchar DEFAULT 'en',
  	"request_id" uuid,
  	"slot_id" uuid,
  	"payment_deadline" timestamp(3) with time zone,
  	"price_amount" numeric DEFAULT 0 NOT NULL,
  	"price_currency" "enum_scheduled_sessions_price_currency" DEFAULT 'GBP' NOT NULL,
  	"price_platform_fee_amount" numeric DEFAULT 0 NOT NULL,
  	"price_consultant_payout_amount" numeric DEFAULT 0 NOT NULL,
  	"price_platform_fee_bps" numeric DEFAULT 0,
  	"price_cancellation_policy" jsonb,
  	"payment_id" uuid,
  	"problem_title" varchar,
  	"problem_description" varchar,
  	"problem_category" varchar,
  	"problem_structured" jsonb,
  	"urgency" "enum_scheduled_sessions_urgency" DEFAULT 'this_week',
  	"answers" jsonb,
  	"customer_notes" varchar,
  	"meeting_provider" "enum_scheduled_sessions_meeting_provider",
  	"meeting_meeting_id" varchar,
  	"meeting_join_url" varchar,
  	"meeting_host_url" varchar,
  	"meeting_started_at" timestamp(3) with time zone,
  	"meeting_ended_at" timestamp(3) with time zone,
  	"meeting_actual_duration_minutes" numeric,
  	"attendance_consultant_joined_at" timestamp(3) with time zone,
  	"attendance_consultant_left_at" timestamp(3) with time zone,
  	"attendance_customer_joined_at" timestamp(3) with time zone,
  	"attendance_customer_left_at" timestamp(3) with time zone,
  	"recording_recording_id" varchar,
  	"recording_url" varchar,
  	"recording_duration_minutes" numeric,
  	"recording_expires_at" timestamp(3) with time zone,
  	"recording_consented_at" timestamp(3) with time zone,
  	"recording_notification_sent" boolean DEFAULT false,
  	"ai_summary" varchar,
  	"consultant_notes" varchar,
  	"consultant_feedback_rating" numeric,
  	"consultant_feedback_review_text" varchar,
  	"consultant_feedback_rated_at" timestamp(3) with time zone,
  	"review_id" uuid,
  	"internal_notes" varchar,
  	"cancellation_by" "enum_scheduled_sessions_cancellation_by",
  	"cancellation_requested_at" timestamp(3) with time zone,
  	"cancellation_approved_at" timestamp(3) with time zone,
  	"cancellation_cancelled_at" timestamp(3) with time zone,
  	"cancellation_reason" varchar,
  	"reminders_day_before_sent_at" timestamp(3) with time zone,
  	"reminders_hour_before_sent_at" timestamp(3) with time zone,
  	"reminders_post_session_sent_at" timestamp(3) with time zone,
  	"sequence" numeric DEFAULT 0,
  	"calendar_event_state" "enum_scheduled_sessions_calendar_event_state",
  	"calendar_event_desired_version" numeric DEFAULT 0,
  	"calendar_event_delivered_version" numeric DEFAULT 0,
  	"calendar_event_event_id" varchar,
  	"manage_token_hash" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "scheduled_sessions_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "meetings_participants" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"user_id" varchar,
  	"name" varchar,
  	"email" varchar,
  	"joined_at" timestamp(3) with time zone,
  	"left_at" timestamp(3) with time zone,
  	"duration_minutes" numeric
  );
  
  CREATE TABLE "meetings" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"provider" "enum_meetings_provider" DEFAULT 'jitsi' NOT NULL,
  	"provider_meeting_id" varchar NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"customer_id" uuid NOT NULL,
  	"scheduled_start_at" timestamp(3) with time zone,
  	"actual_start_at" timestamp(3) with time zone,
  	"actual_end_at" timestamp(3) with time zone,
  	"duration_minutes" numeric,
  	"has_recording" boolean DEFAULT false,
  	"recording_id" varchar,
  	"recording_url" varchar,
  	"recording_duration_minutes" numeric,
  	"screenshare" boolean DEFAULT false,
  	"screen_share_duration_minutes" numeric,
  	"transcript" varchar,
  	"event_count" numeric DEFAULT 0,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "reviews" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"customer_id" uuid NOT NULL,
  	"author_name" varchar,
  	"rating" numeric NOT NULL,
  	"review_text" varchar,
  	"aspects_professionalism" numeric,
  	"aspects_expertise" numeric,
  	"aspects_communication" numeric,
  	"aspects_value_for_money" numeric,
  	"nps_score" numeric,
  	"problem_resolved" boolean,
  	"consultant_response" varchar,
  	"responded_at" timestamp(3) with time zone,
  	"is_public" boolean DEFAULT true,
  	"is_verified_booking" boolean DEFAULT true,
  	"moderation_status" "enum_reviews_moderation_status" DEFAULT 'approved' NOT NULL,
  	"moderation_reason" varchar,
  	"moderation_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payments" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"customer_id" uuid NOT NULL,
  	"status" "enum_payments_status" DEFAULT 'pending' NOT NULL,
  	"amount" numeric NOT NULL,
  	"currency" "enum_payments_currency" NOT NULL,
  	"refunded_amount" numeric DEFAULT 0 NOT NULL,
  	"platform_fee_amount" numeric NOT NULL,
  	"platform_fee_percentage" numeric,
  	"consultant_payout_amount" numeric NOT NULL,
  	"payout_status" "enum_payments_payout_status" DEFAULT 'not_due' NOT NULL,
  	"payout_due_at" timestamp(3) with time zone,
  	"payout_paid_at" timestamp(3) with time zone,
  	"payout_paid_amount" numeric DEFAULT 0,
  	"payout_reversed_amount" numeric DEFAULT 0,
  	"payout_held_reason" varchar,
  	"payment_method" "enum_payments_payment_method",
  	"stripe_payment_intent_id" varchar,
  	"stripe_checkout_session_id" varchar,
  	"stripe_charge_id" varchar,
  	"stripe_customer_id" varchar,
  	"stripe_connect_account_id" varchar,
  	"stripe_transfer_id" varchar,
  	"checkout_url" varchar,
  	"checkout_expires_at" timestamp(3) with time zone,
  	"checkout_success_url" varchar,
  	"checkout_cancel_url" varchar,
  	"checkout_capture_before" timestamp(3) with time zone,
  	"initiated_at" timestamp(3) with time zone,
  	"authorized_at" timestamp(3) with time zone,
  	"succeeded_at" timestamp(3) with time zone,
  	"failed_at" timestamp(3) with time zone,
  	"refunded_at" timestamp(3) with time zone,
  	"failure_code" varchar,
  	"failure_message" varchar,
  	"failure_reason" varchar,
  	"invoice_invoice_id" varchar,
  	"invoice_url" varchar,
  	"receipt_number" varchar,
  	"receipt_url" varchar,
  	"metadata" jsonb,
  	"attempt" numeric DEFAULT 1,
  	"idempotency_key" varchar,
  	"internal_notes" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "refunds" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"payment_id" uuid NOT NULL,
  	"scheduled_session_id" uuid NOT NULL,
  	"consultant_id" uuid NOT NULL,
  	"customer_id" uuid NOT NULL,
  	"status" "enum_refunds_status" DEFAULT 'requested' NOT NULL,
  	"amount" numeric NOT NULL,
  	"currency" "enum_refunds_currency" NOT NULL,
  	"platform_fee_amount" numeric,
  	"consultant_payout_amount" numeric,
  	"reason" varchar,
  	"requested_at" timestamp(3) with time zone NOT NULL,
  	"requested_by" varchar,
  	"requested_by_role" "enum_refunds_requested_by_role",
  	"refunded_at" timestamp(3) with time zone,
  	"stripe_refund_id" varchar,
  	"failure_reason" varchar,
  	"attempt" numeric DEFAULT 1,
  	"idempotency_key" varchar,
  	"internal_notes" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "ledger_entries" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"kind" "enum_ledger_entries_kind" NOT NULL,
  	"amount" numeric NOT NULL,
  	"currency" "enum_ledger_entries_currency" NOT NULL,
  	"stripe_object_id" varchar NOT NULL,
  	"payment_id" uuid,
  	"refund_id" uuid,
  	"scheduled_session_id" uuid,
  	"consultant_id" uuid,
  	"customer_id" uuid,
  	"occurred_at" timestamp(3) with time zone NOT NULL,
  	"description" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "stripe_events" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"event_id" varchar NOT NULL,
  	"account" varchar DEFAULT '',
  	"type" varchar NOT NULL,
  	"object_id" varchar,
  	"api_version" varchar,
  	"livemode" boolean DEFAULT false,
  	"status" "enum_stripe_events_status" DEFAULT 'received' NOT NULL,
  	"payload" jsonb NOT NULL,
  	"occurred_at" timestamp(3) with time zone,
  	"received_at" timestamp(3) with time zone NOT NULL,
  	"processed_at" timestamp(3) with time zone,
  	"attempts" numeric DEFAULT 0,
  	"error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "notifications_channels" (
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"value" "enum_notifications_channels",
  	"id" uuid PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "notifications" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"recipient_id" uuid,
  	"recipient_customer_id" uuid,
  	"type" "enum_notifications_type" NOT NULL,
  	"kind" "enum_notifications_kind",
  	"audience" "enum_notifications_audience",
  	"title" varchar NOT NULL,
  	"message" varchar,
  	"action" varchar,
  	"action_url" varchar,
  	"scheduled_session_id" uuid,
  	"request_id" uuid,
  	"payment_id" uuid,
  	"is_read" boolean DEFAULT false,
  	"is_archived" boolean DEFAULT false,
  	"language" varchar,
  	"email_sent_at" timestamp(3) with time zone,
  	"sms_sent_at" timestamp(3) with time zone,
  	"delivery_state" "enum_notifications_delivery_state" DEFAULT 'queued' NOT NULL,
  	"delivery_attempts" numeric DEFAULT 0,
  	"delivery_next_attempt_at" timestamp(3) with time zone,
  	"delivery_error" varchar,
  	"delivery_provider_message_id" varchar,
  	"dedupe_key" varchar,
  	"metadata" jsonb,
  	"expires_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_kv" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"key" varchar NOT NULL,
  	"data" jsonb NOT NULL
  );
  
  CREATE TABLE "payload_locked_documents" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"global_slug" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_locked_documents_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"users_id" uuid,
  	"customers_id" uuid,
  	"consultant_profiles_id" uuid,
  	"service_types_id" uuid,
  	"media_id" uuid,
  	"availability_schedules_id" uuid,
  	"availability_slots_id" uuid,
  	"calendar_connections_id" uuid,
  	"busy_times_id" uuid,
  	"consultation_requests_id" uuid,
  	"scheduled_sessions_id" uuid,
  	"meetings_id" uuid,
  	"reviews_id" uuid,
  	"payments_id" uuid,
  	"refunds_id" uuid,
  	"ledger_entries_id" uuid,
  	"stripe_events_id" uuid,
  	"notifications_id" uuid
  );
  
  CREATE TABLE "payload_preferences" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"key" varchar,
  	"value" jsonb,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_preferences_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"users_id" uuid
  );
  
  CREATE TABLE "payload_migrations" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar,
  	"batch" numeric,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "booking_settings_currencies" (
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"value" "enum_booking_settings_currencies",
  	"id" uuid PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "booking_settings" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"platform_fee_percentage" numeric DEFAULT 15 NOT NULL,
  	"hold_minutes" numeric DEFAULT 10 NOT NULL,
  	"payment_deadline_minutes" numeric DEFAULT 30 NOT NULL,
  	"request_expiry_hours" numeric DEFAULT 72 NOT NULL,
  	"cancellation_policy_refundable_before_hours" numeric DEFAULT 24 NOT NULL,
  	"cancellation_policy_refund_percentage" numeric DEFAULT 100 NOT NULL,
  	"cancellation_policy_late_refund_percentage" numeric DEFAULT 0 NOT NULL,
  	"reschedule_policy_until_hours_before" numeric DEFAULT 24 NOT NULL,
  	"reschedule_policy_max_reschedules" numeric DEFAULT 3 NOT NULL,
  	"no_show_refund_percentage" numeric DEFAULT 0 NOT NULL,
  	"reminders_day_before_minutes" numeric DEFAULT 1440 NOT NULL,
  	"reminders_hour_before_minutes" numeric DEFAULT 60 NOT NULL,
  	"completion_grace_minutes" numeric DEFAULT 30 NOT NULL,
  	"default_currency" "enum_booking_settings_default_currency" DEFAULT 'GBP' NOT NULL,
  	"default_meeting_provider" "enum_booking_settings_default_meeting_provider" DEFAULT 'jitsi' NOT NULL,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  CREATE TABLE "message_templates_templates" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"kind" "enum_message_templates_templates_kind" NOT NULL,
  	"language" "enum_message_templates_templates_language" DEFAULT 'en' NOT NULL,
  	"audience" "enum_message_templates_templates_audience",
  	"subject" varchar,
  	"intro" varchar
  );
  
  CREATE TABLE "message_templates" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  ALTER TABLE "users_roles" ADD CONSTRAINT "users_roles_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "users_sessions" ADD CONSTRAINT "users_sessions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "users" ADD CONSTRAINT "users_profile_image_id_media_id_fk" FOREIGN KEY ("profile_image_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "customers_saved_payment_methods" ADD CONSTRAINT "customers_saved_payment_methods_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "customers" ADD CONSTRAINT "customers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "customers" ADD CONSTRAINT "customers_profile_image_id_media_id_fk" FOREIGN KEY ("profile_image_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultant_break_times" ADD CONSTRAINT "consultant_break_times_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "consultant_unavailable_dates" ADD CONSTRAINT "consultant_unavailable_dates_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "consultant_profiles" ADD CONSTRAINT "consultant_profiles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultant_profiles" ADD CONSTRAINT "consultant_profiles_profile_image_id_media_id_fk" FOREIGN KEY ("profile_image_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultant_profiles_texts" ADD CONSTRAINT "consultant_profiles_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "consultant_profiles_numbers" ADD CONSTRAINT "consultant_profiles_numbers_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_consultant_break_times_v" ADD CONSTRAINT "_consultant_break_times_v_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_consultant_profiles_v"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_consultant_unavailable_dates_v" ADD CONSTRAINT "_consultant_unavailable_dates_v_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_consultant_profiles_v"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_consultant_profiles_v" ADD CONSTRAINT "_consultant_profiles_v_parent_id_consultant_profiles_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "_consultant_profiles_v" ADD CONSTRAINT "_consultant_profiles_v_version_user_id_users_id_fk" FOREIGN KEY ("version_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "_consultant_profiles_v" ADD CONSTRAINT "_consultant_profiles_v_version_profile_image_id_media_id_fk" FOREIGN KEY ("version_profile_image_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "_consultant_profiles_v_texts" ADD CONSTRAINT "_consultant_profiles_v_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."_consultant_profiles_v"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_consultant_profiles_v_numbers" ADD CONSTRAINT "_consultant_profiles_v_numbers_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."_consultant_profiles_v"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "service_types_prices" ADD CONSTRAINT "service_types_prices_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."service_types"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "service_types_intake_questions_options" ADD CONSTRAINT "service_types_intake_questions_options_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."service_types_intake_questions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "service_types_intake_questions" ADD CONSTRAINT "service_types_intake_questions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."service_types"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "service_types_numbers" ADD CONSTRAINT "service_types_numbers_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."service_types"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "service_types_rels" ADD CONSTRAINT "service_types_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."service_types"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "service_types_rels" ADD CONSTRAINT "service_types_rels_consultant_profiles_fk" FOREIGN KEY ("consultant_profiles_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "media" ADD CONSTRAINT "media_uploaded_by_id_users_id_fk" FOREIGN KEY ("uploaded_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_schedules_monday" ADD CONSTRAINT "availability_schedules_monday_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_tuesday" ADD CONSTRAINT "availability_schedules_tuesday_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_wednesday" ADD CONSTRAINT "availability_schedules_wednesday_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_thursday" ADD CONSTRAINT "availability_schedules_thursday_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_friday" ADD CONSTRAINT "availability_schedules_friday_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_saturday" ADD CONSTRAINT "availability_schedules_saturday_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_sunday" ADD CONSTRAINT "availability_schedules_sunday_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_recurrences_slots" ADD CONSTRAINT "availability_schedules_recurrences_slots_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules_recurrences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_recurrences" ADD CONSTRAINT "availability_schedules_recurrences_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_date_exceptions_slots" ADD CONSTRAINT "availability_schedules_date_exceptions_slots_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules_date_exceptions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules_date_exceptions" ADD CONSTRAINT "availability_schedules_date_exceptions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "availability_schedules" ADD CONSTRAINT "availability_schedules_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_slots" ADD CONSTRAINT "availability_slots_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_slots" ADD CONSTRAINT "availability_slots_schedule_id_availability_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."availability_schedules"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_slots" ADD CONSTRAINT "availability_slots_service_type_id_service_types_id_fk" FOREIGN KEY ("service_type_id") REFERENCES "public"."service_types"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_slots" ADD CONSTRAINT "availability_slots_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_slots" ADD CONSTRAINT "availability_slots_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_slots" ADD CONSTRAINT "availability_slots_parent_slot_id_availability_slots_id_fk" FOREIGN KEY ("parent_slot_id") REFERENCES "public"."availability_slots"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "availability_slots_texts" ADD CONSTRAINT "availability_slots_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."availability_slots"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "calendar_connections" ADD CONSTRAINT "calendar_connections_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "busy_times" ADD CONSTRAINT "busy_times_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "busy_times" ADD CONSTRAINT "busy_times_connection_id_calendar_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."calendar_connections"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultation_requests_status_history" ADD CONSTRAINT "consultation_requests_status_history_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."consultation_requests"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "consultation_requests_proposed_times" ADD CONSTRAINT "consultation_requests_proposed_times_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."consultation_requests"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "consultation_requests" ADD CONSTRAINT "consultation_requests_requester_id_customers_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultation_requests" ADD CONSTRAINT "consultation_requests_service_type_id_service_types_id_fk" FOREIGN KEY ("service_type_id") REFERENCES "public"."service_types"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultation_requests" ADD CONSTRAINT "consultation_requests_preferred_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("preferred_consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultation_requests" ADD CONSTRAINT "consultation_requests_assigned_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("assigned_consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "consultation_requests" ADD CONSTRAINT "consultation_requests_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions_status_history" ADD CONSTRAINT "scheduled_sessions_status_history_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "scheduled_sessions_reschedule_history" ADD CONSTRAINT "scheduled_sessions_reschedule_history_from_slot_id_availability_slots_id_fk" FOREIGN KEY ("from_slot_id") REFERENCES "public"."availability_slots"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions_reschedule_history" ADD CONSTRAINT "scheduled_sessions_reschedule_history_to_slot_id_availability_slots_id_fk" FOREIGN KEY ("to_slot_id") REFERENCES "public"."availability_slots"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions_reschedule_history" ADD CONSTRAINT "scheduled_sessions_reschedule_history_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "scheduled_sessions" ADD CONSTRAINT "scheduled_sessions_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions" ADD CONSTRAINT "scheduled_sessions_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions" ADD CONSTRAINT "scheduled_sessions_service_type_id_service_types_id_fk" FOREIGN KEY ("service_type_id") REFERENCES "public"."service_types"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions" ADD CONSTRAINT "scheduled_sessions_request_id_consultation_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."consultation_requests"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions" ADD CONSTRAINT "scheduled_sessions_slot_id_availability_slots_id_fk" FOREIGN KEY ("slot_id") REFERENCES "public"."availability_slots"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions" ADD CONSTRAINT "scheduled_sessions_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions" ADD CONSTRAINT "scheduled_sessions_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "scheduled_sessions_texts" ADD CONSTRAINT "scheduled_sessions_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "meetings_participants" ADD CONSTRAINT "meetings_participants_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "meetings" ADD CONSTRAINT "meetings_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "meetings" ADD CONSTRAINT "meetings_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "meetings" ADD CONSTRAINT "meetings_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reviews" ADD CONSTRAINT "reviews_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reviews" ADD CONSTRAINT "reviews_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reviews" ADD CONSTRAINT "reviews_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payments" ADD CONSTRAINT "payments_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payments" ADD CONSTRAINT "payments_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payments" ADD CONSTRAINT "payments_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "refunds" ADD CONSTRAINT "refunds_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "refunds" ADD CONSTRAINT "refunds_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "refunds" ADD CONSTRAINT "refunds_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_consultant_id_consultant_profiles_id_fk" FOREIGN KEY ("consultant_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "notifications_channels" ADD CONSTRAINT "notifications_channels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."notifications"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "notifications" ADD CONSTRAINT "notifications_recipient_id_users_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "notifications" ADD CONSTRAINT "notifications_recipient_customer_id_customers_id_fk" FOREIGN KEY ("recipient_customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "notifications" ADD CONSTRAINT "notifications_scheduled_session_id_scheduled_sessions_id_fk" FOREIGN KEY ("scheduled_session_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "notifications" ADD CONSTRAINT "notifications_request_id_consultation_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."consultation_requests"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "notifications" ADD CONSTRAINT "notifications_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."payload_locked_documents"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_users_fk" FOREIGN KEY ("users_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_customers_fk" FOREIGN KEY ("customers_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_consultant_profiles_fk" FOREIGN KEY ("consultant_profiles_id") REFERENCES "public"."consultant_profiles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_service_types_fk" FOREIGN KEY ("service_types_id") REFERENCES "public"."service_types"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_media_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_availability_schedules_fk" FOREIGN KEY ("availability_schedules_id") REFERENCES "public"."availability_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_availability_slots_fk" FOREIGN KEY ("availability_slots_id") REFERENCES "public"."availability_slots"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_calendar_connections_fk" FOREIGN KEY ("calendar_connections_id") REFERENCES "public"."calendar_connections"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_busy_times_fk" FOREIGN KEY ("busy_times_id") REFERENCES "public"."busy_times"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_consultation_requests_fk" FOREIGN KEY ("consultation_requests_id") REFERENCES "public"."consultation_requests"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_scheduled_sessions_fk" FOREIGN KEY ("scheduled_sessions_id") REFERENCES "public"."scheduled_sessions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_meetings_fk" FOREIGN KEY ("meetings_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_reviews_fk" FOREIGN KEY ("reviews_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_payments_fk" FOREIGN KEY ("payments_id") REFERENCES "public"."payments"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_refunds_fk" FOREIGN KEY ("refunds_id") REFERENCES "public"."refunds"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_ledger_entries_fk" FOREIGN KEY ("ledger_entries_id") REFERENCES "public"."ledger_entries"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_stripe_events_fk" FOREIGN KEY ("stripe_events_id") REFERENCES "public"."stripe_events"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_notifications_fk" FOREIGN KEY ("notifications_id") REFERENCES "public"."notifications"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."payload_preferences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_users_fk" FOREIGN KEY ("users_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "booking_settings_currencies" ADD CONSTRAINT "booking_settings_currencies_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."booking_settings"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "message_templates_templates" ADD CONSTRAINT "message_templates_templates_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."message_templates"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "users_roles_order_idx" ON "users_roles" USING btree ("order");
  CREATE INDEX "users_roles_parent_idx" ON "users_roles" USING btree ("parent_id");
  CREATE INDEX "users_sessions_order_idx" ON "users_sessions" USING btree ("_order");
  CREATE INDEX "users_sessions_parent_id_idx" ON "users_sessions" USING btree ("_parent_id");
  CREATE INDEX "users_profile_image_idx" ON "users" USING btree ("profile_image_id");
  CREATE INDEX "users_is_active_idx" ON "users" USING btree ("is_active");
  CREATE INDEX "users_updated_at_idx" ON "users" USING btree ("updated_at");
  CREATE INDEX "users_created_at_idx" ON "users" USING btree ("created_at");
  CREATE UNIQUE INDEX "users_email_idx" ON "users" USING btree ("email");
  CREATE INDEX "customers_saved_payment_methods_order_idx" ON "customers_saved_payment_methods" USING btree ("_order");
  CREATE INDEX "customers_saved_payment_methods_parent_id_idx" ON "customers_saved_payment_methods" USING btree ("_parent_id");
  CREATE UNIQUE INDEX "customers_user_idx" ON "customers" USING btree ("user_id");
  CREATE UNIQUE INDEX "customers_email_idx" ON "customers" USING btree ("email");
  CREATE INDEX "customers_profile_image_idx" ON "customers" USING btree ("profile_image_id");
  CREATE UNIQUE INDEX "customers_stripe_customer_id_idx" ON "customers" USING btree ("stripe_customer_id");
  CREATE INDEX "customers_status_idx" ON "customers" USING btree ("status");
  CREATE INDEX "customers_updated_at_idx" ON "customers" USING btree ("updated_at");
  CREATE INDEX "customers_created_at_idx" ON "customers" USING btree ("created_at");
  CREATE INDEX "consultant_break_times_order_idx" ON "consultant_break_times" USING btree ("_order");
  CREATE INDEX "consultant_break_times_parent_id_idx" ON "consultant_break_times" USING btree ("_parent_id");
  CREATE INDEX "consultant_unavailable_dates_order_idx" ON "consultant_unavailable_dates" USING btree ("_order");
  CREATE INDEX "consultant_unavailable_dates_parent_id_idx" ON "consultant_unavailable_dates" USING btree ("_parent_id");
  CREATE UNIQUE INDEX "consultant_profiles_user_idx" ON "consultant_profiles" USING btree ("user_id");
  CREATE UNIQUE INDEX "consultant_profiles_slug_idx" ON "consultant_profiles" USING btree ("slug");
  CREATE UNIQUE INDEX "consultant_profiles_email_idx" ON "consultant_profiles" USING btree ("email");
  CREATE INDEX "consultant_profiles_profile_image_idx" ON "consultant_profiles" USING btree ("profile_image_id");
  CREATE UNIQUE INDEX "consultant_profiles_payment_settings_payment_settings_st_idx" ON "consultant_profiles" USING btree ("payment_settings_stripe_account_id");
  CREATE INDEX "consultant_profiles_statistics_statistics_average_rating_idx" ON "consultant_profiles" USING btree ("statistics_average_rating");
  CREATE INDEX "consultant_profiles_is_public_idx" ON "consultant_profiles" USING btree ("is_public");
  CREATE UNIQUE INDEX "consultant_profiles_feed_token_hash_idx" ON "consultant_profiles" USING btree ("feed_token_hash");
  CREATE INDEX "consultant_profiles_updated_at_idx" ON "consultant_profiles" USING btree ("updated_at");
  CREATE INDEX "consultant_profiles_created_at_idx" ON "consultant_profiles" USING btree ("created_at");
  CREATE INDEX "consultant_profiles__status_idx" ON "consultant_profiles" USING btree ("_status");
  CREATE INDEX "consultant_profiles_texts_order_parent" ON "consultant_profiles_texts" USING btree ("order","parent_id");
  CREATE INDEX "consultant_profiles_numbers_order_parent_idx" ON "consultant_profiles_numbers" USING btree ("order","parent_id");
  CREATE INDEX "_consultant_break_times_v_order_idx" ON "_consultant_break_times_v" USING btree ("_order");
  CREATE INDEX "_consultant_break_times_v_parent_id_idx" ON "_consultant_break_times_v" USING btree ("_parent_id");
  CREATE INDEX "_consultant_unavailable_dates_v_order_idx" ON "_consultant_unavailable_dates_v" USING btree ("_order");
  CREATE INDEX "_consultant_unavailable_dates_v_parent_id_idx" ON "_consultant_unavailable_dates_v" USING btree ("_parent_id");
  CREATE INDEX "_consultant_profiles_v_parent_idx" ON "_consultant_profiles_v" USING btree ("parent_id");
  CREATE INDEX "_consultant_profiles_v_version_version_user_idx" ON "_consultant_profiles_v" USING btree ("version_user_id");
  CREATE INDEX "_consultant_profiles_v_version_version_slug_idx" ON "_consultant_profiles_v" USING btree ("version_slug");
  CREATE INDEX "_consultant_profiles_v_version_version_email_idx" ON "_consultant_profiles_v" USING btree ("version_email");
  CREATE INDEX "_consultant_profiles_v_version_version_profile_image_idx" ON "_consultant_profiles_v" USING btree ("version_profile_image_id");
  CREATE INDEX "_consultant_profiles_v_version_payment_settings_version__idx" ON "_consultant_profiles_v" USING btree ("version_payment_settings_stripe_account_id");
  CREATE INDEX "_consultant_profiles_v_version_statistics_version_statis_idx" ON "_consultant_profiles_v" USING btree ("version_statistics_average_rating");
  CREATE INDEX "_consultant_profiles_v_version_version_is_public_idx" ON "_consultant_profiles_v" USING btree ("version_is_public");
  CREATE INDEX "_consultant_profiles_v_version_version_feed_token_hash_idx" ON "_consultant_profiles_v" USING btree ("version_feed_token_hash");
  CREATE INDEX "_consultant_profiles_v_version_version_updated_at_idx" ON "_consultant_profiles_v" USING btree ("version_updated_at");
  CREATE INDEX "_consultant_profiles_v_version_version_created_at_idx" ON "_consultant_profiles_v" USING btree ("version_created_at");
  CREATE INDEX "_consultant_profiles_v_version_version__status_idx" ON "_consultant_profiles_v" USING btree ("version__status");
  CREATE INDEX "_consultant_profiles_v_created_at_idx" ON "_consultant_profiles_v" USING btree ("created_at");
  CREATE INDEX "_consultant_profiles_v_updated_at_idx" ON "_consultant_profiles_v" USING btree ("updated_at");
  CREATE INDEX "_consultant_profiles_v_latest_idx" ON "_consultant_profiles_v" USING btree ("latest");
  CREATE INDEX "_consultant_profiles_v_texts_order_parent" ON "_consultant_profiles_v_texts" USING btree ("order","parent_id");
  CREATE INDEX "_consultant_profiles_v_numbers_order_parent_idx" ON "_consultant_profiles_v_numbers" USING btree ("order","parent_id");
  CREATE INDEX "service_types_prices_order_idx" ON "service_types_prices" USING btree ("_order");
  CREATE INDEX "service_types_prices_parent_id_idx" ON "service_types_prices" USING btree ("_parent_id");
  CREATE INDEX "service_types_intake_questions_options_order_idx" ON "service_types_intake_questions_options" USING btree ("_order");
  CREATE INDEX "service_types_intake_questions_options_parent_id_idx" ON "service_types_intake_questions_options" USING btree ("_parent_id");
  CREATE INDEX "service_types_intake_questions_order_idx" ON "service_types_intake_questions" USING btree ("_order");
  CREATE INDEX "service_types_intake_questions_parent_id_idx" ON "service_types_intake_questions" USING btree ("_parent_id");
  CREATE UNIQUE INDEX "service_types_name_idx" ON "service_types" USING btree ("name");
  CREATE UNIQUE INDEX "service_types_slug_idx" ON "service_types" USING btree ("slug");
  CREATE INDEX "service_types_is_active_idx" ON "service_types" USING btree ("is_active");
  CREATE INDEX "service_types_updated_at_idx" ON "service_types" USING btree ("updated_at");
  CREATE INDEX "service_types_created_at_idx" ON "service_types" USING btree ("created_at");
  CREATE INDEX "service_types_numbers_order_parent_idx" ON "service_types_numbers" USING btree ("order","parent_id");
  CREATE INDEX "service_types_rels_order_idx" ON "service_types_rels" USING btree ("order");
  CREATE INDEX "service_types_rels_parent_idx" ON "service_types_rels" USING btree ("parent_id");
  CREATE INDEX "service_types_rels_path_idx" ON "service_types_rels" USING btree ("path");
  CREATE INDEX "service_types_rels_consultant_profiles_id_idx" ON "service_types_rels" USING btree ("consultant_profiles_id");
  CREATE INDEX "media_uploaded_by_idx" ON "media" USING btree ("uploaded_by_id");
  CREATE INDEX "media_updated_at_idx" ON "media" USING btree ("updated_at");
  CREATE INDEX "media_created_at_idx" ON "media" USING btree ("created_at");
  CREATE UNIQUE INDEX "media_filename_idx" ON "media" USING btree ("filename");
  CREATE INDEX "media_sizes_thumbnail_sizes_thumbnail_filename_idx" ON "media" USING btree ("sizes_thumbnail_filename");
  CREATE INDEX "media_sizes_card_sizes_card_filename_idx" ON "media" USING btree ("sizes_card_filename");
  CREATE INDEX "availability_schedules_monday_order_idx" ON "availability_schedules_monday" USING btree ("_order");
  CREATE INDEX "availability_schedules_monday_parent_id_idx" ON "availability_schedules_monday" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_tuesday_order_idx" ON "availability_schedules_tuesday" USING btree ("_order");
  CREATE INDEX "availability_schedules_tuesday_parent_id_idx" ON "availability_schedules_tuesday" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_wednesday_order_idx" ON "availability_schedules_wednesday" USING btree ("_order");
  CREATE INDEX "availability_schedules_wednesday_parent_id_idx" ON "availability_schedules_wednesday" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_thursday_order_idx" ON "availability_schedules_thursday" USING btree ("_order");
  CREATE INDEX "availability_schedules_thursday_parent_id_idx" ON "availability_schedules_thursday" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_friday_order_idx" ON "availability_schedules_friday" USING btree ("_order");
  CREATE INDEX "availability_schedules_friday_parent_id_idx" ON "availability_schedules_friday" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_saturday_order_idx" ON "availability_schedules_saturday" USING btree ("_order");
  CREATE INDEX "availability_schedules_saturday_parent_id_idx" ON "availability_schedules_saturday" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_sunday_order_idx" ON "availability_schedules_sunday" USING btree ("_order");
  CREATE INDEX "availability_schedules_sunday_parent_id_idx" ON "availability_schedules_sunday" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_recurrences_slots_order_idx" ON "availability_schedules_recurrences_slots" USING btree ("_order");
  CREATE INDEX "availability_schedules_recurrences_slots_parent_id_idx" ON "availability_schedules_recurrences_slots" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_recurrences_order_idx" ON "availability_schedules_recurrences" USING btree ("_order");
  CREATE INDEX "availability_schedules_recurrences_parent_id_idx" ON "availability_schedules_recurrences" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_date_exceptions_slots_order_idx" ON "availability_schedules_date_exceptions_slots" USING btree ("_order");
  CREATE INDEX "availability_schedules_date_exceptions_slots_parent_id_idx" ON "availability_schedules_date_exceptions_slots" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_date_exceptions_order_idx" ON "availability_schedules_date_exceptions" USING btree ("_order");
  CREATE INDEX "availability_schedules_date_exceptions_parent_id_idx" ON "availability_schedules_date_exceptions" USING btree ("_parent_id");
  CREATE INDEX "availability_schedules_consultant_idx" ON "availability_schedules" USING btree ("consultant_id");
  CREATE INDEX "availability_schedules_updated_at_idx" ON "availability_schedules" USING btree ("updated_at");
  CREATE INDEX "availability_schedules_created_at_idx" ON "availability_schedules" USING btree ("created_at");
  CREATE INDEX "consultant_isActive_idx" ON "availability_schedules" USING btree ("consultant_id","is_active");
  CREATE INDEX "availability_slots_consultant_idx" ON "availability_slots" USING btree ("consultant_id");
  CREATE INDEX "availability_slots_schedule_idx" ON "availability_slots" USING btree ("schedule_id");
  CREATE INDEX "availability_slots_service_type_idx" ON "availability_slots" USING btree ("service_type_id");
  CREATE INDEX "availability_slots_starts_at_idx" ON "availability_slots" USING btree ("starts_at");
  CREATE INDEX "availability_slots_scheduled_session_idx" ON "availability_slots" USING btree ("scheduled_session_id");
  CREATE INDEX "availability_slots_customer_idx" ON "availability_slots" USING btree ("customer_id");
  CREATE INDEX "availability_slots_parent_slot_idx" ON "availability_slots" USING btree ("parent_slot_id");
  CREATE INDEX "availability_slots_updated_at_idx" ON "availability_slots" USING btree ("updated_at");
  CREATE INDEX "availability_slots_created_at_idx" ON "availability_slots" USING btree ("created_at");
  CREATE INDEX "consultant_startsAt_status_idx" ON "availability_slots" USING btree ("consultant_id","starts_at","status");
  CREATE INDEX "status_startsAt_endsAt_idx" ON "availability_slots" USING btree ("status","starts_at","ends_at");
  CREATE INDEX "customer_status_idx" ON "availability_slots" USING btree ("customer_id","status");
  CREATE INDEX "availability_slots_texts_order_parent" ON "availability_slots_texts" USING btree ("order","parent_id");
  CREATE INDEX "calendar_connections_consultant_idx" ON "calendar_connections" USING btree ("consultant_id");
  CREATE INDEX "calendar_connections_watch_watch_channel_id_idx" ON "calendar_connections" USING btree ("watch_channel_id");
  CREATE INDEX "calendar_connections_updated_at_idx" ON "calendar_connections" USING btree ("updated_at");
  CREATE INDEX "calendar_connections_created_at_idx" ON "calendar_connections" USING btree ("created_at");
  CREATE UNIQUE INDEX "consultant_provider_externalAccountId_idx" ON "calendar_connections" USING btree ("consultant_id","provider","external_account_id");
  CREATE INDEX "status_syncedAt_idx" ON "calendar_connections" USING btree ("status","synced_at");
  CREATE INDEX "busy_times_consultant_idx" ON "busy_times" USING btree ("consultant_id");
  CREATE INDEX "busy_times_connection_idx" ON "busy_times" USING btree ("connection_id");
  CREATE INDEX "busy_times_updated_at_idx" ON "busy_times" USING btree ("updated_at");
  CREATE INDEX "busy_times_created_at_idx" ON "busy_times" USING btree ("created_at");
  CREATE INDEX "consultant_startsAt_endsAt_idx" ON "busy_times" USING btree ("consultant_id","starts_at","ends_at");
  CREATE INDEX "connection_sourceId_idx" ON "busy_times" USING btree ("connection_id","source_id");
  CREATE INDEX "consultation_requests_status_history_order_idx" ON "consultation_requests_status_history" USING btree ("_order");
  CREATE INDEX "consultation_requests_status_history_parent_id_idx" ON "consultation_requests_status_history" USING btree ("_parent_id");
  CREATE INDEX "consultation_requests_proposed_times_order_idx" ON "consultation_requests_proposed_times" USING btree ("_order");
  CREATE INDEX "consultation_requests_proposed_times_parent_id_idx" ON "consultation_requests_proposed_times" USING btree ("_parent_id");
  CREATE UNIQUE INDEX "consultation_requests_reference_idx" ON "consultation_requests" USING btree ("reference");
  CREATE INDEX "consultation_requests_requester_idx" ON "consultation_requests" USING btree ("requester_id");
  CREATE INDEX "consultation_requests_service_type_idx" ON "consultation_requests" USING btree ("service_type_id");
  CREATE INDEX "consultation_requests_preferred_consultant_idx" ON "consultation_requests" USING btree ("preferred_consultant_id");
  CREATE INDEX "consultation_requests_assigned_consultant_idx" ON "consultation_requests" USING btree ("assigned_consultant_id");
  CREATE UNIQUE INDEX "consultation_requests_scheduled_session_idx" ON "consultation_requests" USING btree ("scheduled_session_id");
  CREATE INDEX "consultation_requests_updated_at_idx" ON "consultation_requests" USING btree ("updated_at");
  CREATE INDEX "consultation_requests_created_at_idx" ON "consultation_requests" USING btree ("created_at");
  CREATE INDEX "status_expiresAt_idx" ON "consultation_requests" USING btree ("status","expires_at");
  CREATE INDEX "assignedConsultant_status_idx" ON "consultation_requests" USING btree ("assigned_consultant_id","status");
  CREATE INDEX "requester_status_idx" ON "consultation_requests" USING btree ("requester_id","status");
  CREATE INDEX "scheduled_sessions_status_history_order_idx" ON "scheduled_sessions_status_history" USING btree ("_order");
  CREATE INDEX "scheduled_sessions_status_history_parent_id_idx" ON "scheduled_sessions_status_history" USING btree ("_parent_id");
  CREATE INDEX "scheduled_sessions_reschedule_history_order_idx" ON "scheduled_sessions_reschedule_history" USING btree ("_order");
  CREATE INDEX "scheduled_sessions_reschedule_history_parent_id_idx" ON "scheduled_sessions_reschedule_history" USING btree ("_parent_id");
  CREATE INDEX "scheduled_sessions_reschedule_history_from_slot_idx" ON "scheduled_sessions_reschedule_history" USING btree ("from_slot_id");
  CREATE INDEX "scheduled_sessions_reschedule_history_to_slot_idx" ON "scheduled_sessions_reschedule_history" USING btree ("to_slot_id");
  CREATE UNIQUE INDEX "scheduled_sessions_reference_idx" ON "scheduled_sessions" USING btree ("reference");
  CREATE INDEX "scheduled_sessions_consultant_idx" ON "scheduled_sessions" USING btree ("consultant_id");
  CREATE INDEX "scheduled_sessions_customer_idx" ON "scheduled_sessions" USING btree ("customer_id");
  CREATE INDEX "scheduled_sessions_service_type_idx" ON "scheduled_sessions" USING btree ("service_type_id");
  CREATE UNIQUE INDEX "scheduled_sessions_request_idx" ON "scheduled_sessions" USING btree ("request_id");
  CREATE INDEX "scheduled_sessions_slot_idx" ON "scheduled_sessions" USING btree ("slot_id");
  CREATE INDEX "scheduled_sessions_payment_idx" ON "scheduled_sessions" USING btree ("payment_id");
  CREATE INDEX "scheduled_sessions_meeting_meeting_meeting_id_idx" ON "scheduled_sessions" USING btree ("meeting_meeting_id");
  CREATE INDEX "scheduled_sessions_review_idx" ON "scheduled_sessions" USING btree ("review_id");
  CREATE INDEX "scheduled_sessions_updated_at_idx" ON "scheduled_sessions" USING btree ("updated_at");
  CREATE INDEX "scheduled_sessions_created_at_idx" ON "scheduled_sessions" USING btree ("created_at");
  CREATE INDEX "consultant_startsAt_idx" ON "scheduled_sessions" USING btree ("consultant_id","starts_at");
  CREATE INDEX "customer_startsAt_idx" ON "scheduled_sessions" USING btree ("customer_id","starts_at");
  CREATE INDEX "consultant_status_idx" ON "scheduled_sessions" USING btree ("consultant_id","status");
  CREATE INDEX "customer_status_1_idx" ON "scheduled_sessions" USING btree ("customer_id","status");
  CREATE INDEX "status_startsAt_idx" ON "scheduled_sessions" USING btree ("status","starts_at");
  CREATE INDEX "scheduled_sessions_texts_order_parent" ON "scheduled_sessions_texts" USING btree ("order","parent_id");
  CREATE INDEX "meetings_participants_order_idx" ON "meetings_participants" USING btree ("_order");
  CREATE INDEX "meetings_participants_parent_id_idx" ON "meetings_participants" USING btree ("_parent_id");
  CREATE INDEX "meetings_scheduled_session_idx" ON "meetings" USING btree ("scheduled_session_id");
  CREATE INDEX "meetings_consultant_idx" ON "meetings" USING btree ("consultant_id");
  CREATE INDEX "meetings_customer_idx" ON "meetings" USING btree ("customer_id");
  CREATE INDEX "meetings_updated_at_idx" ON "meetings" USING btree ("updated_at");
  CREATE INDEX "meetings_created_at_idx" ON "meetings" USING btree ("created_at");
  CREATE UNIQUE INDEX "provider_providerMeetingId_idx" ON "meetings" USING btree ("provider","provider_meeting_id");
  CREATE UNIQUE INDEX "reviews_scheduled_session_idx" ON "reviews" USING btree ("scheduled_session_id");
  CREATE INDEX "reviews_consultant_idx" ON "reviews" USING btree ("consultant_id");
  CREATE INDEX "reviews_customer_idx" ON "reviews" USING btree ("customer_id");
  CREATE INDEX "reviews_updated_at_idx" ON "reviews" USING btree ("updated_at");
  CREATE INDEX "reviews_created_at_idx" ON "reviews" USING btree ("created_at");
  CREATE INDEX "consultant_createdAt_idx" ON "reviews" USING btree ("consultant_id","created_at");
  CREATE INDEX "customer_createdAt_idx" ON "reviews" USING btree ("customer_id","created_at");
  CREATE INDEX "consultant_isPublic_moderation_status_idx" ON "reviews" USING btree ("consultant_id","is_public","moderation_status");
  CREATE UNIQUE INDEX "payments_reference_idx" ON "payments" USING btree ("reference");
  CREATE INDEX "payments_scheduled_session_idx" ON "payments" USING btree ("scheduled_session_id");
  CREATE INDEX "payments_consultant_idx" ON "payments" USING btree ("consultant_id");
  CREATE INDEX "payments_customer_idx" ON "payments" USING btree ("customer_id");
  CREATE INDEX "payments_status_idx" ON "payments" USING btree ("status");
  CREATE UNIQUE INDEX "payments_stripe_stripe_payment_intent_id_idx" ON "payments" USING btree ("stripe_payment_intent_id");
  CREATE UNIQUE INDEX "payments_stripe_stripe_checkout_session_id_idx" ON "payments" USING btree ("stripe_checkout_session_id");
  CREATE UNIQUE INDEX "payments_stripe_stripe_charge_id_idx" ON "payments" USING btree ("stripe_charge_id");
  CREATE UNIQUE INDEX "payments_stripe_stripe_transfer_id_idx" ON "payments" USING btree ("stripe_transfer_id");
  CREATE UNIQUE INDEX "payments_idempotency_key_idx" ON "payments" USING btree ("idempotency_key");
  CREATE INDEX "payments_updated_at_idx" ON "payments" USING btree ("updated_at");
  CREATE INDEX "payments_created_at_idx" ON "payments" USING btree ("created_at");
  CREATE INDEX "consultant_status_1_idx" ON "payments" USING btree ("consultant_id","status");
  CREATE INDEX "customer_status_2_idx" ON "payments" USING btree ("customer_id","status");
  CREATE INDEX "payout_status_payout_dueAt_idx" ON "payments" USING btree ("payout_status","payout_due_at");
  CREATE UNIQUE INDEX "refunds_reference_idx" ON "refunds" USING btree ("reference");
  CREATE INDEX "refunds_payment_idx" ON "refunds" USING btree ("payment_id");
  CREATE INDEX "refunds_scheduled_session_idx" ON "refunds" USING btree ("scheduled_session_id");
  CREATE INDEX "refunds_consultant_idx" ON "refunds" USING btree ("consultant_id");
  CREATE INDEX "refunds_customer_idx" ON "refunds" USING btree ("customer_id");
  CREATE UNIQUE INDEX "refunds_stripe_refund_id_idx" ON "refunds" USING btree ("stripe_refund_id");
  CREATE UNIQUE INDEX "refunds_idempotency_key_idx" ON "refunds" USING btree ("idempotency_key");
  CREATE INDEX "refunds_updated_at_idx" ON "refunds" USING btree ("updated_at");
  CREATE INDEX "refunds_created_at_idx" ON "refunds" USING btree ("created_at");
  CREATE INDEX "payment_status_idx" ON "refunds" USING btree ("payment_id","status");
  CREATE INDEX "status_requestedAt_idx" ON "refunds" USING btree ("status","requested_at");
  CREATE INDEX "ledger_entries_payment_idx" ON "ledger_entries" USING btree ("payment_id");
  CREATE INDEX "ledger_entries_refund_idx" ON "ledger_entries" USING btree ("refund_id");
  CREATE INDEX "ledger_entries_scheduled_session_idx" ON "ledger_entries" USING btree ("scheduled_session_id");
  CREATE INDEX "ledger_entries_consultant_idx" ON "ledger_entries" USING btree ("consultant_id");
  CREATE INDEX "ledger_entries_customer_idx" ON "ledger_entries" USING btree ("customer_id");
  CREATE INDEX "ledger_entries_updated_at_idx" ON "ledger_entries" USING btree ("updated_at");
  CREATE INDEX "ledger_entries_created_at_idx" ON "ledger_entries" USING btree ("created_at");
  CREATE UNIQUE INDEX "stripeObjectId_kind_idx" ON "ledger_entries" USING btree ("stripe_object_id","kind");
  CREATE INDEX "consultant_occurredAt_idx" ON "ledger_entries" USING btree ("consultant_id","occurred_at");
  CREATE INDEX "kind_occurredAt_idx" ON "ledger_entries" USING btree ("kind","occurred_at");
  CREATE INDEX "stripe_events_object_id_idx" ON "stripe_events" USING btree ("object_id");
  CREATE INDEX "stripe_events_updated_at_idx" ON "stripe_events" USING btree ("updated_at");
  CREATE INDEX "stripe_events_created_at_idx" ON "stripe_events" USING btree ("created_at");
  CREATE UNIQUE INDEX "eventId_account_idx" ON "stripe_events" USING btree ("event_id","account");
  CREATE INDEX "status_receivedAt_idx" ON "stripe_events" USING btree ("status","received_at");
  CREATE INDEX "notifications_channels_order_idx" ON "notifications_channels" USING btree ("order");
  CREATE INDEX "notifications_channels_parent_idx" ON "notifications_channels" USING btree ("parent_id");
  CREATE INDEX "notifications_recipient_idx" ON "notifications" USING btree ("recipient_id");
  CREATE INDEX "notifications_recipient_customer_idx" ON "notifications" USING btree ("recipient_customer_id");
  CREATE INDEX "notifications_type_idx" ON "notifications" USING btree ("type");
  CREATE INDEX "notifications_scheduled_session_idx" ON "notifications" USING btree ("scheduled_session_id");
  CREATE INDEX "notifications_request_idx" ON "notifications" USING btree ("request_id");
  CREATE INDEX "notifications_payment_idx" ON "notifications" USING btree ("payment_id");
  CREATE UNIQUE INDEX "notifications_dedupe_key_idx" ON "notifications" USING btree ("dedupe_key");
  CREATE INDEX "notifications_expires_at_idx" ON "notifications" USING btree ("expires_at");
  CREATE INDEX "notifications_updated_at_idx" ON "notifications" USING btree ("updated_at");
  CREATE INDEX "notifications_created_at_idx" ON "notifications" USING btree ("created_at");
  CREATE INDEX "recipient_isRead_idx" ON "notifications" USING btree ("recipient_id","is_read");
  CREATE INDEX "recipient_createdAt_idx" ON "notifications" USING btree ("recipient_id","created_at");
  CREATE INDEX "recipientCustomer_isRead_idx" ON "notifications" USING btree ("recipient_customer_id","is_read");
  CREATE INDEX "delivery_state_delivery_nextAttemptAt_idx" ON "notifications" USING btree ("delivery_state","delivery_next_attempt_at");
  CREATE UNIQUE INDEX "payload_kv_key_idx" ON "payload_kv" USING btree ("key");
  CREATE INDEX "payload_locked_documents_global_slug_idx" ON "payload_locked_documents" USING btree ("global_slug");
  CREATE INDEX "payload_locked_documents_updated_at_idx" ON "payload_locked_documents" USING btree ("updated_at");
  CREATE INDEX "payload_locked_documents_created_at_idx" ON "payload_locked_documents" USING btree ("created_at");
  CREATE INDEX "payload_locked_documents_rels_order_idx" ON "payload_locked_documents_rels" USING btree ("order");
  CREATE INDEX "payload_locked_documents_rels_parent_idx" ON "payload_locked_documents_rels" USING btree ("parent_id");
  CREATE INDEX "payload_locked_documents_rels_path_idx" ON "payload_locked_documents_rels" USING btree ("path");
  CREATE INDEX "payload_locked_documents_rels_users_id_idx" ON "payload_locked_documents_rels" USING btree ("users_id");
  CREATE INDEX "payload_locked_documents_rels_customers_id_idx" ON "payload_locked_documents_rels" USING btree ("customers_id");
  CREATE INDEX "payload_locked_documents_rels_consultant_profiles_id_idx" ON "payload_locked_documents_rels" USING btree ("consultant_profiles_id");
  CREATE INDEX "payload_locked_documents_rels_service_types_id_idx" ON "payload_locked_documents_rels" USING btree ("service_types_id");
  CREATE INDEX "payload_locked_documents_rels_media_id_idx" ON "payload_locked_documents_rels" USING btree ("media_id");
  CREATE INDEX "payload_locked_documents_rels_availability_schedules_id_idx" ON "payload_locked_documents_rels" USING btree ("availability_schedules_id");
  CREATE INDEX "payload_locked_documents_rels_availability_slots_id_idx" ON "payload_locked_documents_rels" USING btree ("availability_slots_id");
  CREATE INDEX "payload_locked_documents_rels_calendar_connections_id_idx" ON "payload_locked_documents_rels" USING btree ("calendar_connections_id");
  CREATE INDEX "payload_locked_documents_rels_busy_times_id_idx" ON "payload_locked_documents_rels" USING btree ("busy_times_id");
  CREATE INDEX "payload_locked_documents_rels_consultation_requests_id_idx" ON "payload_locked_documents_rels" USING btree ("consultation_requests_id");
  CREATE INDEX "payload_locked_documents_rels_scheduled_sessions_id_idx" ON "payload_locked_documents_rels" USING btree ("scheduled_sessions_id");
  CREATE INDEX "payload_locked_documents_rels_meetings_id_idx" ON "payload_locked_documents_rels" USING btree ("meetings_id");
  CREATE INDEX "payload_locked_documents_rels_reviews_id_idx" ON "payload_locked_documents_rels" USING btree ("reviews_id");
  CREATE INDEX "payload_locked_documents_rels_payments_id_idx" ON "payload_locked_documents_rels" USING btree ("payments_id");
  CREATE INDEX "payload_locked_documents_rels_refunds_id_idx" ON "payload_locked_documents_rels" USING btree ("refunds_id");
  CREATE INDEX "payload_locked_documents_rels_ledger_entries_id_idx" ON "payload_locked_documents_rels" USING btree ("ledger_entries_id");
  CREATE INDEX "payload_locked_documents_rels_stripe_events_id_idx" ON "payload_locked_documents_rels" USING btree ("stripe_events_id");
  CREATE INDEX "payload_locked_documents_rels_notifications_id_idx" ON "payload_locked_documents_rels" USING btree ("notifications_id");
  CREATE INDEX "payload_preferences_key_idx" ON "payload_preferences" USING btree ("key");
  CREATE INDEX "payload_preferences_updated_at_idx" ON "payload_preferences" USING btree ("updated_at");
  CREATE INDEX "payload_preferences_created_at_idx" ON "payload_preferences" USING btree ("created_at");
  CREATE INDEX "payload_preferences_rels_order_idx" ON "payload_preferences_rels" USING btree ("order");
  CREATE INDEX "payload_preferences_rels_parent_idx" ON "payload_preferences_rels" USING btree ("parent_id");
  CREATE INDEX "payload_preferences_rels_path_idx" ON "payload_preferences_rels" USING btree ("path");
  CREATE INDEX "payload_preferences_rels_users_id_idx" ON "payload_preferences_rels" USING btree ("users_id");
  CREATE INDEX "payload_migrations_updated_at_idx" ON "payload_migrations" USING btree ("updated_at");
  CREATE INDEX "payload_migrations_created_at_idx" ON "payload_migrations" USING btree ("created_at");
  CREATE INDEX "booking_settings_currencies_order_idx" ON "booking_settings_currencies" USING btree ("order");
  CREATE INDEX "booking_settings_currencies_parent_idx" ON "booking_settings_currencies" USING btree ("parent_id");
  CREATE INDEX "message_templates_templates_order_idx" ON "message_templates_templates" USING btree ("_order");
  CREATE INDEX "message_templates_templates_parent_id_idx" ON "message_templates_templates" USING btree ("_parent_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "users_roles" CASCADE;
  DROP TABLE "users_sessions" CASCADE;
  DROP TABLE "users" CASCADE;
  DROP TABLE "customers_saved_payment_methods" CASCADE;
  DROP TABLE "customers" CASCADE;
  DROP TABLE "consultant_break_times" CASCADE;
  DROP TABLE "consultant_unavailable_dates" CASCADE;
  DROP TABLE "consultant_profiles" CASCADE;
  DROP TABLE "consultant_profiles_texts" CASCADE;
  DROP TABLE "consultant_profiles_numbers" CASCADE;
  DROP TABLE "_consultant_break_times_v" CASCADE;
  DROP TABLE "_consultant_unavailable_dates_v" CASCADE;
  DROP TABLE "_consultant_profiles_v" CASCADE;
  DROP TABLE "_consultant_profiles_v_texts" CASCADE;
  DROP TABLE "_consultant_profiles_v_numbers" CASCADE;
  DROP TABLE "service_types_prices" CASCADE;
  DROP TABLE "service_types_intake_questions_options" CASCADE;
  DROP TABLE "service_types_intake_questions" CASCADE;
  DROP TABLE "service_types" CASCADE;
  DROP TABLE "service_types_numbers" CASCADE;
  DROP TABLE "service_types_rels" CASCADE;
  DROP TABLE "media" CASCADE;
  DROP TABLE "availability_schedules_monday" CASCADE;
  DROP TABLE "availability_schedules_tuesday" CASCADE;
  DROP TABLE "availability_schedules_wednesday" CASCADE;
  DROP TABLE "availability_schedules_thursday" CASCADE;
  DROP TABLE "availability_schedules_friday" CASCADE;
  DROP TABLE "availability_schedules_saturday" CASCADE;
  DROP TABLE "availability_schedules_sunday" CASCADE;
  DROP TABLE "availability_schedules_recurrences_slots" CASCADE;
  DROP TABLE "availability_schedules_recurrences" CASCADE;
  DROP TABLE "availability_schedules_date_exceptions_slots" CASCADE;
  DROP TABLE "availability_schedules_date_exceptions" CASCADE;
  DROP TABLE "availability_schedules" CASCADE;
  DROP TABLE "availability_slots" CASCADE;
  DROP TABLE "availability_slots_texts" CASCADE;
  DROP TABLE "calendar_connections" CASCADE;
  DROP TABLE "busy_times" CASCADE;
  DROP TABLE "consultation_requests_status_history" CASCADE;
  DROP TABLE "consultation_requests_proposed_times" CASCADE;
  DROP TABLE "consultation_requests" CASCADE;
  DROP TABLE "scheduled_sessions_status_history" CASCADE;
  DROP TABLE "scheduled_sessions_reschedule_history" CASCADE;
  DROP TABLE "scheduled_sessions" CASCADE;
  DROP TABLE "scheduled_sessions_texts" CASCADE;
  DROP TABLE "meetings_participants" CASCADE;
  DROP TABLE "meetings" CASCADE;
  DROP TABLE "reviews" CASCADE;
  DROP TABLE "payments" CASCADE;
  DROP TABLE "refunds" CASCADE;
  DROP TABLE "ledger_entries" CASCADE;
  DROP TABLE "stripe_events" CASCADE;
  DROP TABLE "notifications_channels" CASCADE;
  DROP TABLE "notifications" CASCADE;
  DROP TABLE "payload_kv" CASCADE;
  DROP TABLE "payload_locked_documents" CASCADE;
  DROP TABLE "payload_locked_documents_rels" CASCADE;
  DROP TABLE "payload_preferences" CASCADE;
  DROP TABLE "payload_preferences_rels" CASCADE;
  DROP TABLE "payload_migrations" CASCADE;
  DROP TABLE "booking_settings_currencies" CASCADE;
  DROP TABLE "booking_settings" CASCADE;
  DROP TABLE "message_templates_templates" CASCADE;
  DROP TABLE "message_templates" CASCADE;
  DROP TYPE "public"."enum_users_roles";
  DROP TYPE "public"."enum_customers_status";
  DROP TYPE "public"."enum_consultant_break_times_day";
  DROP TYPE "public"."enum_consultant_profiles_consulting_currency";
  DROP TYPE "public"."enum_consultant_profiles_payment_settings_currency";
  DROP TYPE "public"."enum_consultant_profiles_subscription_plan";
  DROP TYPE "public"."enum_consultant_profiles_status";
  DROP TYPE "public"."enum__consultant_break_times_v_day";
  DROP TYPE "public"."enum__consultant_profiles_v_version_consulting_currency";
  DROP TYPE "public"."enum__consultant_profiles_v_version_payment_settings_currency";
  DROP TYPE "public"."enum__consultant_profiles_v_version_subscription_plan";
  DROP TYPE "public"."enum__consultant_profiles_v_version_status";
  DROP TYPE "public"."enum_service_types_prices_currency";
  DROP TYPE "public"."enum_service_types_intake_questions_type";
  DROP TYPE "public"."enum_service_types_currency";
  DROP TYPE "public"."enum_service_types_meeting_provider";
  DROP TYPE "public"."enum_availability_schedules_type";
  DROP TYPE "public"."enum_availability_slots_currency";
  DROP TYPE "public"."enum_availability_slots_status";
  DROP TYPE "public"."enum_calendar_connections_provider";
  DROP TYPE "public"."enum_calendar_connections_status";
  DROP TYPE "public"."enum_consultation_requests_status_history_actor_role";
  DROP TYPE "public"."enum_consultation_requests_urgency";
  DROP TYPE "public"."enum_consultation_requests_status";
  DROP TYPE "public"."enum_scheduled_sessions_status_history_actor_role";
  DROP TYPE "public"."enum_scheduled_sessions_reschedule_history_actor_role";
  DROP TYPE "public"."enum_scheduled_sessions_status";
  DROP TYPE "public"."enum_scheduled_sessions_price_currency";
  DROP TYPE "public"."enum_scheduled_sessions_urgency";
  DROP TYPE "public"."enum_scheduled_sessions_meeting_provider";
  DROP TYPE "public"."enum_scheduled_sessions_cancellation_by";
  DROP TYPE "public"."enum_scheduled_sessions_calendar_event_state";
  DROP TYPE "public"."enum_meetings_provider";
  DROP TYPE "public"."enum_reviews_moderation_status";
  DROP TYPE "public"."enum_payments_status";
  DROP TYPE "public"."enum_payments_currency";
  DROP TYPE "public"."enum_payments_payout_status";
  DROP TYPE "public"."enum_payments_payment_method";
  DROP TYPE "public"."enum_refunds_status";
  DROP TYPE "public"."enum_refunds_currency";
  DROP TYPE "public"."enum_refunds_requested_by_role";
  DROP TYPE "public"."enum_ledger_entries_kind";
  DROP TYPE "public"."enum_ledger_entries_currency";
  DROP TYPE "public"."enum_stripe_events_status";
  DROP TYPE "public"."enum_notifications_channels";
  DROP TYPE "public"."enum_notifications_type";
  DROP TYPE "public"."enum_notifications_kind";
  DROP TYPE "public"."enum_notifications_audience";
  DROP TYPE "public"."enum_notifications_delivery_state";
  DROP TYPE "public"."enum_booking_settings_currencies";
  DROP TYPE "public"."enum_booking_settings_default_currency";
  DROP TYPE "public"."enum_booking_settings_default_meeting_provider";
  DROP TYPE "public"."enum_message_templates_templates_kind";
  DROP TYPE "public"."enum_message_templates_templates_language";
  DROP TYPE "public"."enum_message_templates_templates_audience";`)
}
