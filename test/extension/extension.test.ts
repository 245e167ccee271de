import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectTo, createTestDatabase, type TestDatabase } from '../support/database'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../support/fixtures'
import { testPassword } from '../support/hash-test-password'
import { openTestPayload } from '../support/payload'
import { copyProduct, type ProductCopy } from '../support/product-copy'
import { runCommand } from '../support/run-command'
import type { WebProcess } from '../support/servers'

/** The worked example of `docs/extending.md`, installed beside an unchanged product on a database that the product has used. */
let payload: Payload
let database: TestDatabase
let copy: ProductCopy
let web: WebProcess
let operations: string

type Answer = { status: number; json: Record<string, unknown> }

const call = async (method: string, path: string, body?: unknown, token?: string): Promise<Answer> => {
  const response = await fetch(`${web.url}/api${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `JWT ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, json: (await response.json()) as Answer['json'] }
}

const migrate = (migrated: TestDatabase) => copy.npm('migrate', { env: { DATABASE_URL: migrated.url } })

beforeAll(async () => {
  ;[copy, { payload, database }] = await Promise.all([
    copyProduct({ extensions: 'test/extension/extensions' }),
    openTestPayload(),
  ])
  expect(await migrate(database)).toEqual({
    code: 0,
    output: expect.stringMatching(/^Migrated \d{8}_\d{6}_example\n$/) as string,
  })
  web = await copy.startWeb({ database })
  const { email } = await createUser(payload, ['operations'])
  operations = String((await call('POST', '/users/login', { email, password: testPassword })).json.token)
})

describe('an installation with the worked example', () => {
  it('differs from the product in src/extensions/ alone', async () => {
    const changes = await copy.listChanges()
    expect(changes).toContain('src/extensions/index.ts')
    expect(changes.filter((file) => !file.startsWith('src/extensions/'))).toEqual([])
  })

  it('is known to Payload’s own commands', async () => {
    const { output } = await copy.npx('payload', { args: ['migrate:status'], env: { DATABASE_URL: database.url } })
    expect(output).toMatch(/_example' +│ 2 +│ 'Yes'/)
    expect(output).not.toContain(`'No'`)
  })

  it('keeps its own collection, for those who may', async () => {
    const refused = await call('POST', '/partners', { name: 'Initech' })
    expect(refused.status).toBe(403)
    const created = await call('POST', '/partners', { name: 'Initech', kind: 'agency' }, operations)
    expect(created.status).toBe(201)
    expect(await call('GET', '/partners')).toMatchObject({ json: { docs: [{ name: 'Initech', kind: 'agency' }] } })
  })

  it('keeps its own fields in the product’s records', async () => {
    const { profile } = await createConsultant(payload)
    const service = await createServiceType(payload, [profile])
    const changed = await call('PATCH', `/service-types/${service.id}`, { audience: 'Founders' }, operations)
    expect(changed).toMatchObject({ status: 200, json: { doc: { audience: 'Founders' } } })
    const found = await call('GET', '/service-types?where[audience][equals]=Founders', undefined, operations)
    expect(found.json.docs).toMatchObject([{ id: service.id }])

    const hold = { consultant: profile.slug, serviceType: service.slug, start: iso(hourIn(7)) }
    const { token } = (await call('POST', '/booking/holds', hold)).json
    const booked = await call('POST', '/booking/sessions', { holdToken: token, customer: guest() })
    const { reference } = booked.json.session as { reference: string }
    const { docs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { reference: { equals: reference } },
    })
    const session = `/scheduled-sessions/${docs[0]?.id}`
    expect(await call('PATCH', session, { costCentre: 'R&D 7' }, operations)).toMatchObject({ status: 200 })
    expect(await call('GET', session, undefined, operations)).toMatchObject({ json: { costCentre: 'R&D 7' } })
  })
})

describe('migrations of an extension', () => {
  it('are refused when one is called like one of the product’s', async () => {
    const double = 'src/extensions/migrations/20261121_073004_initial.ts'
    await copy.write(double, 'export const up = async () => undefined')
    const refused = await migrate(database)
    await copy.remove(double)
    expect(refused).toEqual({
      code: 1,
      output:
        'Two migrations are called 20261121_073004_initial, in src/database/migrations and src/extensions/migrations: give the extension’s another name.\n',
    })
  })

  it('are not made in the product itself', async () => {
    const command = runCommand('src/database/create-extension-migration.ts', {}, ['anything'])
    expect(await command.ended).toBe(1)
    expect(command.stderr()).toBe(
      'src/extensions/ adds nothing to the product. The product’s own migrations are made with `npx payload migrate:create <name>`.\n',
    )
  })
})

describe('the product is upgraded under the worked example', () => {
  /** What a newer product brings: a field, and an option where the example has one of its own. */
  const releaseProduct = async (): Promise<string> => {
    const product = await copyProduct()
    const files = ['collections/ServiceTypes.ts', 'collections/Reviews.ts']
    await product.edit('collections/ServiceTypes.ts', 'fields: [', `fields: [textField('tagline'),`)
    await product.edit('collections/Reviews.ts', `rejected: 'Rejected'`, `hidden: 'Hidden', rejected: 'Rejected'`)
    const { code, output } = await product.npx('payload', { args: ['migrate:create', 'newer_product'] })
    expect({ code, output }).toMatchObject({ code: 0 })
    const made = (await product.listChanges()).filter((file) => file.startsWith('src/database/migrations/'))
    for (const file of [...files, ...made]) await copy.write(file, await product.read(file))
    return made.find((file) => file.endsWith('.ts') && !file.endsWith('index.ts')) ?? ''
  }

  /** Everything but the order in which columns and options were added. */
  const describeSchema = async (described: TestDatabase): Promise<unknown> => {
    const client = await connectTo(described)
    const all = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows
    return {
      columns: await all(`
        SELECT table_schema, table_name, column_name, udt_name, is_nullable, column_default FROM information_schema.columns
        WHERE table_schema IN ('public', 'parley') ORDER BY 1, 2, 3`),
      constraints: await all(`
        SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE connamespace IN ('public'::regnamespace, 'parley'::regnamespace) ORDER BY 1, 2`),
      indexes: await all(`
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname IN ('public', 'parley') ORDER BY 1`),
      options: await all(`
        SELECT typname, array_agg(enumlabel ORDER BY enumlabel)::text FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
        GROUP BY typname ORDER BY typname`),
    }
  }

  it('keeps what the example stored, and both have what they need', async () => {
    const { profile } = await createConsultant(payload)
    const service = await createServiceType(payload, [profile])
    const client = await connectTo(database)
    await client.query(`UPDATE service_types SET audience = 'Founders' WHERE id = $1`, [service.id])

    const file = await releaseProduct()
    expect(await migrate(database)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Migrated \d+_\d+_newer_product\n$/) as string,
    })
    const { rows } = await client.query(`SELECT audience, tagline FROM service_types WHERE id = $1`, [service.id])
    expect(rows).toEqual([{ audience: 'Founders', tagline: null }])
    expect((await client.query('SELECT name FROM partners')).rows).toEqual([{ name: 'Initech' }])
    expect(await copy.read(file)).not.toMatch(/audience|partners|appealed/)
  })

  it('asks for no migration of the example, which has all that it needs', async () => {
    expect(await copy.npm('migrate:create', { args: ['after_upgrade'] })).toEqual({
      code: 0,
      output: 'The extension needs no migration: there is nothing to do.\n',
    })
  })

  it('writes of the example’s next step nothing but that step', async () => {
    await copy.edit('src/extensions/with-audience.ts', 'fields: [', `fields: [textField('level'),`)
    const { output } = await copy.npm('migrate:create', { args: ['level'] })
    const file = /src\/extensions\/migrations\/\d{8}_\d{6}_level\.ts/.exec(output)?.[0] ?? output
    expect([...(await copy.read(file)).matchAll(/^ +(.*;)$/gm)].map(([, statement]) => statement)).toEqual([
      'ALTER TABLE "service_types" ADD COLUMN "level" varchar;',
      'ALTER TABLE "service_types" DROP COLUMN "level";',
    ])
    expect(await migrate(database)).toMatchObject({ code: 0 })
  })

  it('comes to the same schema in a new database', async () => {
    const fresh = await createTestDatabase({ empty: true })
    expect(await migrate(fresh)).toMatchObject({ code: 0 })
    expect(await describeSchema(fresh)).toEqual(await describeSchema(database))
  })
})
