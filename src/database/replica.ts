import type { Payload, PayloadRequest } from 'payload'
import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type pg from 'pg'
import { settings } from '#settings'
import { usualTimeouts } from '#shared/database-pooling'
import { findLostConnection } from './lost-connection'
import { followFreshness } from './replica-freshness'
import { safePg } from './safe-pg'
import { readingFrom, type TransactionConnection } from './transactions'

/** Where both stand, and whether they are of one family: a server that was set up for itself has positions of its own. */
const whereIs = (position: string): string =>
  `SELECT (${position} - '0/0')::text AS position, pg_is_in_recovery() AS "isReplica",
     system_identifier::text || '/' || current_database() AS family FROM pg_control_system()`
const askPrimary = whereIs('pg_current_wal_insert_lsn()')
const askReplica = whereIs('coalesce(pg_last_wal_replay_lsn(), pg_current_wal_insert_lsn())')

type Answer = { position: string; isReplica: boolean; family: string }

type Connections = Pick<TransactionConnection, 'execute'> & {
  transaction: <T>(
    run: (tx: TransactionConnection) => Promise<T>,
    options?: { isolationLevel: 'repeatable read'; accessMode: 'read only' },
  ) => Promise<T>
}

type Replica = {
  connections: Connections
  isFresh: () => boolean
  lagMs: () => number | undefined
  doubt: () => void
  close: () => Promise<void>
}

let open: Replica | undefined

const ask = async (pool: Pick<pg.Pool, 'query'>, statement: string): Promise<Answer> => {
  const { rows } = await pool.query<Answer>(statement)
  if (!rows[0]) throw new Error('The database does not say where it stands.')
  return rows[0]
}

const openReplica = (payload: Payload, { url, lagMs }: { url: string; lagMs: number }): Replica => {
  const { schema } = payload.db as unknown as { schema: Record<string, unknown> }
  const config = { connectionString: url, connectionTimeoutMillis: 1_000, allowExitOnIdle: true }
  const pool = new safePg.Pool({ ...config, ...usualTimeouts, max: settings.databasePoolSize, query_timeout: 20_000 })
  // How far it has come is not to wait for those who read.
  const watching = { max: 1, query_timeout: 2_000 }
  const watcher = new safePg.Pool({ ...config, ...watching })
  const primary = new safePg.Pool({ ...config, ...watching, connectionString: settings.databaseUrl })
  const freshness = followFreshness()
  const connections = drizzle({ client: pool, schema }) as unknown as Connections
  let fault: string | undefined
  let isOver = false
  let timer: NodeJS.Timeout | undefined

  const lag = (): number | undefined => {
    const at = freshness.freshAt()
    return at === undefined ? undefined : performance.now() - at
  }
  const isFresh = (): boolean => fault === undefined && (lag() ?? Number.POSITIVE_INFINITY) <= lagMs
  let wasFresh = false
  const look = async (): Promise<void> => {
    const at = performance.now()
    try {
      const from = await ask(primary, askPrimary)
      freshness.note({ at, position: BigInt(from.position) })
      const to = await ask(watcher, askReplica)
      if (!to.isReplica || to.family !== from.family) {
        fault = to.isReplica ? 'It is the replica of another database.' : 'It is no replica.'
        freshness.doubt()
      } else {
        fault = undefined
        freshness.reach(BigInt(to.position))
      }
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error)
    }
  }
  const keepLooking = async (): Promise<void> => {
    await look()
    if (isOver) return
    if (isFresh() !== wasFresh) {
      wasFresh = !wasFresh
      if (wasFresh) payload.logger.info({ msg: 'Public reads go to the replica' })
      else
        payload.logger.warn({
          reason: fault ?? `It is ${Math.round(lag() ?? 0)} ms behind.`,
          msg: 'Public reads go to the primary',
        })
    }
    timer = setTimeout(() => void keepLooking(), lagMs / 5)
    timer.unref()
  }
  void keepLooking()
  return {
    connections,
    isFresh,
    lagMs: lag,
    doubt: freshness.doubt,
    close: async () => {
      isOver = true
      clearTimeout(timer)
      await Promise.all([pool.end(), watcher.end(), primary.end()])
    },
  }
}

/**
 * Reads what decides nothing: from the replica if there is one that is new enough, otherwise from the primary. What is read may be as old as
 * `DATABASE_REPLICA_LAG_MS` says, and never older. Whoever is in a transaction stays in it. What fails at the replica, for whatever reason, is
 * asked of the primary: `run` must do nothing but read.
 * @param options.atOneMoment all of it as it stood at one moment.
 */
export const readFromReplica = async <T>(
  req: PayloadRequest,
  run: (req: PayloadRequest) => Promise<T>,
  { atOneMoment = false }: { atOneMoment?: boolean } = {},
): Promise<T> => {
  if (!settings.databaseReplica || req.transactionID) return run(req)
  open ??= openReplica(req.payload, settings.databaseReplica)
  const replica = open
  if (!replica.isFresh()) return run(req)
  try {
    if (!atOneMoment) return await readingFrom(req, replica.connections, run)
    return await replica.connections.transaction((tx) => readingFrom(req, tx, run), {
      isolationLevel: 'repeatable read',
      accessMode: 'read only',
    })
  } catch (error) {
    if (findLostConnection(error)) replica.doubt()
    return run(req)
  }
}

/** How far behind the replica is (ms; undefined when that is not known), and whether reads go there; undefined where there is none. */
export const replicaState = (payload: Payload): { isUsed: boolean; lagMs: number | undefined } | undefined => {
  if (!settings.databaseReplica) return undefined
  open ??= openReplica(payload, settings.databaseReplica)
  return { isUsed: open.isFresh(), lagMs: open.lagMs() }
}

export const closeReplica = async (): Promise<void> => {
  const closing = open
  open = undefined
  await closing?.close()
}
