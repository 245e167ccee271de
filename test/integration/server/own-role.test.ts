import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { findPendingMigrations } from '#database/find-pending-migrations'
import { runMigrations } from '#database/run-migrations'
import { cleanUpLater } from '../../support/clean-up'
import { alwaysOpen, createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { openResendSandbox } from '../../support/resend-sandbox'

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  cleanUpLater(() => client.end().catch(() => undefined))
  return client
}

/** The part of a script for psql that stands at `index`, with names that nobody else has. */
const statementsOf = async (script: string, index: number, name: string): Promise<string[][]> => {
  const text = await readFile(`deploy/postgres/${script}`, 'utf8')
  const part = [...text.matchAll(/<<'SQL'\n([\s\S]*?)\nSQL\n/g)][index]?.[1] ?? ''
  return part
    .replaceAll(/:'(?:owner_)?password'/g, `'secret'`)
    .replaceAll(/\bparley(?=_owner|_app|;|\s+(?:OWNER|FROM|TO)\b|$)/gm, name)
    .split(new RegExp(`^\\\\connect ${name}\n`, 'm'))
    .map((statements) => statements.split(';\n').filter((statement) => statement.trim() !== ''))
}

const addressOf = (role: string, database: string): string => {
  const url = new URL(inject('postgresUrl'))
  Object.assign(url, { username: role, password: 'secret', pathname: `/${database}` })
  return url.href
}

const asAdministrator = (database: string): string => {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${database}`
  return url.href
}

/** As the script would: what comes behind `\connect` in the database that it has made. */
const runScript = async (
  script: string,
  index: number,
  { name, begin = 'postgres' }: { name: string; begin?: string },
) => {
  const [first = [], second = []] = await statementsOf(script, index, name)
  const administrator = await connect(asAdministrator(begin))
  // One by one, as psql does: a database is not made within others.
  for (const statement of first) await administrator.query(statement)
  const within = second.length ? await connect(asAdministrator(name)) : undefined
  for (const statement of second) await within?.query(statement)
}

const createName = (): string => {
  const name = `role${randomBytes(6).toString('hex')}`
  cleanUpLater(async () => {
    const administrator = new pg.Client({ connectionString: inject('postgresUrl') })
    await administrator.connect()
    await administrator.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    for (const role of [`${name}_app`, `${name}_owner`]) await administrator.query(`DROP ROLE IF EXISTS ${role}`)
    await administrator.end()
  })
  return name
}

const powersOf = async (client: pg.Client) => {
  const { rows } = await client.query<Record<string, boolean | number>>(
    `SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
       (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS tables
     FROM pg_roles r WHERE rolname = current_user`,
  )
  return rows
}

const nothingMore = { rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false }

/** Migrations and processes, on machines that have much else to do. */
const patience = 180_000

const notAllowed = '42501'

/** What no role of a process may do, whatever it is led to send. */
const forbidden = [
  'CREATE TABLE mine (id integer)',
  'CREATE SCHEMA mine',
  'ALTER TABLE users ADD COLUMN mine text',
  'DROP TABLE users',
  'TRUNCATE users',
  'CREATE INDEX mine ON users (email)',
  'ALTER TABLE availability_slots DISABLE TRIGGER ALL',
  'DROP POLICY parley ON graphile_worker._private_jobs',
  'CREATE TEMPORARY TABLE mine (id integer)',
  `COPY users TO PROGRAM 'cat'`,
  'CREATE ROLE mine',
  "SELECT pg_read_file('/etc/passwd')",
]

const codesOf = async (client: pg.Client): Promise<Record<string, string>> => {
  const codes: Record<string, string> = {}
  for (const statement of forbidden) {
    const refused: unknown = await client.query(statement).catch((error: unknown) => error)
    codes[statement] = refused instanceof pg.DatabaseError ? (refused.code ?? '') : 'done'
  }
  return codes
}

const allRefused = Object.fromEntries(forbidden.map((statement) => [statement, notAllowed]))

describe('a role that owns nothing', () => {
  const name = createName()
  let app: pg.Client

  beforeAll(async () => {
    await runScript('create-role.sh', 1, { name })
    await runMigrations(addressOf(`${name}_owner`, name))
    app = await connect(addressOf(`${name}_app`, name))
  }, patience)

  it('changes no table, and reaches nothing else of the machine', async () => {
    expect(await powersOf(app)).toEqual([{ ...nothingMore, tables: 0 }])
    expect(await codesOf(app)).toEqual(allRefused)
  })

  it(
    'is all that a web process and a worker need: somebody books, and is mailed',
    async () => {
      const { resend, env } = await openResendSandbox({ perSecond: 0 })
      const { payload } = await openTestPayload(
        { ...env, RATE_LIMIT_FACTOR: '1' },
        { url: addressOf(`${name}_app`, name), name },
      )
      const [{ checkInstallation }, { createWebServer }, { runWorker }] = await Promise.all([
        import('#server/check-installation'),
        import('#server/create-web-server'),
        import('#worker/run-worker'),
      ])
      await checkInstallation()
      const server = await createWebServer({ port: 0, host: '127.0.0.1', next: 'none' })
      const worker = await runWorker(payload)
      cleanUpLater(() => server.close())
      cleanUpLater(() => worker.stop())
      const { profile } = await createConsultant(payload, { slug: 'kenji', availability: alwaysOpen })
      await createServiceType(payload, [profile], { slug: 'call' })
      const customer = guest()
      const answer = await fetch(`http://127.0.0.1:${server.port}/api/booking/sessions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ consultant: 'kenji', serviceType: 'call', start: iso(hourIn(5)), customer }),
      })
      expect(answer.status, await answer.clone().text()).toBe(201)
      await expect.poll(() => resend.control.emails(customer.email).length, { timeout: 60_000 }).toBeGreaterThan(0)
      const ready = await fetch(`http://127.0.0.1:${server.port}/api/health/ready`)
      expect(await ready.json()).toMatchObject({ ok: true })
    },
    patience,
  )
})

describe('a database that one role owned', () => {
  const name = createName()

  it(
    'was no more than its owner; it is given to another, and nobody else comes to its jobs but who was granted them',
    async () => {
      await runScript('create-role.sh', 0, { name })
      const url = addressOf(`${name}_app`, name)
      expect((await runMigrations(url)).length).toBeGreaterThan(0)
      expect(await powersOf(await connect(url))).toMatchObject([nothingMore])
      await runScript('split-role.sh', 0, { name, begin: name })
      const app = await connect(addressOf(`${name}_app`, name))
      expect(await powersOf(app)).toEqual([{ ...nothingMore, tables: 0 }])
      expect(await codesOf(app)).toEqual(allRefused)
      expect(await findPendingMigrations(app)).toEqual([])
      await app.query(`SELECT graphile_worker.add_job('a-task')`)
      const { rows } = await app.query('SELECT FROM graphile_worker._private_jobs')
      expect(rows).toHaveLength(1)
    },
    patience,
  )

  it('lacks something while its job queue is shut to everybody but its owner', async () => {
    const owner = await connect(addressOf(`${name}_owner`, name))
    await owner.query('DROP POLICY parley ON graphile_worker._private_jobs')
    expect(await findPendingMigrations(owner)).toEqual(['graphile-worker'])
    expect(await runMigrations(addressOf(`${name}_owner`, name))).toEqual(['graphile-worker'])
    expect(await findPendingMigrations(owner)).toEqual([])
  })
})
