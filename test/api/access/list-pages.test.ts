import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { poolDb } from '#database/transactions'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let admin: RestClient

/** More than 1,000, as deep pages are read another way. */
const customers = 1_150
const profiles = 120
const versions = 130
const services = 9
/** The services that one consultant alone offers, by the consultant's company. */
const onlyOf: Record<string, string> = {}

const idsOf = async (query: ReturnType<typeof sql>): Promise<string[]> => {
  const { rows } = await poolDb(payload).execute(query)
  return (rows as { id: string }[]).map(({ id }) => id).sort()
}

/** Rows that nothing but their id tells apart, with ids in no order. */
beforeAll(async () => {
  payload = await getTestPayload()
  const api = await createRestClient(payload)
  admin = await api.as(await createUser(payload, ['admin']))
  const db = poolDb(payload)
  await db.execute(sql`
    INSERT INTO customers (id, email, name, company, created_at, updated_at)
    SELECT gen_random_uuid(), 'even-' || n || '@example.com', 'Even', 'Even', timestamptz '2026-01-01', timestamptz '2026-01-01'
    FROM generate_series(1, ${customers}::int) n`)

  const { profile, user } = await createConsultant(payload, { company: 'Even' })
  await db.execute(sql`
    INSERT INTO users SELECT made.* FROM users u, generate_series(2, ${profiles}::int) n,
      jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'email', 'even-' || n || '@parley.example')) made
    WHERE u.id = ${user.id}`)
  await db.execute(sql`
    INSERT INTO consultant_profiles SELECT made.* FROM consultant_profiles p, users u,
      jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'user_id', u.id, 'slug', u.email, 'email', u.email)) made
    WHERE p.id = ${profile.id} AND u.email LIKE 'even-%@parley.example'`)
  await db.execute(sql`
    INSERT INTO _consultant_profiles_v SELECT made.* FROM _consultant_profiles_v v, consultant_profiles p,
      jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'parent_id', p.id, 'version_user_id', p.user_id)) made
    WHERE v.parent_id = ${profile.id} AND v.latest AND p.company = 'Even' AND p.id <> ${profile.id}`)
  await db.execute(sql`
    INSERT INTO _consultant_profiles_v SELECT made.* FROM _consultant_profiles_v v, generate_series(2, ${versions}::int) n,
      jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'latest', n = 0)) made
    WHERE v.parent_id = ${profile.id} AND v.latest`)

  const pair = [profile, (await createConsultant(payload, { company: 'Odd' })).profile]
  for (let made = 0; made < services - 2; made += 1) await createServiceType(payload, pair)
  for (const one of pair) onlyOf[String(one.company)] = (await createServiceType(payload, [one])).id
  await db.execute(sql`UPDATE service_types SET created_at = '2026-01-01'`)
})

type Page = { docs: { id: string }[]; totalDocs: number; nextPage: number | null }

/** The ids of all pages as they come, and how many records the pages said there are. */
const walk = async (read: (page: number) => Promise<Page>): Promise<{ ids: string[]; totals: number[] }> => {
  const ids: string[] = []
  const totals = new Set<number>()
  for (let page: number | null = 1; page !== null;) {
    const found: Page = await read(page)
    ids.push(...found.docs.map(({ id }) => id))
    totals.add(found.totalDocs)
    page = found.nextPage
  }
  return { ids, totals: [...totals] }
}

const readRest =
  (path: string) =>
  async (page: number): Promise<Page> => {
    const answer = await admin.get(`${path}&page=${page}&depth=0`)
    expect(answer.status, answer.text).toBe(200)
    return answer.json as Page
  }

const readGraphql = (sort: string) => async (page: number) => {
  const answer = await admin.graphql(`{ Customers(limit: 100, page: ${page}, sort: "${sort}",
    where: { company: { equals: "Even" } }) { docs { id } totalDocs nextPage } }`)
  expect(answer.json.errors, answer.text).toBeUndefined()
  return answer.json.data.Customers as Page
}

const expectEachOnce = ({ ids, totals }: { ids: string[]; totals: number[] }, expected: string[]): void => {
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(expected)
  expect(totals).toEqual([expected.length])
}

const customerSorts = ['', 'timeZone', '-updatedAt', 'createdAt', '-createdAt', 'language,-name', 'user.email', 'id']

describe('a list of records that are equal by its order has each once on its pages', () => {
  const even = sql`SELECT id FROM customers WHERE company = 'Even'`

  it.each(customerSorts)('by REST, sorted by “%s”', async (sort) => {
    const path = `/customers?limit=100&where[company][equals]=Even${sort && `&sort=${sort}`}`
    expectEachOnce(await walk(readRest(path)), await idsOf(even))
  })

  it.each(['timeZone', '-createdAt', '-user.email'])('by GraphQL, sorted by “%s”', async (sort) => {
    expectEachOnce(await walk(readGraphql(sort)), await idsOf(even))
  })

  it('goes on with the id, in the direction of what is before it', async () => {
    const read = async (sort: string) =>
      (await walk(readRest(`/customers?limit=200&where[company][equals]=Even&sort=${sort}`))).ids
    const ascending = await idsOf(even)
    expect(await read('createdAt')).toEqual(ascending)
    expect(await read('timeZone')).toEqual(ascending.toReversed())
  })

  it.each(['-updatedAt', 'company', 'user.isActive'])('of drafts, sorted by “%s”', async (sort) => {
    const path = `/consultant-profiles?draft=true&limit=7&where[company][equals]=Even&sort=${sort}`
    expectEachOnce(
      await walk(readRest(path)),
      await idsOf(sql`SELECT id FROM consultant_profiles WHERE company = 'Even'`),
    )
  })

  it.each(['-updatedAt', 'version.company'])('of versions, sorted by “%s”', async (sort) => {
    const path = `/consultant-profiles/versions?limit=7&where[version.company][equals]=Even&sort=${sort}`
    const expected = await idsOf(sql`SELECT id FROM _consultant_profiles_v WHERE version_company = 'Even'`)
    expect(expected.length).toBeGreaterThan(versions)
    expectEachOnce(await walk(readRest(path)), expected)
  })

  it.each(['consultants.company', '-consultants.company', 'consultants'])(
    'of records with several others, sorted by “%s”',
    async (sort) => {
      const path = `/service-types?limit=2&sort=${sort}`
      const expected = await idsOf(sql`SELECT id FROM service_types`)
      expectEachOnce(await walk(readRest(path)), expected)
    },
  )
})

test('a record with several others stands where the first of them would', async () => {
  const lastBy = async (sort: string) => (await readRest(`/service-types?limit=50&sort=${sort}`)(1)).docs.at(-1)?.id
  expect(await lastBy('consultants.company')).toBe(onlyOf.Odd)
  expect(await lastBy('-consultants.company')).toBe(onlyOf.Even)
})

describe('a page past the end', () => {
  const pages = {
    'that joins': '/customers?limit=5&page=400&where[company][equals]=Even&where[user.email][exists]=false',
    'that joins for its order': '/customers?limit=5&page=400&where[company][equals]=Even&sort=user.email',
    'that joins nothing': '/customers?limit=5&page=400&where[company][equals]=Even',
  }

  test.each(Object.entries(pages))('of a long list %s says how many there are', async (_, path) => {
    expect((await admin.get(path)).json).toMatchObject({
      ...{ docs: [], totalDocs: customers, totalPages: 230, limit: 5, page: 400, pagingCounter: 1_996 },
      ...{ hasNextPage: false, nextPage: null, hasPrevPage: true, prevPage: 399 },
    })
  })

  const profilesOf = '/consultant-profiles?where[company][equals]=Even'

  test.each([
    ['profiles', `${profilesOf}&where[user.email][contains]=@`, profiles],
    ['profiles sorted by their users', `${profilesOf}&sort=user.email`, profiles],
    ['drafts', `${profilesOf}&draft=true&where[user.email][contains]=@`, profiles],
    ['services with several consultants', '/service-types?where[consultants.name][contains]=o', services],
  ])('of a short list of %s says how many there are', async (_, path, total) => {
    const { json } = await admin.get(`${path}&limit=5&page=90`)
    const totalPages = Math.ceil(total / 5)
    expect(json).toMatchObject({ docs: [], totalDocs: total, totalPages, page: 90, hasNextPage: false, prevPage: 89 })
  })

  test('of an empty list is the same with and without joins', async () => {
    const [plain, joined] = await Promise.all(
      ['', '&where[user.email][exists]=true'].map((join) =>
        admin.get(`/customers?limit=5&page=3&where[company][equals]=None${join}`),
      ),
    )
    expect(plain?.json).toMatchObject({ docs: [], totalDocs: 0, totalPages: 1, hasPrevPage: false, prevPage: null })
    expect(joined?.json).toEqual(plain?.json)
  })
})
