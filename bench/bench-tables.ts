/** The table of the collection in `bench-config.ts`: migrations know nothing of it. */
export const benchTables = `
  CREATE TABLE bench_notes (
    id uuid PRIMARY KEY, title varchar NOT NULL, body varchar, amount numeric, at timestamptz(3), is_active boolean,
    updated_at timestamptz(3) NOT NULL DEFAULT now(), created_at timestamptz(3) NOT NULL DEFAULT now());
  CREATE INDEX bench_notes_updated_at_idx ON bench_notes (updated_at);
  CREATE INDEX bench_notes_created_at_idx ON bench_notes (created_at);
  ALTER TABLE payload_locked_documents_rels ADD COLUMN bench_notes_id uuid REFERENCES bench_notes (id) ON DELETE CASCADE`
