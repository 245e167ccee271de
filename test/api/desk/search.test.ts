import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Customer, User } from '#payload-types'
import { countStatements } from '../../support/count-statements'
import { createConsultant, createCustomer, createServiceType, createUser } from '../../support/fixtures'
import { type MessageWorld, openMessageWorld } from '../../support/message-world'
import { recordPaidSession } from '../../support/money-records'
import type { RestClient } from '../../support/rest-client'

let payload: Payload
let world: MessageWorld
let staff: RestClient
let host: User
let zoe: Customer
let paid: Awaited<ReturnType<typeof recordPaidSession>>
let consultantId: string
let serviceTypeId: string

type Group = { collection: string; records: { id: string; title: string; note: string | null }[] }

const search = async (q: string, client = staff): Promise<Group[]> => {
  const answer = await client.get(`/operations/search?q=${encodeURIComponent(q)}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json.groups
}
const titles = async (q: string): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    (await search(q)).map(({ collection, records }) => [collection, records.map(({ title }) => title)]),
  )

const rename = (customer: Customer, data: Partial<Customer>) =>
  payload.update({ collection: 'customers', id: customer.id, data })

beforeAll(async () => {
  world = await openMessageWorld()
  payload = world.payload
  staff = await world.api.as(await createUser(payload, ['operations']))
  const { profile: consultant, user } = await createConsultant(payload, {
    name: 'Bea Quirrel',
    phone: '+44 20 7946 0000',
  })
  host = user
  const serviceType = await createServiceType(payload, [consultant])
  consultantId = consultant.id
  serviceTypeId = serviceType.id
  zoe = (await createCustomer(payload)).customer
  await rename(zoe, { name: 'Zoë Ångström', phone: '+49 170 1234567', company: 'Möbel 100% GmbH' })
  await rename((await createCustomer(payload)).customer, { name: 'Anna Zoellner' })
  paid = await recordPaidSession(payload, {
    ...{ consultant, customer: zoe, serviceType, amount: 12_000, currency: 'GBP' },
    ...{ startsAt: Date.now() + 86_400_000, paidAt: Date.now() },
  })
})

describe('the search over everything', () => {
  it.each([
    ['zoe angstrom'],
    ['ÅNGSTRÖM'],
    ['strom zo'],
    ['0170 1234567'],
    ['+49 (0)170 12345'],
    ['möbel'],
    ['100% gmbh'],
  ])('finds a customer by %j, with what they have booked', async (question) => {
    expect(await titles(question)).toEqual({
      customers: ['Zoë Ångström'],
      'scheduled-sessions': [paid.session.reference],
    })
  })

  it('finds what comes next of whoever has booked much', async () => {
    const { customer } = await createCustomer(payload)
    await rename(customer, { name: 'Otto Often' })
    const references: string[] = []
    for (let week = 1; week <= 8; week++) {
      const startsAt = Date.now() + week * 7 * 86_400_000
      const { session } = await recordPaidSession(payload, {
        ...{
          consultant: { id: consultantId },
          customer,
          serviceType: { id: serviceTypeId },
          amount: 12_000,
          currency: 'GBP',
        },
        ...{ startsAt, paidAt: Date.now() },
      })
      references.push(session.reference)
    }
    expect((await titles('otto often'))['scheduled-sessions']).toEqual(references.slice(0, 6))
  })

  it('finds by address, and whoever is called so before whoever has it somewhere', async () => {
    expect((await titles(zoe.email)).customers).toEqual(['Zoë Ångström'])
    expect((await titles('zoe')).customers).toEqual(['Zoë Ångström', 'Anna Zoellner'])
  })

  it('finds experts by name and telephone number', async () => {
    expect(await titles('quirr')).toEqual({ 'consultant-profiles': ['Bea Quirrel'] })
    expect(await titles('020 7946')).toEqual({ 'consultant-profiles': ['Bea Quirrel'] })
  })

  it('finds what has a number by its number, however it is typed, and by the ids of providers', async () => {
    const typed = paid.session.reference.toLowerCase().replace('-', ' ')
    expect(await titles(typed)).toEqual({ 'scheduled-sessions': [paid.session.reference] })
    for (const question of [paid.payment.reference, String(paid.payment.stripe?.paymentIntentId)]) {
      expect(await titles(question)).toEqual({ payments: [paid.payment.reference] })
    }
    expect((await search(paid.payment.reference))[0]?.records[0]?.note).toBe('Zoë Ångström')
  })

  it.each([['zo'], ['%%%'], ['___'], ['％％％abc'], ["'; --"], ['xyzzy'], ['\\']])(
    '%j finds nothing, and is no fault',
    async (question) => {
      expect(await search(question)).toEqual([])
    },
  )

  it('takes one statement', async () => {
    const { searchEverything } = await import('#desk/search/search-everything')
    const { createLocalReq } = await import('payload')
    const req = await createLocalReq({}, payload)
    const { data } = await countStatements(payload, () => searchEverything(req, 'zoe'))
    expect(data).toHaveLength(1)
  })

  it('is for staff alone', async () => {
    const answer = await (await world.api.as(host)).get('/operations/search?q=zoe')
    expect([answer.status, answer.json.code]).toEqual([403, 'forbidden'])
    expect((await world.api.get('/operations/search?q=zoe')).status).toBe(401)
    expect((await staff.get('/operations/search?q=')).status).toBe(400)
  })

  it('reads the index of people, not all of them', async () => {
    const { sql } = await import('@payloadcms/db-postgres')
    const { poolDb } = await import('#database/transactions')
    const db = poolDb(payload)
    await db.execute(sql`INSERT INTO customers (id, name, email, time_zone, status, updated_at, created_at)
      SELECT gen_random_uuid(), 'Crowd ' || md5(n::text), md5(n::text) || '@crowd.example', 'UTC', 'active', now(), now()
      FROM generate_series(1, 5000) n`)
    await db.execute(sql`ANALYZE customers`)
    const { rows } = await db.execute(sql`EXPLAIN SELECT id FROM customers p
      WHERE parley.person_key(p.name, p.email, p.company, p.phone) LIKE '%' || parley.search_key('angstrom') || '%'`)
    expect(JSON.stringify(rows)).toContain('customers_person_key_idx')
  })
})
