import pg from 'pg'
import { settings } from '#settings'
import { decryptBytes, encryptBytes } from '#shared/encryption'

/** Every column that holds ciphertexts, and what each is bound to. A column that is not here is lost when an old key goes. */
const sealedColumns: readonly { table: string; column: string; context: (id: string) => string }[] = [
  ...(['access_token', 'refresh_token', 'feed_url'] as const).map((column) => ({
    table: 'calendar_connections',
    column,
    context: (id: string) => `calendar-connections:${id}:${column}`,
  })),
  {
    table: 'calendar_connections',
    column: 'farewell_token',
    context: (id) => `calendar-connections:${id}:refresh_token`,
  },
  { table: 'parley.second_factors', column: 'secret', context: (id) => `second-factors:${id}:secret` },
  { table: 'parley.idempotency_keys', column: 'answer', context: (id) => `idempotency:${id}` },
]

const batch = 500

/**
 * Re-encrypts what is not under the first key of the ring. A value that changes meanwhile is left to whoever changed it: that was encrypted
 * under the first key already.
 * @returns how many there were, how many were changed, and what no key of the ring opens.
 */
export const reencryptSecrets = async (
  connectionString: string,
): Promise<{ sealed: number; changed: number; failed: string[] }> => {
  const [current] = settings.encryptionKeys
  if (!current) throw new Error('There is no encryption key.')
  const client = new pg.Client({ connectionString, application_name: 'parley keys:rotate' })
  client.on('error', () => undefined)
  await client.connect()
  let count = 0
  let changed = 0
  const failed: string[] = []
  try {
    for (const { table, column, context } of sealedColumns) {
      const { rows: counts } = await client.query<{ count: number }>(
        `SELECT count(${column})::int AS count FROM ${table}`,
      )
      count += counts[0]?.count ?? 0
      let after = ''
      for (;;) {
        const { rows } = await client.query<{ id: string; value: string }>(
          `SELECT id::text AS id, ${column} AS value FROM ${table}
           WHERE ${column} IS NOT NULL AND split_part(${column}, '.', 1) <> $1 AND id::text > $2 ORDER BY id::text LIMIT ${batch}`,
          [current.id, after],
        )
        for (const { id, value } of rows) {
          after = id
          try {
            const plain = decryptBytes(value, settings.encryptionKeys, context(id))
            const { rowCount } = await client.query(
              `UPDATE ${table} SET ${column} = $1 WHERE id::text = $2 AND ${column} = $3`,
              [encryptBytes(plain, settings.encryptionKeys, context(id)), id, value],
            )
            changed += rowCount ?? 0
          } catch {
            failed.push(`${table} ${id}`)
          }
        }
        if (rows.length < batch) break
      }
    }
  } finally {
    await client.end()
  }
  return { sealed: count, changed, failed }
}

/**
 * Looks whether everything that is encrypted opens, and changes nothing.
 * @returns how many there are, and what no key of the ring opens (table and id).
 */
export const findUnopenedSecrets = async (client: pg.Client): Promise<{ sealed: number; failed: string[] }> => {
  let sealed = 0
  const failed: string[] = []
  for (const { table, column, context } of sealedColumns) {
    let after = ''
    for (;;) {
      const { rows } = await client.query<{ id: string; value: string }>(
        `SELECT id::text AS id, ${column} AS value FROM ${table}
         WHERE ${column} IS NOT NULL AND id::text > $1 ORDER BY id::text LIMIT ${batch}`,
        [after],
      )
      for (const { id, value } of rows) {
        after = id
        sealed += 1
        if (!isOpened(value, context(id))) failed.push(`${table} ${id}`)
      }
      if (rows.length < batch) break
    }
  }
  return { sealed, failed }
}

const isOpened = (value: string, context: string): boolean => {
  try {
    decryptBytes(value, settings.encryptionKeys, context)
    return true
  } catch {
    return false
  }
}
