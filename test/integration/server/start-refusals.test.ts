import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectTo, createTestDatabase } from '../../support/database'
import { findFreePort, takePort } from '../../support/free-port'
import { parseLogLine } from '../../support/parse-log-line'
import { runCommand } from '../../support/run-command'
import { createTemporaryFolder } from '../../support/temporary-folder'

const production = {
  NODE_ENV: 'production',
  SERVER_URL: 'https://parley.example',
  PAYLOAD_SECRET: 'a-secret-that-is-long-enough-for-the-check',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  STRIPE_SECRET_KEY: 'sk_test_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
  RESEND_API_KEY: 're_x',
}

const refusal = async (script: string, env: Record<string, string>): Promise<string> => {
  const command = runCommand(script, { DATA_DIR: await createTemporaryFolder(), ...env })
  expect(await command.ended, command.stderr()).toBe(1)
  const said = command.stderr().trim()
  expect(said.split('\n'), said).toHaveLength(1)
  return said
}

/** In production it is the one line of the log. */
const loggedRefusal = async (script: string, env: Record<string, string>): Promise<unknown> => {
  const command = runCommand(script, { DATA_DIR: await createTemporaryFolder(), ...production, ...env })
  expect(await command.ended, command.stdout()).toBe(1)
  expect(command.stderr()).toBe('')
  const { level, process, msg } = parseLogLine(command.stdout())
  expect({ level, process }).toEqual({ level: 'fatal', process: path.parse(script).name })
  return msg
}

const start = 'src/server/start.ts'

describe('a start that cannot go on says why in one line', () => {
  it('the port is in use', async () => {
    const port = await takePort()
    expect(await refusal(start, { PORT: String(port) })).toBe(`Port ${port} is in use: set PORT to another one.`)
  })

  it('nothing answers at DATABASE_URL, and the password is not shown', async () => {
    const port = await findFreePort()
    const said = await refusal(start, {
      PORT: String(await findFreePort()),
      DATABASE_URL: `postgres://parley:hunter2@127.0.0.1:${port}/parley`,
    })
    expect(said).toMatch(`DATABASE_URL: 127.0.0.1:${port}/parley cannot be used: `)
    expect(said).toContain('ECONNREFUSED')
    expect(said).not.toContain('hunter2')
  })

  it.each([
    [
      { STRIPE_SECRET_KEY: 'sk_test_x' },
      'STRIPE_SECRET_KEY is set but STRIPE_WEBHOOK_SECRET is not: set both or neither.',
    ],
    [
      { ZOOM_ACCOUNT_ID: 'x', ZOOM_CLIENT_ID: 'x' },
      'ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID are set but ZOOM_CLIENT_SECRET, ZOOM_WEBHOOK_SECRET are not: set all or neither.',
    ],
    [{ GOOGLE_CLIENT_SECRET: 'x' }, 'GOOGLE_CLIENT_SECRET is set but GOOGLE_CLIENT_ID is not: set both or neither.'],
    [{ PAYLOAD_SECRET: 'short' }, 'PAYLOAD_SECRET must be at least 32 characters long.'],
    [{ PORT: '80a' }, 'PORT: '],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL: '],
    [{ ENCRYPTION_KEYS: 'k1:c2hvcnQ=' }, 'ENCRYPTION_KEYS: each entry must be id:base64 of 32 bytes'],
  ])('%o', async (env, line) => {
    expect(await refusal(start, env)).toContain(line)
  })

  it('production names every setting that is missing', async () => {
    const missing = { STRIPE_SECRET_KEY: '', STRIPE_WEBHOOK_SECRET: '', RESEND_API_KEY: '' }
    expect(await loggedRefusal(start, missing)).toBe(
      'Production needs DATABASE_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, RESEND_API_KEY.',
    )
  })

  it('production does not run on the demo’s logins, whichever process starts', async () => {
    const database = await createTestDatabase()
    const client = await connectTo(database)
    await client.query(`INSERT INTO users (id, name, email) VALUES (gen_random_uuid(), 'Ada', 'admin@parley.example')`)
    const env = {
      DATABASE_URL: database.url,
      PORT: String(await findFreePort()),
      NEXT_DIST_DIR: '.next',
    }
    const line = 'This is a demo database (…@…): production needs one of its own.'
    expect(await loggedRefusal('src/server/web.ts', env)).toBe(line)
    expect(await loggedRefusal('src/server/worker.ts', env)).toBe(line)
  })

  it('a process does not serve a database that lacks migrations', async () => {
    const database = await createTestDatabase({ empty: true })
    const env = {
      DATABASE_URL: database.url,
      PORT: String(await findFreePort()),
      NEXT_DIST_DIR: '.next',
    }
    expect(await loggedRefusal('src/server/web.ts', env)).toMatch(
      /^The database lacks .*: run `npm run migrate` first\.$/,
    )
  })
})
