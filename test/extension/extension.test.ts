import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { cleanUpLater } from '../support/clean-up'
import { connectTo, createTestDatabase, type TestDatabase } from '../support/database'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../support/fixtures'
import { openTestPayload } from '../support/payload'
import { copyProduct, type ProductCopy } from '../support/product-copy'
import { openResendSandbox } from '../support/resend-sandbox'
import { readSchema } from '../support/migrations/read-schema'
import { runCommand } from '../support/run-command'
import type { WebProcess } from '../support/servers'
import { tokenFor } from '../support/token-for'

/** The worked example of `docs/extending.md`, installed beside an unchanged product on a database that the product has used. */
let payload: Payload
let database: TestDatabase
let client: pg.Client
let copy: ProductCopy
let web: WebProcess
let mail: Awaited<ReturnType<typeof openResendSandbox>>
let postbox: Awaited<ReturnType<typeof openPostbox>>
let consultant: ConsultantProfile
let serviceType: ServiceType
/** Tokens of logins. */
let operations: string
let customer: string
let lawyer: string
/** Is made while the other tests wait for processes. */
let released: ReturnType<typeof releaseProduct>
let hour = 0

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

const nextStart = () => iso(hourIn(7, hour++))

const order = (more: Record<string, unknown> = {}) => ({
  consultant: consultant.slug,
  serviceType: serviceType.slug,
  start: nextStart(),
  customer: guest(),
  ...more,
})

const countStored = async (): Promise<unknown> =>
  (
    await client.query(`SELECT (SELECT count(*) FROM scheduled_sessions) AS sessions,
      (SELECT count(*) FROM practice_files) AS files, (SELECT count(*) FROM notifications) AS messages`)
  ).rows

const count = async (what: string): Promise<number> =>
  ((await client.query(`SELECT count(*)::int AS count FROM ${what}`)).rows as { count: number }[])[0]?.count ?? -1

const untilWorkIsDone = () =>
  vi.waitFor(
    async () =>
      expect(
        await count(
          `graphile_worker.jobs WHERE task_identifier IN ('handle-event', 'follow-session', 'deliver-notification', 'deliver-over-channel')
             AND run_at <= now()`,
        ),
      ).toBe(0),
    { timeout: 20_000, interval: 50 },
  )

/** A newer product, which brings a field, and an option where the example has one of its own. */
const releaseProduct = async (): Promise<{ product: ProductCopy; files: string[] }> => {
  const product = await copyProduct()
  const files = ['collections/ServiceTypes.ts', 'collections/Reviews.ts']
  await product.edit('collections/ServiceTypes.ts', 'fields: [', `fields: [textField('tagline'),`)
  await product.edit('collections/Reviews.ts', 'rejected: {', `hidden: 'Hidden', rejected: {`)
  const { code, output } = await product.npx('payload', { args: ['migrate:create', 'newer_product'] })
  expect({ code, output }).toMatchObject({ code: 0 })
  const made = (await product.listChanges()).filter((file) => file.startsWith('src/database/migrations/'))
  return { product, files: [...files, ...made] }
}

type Letter = { key: string; to: string; subject: string; text: string }

/** What the channel of the example reaches. */
const openPostbox = async () => {
  const letters: Letter[] = []
  const server = createServer((request, response) => {
    void json(request).then((letter) => {
      letters.push({ key: String(request.headers['idempotency-key']), ...(letter as Omit<Letter, 'key'>) })
      response.writeHead(201).end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUpLater(() => server.close())
  return { letters, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

beforeAll(async () => {
  ;[copy, { payload, database }, mail, postbox] = await Promise.all([
    copyProduct({ extensions: 'test/extension/extensions' }),
    openTestPayload(),
    openResendSandbox(),
    openPostbox(),
  ])
  expect(await migrate(database)).toEqual({
    code: 0,
    output: expect.stringMatching(/^Migrated \d{8}_\d{6}_example\n$/) as string,
  })
  const env = {
    ...mail.env,
    PRACTICE_POSTBOX_URL: postbox.url,
    PRACTICE_ROOMS_URL: 'https://rooms.practice.example',
    // A tenth of every limit, so that a few requests reach it.
    RATE_LIMIT_FACTOR: '0.1',
  }
  ;[web, client] = await Promise.all([
    copy.startWeb({ database, env }),
    connectTo(database),
    copy.startWorker({ database, env }),
  ])
  released = releaseProduct()
  // Whoever waits for it says what went wrong.
  released.catch(() => undefined)
  const owner = await createConsultant(payload)
  consultant = owner.profile
  serviceType = await createServiceType(payload, [consultant])
  lawyer = await tokenFor(payload, owner.user)
  customer = await tokenFor(payload, (await createCustomer(payload)).user)
  operations = await tokenFor(payload, await createUser(payload, ['operations']))
})

describe('an installation with the worked example', () => {
  it('differs from the product in src/extensions/ alone', async () => {
    const changes = await copy.listChanges()
    expect(changes).toContain('src/extensions/index.ts')
    expect(changes.filter((file) => !file.startsWith('src/extensions/'))).toEqual([])
  })
})

describe('its fields', () => {
  it('on service types are set by staff, filtered by, and shown with what can be booked', async () => {
    const service = `/service-types/${serviceType.id}`
    const wrong = await call('PATCH', service, { practiceArea: 'space' }, operations)
    expect(wrong).toMatchObject({ status: 400, json: { errors: [{ data: { errors: [{ path: 'practiceArea' }] } }] } })
    const set = { practiceArea: 'employment', meetingProvider: 'practice_rooms' }
    expect(await call('PATCH', service, set, operations)).toMatchObject({ status: 200, json: { doc: set } })
    const found = await call('GET', '/service-types?where[practiceArea][equals]=employment')
    expect(found.json.docs).toMatchObject([{ id: serviceType.id }])
    expect((await call('GET', '/booking/service-types')).json.docs).toMatchObject([
      { slug: serviceType.slug, practiceArea: 'employment' },
    ])
  })

  it('on sessions are set by whoever books, and shown to those who take part', async () => {
    const booked = await call('POST', '/booking/sessions', order({ practiceOpponent: 'Globex Ltd' }))
    expect(booked).toMatchObject({ status: 201, json: { session: { practiceOpponent: 'Globex Ltd' } } })
    const { reference } = booked.json.session as { reference: string }
    const path = `/scheduled-sessions?where[reference][equals]=${reference}`
    expect((await call('GET', path, undefined, lawyer)).json.docs).toMatchObject([{ practiceOpponent: 'Globex Ltd' }])
    expect((await call('GET', path, undefined, customer)).json.docs).toEqual([])
    const changed = await call('PATCH', path, { practiceOpponent: 'Globex Holding' }, operations)
    expect(changed).toMatchObject({ status: 200, json: { docs: [{ practiceOpponent: 'Globex Holding' }] } })
    const tooLong = await call('POST', '/booking/sessions', order({ practiceOpponent: 'x'.repeat(121) }))
    expect(tooLong).toMatchObject({ status: 400, json: { errors: [{ path: 'practiceOpponent' }] } })
  })

  it('and a custom attribute, which needs no code, are taken by the same booking', async () => {
    const definition = { subject: 'scheduled-sessions', key: 'legalInsurance', label: 'Insurance', type: 'text' }
    const access = { readableBy: ['customer'], writableBy: ['customer'] }
    const defined = await call('POST', '/custom-attributes', { ...definition, ...access }, operations)
    expect(defined.status).toBe(201)
    const both = { practiceOpponent: 'Hooli', attributes: { legalInsurance: 'ARAG 7' } }
    const booked = await call('POST', '/booking/sessions', order(both))
    expect(booked).toMatchObject({ status: 201, json: { session: both } })
    const path = '/scheduled-sessions?where[attributes.legalInsurance][equals]=ARAG 7'
    expect((await call('GET', path, undefined, operations)).json.docs).toMatchObject([both])
  })
})

describe('its hook', () => {
  const refusal = {
    code: 'outside_policy',
    errors: [{ path: 'practiceOpponent', message: expect.stringContaining('We act for the other party') as string }],
  }

  it('refuses a session with its reason, by every way, and nothing is stored', async () => {
    expect(await call('POST', '/practice-clients', { name: 'Initech GmbH' }, operations)).toMatchObject({ status: 201 })
    await untilWorkIsDone()
    const before = await countStored()
    const refused = order({ practiceOpponent: 'INITECH GmbH' })
    expect(await call('POST', '/booking/sessions', refused)).toMatchObject({ status: 422, json: refusal })

    const { docs } = (await call('GET', '/scheduled-sessions?limit=1', undefined, operations)).json
    const [session] = docs as { id: string; customer: { id: string } }[]
    const byStaff = {
      consultant: consultant.id,
      customer: session?.customer.id,
      serviceType: serviceType.id,
      startsAt: nextStart(),
      practiceOpponent: 'Initech GmbH',
    }
    const errors = [{ data: refusal }]
    const created = await call('POST', '/scheduled-sessions', byStaff, operations)
    expect(created).toMatchObject({ status: 422, json: { errors } })
    const path = `/scheduled-sessions/${String(session?.id)}`
    const changed = await call('PATCH', path, { practiceOpponent: 'Initech GmbH' }, operations)
    expect(changed).toMatchObject({ status: 422, json: { errors } })
    expect(await countStored()).toEqual(before)
    expect(await count(`scheduled_sessions WHERE practice_opponent ILIKE 'initech%'`)).toBe(0)

    // The time is not taken either.
    const other = await call('POST', '/booking/sessions', { ...refused, practiceOpponent: 'Umbrella' })
    expect(other).toMatchObject({ status: 201 })
  })
})

describe('its handlers, message, channel, language and rooms', () => {
  it('follow a booking: a file with it, then one message over each channel, in the added language', async () => {
    const visitor = { ...guest({ name: 'Zoé' }), language: 'fr' }
    const booked = await call('POST', '/booking/sessions', order({ customer: visitor, practiceOpponent: 'Acme' }))
    const { reference, meeting } = booked.json.session as { reference: string; meeting: { joinUrl: string } }
    expect(booked.status, JSON.stringify(booked.json)).toBe(201)
    // Before the commit, so it is there with the session.
    const file = await call('GET', `/practice-files?where[number][equals]=F-${reference}`, undefined, lawyer)
    expect(file.json.docs).toMatchObject([{ opponent: 'Acme', status: 'open', session: { reference } }])

    const { rows } = await client.query<{ id: string; provider: string; url: string }>(
      'SELECT id, meeting_provider AS provider, meeting_join_url AS url FROM scheduled_sessions WHERE reference = $1',
      [reference],
    )
    const [session] = rows
    expect(session).toMatchObject({
      provider: 'practice_rooms',
      url: expect.stringMatching(/^https:\/\/rooms\.practice\.example\/[a-z0-9-]+$/) as string,
    })
    const room = await fetch(meeting.joinUrl, { redirect: 'manual' })
    expect(room.status).toBeLessThan(400)

    const subject = `À préparer : votre dossier F-${reference}`
    const lettersOf = () => postbox.letters.filter(({ to }) => to === visitor.email)
    const mailsOf = () => mail.resend.control.emails(visitor.email).filter((one) => one.subject === subject)
    await vi.waitFor(
      () => {
        expect(lettersOf()).toHaveLength(1)
        expect(mailsOf()).toHaveLength(1)
      },
      { timeout: 20_000, interval: 50 },
    )
    expect(lettersOf()).toMatchObject([
      { subject, text: expect.stringContaining('Merci d’avoir votre contrat') as string },
    ])
    // What is not translated is said in English. Nobody has confirmed the address yet, so it is greeted without a name.
    expect(mailsOf()[0]?.text).toMatch(/Hello,\n\nMerci d’avoir[^]*\nWith: Consultant/)

    // The job of a worker that was killed runs again.
    const event = {
      id: 'again',
      name: 'session.scheduled',
      at: iso(Date.now()),
      data: { sessionId: session?.id, reference },
    }
    await client.query(`SELECT graphile_worker.add_job('handle-event', $1::json)`, [
      JSON.stringify({ event, handler: 'tell-how-to-prepare' }),
    ])
    await untilWorkIsDone()
    expect(
      await count(`notifications WHERE kind = 'practice_preparation' AND scheduled_session_id = '${session?.id}'`),
    ).toBe(2)
    expect([lettersOf().length, mailsOf().length]).toEqual([1, 1])
  })
})

describe('its endpoint', () => {
  it('answers, says what is wrong, and is limited although it names no limit', async () => {
    expect(await call('GET', '/practice/areas?area=employment')).toMatchObject({
      status: 200,
      json: { docs: [{ area: 'employment', label: 'Employment', services: [{ slug: serviceType.slug }] }] },
    })
    expect(await call('GET', '/practice/areas?area=space')).toMatchObject({
      status: 400,
      json: { code: 'invalid_request', errors: [{ path: 'area' }] },
    })
    const more = await Promise.all(Array.from({ length: 24 }, () => call('GET', '/practice/areas')))
    const refused = more.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
    expect(refused[0]?.json).toMatchObject({ code: 'rate_limited' })
  })

  it('stands in the OpenAPI document of the running server, as do the fields', async () => {
    type Document = {
      paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>
      components: { schemas: Record<string, unknown> }
    }
    const { paths, components } = (await call('GET', '/openapi.json')).json as unknown as Document
    expect(paths['/api/practice/areas']?.get?.operationId).toBe('listPracticeAreas')
    expect(paths['/api/booking/sessions']?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { properties: { practiceOpponent: { maxLength: 120 } } } } },
    })
    expect(components.schemas.Session).toMatchObject({ properties: { practiceOpponent: {} } })
    expect(components.schemas.ServiceType).toMatchObject({ properties: { practiceArea: {} } })
    expect(JSON.stringify(components.schemas.ServiceType)).toContain('"employment","family","tenancy"')
  })
})

describe('its collections', () => {
  const denied = { status: 403, json: { errors: [{ message: 'You are not allowed to perform this action.' }] } }

  it('are staff’s alone where they grant nothing', async () => {
    for (const token of [undefined, customer, lawyer]) {
      expect(await call('GET', '/practice-clients', undefined, token)).toMatchObject(denied)
      expect(await call('POST', '/practice-clients', { name: 'Mine' }, token)).toMatchObject(denied)
    }
  })

  it('are open to those to whom they are granted', async () => {
    for (const token of [undefined, customer]) {
      expect(await call('GET', '/practice-files', undefined, token)).toMatchObject(denied)
    }
    expect(await call('GET', '/practice-files', undefined, lawyer)).toMatchObject({ status: 200 })
    const other = await tokenFor(payload, (await createConsultant(payload)).user)
    expect((await call('GET', '/practice-files', undefined, other)).json.docs).toEqual([])
    expect(await call('POST', '/practice-files', { number: '1' }, lawyer)).toMatchObject(denied)
  })

  it('are read in pages, and take no text that is unsafe', async () => {
    for (const query of ['limit=0', 'limit=100000', 'pagination=false']) {
      expect((await call('GET', `/practice-files?${query}`, undefined, operations)).json.limit, query).toBe(200)
    }
    const unsafe = await call('POST', '/practice-clients', { name: 'Umbrella\u202E' }, operations)
    expect(unsafe).toMatchObject({ status: 400, json: { errors: [{ data: { errors: [{ path: 'name' }] } }] } })
  })
})

describe('its pages of the admin', () => {
  it('are in the map that the build takes them from', async () => {
    expect(await copy.npm('generate:importmap')).toMatchObject({ code: 0 })
    const map = await copy.read('src/app/(payload)/admin/importMap.js')
    for (const component of [
      'open-files-page#OpenFilesPage',
      'open-files-widget#OpenFilesWidget',
      'open-files-link#OpenFilesLink',
    ]) {
      expect(map).toContain(`"/src/extensions/admin/${component}"`)
    }
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
  const describeSchema = async (described: TestDatabase) => readSchema(await connectTo(described))

  it('keeps what the example stored, and both have what they need', async () => {
    const { product, files } = await released
    for (const file of files) await copy.write(file, await product.read(file))
    expect(await migrate(database)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Migrated \d+_\d+_newer_product\n$/) as string,
    })
    const { rows } = await client.query(`SELECT practice_area, tagline FROM service_types WHERE id = $1`, [
      serviceType.id,
    ])
    expect(rows).toEqual([{ practice_area: 'employment', tagline: null }])
    expect((await client.query('SELECT name FROM practice_clients')).rows).toEqual([{ name: 'Initech GmbH' }])
    for (const file of files) expect(await copy.read(file), file).not.toContain('practice')
  })

  it('asks for no migration of the example, which has all that it needs', async () => {
    expect(await copy.npm('migrate:create', { args: ['after_upgrade'] })).toEqual({
      code: 0,
      output: 'The extension needs no migration: there is nothing to do.\n',
    })
  })

  it('writes of the example’s next step nothing but that step', async () => {
    await copy.edit(
      'src/extensions/collections/with-area.ts',
      'fields: [',
      `fields: [{ name: 'practiceLevel', type: 'text' },`,
    )
    const { output } = await copy.npm('migrate:create', { args: ['level'] })
    const file = /src\/extensions\/migrations\/\d{8}_\d{6}_level\.ts/.exec(output)?.[0] ?? output
    expect([...(await copy.read(file)).matchAll(/^ +(.*;)$/gm)].map(([, statement]) => statement)).toEqual([
      'ALTER TABLE "service_types" ADD COLUMN "practice_level" varchar;',
      'ALTER TABLE "service_types" DROP COLUMN "practice_level";',
    ])
    expect(await migrate(database)).toMatchObject({ code: 0 })
  })

  it('comes to the same schema in a new database', async () => {
    const fresh = await createTestDatabase({ empty: true })
    expect(await migrate(fresh)).toMatchObject({ code: 0 })
    expect(await describeSchema(fresh)).toEqual(await describeSchema(database))
  })
})
