import { Worker } from 'node:worker_threads'
import type { Payload } from 'payload'
import pg from 'pg'
import { expect, inject, vi } from 'vitest'
import { cleanUpLater } from './clean-up'
import { connectTo, type TestDatabase } from './database'

/**
 * When the database is lost: there is no connection and a new one is refused; one that lay in the pool is dead when it is handed out; the
 * server ends it in a statement that writes to a table, or at COMMIT after that.
 */
export type Moment = 'connecting' | 'handed out' | 'in a statement' | 'at commit'

type Lost = { payload: Payload; database: TestDatabase; table: string }

/** Runs `run` while the database of `payload` is lost at that moment; afterwards it is there again. */
export const loseDatabase = async <T>(moment: Moment, lost: Lost, run: () => Promise<T>): Promise<T> => {
  if (moment === 'connecting') return whileAway(lost, run)
  if (moment === 'handed out') return withDeadConnection(lost, run)
  return whileWritesEndConnections(lost, moment === 'at commit', run)
}

export const poolOf = (payload: Payload): pg.Pool => (payload.db as unknown as { pool: pg.Pool }).pool

/** Runs `run` while every connection of the database has been ended and new ones are refused (SQLSTATE 55000). */
export const whileAway = async <T>(
  { payload, database: { name } }: Pick<Lost, 'payload' | 'database'>,
  run: () => Promise<T>,
): Promise<T> => {
  const server = new pg.Client({ connectionString: inject('postgresUrl') })
  await server.connect()
  try {
    await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    // Until the pool has heard of it: then the next one has to be a new connection.
    await vi.waitFor(() => expect(poolOf(payload).totalCount).toBe(0), { timeout: 10_000, interval: 5 })
    return await run()
  } finally {
    await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    await server.end()
  }
}

/** Runs `run` while the database takes no changes: as a standby that the address still leads to after a failover. */
export const whileReadOnly = async <T>(
  { payload, database: { name } }: Pick<Lost, 'payload' | 'database'>,
  run: () => Promise<T>,
): Promise<T> => {
  const server = new pg.Client({ connectionString: inject('postgresUrl') })
  await server.connect()
  const set = async (mode: 'on' | 'off') => {
    await server.query(`ALTER DATABASE ${name} SET default_transaction_read_only TO ${mode}`)
    await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    await vi.waitFor(() => expect(poolOf(payload).totalCount).toBe(0), { timeout: 10_000, interval: 5 })
  }
  try {
    await set('on')
    return await run()
  } finally {
    await set('off')
    await server.end()
  }
}

/** Runs `run` while a table has no room for another row: as on a disk that is full. */
export const whileFull = async <T>(
  { database, table }: Pick<Lost, 'database' | 'table'>,
  run: () => Promise<T>,
): Promise<T> => {
  const client = await connectTo(database)
  await client.query(`
    CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
    END $$`)
  await client.query(
    `CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION no_room()`,
  )
  try {
    return await run()
  } finally {
    await client.query(`DROP TRIGGER no_room ON ${table}`)
  }
}

const endBackends = `
  const { workerData: { url, done }, parentPort } = require('node:worker_threads')
  const { Client } = require('pg')
  const client = new Client({ connectionString: url })
  const connected = client.connect()
  parentPort.on('message', async (pid) => {
    await connected
    await client.query('SELECT pg_terminate_backend($1, 10000)', [pid])
    Atomics.store(done, 0, 1)
    Atomics.notify(done, 0)
  })`

/** Ends backends while this thread stands still, so that nothing in it hears of the end. */
const startEnding = (): ((pid: number) => void) => {
  const done = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(endBackends, { eval: true, workerData: { url: inject('postgresUrl'), done }, execArgv: [] })
  cleanUpLater(() => worker.terminate())
  return (pid) => {
    Atomics.store(done, 0, 0)
    worker.postMessage(pid)
    expect(Atomics.wait(done, 0, 0, 10_000)).not.toBe('timed-out')
  }
}

let endBackend: ReturnType<typeof startEnding> | undefined

/** The next connection that the pool hands out is dead already, and nobody in this process has heard of it. */
const withDeadConnection = async <T>({ payload }: Lost, run: () => Promise<T>): Promise<T> => {
  const pool = poolOf(payload)
  const end = (client: pg.PoolClient) => {
    endBackend ??= startEnding()
    endBackend((client as unknown as { processID: number }).processID)
  }
  pool.once('acquire', end)
  try {
    return await run()
  } finally {
    pool.off('acquire', end)
  }
}

const whileWritesEndConnections = async <T>(
  { database, table }: Lost,
  isDeferred: boolean,
  run: () => Promise<T>,
): Promise<T> => {
  const client = await connectTo(database)
  await client.query(`
    CREATE OR REPLACE FUNCTION end_connection() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_terminate_backend(pg_backend_pid());
      PERFORM pg_sleep(10);
      RETURN NEW;
    END $$`)
  await client.query(
    isDeferred
      ? `CREATE CONSTRAINT TRIGGER end_connection AFTER INSERT OR UPDATE ON ${table}
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_connection()`
      : `CREATE TRIGGER end_connection BEFORE INSERT OR UPDATE ON ${table}
         FOR EACH ROW EXECUTE FUNCTION end_connection()`,
  )
  try {
    return await run()
  } finally {
    await client.query(`DROP TRIGGER end_connection ON ${table}`)
  }
}
