import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_scheduled_sessions_charge" AS ENUM('link', 'elsewhere', 'none');
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "status" DROP DEFAULT;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "time_zone" DROP DEFAULT;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "language" DROP DEFAULT;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_amount" DROP DEFAULT;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_currency" DROP DEFAULT;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_platform_fee_amount" DROP DEFAULT;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_consultant_payout_amount" DROP DEFAULT;
  ALTER TABLE "scheduled_sessions" ADD COLUMN "confirm_by" timestamp(3) with time zone;
  ALTER TABLE "scheduled_sessions" ADD COLUMN "charge" "enum_scheduled_sessions_charge";
  ALTER TABLE "scheduled_sessions" ADD COLUMN "charge_reason" varchar;
  ALTER TABLE "scheduled_sessions" ADD COLUMN "charge_reference" varchar;
  ALTER TABLE "booking_settings" ADD COLUMN "payment_link_hours" numeric DEFAULT 24 NOT NULL;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "scheduled_sessions" ALTER COLUMN "status" SET DEFAULT 'scheduled';
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "time_zone" SET DEFAULT 'UTC';
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "language" SET DEFAULT 'en';
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_amount" SET DEFAULT 0;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_currency" SET DEFAULT 'GBP';
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_platform_fee_amount" SET DEFAULT 0;
  ALTER TABLE "scheduled_sessions" ALTER COLUMN "price_consultant_payout_amount" SET DEFAULT 0;
  ALTER TABLE "scheduled_sessions" DROP COLUMN "confirm_by";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "charge";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "charge_reason";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "charge_reference";
  ALTER TABLE "booking_settings" DROP COLUMN "payment_link_hours";
  DROP TYPE "public"."enum_scheduled_sessions_charge";`)
}
