import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TYPE "public"."enum_partners_kind" AS ENUM('employer', 'agency');
    ALTER TYPE "public"."enum_reviews_moderation_status" ADD VALUE IF NOT EXISTS 'appealed';
    CREATE TABLE "partners" (
    	"id" uuid PRIMARY KEY NOT NULL,
    	"name" varchar NOT NULL,
    	"kind" "enum_partners_kind" DEFAULT 'employer' NOT NULL,
    	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
    	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
    );

    ALTER TABLE "service_types" ADD COLUMN "audience" varchar;
    ALTER TABLE "scheduled_sessions" ADD COLUMN "cost_centre" varchar;
    ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "partners_id" uuid;
    CREATE UNIQUE INDEX "partners_name_idx" ON "partners" USING btree ("name");
    CREATE INDEX "partners_updated_at_idx" ON "partners" USING btree ("updated_at");
    CREATE INDEX "partners_created_at_idx" ON "partners" USING btree ("created_at");
    ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_partners_fk" FOREIGN KEY ("partners_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;
    CREATE INDEX "service_types_audience_idx" ON "service_types" USING btree ("audience");
    CREATE INDEX "payload_locked_documents_rels_partners_id_idx" ON "payload_locked_documents_rels" USING btree ("partners_id");
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE "partners" DISABLE ROW LEVEL SECURITY;
    DROP TABLE "partners" CASCADE;
    ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_partners_fk";

    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DATA TYPE text;
    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DEFAULT 'approved'::text;
    DROP TYPE "public"."enum_reviews_moderation_status";
    CREATE TYPE "public"."enum_reviews_moderation_status" AS ENUM('pending', 'approved', 'rejected');
    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DEFAULT 'approved'::"public"."enum_reviews_moderation_status";
    ALTER TABLE "reviews" ALTER COLUMN "moderation_status" SET DATA TYPE "public"."enum_reviews_moderation_status" USING "moderation_status"::"public"."enum_reviews_moderation_status";
    DROP INDEX "service_types_audience_idx";
    DROP INDEX "payload_locked_documents_rels_partners_id_idx";
    ALTER TABLE "service_types" DROP COLUMN "audience";
    ALTER TABLE "scheduled_sessions" DROP COLUMN "cost_centre";
    ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "partners_id";
    DROP TYPE "public"."enum_partners_kind";
  `)
}
