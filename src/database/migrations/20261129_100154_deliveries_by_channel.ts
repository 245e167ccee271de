import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Lists of kinds and channels are not made anew: their order means nothing in the database, and `sms`, which no channel has, may stay in it.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_notifications_delivery_channel" AS ENUM('email', 'in-app');
  ALTER TABLE "notifications" ADD COLUMN "delivery_channel" "enum_notifications_delivery_channel" DEFAULT 'email' NOT NULL;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "notifications" DROP COLUMN "delivery_channel";
  DROP TYPE "public"."enum_notifications_delivery_channel";`)
}
