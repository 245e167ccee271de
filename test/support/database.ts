import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { cleanUpLater } from './clean-up'

export type TestDatabase = { url: string; name: string }

const onServer = async (run: (client: pg.Client) => Promise<unknown>): Promise<void> => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await run(client)
  } finally {
    await client.end()
  }
}

/** A database of this file alone: migrated and empty, dropped after its last test. */
export const createTestDatabase = async ({ empty = false }: { empty?: boolean } = {}): Promise<TestDatabase> => {
  const name = `test_${randomBytes(8).toString('hex')}`
  const template = empty ? 'template1' : inject('templateName')
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`))
  cleanUpLater(() => onServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { url: url.href, name }
}

/** A plain connection to `database`, closed after the last test of this file. */
export const connectTo = async (database: TestDatabase): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: database.url })
  // A database that is dropped or killed under a test is the test's business.
  client.on('error', () => undefined)
  await client.connect()
  cleanUpLater(() => client.end().catch(() => undefined))
  return client
}
