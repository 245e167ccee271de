import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TYPE "public"."enum_invoices_kind" ADD VALUE 'debit_note';
  DROP INDEX "invoices_refund_idx";
  ALTER TABLE "refunds" ADD COLUMN "asked_at" timestamp(3) with time zone;
  ALTER TABLE "refunds" ADD COLUMN "retry_of_id" uuid;
  ALTER TABLE "invoices" ADD COLUMN "corrects_id" uuid;
  ALTER TABLE "refunds" ADD CONSTRAINT "refunds_retry_of_id_refunds_id_fk" FOREIGN KEY ("retry_of_id") REFERENCES "public"."refunds"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "invoices" ADD CONSTRAINT "invoices_corrects_id_invoices_id_fk" FOREIGN KEY ("corrects_id") REFERENCES "public"."invoices"("id") ON DELETE set null ON UPDATE no action;
  CREATE UNIQUE INDEX "refunds_retry_of_idx" ON "refunds" USING btree ("retry_of_id");
  CREATE INDEX "invoices_corrects_idx" ON "invoices" USING btree ("corrects_id");
  CREATE UNIQUE INDEX "refund_kind_idx" ON "invoices" USING btree ("refund_id","kind");
  CREATE INDEX "invoices_refund_idx" ON "invoices" USING btree ("refund_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "refunds" DROP CONSTRAINT "refunds_retry_of_id_refunds_id_fk";
  
  ALTER TABLE "invoices" DROP CONSTRAINT "invoices_corrects_id_invoices_id_fk";
  
  ALTER TABLE "invoices" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_invoices_kind";
  CREATE TYPE "public"."enum_invoices_kind" AS ENUM('invoice', 'credit_note');
  ALTER TABLE "invoices" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_invoices_kind" USING "kind"::"public"."enum_invoices_kind";
  DROP INDEX "refunds_retry_of_idx";
  DROP INDEX "invoices_corrects_idx";
  DROP INDEX "refund_kind_idx";
  DROP INDEX "invoices_refund_idx";
  CREATE UNIQUE INDEX "invoices_refund_idx" ON "invoices" USING btree ("refund_id");
  ALTER TABLE "refunds" DROP COLUMN "asked_at";
  ALTER TABLE "refunds" DROP COLUMN "retry_of_id";
  ALTER TABLE "invoices" DROP COLUMN "corrects_id";`)
}
