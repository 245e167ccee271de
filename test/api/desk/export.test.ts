import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ServiceType } from '#payload-types'
import { connectTo, type TestDatabase } from '../../support/database'
import { createConsultant, createCustomer, createServiceType, createUser, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let database: TestDatabase
let api: RestClient
let operations: RestClient
let host: RestClient
let consultant: ConsultantProfile
let customer: Customer
let serviceType: ServiceType

const start = Date.UTC(2026, 1, 10, 9)

const define = (data: Record<string, unknown>) =>
  operations.post('/custom-attributes', data).then((answer) => {
    expect(answer.status, answer.text).toBe(201)
  })

const record = async (at: number, attributes: Record<string, unknown>) => {
  await payload.db.create({
    collection: 'scheduled-sessions',
    data: {
      reference: `PY-X${at / 3_600_000}`,
      status: 'completed',
      consultant: consultant.id,
      customer: customer.id,
      serviceType: serviceType.id,
      startsAt: iso(at),
      endsAt: iso(at + 1_800_000),
      durationMinutes: 30,
      timeZone: 'UTC',
      price: { amount: 4_999, currency: 'GBP', platformFeeAmount: 750, consultantPayoutAmount: 4_249 },
      problemTitle: '=1+1',
      attributes,
    },
  })
}

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  api = await createRestClient(payload)
  operations = await api.as(await createUser(payload, ['operations']))
  const made = await createConsultant(payload, { name: 'Tane Walker', slug: 'tane' })
  consultant = made.profile
  host = await api.as(made.user)
  ;({ customer } = await createCustomer(payload))
  serviceType = await createServiceType(payload, [consultant], { name: 'Quick call, 30', slug: 'quick' })
  const base = { subject: 'scheduled-sessions', isActive: true }
  await define({
    ...base,
    key: 'channel',
    label: 'How did you find us?',
    type: 'select',
    options: [
      { value: 'web', label: 'Web search' },
      { value: 'friend', label: '+ a friend' },
    ],
    position: 1,
  })
  await define({ ...base, key: 'score', label: 'Score', type: 'number', position: 2 })
  await define({ ...base, key: 'vip', label: 'VIP', type: 'checkbox', position: 3 })
  await define({
    ...base,
    key: 'topics',
    label: 'Topics',
    type: 'multi_select',
    options: [
      { value: 'a', label: 'Pricing' },
      { value: 'b', label: 'Hiring' },
    ],
    position: 4,
  })
  await define({ ...base, key: 'gone', label: 'No longer asked', type: 'text', isActive: false, position: 5 })
  await record(start, { channel: 'web', score: -3.5, vip: true, topics: ['a', 'b'], gone: 'x' })
  await record(start + 3_600_000, { channel: 'friend' })
  await record(start + 7_200_000, {})
})

/** Of a file: its rows as objects by header. No cell of these tests holds a line break. */
const rowsOf = (text: string): Record<string, string>[] => {
  const [header = [], ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])))
}

const sessions = '/exports/scheduled-sessions.csv'

describe('an export of a list', () => {
  it('has a column for what people ask for, and one for each attribute that is in use', async () => {
    const answer = await operations.get(`${sessions}?sort=startsAt`)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="scheduled-sessions-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(answer.text).toMatch(/^Reference,Status,/)
    const rows = rowsOf(answer.text)
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({
      Status: 'Completed',
      'Starts at (UTC)': '2026-02-10 09:00:00',
      'Duration (minutes)': '30',
      'Service type': 'Quick call, 30',
      Consultant: 'Tane Walker',
      Customer: customer.name,
      'Customer e-mail': customer.email,
      Price: '49.99',
      Currency: 'GBP',
      'How did you find us?': 'Web search',
      Score: '-3.5',
      VIP: 'Yes',
      Topics: 'Pricing, Hiring',
    })
    expect(rows[0]).not.toHaveProperty('No longer asked')
    expect(rows[2]).toMatchObject({ 'How did you find us?': '', Score: '', VIP: '' })
  })

  it('makes formulas harmless, of records and of what operations have written', async () => {
    const rows = rowsOf((await operations.get(`${sessions}?sort=startsAt`)).text)
    expect(rows[0]).toMatchObject({ Problem: "'=1+1" })
    expect(rows[1]).toMatchObject({ 'How did you find us?': "'+ a friend" })
  })

  it('takes the conditions and the order of the list, on attributes as well, also as JSON', async () => {
    const starts = async (query: string) =>
      rowsOf((await operations.get(`${sessions}?${query}`)).text).map((row) => row['Starts at (UTC)'])
    expect(await starts('where[attributes.channel][equals]=web')).toEqual(['2026-02-10 09:00:00'])
    expect(await starts('sort=startsAt&where[startsAt][greater_than]=2026-02-10T09:30:00Z')).toEqual([
      '2026-02-10 10:00:00',
      '2026-02-10 11:00:00',
    ])
    const where = encodeURIComponent(
      JSON.stringify({ or: [{ and: [{ 'attributes.channel': { equals: 'friend' } }] }] }),
    )
    expect(await starts(`where=${where}`)).toEqual(['2026-02-10 10:00:00'])
    // In the order of the list where none is asked for.
    expect(await starts('')).toEqual(['2026-02-10 11:00:00', '2026-02-10 10:00:00', '2026-02-10 09:00:00'])
  })

  it.each(['customers', 'consultant-profiles', 'service-types'])('is there of %s', async (collection) => {
    const answer = await operations.get(`/exports/${collection}.csv`)
    expect(answer.status, answer.text).toBe(200)
    expect(rowsOf(answer.text)).toHaveLength(1)
  })

  it('goes past the longest page of a list, each record once', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `Many ${String(index).padStart(3, '0')}`)
    for (const name of names) {
      await payload.db.create({
        collection: 'customers',
        data: { name, email: `${name.replace(' ', '')}@many.example`, status: 'active' },
      })
    }
    const answer = await operations.get('/exports/customers.csv?where[name][like]=Many')
    expect(rowsOf(answer.text).map(({ Name }) => Name)).toEqual(names)
  })
})

describe('an export is refused', () => {
  it('to whoever is no staff', async () => {
    expect((await api.get(sessions)).json).toMatchObject({ status: 401, code: 'unauthenticated' })
    expect((await host.get(sessions)).json).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it.each([
    ['where[nothing][equals]=1', 'nothing'],
    ['where[manageTokenHash][equals]=1', 'manageTokenHash'],
    ['where=1', 'where'],
    ['where={', 'where'],
  ])('for conditions that there are not: %s', async (query, word) => {
    const { status, json } = await operations.get(`${sessions}?${query}`)
    expect([status, json.code]).toEqual([400, 'invalid_request'])
    expect(json.detail).toContain(word)
  })

  it('where more records than one file holds are left, saying what to do', async () => {
    const client = await connectTo(database)
    await client.query(
      `INSERT INTO customers (id, name, email, status)
       SELECT gen_random_uuid(), 'Bulk', 'bulk-' || n || '@bulk.example', 'active' FROM generate_series(1, 10001) n`,
    )
    const all = await operations.get('/exports/customers.csv?where[name][equals]=Bulk')
    expect(all.json).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: '10001 records are too many for one file. Filter the list so that at most 10000 are left.',
      errors: [{ path: 'where' }],
    })
  })

  it('of other collections', async () => {
    const { status, json } = await operations.get('/exports/users.csv')
    expect([status, json.code]).toEqual([400, 'invalid_request'])
  })
})
