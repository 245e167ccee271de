import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'

const folder = path.resolve('test/support/releases')

/** The rows of a database as a release wrote them: its demo, paid and returned at the sandbox, without published times. */
export type Release = {
  /** The newest migration that it had. */
  last: string
  /** By table, with its schema. */
  tables: Record<string, object[]>
}

/** The releases of which rows are kept, in `test/support/releases`, by their newest migration. */
export const readReleases = async (): Promise<Release[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json.gz')).sort()
  return Promise.all(
    files.map(async (file) => JSON.parse(gunzipSync(await readFile(path.join(folder, file))).toString()) as Release),
  )
}

/** Puts in of a release's rows what the tables of `client`'s database have a place for; no trigger and no foreign key looks at it. */
export const loadRelease = async (client: pg.Client, { tables }: Release): Promise<void> => {
  await client.query('SET session_replication_role = replica')
  for (const [table, rows] of Object.entries(tables)) {
    const { rows: columns } = await client.query<{ name: string }>(
      `SELECT quote_ident(attname) AS name FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname = ANY ($2)`,
      [table, [...new Set(rows.flatMap((row) => Object.keys(row)))]],
    )
    if (!columns.length) continue
    const list = columns.map(({ name }) => name).join(', ')
    await client.query(
      `INSERT INTO ${table} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  }
  await client.query('SET session_replication_role = origin')
}
