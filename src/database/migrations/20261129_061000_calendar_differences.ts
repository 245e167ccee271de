import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** What a person changed in a calendar is a difference, in the tables too. Names alone change: every row stays what it was. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE calendar_drifts RENAME TO calendar_differences;
    ALTER TYPE enum_calendar_drifts_kind RENAME TO enum_calendar_differences_kind;
    ALTER TYPE enum_calendar_drifts_status RENAME TO enum_calendar_differences_status;
    ALTER TYPE enum_calendar_events_state RENAME VALUE 'drifted' TO 'different';
    ALTER TABLE payload_locked_documents_rels RENAME COLUMN calendar_drifts_id TO calendar_differences_id;
    DO $$ DECLARE named record; BEGIN
      FOR named IN SELECT conrelid::regclass AS place, conname AS name FROM pg_constraint WHERE conname LIKE '%calendar\\_drifts%' LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', named.place, named.name, replace(named.name, 'drifts', 'differences'));
      END LOOP;
      FOR named IN SELECT indexrelid::regclass AS place, relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
          WHERE relname LIKE '%calendar\\_drifts%' LOOP
        EXECUTE format('ALTER INDEX %s RENAME TO %I', named.place, replace(named.name, 'drifts', 'differences'));
      END LOOP;
    END $$;
    -- Messages that wait to be sent are written from what they keep.
    UPDATE notifications SET metadata = jsonb_set(metadata #- '{data,drift}', '{data,difference}', metadata #> '{data,drift}')
      WHERE metadata #> '{data,drift}' IS NOT NULL;
    UPDATE payload_preferences SET key = replace(key, 'calendar-drifts', 'calendar-differences') WHERE key LIKE '%calendar-drifts%';`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    UPDATE payload_preferences SET key = replace(key, 'calendar-differences', 'calendar-drifts') WHERE key LIKE '%calendar-differences%';
    UPDATE notifications SET metadata = jsonb_set(metadata #- '{data,difference}', '{data,drift}', metadata #> '{data,difference}')
      WHERE metadata #> '{data,difference}' IS NOT NULL;
    DO $$ DECLARE named record; BEGIN
      FOR named IN SELECT conrelid::regclass AS place, conname AS name FROM pg_constraint WHERE conname LIKE '%calendar\\_differences%' LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', named.place, named.name, replace(named.name, 'differences', 'drifts'));
      END LOOP;
      FOR named IN SELECT indexrelid::regclass AS place, relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
          WHERE relname LIKE '%calendar\\_differences%' LOOP
        EXECUTE format('ALTER INDEX %s RENAME TO %I', named.place, replace(named.name, 'differences', 'drifts'));
      END LOOP;
    END $$;
    ALTER TABLE payload_locked_documents_rels RENAME COLUMN calendar_differences_id TO calendar_drifts_id;
    ALTER TYPE enum_calendar_events_state RENAME VALUE 'different' TO 'drifted';
    ALTER TYPE enum_calendar_differences_status RENAME TO enum_calendar_drifts_status;
    ALTER TYPE enum_calendar_differences_kind RENAME TO enum_calendar_drifts_kind;
    ALTER TABLE calendar_differences RENAME TO calendar_drifts;`)
}
