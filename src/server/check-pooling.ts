import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type DatabasePooling, usualTimeouts } from '#shared/database-pooling'
import { StartError } from './exit-with-line'

const patience = { connectionTimeoutMillis: 5_000, query_timeout: 10_000 }

/** The longest that is still a bound; milliseconds. */
const mostTimeouts = { statement_timeout: 60_000, idle_in_transaction_session_timeout: 300_000 }

const howToPool =
  'Set DATABASE_POOLING=transaction, and DATABASE_DIRECT_URL to PostgreSQL itself; or let DATABASE_URL lead there.'

/** What a pooler says to whoever asks for more than it can share: "unsupported startup parameter: …". */
const isAboutParameters = (error: unknown): error is Error =>
  error instanceof Error && /startup parameter/i.test(error.message)

const withClients = async <T>(
  configs: readonly pg.ClientConfig[],
  work: (...clients: pg.Client[]) => Promise<T>,
): Promise<T> => {
  const clients = configs.map((config) => new pg.Client({ ...patience, ...config }))
  try {
    for (const client of clients) {
      client.on('error', () => undefined)
      await client.connect()
    }
    return await work(...clients)
  } catch (error) {
    if (error instanceof StartError || isAboutParameters(error)) throw error
    const said = error instanceof Error ? error.message : String(error)
    throw new StartError(`What the database is reached through cannot be checked: ${said}`, { cause: error })
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)))
  }
}

const backendOf = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}

/** The process that the connection was told of when it began. A pooler tells of one that does not exist. */
const promisedBackend = (client: pg.Client): number => (client as unknown as { processID: number }).processID

/** Others may be served in between. */
const mostLooks = 12

/** Whether two open connections are served by one session of PostgreSQL, or one by two: what a pooler in transaction mode does. */
const sharesSessions = (connectionString: string): Promise<boolean> =>
  withClients([{ connectionString }, { connectionString }], async (one, other) => {
    if ((await backendOf(one)) === promisedBackend(one)) return false
    const [seenByOne, seenByOther] = [new Set<number>(), new Set<number>()]
    for (let look = 0; look < mostLooks; look++) {
      // Twice, or poolers that hand their sessions out in turn would always give it the same one.
      seenByOne.add(await backendOf(one))
      seenByOne.add(await backendOf(one))
      seenByOther.add(await backendOf(other))
      if (seenByOne.size > 1 || seenByOther.size > 1 || [...seenByOne].some((pid) => seenByOther.has(pid))) return true
    }
    return false
  })

/**
 * Sees to it that a connection has a session of PostgreSQL for itself, as LISTEN and migrations need it.
 * @param setting that the address comes from.
 * @throws StartError when a pooler in transaction mode answers there.
 */
export const requireOwnSession = async (url: string, setting: string): Promise<void> => {
  if (!(await sharesSessions(url))) return
  throw new StartError(
    setting === 'DATABASE_URL'
      ? `DATABASE_URL leads to a pooler in transaction mode. ${howToPool}`
      : `${setting} leads to a pooler in transaction mode: set it to PostgreSQL itself, past the pooler.`,
  )
}

const requireAllOfPostgres = async (connectionString: string): Promise<void> => {
  try {
    await withClients([{ connectionString, ...usualTimeouts }], async (client) => {
      const { rows } = await client.query<{ ms: string }>(
        `SELECT extract(epoch FROM current_setting('statement_timeout')::interval) * 1000 AS ms`,
      )
      if (Number(rows[0]?.ms) === usualTimeouts.statement_timeout) return
      throw new StartError(
        `DATABASE_URL leads to a pooler that does not pass statement_timeout on, so nothing would be cancelled. ${howToPool}`,
      )
    })
  } catch (error) {
    if (!isAboutParameters(error)) throw error
    throw new StartError(`DATABASE_URL leads to a pooler (it says: ${error.message}). ${howToPool}`)
  }
  await requireOwnSession(connectionString, 'DATABASE_URL')
}

const requireTimeouts = (connectionString: string): Promise<void> =>
  withClients([{ connectionString }], async (client) => {
    const names = ['statement_timeout', 'idle_in_transaction_session_timeout'] as const
    const { rows } = await client.query<{ name: string; setting: number; role: string; database: string }>(
      `SELECT name, setting::int, quote_ident(current_user) AS role, quote_ident(current_database()) AS database
       FROM pg_settings WHERE name = ANY($1)`,
      [names],
    )
    const missing = names.filter((name) => {
      const setting = rows.find((row) => row.name === name)?.setting ?? 0
      return setting <= 0 || setting > mostTimeouts[name]
    })
    if (!missing.length) return
    const { role, database } = rows[0] ?? {}
    const statements = missing.map(
      (name) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = '${usualTimeouts[name] / 1_000}s';`,
    )
    throw new StartError(
      `Behind the pooler nothing bounds how long a statement may run or a transaction idle (${missing.join(', ')}): run ${statements.join(' ')} and let the pooler connect anew, or set it in the pooler (connect_query of PgBouncer).`,
    )
  })

/** What one session locks the other sees, in the same database of the same server alone. */
const requireSameDatabase = (url: string, directUrl: string): Promise<void> =>
  withClients([{ connectionString: url }, { connectionString: directUrl }], async (pooled, direct) => {
    const key = Math.floor(Math.random() * 2 ** 31)
    await direct.query('SELECT pg_advisory_lock($1::int, $1::int)', [key])
    const { rowCount } = await pooled.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid = $1 AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [key],
    )
    if (!rowCount) throw new StartError('DATABASE_URL and DATABASE_DIRECT_URL do not lead to the same database.')
  })

/** Uses a prepared statement of two connections in whatever sessions they are given. */
const requirePreparedStatements = (connectionString: string): Promise<void> =>
  withClients([{ connectionString }, { connectionString }], async (one, other) => {
    const statement = { name: `parley-${randomUUID()}`, text: 'SELECT 1' }
    try {
      for (let look = 0; look < mostLooks; look++) {
        await other.query('BEGIN')
        await one.query(statement)
        await other.query(statement)
        await other.query('COMMIT')
      }
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      throw new StartError(
        `The pooler does not carry prepared statements from session to session (it says: ${said}): set DATABASE_POOLING=transaction, or max_prepared_statements in PgBouncer from 1.21 on.`,
      )
    }
  })

/**
 * Whether the settings say what the database's address leads to, and behind a pooler, whether what a pooler takes away is seen to elsewhere.
 * @throws StartError with what to change.
 */
export const checkPooling = async ({
  url,
  directUrl,
  pooling,
}: {
  url: string
  directUrl: string
  pooling: DatabasePooling
}): Promise<void> => {
  if (pooling === 'none') return requireAllOfPostgres(url)
  await requireOwnSession(directUrl, 'DATABASE_DIRECT_URL')
  await requireSameDatabase(url, directUrl)
  await requireTimeouts(url)
  if (pooling === 'transaction-prepared') await requirePreparedStatements(url)
}
