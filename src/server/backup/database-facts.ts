import pg from 'pg'

/** A table by its qualified name, quoted where that is needed. */
type TableName = string

const ownTables = `
  SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relkind
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`

/** What is counted anew all the time, and worth nothing later. */
export const passingTables = ['parley.rate_limits', 'parley.provider_limits'] as const

/** Opens a connection for a command. */
export const connect = async (url: string, name: string): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: `parley ${name}`,
  })
  // A lost connection is reported by the query that meets it.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** The version of the server, as it says it, and the number that counts. */
export const readServerVersion = async (client: pg.Client): Promise<{ version: string; major: number }> => {
  const { rows } = await client.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
  )
  const { version = '', number = 0 } = rows[0] ?? {}
  return { version: version.split(' ')[0] ?? version, major: Math.floor(number / 10_000) }
}

/** How many rows each table has, but for those that are not kept. */
export const countRows = async (client: pg.Client): Promise<Record<TableName, number>> => {
  const { rows: tables } = await client.query<{ name: TableName }>(
    `SELECT name FROM (${ownTables}) own WHERE relkind = 'r' ORDER BY name`,
  )
  const counts: Record<TableName, number> = {}
  for (const { name } of tables) {
    if (passingTables.some((passing) => passing === name)) continue
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM ${name}`)
    counts[name] = rows[0]?.count ?? 0
  }
  return counts
}

/** A few things of somebody's that stand in the database; empty where it holds nothing but extensions. */
export const findContent = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM (${ownTables}) own WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') ORDER BY name LIMIT 3`,
  )
  return rows.map(({ name }) => name)
}

/** The migrations that ran, in their order. */
export const listDoneMigrations = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM payload_migrations WHERE batch > 0 ORDER BY name',
  )
  return rows.map(({ name }) => name)
}

/** The names of all files that the database names: pictures and their smaller forms. */
export const listMediaNames = async (client: pg.Client): Promise<string[]> => {
  const { rows: columns } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = to_regclass('public.media') AND attnum > 0 AND NOT attisdropped AND attname ~ '(^|_)filename$'`,
  )
  if (!columns.length) return []
  const names = columns.map(({ name }) => client.escapeIdentifier(name)).join(', ')
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT name FROM media, unnest(ARRAY[${names}]::text[]) AS name WHERE name <> '' ORDER BY name`,
  )
  return rows.map(({ name }) => name)
}
