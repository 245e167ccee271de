import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_custom_attributes_readable_by" AS ENUM('customer', 'consultant', 'public');
  CREATE TYPE "public"."enum_custom_attributes_writable_by" AS ENUM('customer', 'consultant');
  CREATE TYPE "public"."enum_custom_attributes_subject" AS ENUM('scheduled-sessions', 'customers', 'consultant-profiles', 'service-types');
  CREATE TYPE "public"."enum_custom_attributes_type" AS ENUM('text', 'long_text', 'number', 'checkbox', 'date', 'select', 'multi_select', 'email', 'url');
  CREATE TABLE "custom_attributes_options" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"value" varchar,
  	"label" varchar
  );
  
  CREATE TABLE "custom_attributes_readable_by" (
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"value" "enum_custom_attributes_readable_by",
  	"id" uuid PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "custom_attributes_writable_by" (
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"value" "enum_custom_attributes_writable_by",
  	"id" uuid PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "custom_attributes" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"subject" "enum_custom_attributes_subject" NOT NULL,
  	"key" varchar NOT NULL,
  	"label" varchar NOT NULL,
  	"help" varchar,
  	"type" "enum_custom_attributes_type" DEFAULT 'text' NOT NULL,
  	"required" boolean DEFAULT false,
  	"min" numeric,
  	"max" numeric,
  	"is_in_messages" boolean DEFAULT false,
  	"position" numeric DEFAULT 0,
  	"is_active" boolean DEFAULT true,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "custom_attributes_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"service_types_id" uuid
  );
  
  ALTER TABLE "customers" ADD COLUMN "attributes" jsonb;
  ALTER TABLE "consultant_profiles" ADD COLUMN "attributes" jsonb;
  ALTER TABLE "_consultant_profiles_v" ADD COLUMN "version_attributes" jsonb;
  ALTER TABLE "service_types" ADD COLUMN "attributes" jsonb;
  ALTER TABLE "scheduled_sessions" ADD COLUMN "attributes" jsonb;
  ALTER TABLE "payload_locked_documents_rels" ADD COLUMN "custom_attributes_id" uuid;
  ALTER TABLE "custom_attributes_options" ADD CONSTRAINT "custom_attributes_options_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."custom_attributes"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "custom_attributes_readable_by" ADD CONSTRAINT "custom_attributes_readable_by_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."custom_attributes"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "custom_attributes_writable_by" ADD CONSTRAINT "custom_attributes_writable_by_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."custom_attributes"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "custom_attributes_rels" ADD CONSTRAINT "custom_attributes_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."custom_attributes"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "custom_attributes_rels" ADD CONSTRAINT "custom_attributes_rels_service_types_fk" FOREIGN KEY ("service_types_id") REFERENCES "public"."service_types"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "custom_attributes_options_order_idx" ON "custom_attributes_options" USING btree ("_order");
  CREATE INDEX "custom_attributes_options_parent_id_idx" ON "custom_attributes_options" USING btree ("_parent_id");
  CREATE INDEX "custom_attributes_readable_by_order_idx" ON "custom_attributes_readable_by" USING btree ("order");
  CREATE INDEX "custom_attributes_readable_by_parent_idx" ON "custom_attributes_readable_by" USING btree ("parent_id");
  CREATE INDEX "custom_attributes_writable_by_order_idx" ON "custom_attributes_writable_by" USING btree ("order");
  CREATE INDEX "custom_attributes_writable_by_parent_idx" ON "custom_attributes_writable_by" USING btree ("parent_id");
  CREATE INDEX "custom_attributes_is_active_idx" ON "custom_attributes" USING btree ("is_active");
  CREATE INDEX "custom_attributes_updated_at_idx" ON "custom_attributes" USING btree ("updated_at");
  CREATE INDEX "custom_attributes_created_at_idx" ON "custom_attributes" USING btree ("created_at");
  CREATE UNIQUE INDEX "subject_key_idx" ON "custom_attributes" USING btree ("subject","key");
  CREATE INDEX "custom_attributes_rels_order_idx" ON "custom_attributes_rels" USING btree ("order");
  CREATE INDEX "custom_attributes_rels_parent_idx" ON "custom_attributes_rels" USING btree ("parent_id");
  CREATE INDEX "custom_attributes_rels_path_idx" ON "custom_attributes_rels" USING btree ("path");
  CREATE INDEX "custom_attributes_rels_service_types_id_idx" ON "custom_attributes_rels" USING btree ("service_types_id");
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_custom_attributes_fk" FOREIGN KEY ("custom_attributes_id") REFERENCES "public"."custom_attributes"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "payload_locked_documents_rels_custom_attributes_id_idx" ON "payload_locked_documents_rels" USING btree ("custom_attributes_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "custom_attributes_options" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "custom_attributes_readable_by" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "custom_attributes_writable_by" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "custom_attributes" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "custom_attributes_rels" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "custom_attributes_options" CASCADE;
  DROP TABLE "custom_attributes_readable_by" CASCADE;
  DROP TABLE "custom_attributes_writable_by" CASCADE;
  DROP TABLE "custom_attributes" CASCADE;
  DROP TABLE "custom_attributes_rels" CASCADE;
  ALTER TABLE "payload_locked_documents_rels" DROP CONSTRAINT "payload_locked_documents_rels_custom_attributes_fk";
  
  DROP INDEX "payload_locked_documents_rels_custom_attributes_id_idx";
  ALTER TABLE "customers" DROP COLUMN "attributes";
  ALTER TABLE "consultant_profiles" DROP COLUMN "attributes";
  ALTER TABLE "_consultant_profiles_v" DROP COLUMN "version_attributes";
  ALTER TABLE "service_types" DROP COLUMN "attributes";
  ALTER TABLE "scheduled_sessions" DROP COLUMN "attributes";
  ALTER TABLE "payload_locked_documents_rels" DROP COLUMN "custom_attributes_id";
  DROP TYPE "public"."enum_custom_attributes_readable_by";
  DROP TYPE "public"."enum_custom_attributes_writable_by";
  DROP TYPE "public"."enum_custom_attributes_subject";
  DROP TYPE "public"."enum_custom_attributes_type";`)
}
