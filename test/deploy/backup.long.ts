import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { type DebianPostgres, startDebianPostgres } from '../support/debian-postgres'
import type { TestDatabase } from '../support/database'
import { expectAllDone } from '../support/faults/expect-all-done'
import { eventually, type FaultWorld, openWorldOn } from '../support/faults/fault-world'
import { type Booked, startLoad } from '../support/faults/load'
import { createUser } from '../support/fixtures'
import { testPassword } from '../support/hash-test-password'
import { kindOf } from '../support/resend-sandbox'
import { runCommand } from '../support/run-command'
import { startWebProcess, startWorkerProcess } from '../support/servers'
import { createTemporaryFolder } from '../support/temporary-folder'

const run = promisify(execFile)

const keyRing = {
  PAYLOAD_SECRET: randomBytes(30).toString('base64url'),
  ENCRYPTION_KEYS: `k2:${randomBytes(32).toString('base64')},k1:${randomBytes(32).toString('base64')}`,
}

let postgres: DebianPostgres
let world: FaultWorld<DebianPostgres>
let folders: { target: string; media: string; newMedia: string; identity: string }
let recipient: string
/** Where the backup lies. */
let backup: string
/** What was booked before the backup was begun, and after it was there. */
let before: Booked[]
let after: Booked[]
let fresh: TestDatabase
let operations: string

const command = async (script: string, env: Record<string, string>, args: string[] = []) => {
  const running = runCommand(
    `src/server/${script}.ts`,
    { ...world.env, POSTGRES_BIN_DIR: postgres.binDir, LOG_LEVEL: 'error', ...env },
    args,
  )
  return { code: await running.ended, stdout: running.stdout().trim(), stderr: running.stderr().trim() }
}

const queryFresh = async (statement: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: fresh.url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  await run('age', ['--version']).catch(() => {
    throw new Error('This test opens a key ring with age itself: install it with `apt-get install age`.')
  })
  const [target, media, newMedia, other] = await Promise.all(Array.from({ length: 4 }, createTemporaryFolder))
  folders = {
    target: target ?? '',
    media: media ?? '',
    newMedia: newMedia ?? '',
    identity: path.join(other ?? '', 'key.txt'),
  }
  const { stderr } = await run('age-keygen', ['-o', folders.identity])
  recipient = /age1\w+/.exec(stderr)?.[0] ?? ''
  postgres = await startDebianPostgres()
  world = await openWorldOn(Promise.resolve(postgres), {
    webs: 1,
    workers: 1,
    experts: 2,
    env: { MEDIA_DIR: folders.media, ...keyRing },
  })
  Object.assign(world.env, keyRing)
  operations = (await createUser(world.payload, ['operations'])).email
}, 600_000)

const logIn = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/api/users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: operations, password: testPassword }),
  })
  const text = await answer.text()
  expect(answer.status, text).toBe(200)
  return (JSON.parse(text) as { token: string }).token
}

const upload = async (name: string): Promise<void> => {
  const form = new FormData()
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#369' } })
    .jpeg()
    .toBuffer()
  form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), name)
  form.append('_payload', JSON.stringify({ alt: name }))
  const answer = await fetch(`${world.urls[0]}/api/media`, {
    method: 'POST',
    body: form,
    headers: { Authorization: `JWT ${await logIn(world.urls[0] ?? '')}` },
  })
  expect(answer.status, await answer.text()).toBe(201)
}

describe('a backup that is taken while people book', () => {
  it('is whole, and is sealed for whoever has the identity', async () => {
    await upload('one.jpg')
    const load = startLoad(world, 4)
    await eventually(() => expect(load.count()).toBeGreaterThan(12))
    const taken = await command('backup', { BACKUP_RECIPIENTS: recipient }, [folders.target, '--keep', '3'])
    expect(taken).toMatchObject({ code: 0, stderr: '' })
    const since = load.count()
    await eventually(() => expect(load.count()).toBeGreaterThan(since + 8))
    const booked = await load.stop()
    await eventually(() => expectAllDone(world, booked))
    backup = path.join(folders.target, (await readdir(folders.target))[0] ?? '')

    const verified = await command('backup-verify', { BACKUP_IDENTITY_FILE: folders.identity }, [backup])
    expect(verified).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/is whole: .* 3 pictures, a key ring that opens/),
    })
    const opened = await run('age', ['-d', '-i', folders.identity, path.join(backup, 'keys.age')])
    expect(opened.stdout).toContain(`PAYLOAD_SECRET='${keyRing.PAYLOAD_SECRET}'\n`)
    expect(opened.stdout).toContain(`ENCRYPTION_KEYS='${keyRing.ENCRYPTION_KEYS}'\n`)
    const { takenAt } = JSON.parse(await readFile(path.join(backup, 'manifest.json'), 'utf8')) as { takenAt: string }
    const { rows } = await postgres.query(`SELECT reference FROM scheduled_sessions WHERE created_at < '${takenAt}'`)
    const early = new Set(rows.map(({ reference }: { reference: string }) => reference))
    before = booked.filter(({ reference }) => early.has(reference))
    after = booked.filter(({ reference }) => !early.has(reference))
    expect(before.length).toBeGreaterThan(5)
    expect(after.some(({ isPaid }) => isPaid)).toBe(true)
  })

  it('is restored into an empty database of another role, once', async () => {
    fresh = await postgres.createEmpty('parley_second')
    // An empty machine knows nothing but what the backup and the identity tell.
    const keys = await command(
      'backup-keys',
      { BACKUP_IDENTITY_FILE: folders.identity, PAYLOAD_SECRET: '', ENCRYPTION_KEYS: '' },
      [backup],
    )
    expect(
      Object.fromEntries(
        keys.stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => line.replaceAll(`'`, '').split(/=(.*)/s).slice(0, 2)),
      ),
    ).toMatchObject(keyRing)

    const env = { DATABASE_URL: fresh.url, MEDIA_DIR: folders.newMedia, BACKUP_IDENTITY_FILE: folders.identity }
    expect(await command('restore', env, [backup])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Next: `npm run restore:release`'),
    })
    expect(await command('restore', env, [backup])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^parley_second is not empty/),
    })
    for (const name of ['one.jpg', 'one-160x160.jpg', 'one-640x427.jpg']) {
      expect(
        (await readFile(path.join(folders.newMedia, name))).equals(await readFile(path.join(folders.media, name))),
        name,
      ).toBe(true)
    }
    expect(
      await queryFresh(
        `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('public', 'parley', 'graphile_worker')`,
      ),
    ).toEqual([{ tableowner: 'parley_second' }])
    const references = await queryFresh('SELECT reference FROM scheduled_sessions')
    expect(references.map(({ reference }) => reference).sort()).toEqual(before.map(({ reference }) => reference).sort())
  })

  it('holds the workers, says what Stripe knows beyond it, and then goes on where it was', async () => {
    const env = { ...keyRing, DATABASE_URL: fresh.url, MEDIA_DIR: folders.newMedia }
    expect(await command('worker', env)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('run `npm run restore:release` first'),
    })
    expect(await command('check-money', env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The books add up: /),
    })

    const looked = await command('restore-release', env)
    const lost = after.filter(({ isPaid }) => isPaid)
    expect(looked).toMatchObject({ code: 1, stderr: expect.stringContaining('stand open') })
    expect(looked.stdout.match(/^missing_here: (?:ch|py)_\w+$/gm)).toHaveLength(lost.length)
    expect(await command('restore-release', env, ['--with-differences'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Workers may start.'),
    })

    const web = await startWebProcess({ database: fresh, env: { ...world.env, ...env } })
    const worker = await startWorkerProcess({ database: fresh, env: { ...world.env, ...env } })
    // Everything that was under way at the moment of the backup comes to its end.
    await eventually(async () => {
      expect(
        await queryFresh(
          `SELECT task_identifier FROM graphile_worker.jobs WHERE run_at < now() + interval '1 hour' AND NOT task_identifier = ANY ('{sweep,sweep-calendars}')`,
        ),
      ).toEqual([])
      expect((await fetch(`${web.url}/api/health/ready`)).status).toBe(200)
    })
    await worker.stop()
    expect(await command('check-money', env)).toMatchObject({ code: 0 })
    expect(await command('rotate-keys', env)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^0 of [1-9]\d* secrets/),
    })

    // No mail twice, and nothing returned twice.
    const mails = world.resend.control.emails().map((mail) => `${String(mail.to[0])} ${kindOf(mail)}`)
    expect(mails.filter((mail, index) => mails.indexOf(mail) !== index && /customer$/.test(mail))).toEqual([])
    const rows = await queryFresh(`SELECT count(*)::int AS refunds FROM refunds WHERE status <> 'succeeded'`)
    expect(rows).toEqual([{ refunds: 0 }])

    await logIn(web.url)
    await web.stop()
  })
})

describe('a damaged backup', () => {
  it('is found out, and is not restored', async () => {
    const file = path.join(backup, 'database.dump')
    const dump = await readFile(file)
    dump[Math.floor(dump.length / 2)] = (dump[Math.floor(dump.length / 2)] ?? 0) ^ 1
    await writeFile(file, dump)
    expect(await command('backup-verify', {}, [backup])).toMatchObject({
      code: 1,
      stderr: 'database.dump was changed: its checksum differs.',
    })
    const empty = await postgres.createEmpty('parley_third')
    expect(await command('restore', { DATABASE_URL: empty.url }, [backup])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The backup is damaged: .* Nothing was restored\.$/),
    })
  })
})
