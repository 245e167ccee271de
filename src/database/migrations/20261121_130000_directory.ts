import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * What the directory of consultants is searched by: a text and lists in the form in which they are compared, and the price of
 * each offer. Derived: `refreshDirectory` writes them with every change, and they can be emptied and filled again at any time.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TABLE parley.directory (
      consultant_id uuid PRIMARY KEY REFERENCES public.consultant_profiles (id) ON DELETE CASCADE,
      name_key text NOT NULL DEFAULT '',
      heading_key text NOT NULL DEFAULT '',
      search_key text NOT NULL DEFAULT '',
      specialties text[] NOT NULL DEFAULT '{}',
      languages text[] NOT NULL DEFAULT '{}'
    );
    CREATE INDEX directory_search_key_idx ON parley.directory USING gin (search_key gin_trgm_ops);
    CREATE INDEX directory_specialties_idx ON parley.directory USING gin (specialties);
    CREATE INDEX directory_languages_idx ON parley.directory USING gin (languages);

    -- The price of the length that is offered first. "major" is in whole units (pounds, yen), to compare currencies at all.
    CREATE TABLE parley.offers (
      consultant_id uuid NOT NULL REFERENCES public.consultant_profiles (id) ON DELETE CASCADE,
      service_type_id uuid NOT NULL REFERENCES public.service_types (id) ON DELETE CASCADE,
      duration_minutes integer NOT NULL,
      price_amount bigint NOT NULL,
      price_currency text NOT NULL,
      price_major numeric NOT NULL,
      PRIMARY KEY (consultant_id, service_type_id)
    );
    CREATE INDEX offers_service_type_idx ON parley.offers (service_type_id, consultant_id);

    -- Payload's own indexes of lists begin with the position; everything is looked up by its parent.
    CREATE INDEX consultant_profiles_texts_parent_idx ON consultant_profiles_texts (parent_id, path, "order");
    CREATE INDEX consultant_profiles_numbers_parent_idx ON consultant_profiles_numbers (parent_id, path, "order");
    CREATE INDEX service_types_numbers_parent_idx ON service_types_numbers (parent_id, path, "order");
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP INDEX consultant_profiles_texts_parent_idx, consultant_profiles_numbers_parent_idx, service_types_numbers_parent_idx;
    DROP TABLE parley.offers, parley.directory;
  `)
}
