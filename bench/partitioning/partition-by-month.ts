import type pg from 'pg'
import { monthBoundary } from './month-boundary'

/** What a table does with a second row of a unique key: refuse it, as its index did, or leave the first alone, as `ON CONFLICT DO NOTHING` did. */
export type RepeatedKey = 'refuse' | 'keep first'

export type MonthlyTable = { table: string; repeatedKey: RepeatedKey }

/** The tables that grow with every booking and are asked mostly for what is new. */
export const monthlyTables: MonthlyTable[] = [
  { table: 'ledger_entries', repeatedKey: 'keep first' },
  { table: 'notifications', repeatedKey: 'keep first' },
  { table: 'scheduled_sessions', repeatedKey: 'refuse' },
]

type Definition = { name: string; definition: string }

const read = async (client: pg.ClientBase, text: string, table: string): Promise<Definition[]> =>
  (await client.query<Definition>(text, [table])).rows

const plainIndexes = `
  SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = $1::regclass AND NOT i.indisunique ORDER BY 1`

/** Unique indexes but the primary key; `definition`: their columns. None of the three tables has an expression or a condition in one. */
const uniqueKeys = `
  SELECT c.relname AS name, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.position)
    FROM unnest(i.indkey) WITH ORDINALITY AS k (attribute, position)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attribute) AS definition
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = $1::regclass AND i.indisunique AND NOT i.indisprimary ORDER BY 1`

const foreignKeys = `
  SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'f' AND conparentid = 0 ORDER BY 1`

/** Those of other tables that lead here; `name` with its table. */
const incomingKeys = `
  SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname) AS name,
    'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE confrelid = $1::regclass AND contype = 'f' AND conparentid = 0 ORDER BY 1`

const triggers = `
  SELECT tgname AS name, pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal ORDER BY 1`

/** A name that the old table gives up for the new one. */
const before = (name: string): string => `${name.slice(0, 56)}_before`

/**
 * What a unique index over all months becomes, as PostgreSQL has none: a table of keys and whose they are, written by a trigger in the statement that writes the
 * row. Whoever brings a key that another transaction is just writing waits for it, as with the index.
 */
const keepUnique = ({ table, repeatedKey }: MonthlyTable, { name, definition }: Definition): string => {
  const columns = definition.split(', ')
  const values = columns.map((column) => `NEW.${column}`).join(', ')
  const isSame = columns.map((column) => `NEW.${column} IS NOT DISTINCT FROM OLD.${column}`).join(' AND ')
  const hasKey = columns.map((column) => `NEW.${column} IS NOT NULL`).join(' AND ')
  const removed = columns.map((column) => `${column} = OLD.${column}`).join(' AND ')
  const same = columns.map((column) => `${column} = NEW.${column}`).join(' AND ')
  const repeated =
    repeatedKey === 'keep first'
      ? 'RETURN NULL'
      : `INSERT INTO monthly_keys."of_${name}" (${definition}, id) VALUES (${values}, NEW.id)`
  const keys = `monthly_keys."of_${name}"`
  // The constraint keeps the index's name, by which errors are explained.
  return `
    CREATE TABLE ${keys} AS SELECT ${definition}, id FROM public.${table} WHERE (${definition}) IS NOT NULL;
    ALTER TABLE ${keys} ADD CONSTRAINT "${name}" PRIMARY KEY (${definition});
    CREATE FUNCTION monthly_keys."keep_${name}"() RETURNS trigger LANGUAGE plpgsql AS $keep$
    BEGIN
      IF TG_OP <> 'INSERT' THEN
        IF TG_OP = 'UPDATE' THEN
          IF ${isSame} THEN RETURN NEW; END IF;
        END IF;
        DELETE FROM ${keys} WHERE ${removed};
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      END IF;
      IF ${hasKey} THEN
        INSERT INTO ${keys} (${definition}, id) VALUES (${values}, NEW.id) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
          -- An INSERT of a row that is there and becomes an UPDATE comes here too: the key is its own.
          IF NOT EXISTS (SELECT FROM ${keys} WHERE ${same} AND id = NEW.id) THEN ${repeated}; END IF;
        END IF;
      END IF;
      RETURN NEW;
    END $keep$;
    CREATE INDEX "${name}" ON public.${table} (${definition});
    CREATE TRIGGER "keep_${name}" BEFORE INSERT OR UPDATE OF ${definition} OR DELETE ON public.${table}
      FOR EACH ROW EXECUTE FUNCTION monthly_keys."keep_${name}"();`
}

/**
 * Turns a table of Parley into one partition a month, along its primary key, in one transaction: what is there becomes the first partition as it lies, nothing is
 * copied; `months` are the first moments (UTC) of those to come, as what is there may not belong to them, the last one being the end. Names, columns, defaults, checks, references from and to other tables
 * and triggers stay.
 * @throws what PostgreSQL says; then nothing has changed.
 */
export const partitionByMonth = async (client: pg.ClientBase, monthly: MonthlyTable, months: Date[]): Promise<void> => {
  const { table } = monthly
  const [first, ...others] = months.map(monthBoundary)
  if (first === undefined || !others.length)
    throw new RangeError('At least two months are needed: a first one and an end.')
  const all = {
    indexes: await read(client, plainIndexes, table),
    unique: await read(client, uniqueKeys, table),
    foreign: await read(client, foreignKeys, table),
    incoming: await read(client, incomingKeys, table),
    triggers: await read(client, triggers, table),
  }
  const old = `${table}_before`
  const statements = [
    'CREATE SCHEMA IF NOT EXISTS monthly_keys',
    ...all.incoming.map(({ name }) => name),
    ...all.triggers.map(({ name }) => `DROP TRIGGER ${name} ON ${table}`),
    `ALTER TABLE ${table} RENAME TO ${old}`,
    ...[...all.indexes, ...all.unique, { name: `${table}_pkey` }].map(
      ({ name }) => `ALTER INDEX "${name}" RENAME TO "${before(name)}"`,
    ),
    ...all.foreign.map(({ name }) => `ALTER TABLE ${old} RENAME CONSTRAINT "${name}" TO "${before(name)}"`),
    `CREATE TABLE ${table} (LIKE ${old} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMPRESSION INCLUDING STORAGE) PARTITION BY RANGE (id)`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_pkey PRIMARY KEY (id)`,
    ...all.foreign.map(({ name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`),
    // Equal indexes and references of the partition are taken over, none is made anew.
    ...all.indexes.map(({ definition }) => definition),
    `ALTER TABLE ${table} ATTACH PARTITION ${old} FOR VALUES FROM (MINVALUE) TO ('${first}')`,
    ...others.map((end, number) => {
      const start = [first, ...others][number] ?? first
      const name = `${table}_${(months[number] ?? new Date(0)).toISOString().slice(0, 7).replace('-', '_')}`
      return `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM ('${start}') TO ('${end}')`
    }),
    ...all.unique.map((key) => keepUnique(monthly, key)),
    ...all.triggers.map(({ definition }) => definition),
    ...all.incoming.map(({ definition }) => definition),
  ]
  await client.query('BEGIN')
  try {
    for (const statement of statements) await client.query(statement)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
