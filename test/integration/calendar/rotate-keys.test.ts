import { sql } from '@payloadcms/db-postgres'
import { beforeAll, expect, it } from 'vitest'
import { decryptBytes } from '#shared/encryption'
import {
  type CalendarWorld,
  connect,
  connectionOf,
  createExpert,
  execute,
  openCalendarWorld,
  poll,
} from '../../support/calendar-world'
import { createUser } from '../../support/fixtures'
import { runCommand } from '../../support/run-command'
import { enrol } from '../../support/second-factor'

let world: CalendarWorld

const [oldKey, newKey] = [Buffer.alloc(32, 3), Buffer.alloc(32, 4)]
const entry = (id: string, key: Buffer) => `${id}:${key.toString('base64')}`

beforeAll(async () => {
  world = await openCalendarWorld({ ENCRYPTION_KEYS: [entry('old', oldKey), entry('new', newKey)].join() })
})

const rotate = async (...keys: string[]) => {
  const command = runCommand('src/server/rotate-keys.ts', {
    NODE_ENV: 'development',
    DATABASE_URL: world.database.url,
    ENCRYPTION_KEYS: keys.join(),
  })
  return { code: await command.ended, stdout: command.stdout(), stderr: command.stderr() }
}

it('puts everything that is encrypted under the new key, so that the old one can go', async () => {
  const [expert, left, file] = [await createExpert(world), await createExpert(world), await createExpert(world)]
  await connect(world, expert)
  await connect(world, left)
  await left.api.post(
    `/calendar/connections/${String((await connectionOf(left)).id)}/disconnect`,
    {},
    { 'Idempotency-Key': 'a-key' },
  )
  await enrol(world.payload, world.api, await createUser(world.payload, ['operations']))
  await file.api.post('/calendar/connections', { feedUrl: 'https://calendar.example/me.ics' })

  const sealed = () =>
    execute(
      world,
      sql`SELECT id::text, 'calendar-connections:' || id || ':' || name AS context, value FROM calendar_connections,
        LATERAL (VALUES ('access_token', access_token), ('refresh_token', refresh_token), ('refresh_token', farewell_token),
          ('feed_url', feed_url)) AS secrets (name, value) WHERE value IS NOT NULL
      UNION ALL SELECT id::text, 'second-factors:' || id || ':secret', secret FROM parley.second_factors WHERE secret IS NOT NULL
      UNION ALL SELECT id::text, 'idempotency:' || id, answer FROM parley.idempotency_keys WHERE answer IS NOT NULL`,
    )
  const before = await sealed()
  expect(before.length).toBeGreaterThanOrEqual(6)
  expect(before.every(({ value }) => String(value).startsWith('old.'))).toBe(true)
  const plain = before.map(({ value, context }) =>
    decryptBytes(String(value), [{ id: 'old', key: oldKey }], String(context)).toString('hex'),
  )

  const done = await rotate(entry('new', newKey), entry('old', oldKey))
  expect(done.code, done.stderr).toBe(0)
  expect(done.stdout).toBe(`${before.length} of ${before.length} secrets were put under the first key.\n`)
  const after = await sealed()
  const open = ({ value, context }: Record<string, unknown>) =>
    decryptBytes(String(value), [{ id: 'new', key: newKey }], String(context)).toString('hex')
  expect(after.map(open).sort()).toEqual(plain.sort())
  expect((await rotate(entry('new', newKey))).stdout).toContain(`0 of ${before.length} secrets`)

  await poll(world, expert)
  expect(await connectionOf(expert)).toMatchObject({ status: 'connected', lastError: null })

  const lost = await rotate(entry('third', Buffer.alloc(32, 5)))
  expect(lost.code).toBe(1)
  expect(lost.stderr).toContain('could not be read with any key of ENCRYPTION_KEYS: calendar_connections')
})
