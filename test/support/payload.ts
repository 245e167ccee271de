import type { Payload } from 'payload'
import { cleanUpLater } from './clean-up'
import { createTestDatabase, type TestDatabase } from './database'

export type TestPayload = { payload: Payload; database: TestDatabase }

let opened: Promise<TestPayload> | undefined

const open = async (env: Record<string, string>, given: TestDatabase | undefined): Promise<TestPayload> => {
  const database = given ?? (await createTestDatabase())
  Object.assign(process.env, { DATABASE_URL: database.url, DATABASE_POOL_SIZE: '10', ...env })
  const { openPayload } = await import('#server/open-payload')
  const { payload, close } = await openPayload()
  cleanUpLater(close)
  return { payload, database }
}

/**
 * Payload on a database of this test file, the same for every call in it. `env` is set before the configuration is
 * loaded, so only the first call of a file may give it, and the file must not import at its top what reads the settings.
 * @param database another than one of this run's PostgreSQL.
 */
export const openTestPayload = (env: Record<string, string> = {}, database?: TestDatabase): Promise<TestPayload> =>
  (opened ??= open(env, database))

export const getTestPayload = async (env: Record<string, string> = {}): Promise<Payload> =>
  (await openTestPayload(env)).payload
