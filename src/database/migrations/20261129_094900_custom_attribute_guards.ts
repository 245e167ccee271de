import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Whoever writes them, attributes are an object of bounded size. What is compared for equality is found by an index where there may be many
 * records; those without attributes cost it nothing.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE scheduled_sessions ADD CONSTRAINT scheduled_sessions_attributes
      CHECK (attributes IS NULL OR (jsonb_typeof(attributes) = 'object' AND octet_length(attributes::text) <= 200000));
    ALTER TABLE customers ADD CONSTRAINT customers_attributes
      CHECK (attributes IS NULL OR (jsonb_typeof(attributes) = 'object' AND octet_length(attributes::text) <= 200000));
    ALTER TABLE consultant_profiles ADD CONSTRAINT consultant_profiles_attributes
      CHECK (attributes IS NULL OR (jsonb_typeof(attributes) = 'object' AND octet_length(attributes::text) <= 200000));
    ALTER TABLE service_types ADD CONSTRAINT service_types_attributes
      CHECK (attributes IS NULL OR (jsonb_typeof(attributes) = 'object' AND octet_length(attributes::text) <= 200000));
    CREATE INDEX scheduled_sessions_attributes_idx ON scheduled_sessions USING gin (attributes jsonb_path_ops)
      WHERE (attributes IS NOT NULL);
    CREATE INDEX customers_attributes_idx ON customers USING gin (attributes jsonb_path_ops) WHERE (attributes IS NOT NULL);
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP INDEX scheduled_sessions_attributes_idx;
    DROP INDEX customers_attributes_idx;
    ALTER TABLE scheduled_sessions DROP CONSTRAINT scheduled_sessions_attributes;
    ALTER TABLE customers DROP CONSTRAINT customers_attributes;
    ALTER TABLE consultant_profiles DROP CONSTRAINT consultant_profiles_attributes;
    ALTER TABLE service_types DROP CONSTRAINT service_types_attributes;
  `)
}
