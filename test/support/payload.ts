import type { Payload } from 'payload'
import { cleanUpLater } from './clean-up'
import { createTestDatabase, type TestDatabase } from './database'

export type TestPayload = { payload: Payload; database: TestDatabase }

let opened: Promise<TestPayload> | undefined

const open = async (env: Record<string, string>): Promise<TestPayload> => {
  const database = await createTestDatabase()
  Object.assign(process.env, { DATABASE_URL: database.url, DATABASE_POOL_SIZE: '10', ...env })
  const { openPayload } = await import('#server/open-payload')
  const { payload, close } = await openPayload()
  cleanUpLater(close)
  return { payload, database }
}

/**
 * Payload on a database of this test file, the same for every call in it. `env` is set before the configuration is
 * loaded, so only the first call of a file may give it, and the file must not import at its top what reads the settings.
 */
export const openTestPayload = (env: Record<string, string> = {}): Promise<TestPayload> => (opened ??= open(env))

export const getTestPayload = async (env: Record<string, string> = {}): Promise<Payload> =>
  (await openTestPayload(env)).payload
