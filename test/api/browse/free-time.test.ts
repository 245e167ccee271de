import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { connectTo } from '../../support/database'
import { alwaysOpen, createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

/** "Who is free between 14:00 and 18:00?", asked of all consultants at once in every way there is. */

let payload: Payload
let db: pg.Client
let client: RestClient
let publish: (consultantId: string) => Promise<void>

// A day on which nothing else of this file happens, so that nobody's clock decides a test.
const from = hourIn(7, 14)
const to = hourIn(7, 18)
const hour = 3_600_000

const withHours = (startTime: string, endTime: string) => {
  const day = { enabled: true, startTime, endTime }
  return {
    ...alwaysOpen,
    workingHours: {
      monday: day,
      tuesday: day,
      wednesday: day,
      thursday: day,
      friday: day,
      saturday: day,
      sunday: day,
    },
  }
}

let inside: ConsultantProfile
let before: ConsultantProfile
let across: ConsultantProfile
let lateNotice: ConsultantProfile
let call: ServiceType

const slotQuery = (start = from, end = to) =>
  new URLSearchParams({
    'where[status][equals]': 'available',
    'where[startsAt][greater_than_equal]': iso(start),
    'where[endsAt][less_than_equal]': iso(end),
    limit: '200',
    depth: '0',
    sort: 'startsAt',
  })

const searchFree = (start = from, end = to, more: Record<string, string> = {}) =>
  `/booking/consultants?${new URLSearchParams({ availableFrom: iso(start), availableTo: iso(end), sort: 'name', ...more })}`

const namesOf = async (path: string): Promise<string[]> =>
  (await client.get(path)).json.docs.map(({ name }: { name: string }) => name)

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  db = await connectTo(opened.database)
  client = await createRestClient(payload)
  const { publishSlots } = await import('#directory/published-slots/publish-slots')
  publish = (consultantId) => publishSlots(payload, consultantId)

  const make = async (name: string, availability: ConsultantProfile['availability']) =>
    (await createConsultant(payload, { name, slug: name.toLowerCase(), availability })).profile
  inside = await make('Inside', withHours('15:00', '16:00'))
  before = await make('Before', withHours('10:00', '14:00'))
  // 13:30 to 14:30: half an hour of it is in the window, as one slot.
  across = await make('Across', withHours('13:30', '14:30'))
  lateNotice = await make('Notice', { ...withHours('15:00', '16:00'), minBookingNoticeHours: 24 * 30 })
  call = await createServiceType(payload, [inside, before, across, lateNotice])
  for (const { id } of [inside, before, across, lateNotice]) await publish(id)
})

describe('free time over all consultants', () => {
  const expected = () => [
    [across.id, from],
    [inside.id, from + hour],
    [inside.id, from + 1.5 * hour],
  ]

  it('is found through REST by anybody', async () => {
    const { status, json } = await client.get(`/availability-slots?${slotQuery()}`)
    expect(status).toBe(200)
    expect(
      json.docs.map((slot: { consultant: string; startsAt: string }) => [slot.consultant, Date.parse(slot.startsAt)]),
    ).toEqual(expected())
    expect(json.docs[0]).toMatchObject({
      serviceType: call.id,
      durationMinutes: 30,
      price: 0,
      currency: 'GBP',
      timeZone: 'UTC',
    })
  })

  it('is found through GraphQL by anybody, with the names of the consultants', async () => {
    const { json } = await client.graphql(
      `query ($from: DateTime!, $to: DateTime!) {
        AvailabilitySlots(limit: 200, sort: "startsAt",
          where: { status: { equals: available }, startsAt: { greater_than_equal: $from }, endsAt: { less_than_equal: $to } }) {
          docs { startsAt consultant { id name } }
        }
      }`,
      { from: iso(from), to: iso(to) },
    )
    expect(json.errors).toBeUndefined()
    const docs: { startsAt: string; consultant: { id: string; name: string } }[] = json.data.AvailabilitySlots.docs
    expect(docs.map(({ consultant, startsAt }) => [consultant.id, Date.parse(startsAt)])).toEqual(expected())
    expect(docs.map(({ consultant }) => consultant.name)).toEqual(['Across', 'Inside', 'Inside'])
  })

  it('is found by availableFrom and availableTo', async () => {
    expect(await namesOf(searchFree())).toEqual(['Across', 'Inside'])
  })

  it('must lie completely inside of the window', async () => {
    expect(await namesOf(searchFree(from + 0.25 * hour, from + 1.25 * hour))).toEqual([])
    expect(await namesOf(searchFree(from + hour, from + 1.5 * hour))).toEqual(['Inside'])
    expect(await namesOf(searchFree(from + hour, from + 1.5 * hour - 1))).toEqual([])
    expect(await namesOf(searchFree(from - 0.5 * hour, from))).toEqual(['Across', 'Before'])
  })

  it('may be asked for with one end alone', async () => {
    const { json } = await client.get(`/booking/consultants?availableFrom=${iso(hourIn(45))}&sort=name`)
    expect(json.docs.map(({ name }: { name: string }) => name)).toEqual(['Across', 'Before', 'Inside', 'Notice'])
    expect(await namesOf(`/booking/consultants?availableTo=${iso(hourIn(40))}&sort=name`)).toEqual([
      'Across',
      'Before',
      'Inside',
      'Notice',
    ])
    expect(await namesOf(`/booking/consultants?availableFrom=${iso(hourIn(70))}`)).toEqual([])
    expect(await namesOf(`/booking/consultants?availableTo=${iso(Date.now() - hour)}`)).toEqual([])
  })

  it('counts only for the service type that is asked for', async () => {
    const other = await createServiceType(payload, [inside], { durations: [60], defaultDurationMinutes: 60 })
    await publish(inside.id)
    expect(await namesOf(searchFree(from, to, { serviceType: other.slug }))).toEqual(['Inside'])
    expect(await namesOf(searchFree(from, from + 1.5 * hour, { serviceType: other.id }))).toEqual([])
    expect(await namesOf(searchFree(from, from + 1.5 * hour, { serviceType: call.slug }))).toEqual(['Across', 'Inside'])
    await payload.update({ collection: 'service-types', id: other.id, data: { isActive: false } })
    await publish(inside.id)
  })

  it('says when somebody is free next, respecting their notice, and sorts by it', async () => {
    const { json } = await client.get('/booking/consultants?sort=next_available')
    const next = new Map(
      json.docs.map((doc: { name: string; nextAvailableAt: string }) => [doc.name, Date.parse(doc.nextAvailableAt)]),
    )
    expect(json.docs.at(-1).name).toBe('Notice')
    expect(next.get('Notice')).toBeGreaterThanOrEqual(Date.now() + 24 * 30 * hour)
    const times = [...next.values()]
    expect(times).toEqual([...times].sort())
    const listed = await client.get(
      `/booking/slots?${new URLSearchParams({
        consultant: 'inside',
        serviceType: call.id,
        start: iso(Date.now()),
        end: iso(Date.now() + 3 * 24 * hour),
      })}`,
    )
    const [day = ''] = Object.keys(listed.json.slots)
    expect(next.get('Inside')).toBe(Date.parse(listed.json.slots[day][0].start))
  })

  it('leaves out time that the notice forbids although it is still published', async () => {
    const { profile } = await createConsultant(payload, { name: 'Grown', availability: withHours('15:00', '16:00') })
    await createServiceType(payload, [profile])
    await publish(profile.id)
    // Past every hook: nobody publishes it anew.
    await db.query('UPDATE consultant_profiles SET availability_min_booking_notice_hours = 240 WHERE id = $1', [
      profile.id,
    ])
    expect(await namesOf(searchFree())).not.toContain('Grown')
    const { json } = await client.get('/booking/consultants?q=grown')
    expect(Date.parse(json.docs[0].nextAvailableAt)).toBeGreaterThan(Date.now() + 240 * hour)
    await payload.update({ collection: 'consultant-profiles', id: profile.id, data: { isPublic: false } })
  })

  it('follows a booking as soon as the worker has published it', async () => {
    const booked = await client.post('/booking/sessions', {
      consultant: across.id,
      serviceType: call.id,
      start: iso(from),
      customer: guest(),
    })
    expect(booked.status).toBe(201)
    await publish(across.id)
    expect(await namesOf(searchFree())).toEqual(['Inside'])
    const { json } = await client.get(`/availability-slots?${slotQuery()}`)
    expect(json.docs.map(({ consultant }: { consultant: string }) => consultant)).not.toContain(across.id)
  })
})

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] }

const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)]

/** How PostgreSQL finds rows of a table for what a request asks. */
const scansOf = async (table: string, path: string): Promise<string[]> => {
  const { pool } = payload.db as unknown as { pool: pg.Pool }
  const spy = vi.spyOn(pool, 'query')
  const { status } = await client.get(path)
  const calls = spy.mock.calls as unknown as [{ text: string } | string, unknown[]][]
  spy.mockRestore()
  expect(status).toBe(200)
  const scans: string[] = []
  for (const [statement, values] of calls) {
    const text = typeof statement === 'string' ? statement : statement.text
    if (!text.includes(table)) continue
    const { rows } = await db.query(`EXPLAIN (FORMAT JSON) ${text}`, values)
    const plans = flatten(rows[0]['QUERY PLAN'][0].Plan as Plan)
    for (const plan of plans) {
      if (plan['Relation Name'] === table) scans.push(plan['Index Name'] ?? plan['Node Type'])
      else if (plan['Node Type'] === 'Bitmap Index Scan') scans.push(plan['Index Name'] ?? '')
    }
  }
  return scans
}

describe('with many consultants', () => {
  beforeAll(async () => {
    await db.query(`
      INSERT INTO consultant_profiles (id, name, slug, _status, is_public)
      SELECT gen_random_uuid(), 'Many ' || n, 'many-' || n, 'published', true FROM generate_series(1, 120) n`)
    await db.query(`INSERT INTO parley.directory (consultant_id, name_key)
      SELECT id, lower(name) FROM consultant_profiles ON CONFLICT DO NOTHING`)
    await db.query(
      `
      INSERT INTO availability_slots (id, consultant_id, service_type_id, starts_at, ends_at, duration_minutes, status)
      SELECT gen_random_uuid(), c.id, $1, s, s + interval '30 minutes', 30, 'available'
      FROM consultant_profiles c, generate_series(now() + interval '1 day', now() + interval '59 days', interval '4 hours') s
      WHERE c.slug LIKE 'many-%'`,
      [call.id],
    )
    await db.query(`
      INSERT INTO parley.free_days (consultant_id, day, service_type_id, duration_minutes, first_start, last_start, starts)
      SELECT consultant_id, (starts_at AT TIME ZONE 'UTC')::date, service_type_id, 30, min(starts_at), max(starts_at),
        array_agg((extract(epoch FROM starts_at)::bigint % 86400 / 60)::smallint ORDER BY starts_at)
      FROM availability_slots a JOIN consultant_profiles c ON c.id = a.consultant_id
      WHERE a.status = 'available' AND c.slug LIKE 'many-%' GROUP BY 1, 2, 3`)
    await db.query(`
      UPDATE parley.directory d SET next_start = f.first, last_start = f.last
      FROM (SELECT consultant_id, min(first_start) AS first, max(last_start) AS last FROM parley.free_days GROUP BY 1) f
      WHERE f.consultant_id = d.consultant_id`)
    await db.query('VACUUM ANALYZE availability_slots')
    await db.query('VACUUM ANALYZE parley.free_days')
    await db.query('ANALYZE')
  })

  it('REST is served by an index of the slots', async () => {
    const scans = (await scansOf('availability_slots', `/availability-slots?${slotQuery()}`)).filter(
      (scan) => scan !== 'Bitmap Heap Scan',
    )
    expect(scans.length).toBeGreaterThan(0)
    for (const index of scans) expect(index).toMatch(/_idx$/)
  })

  it.each([
    ['availableFrom and availableTo', () => searchFree()],
    ['sixty days of them', () => searchFree(Date.now(), Date.now() + 60 * 24 * hour)],
    ['availableFrom alone', () => `/booking/consultants?availableFrom=${iso(from)}`],
    ['a service type', () => searchFree(from, to, { serviceType: call.id })],
    ['sorted by the next free time', () => `/booking/consultants?sort=next_available&serviceType=${call.id}`],
  ])('the search reads the days of one consultant after the other, and no slots: %s', async (_, path) => {
    expect(await scansOf('free_days', path())).toContain('free_days_pkey')
    for (const scan of await scansOf('free_days', path())) expect(scan).toBe('free_days_pkey')
    expect(await scansOf('availability_slots', path())).toEqual([])
  })
})

describe('the bounds of the search', () => {
  it('refuse a window that is longer than 62 days, and say so', async () => {
    const start = hourIn(1)
    const refused = await client.get(searchFree(start, start + 62 * 24 * hour + 1))
    expect(refused.status).toBe(400)
    expect(refused.json.errors).toEqual([
      {
        path: 'availableTo',
        message: expect.stringMatching(/^must be at most 62 days after availableFrom: .* 60 days/),
      },
    ])
    expect((await client.get(searchFree(start, start + 62 * 24 * hour))).status).toBe(200)
    const alone = await client.get(`/booking/consultants?availableTo=${iso(Date.now() + 63 * 24 * hour)}`)
    expect(alone.status).toBe(400)
    expect(alone.json.errors[0].message).toContain('after now')
    // What has passed does not count.
    expect((await client.get(searchFree(start - 90 * 24 * hour, start))).status).toBe(200)
  })

  it('stand in its document, with the length that it knows', async () => {
    const { json } = await client.get('/openapi.json')
    const { description, parameters } = json.paths['/api/booking/consultants'].get
    expect(description).toMatch(/of the length that each service type offers first.*at most 60 days/)
    const availableTo = parameters.find(({ name }: { name: string }) => name === 'availableTo')
    expect(availableTo.description ?? availableTo.schema.description).toContain('at most 62 days')
  })
})
