import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ConsultantProfile, User } from '#payload-types'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let db: pg.Client
let api: RestClient
let operations: RestClient

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  db = await connectTo(opened.database)
  api = await createRestClient(payload)
  operations = await api.as(await createUser(payload, ['operations']))
})

const versionOf = async ({ id }: ConsultantProfile): Promise<number> => {
  const { rows } = await db.query('SELECT rules_version::int AS version FROM consultant_profiles WHERE id = $1', [id])
  return rows[0].version
}

const publishJobs = async ({ id }: ConsultantProfile): Promise<number> => {
  const { rows } = await db.query('SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE key = $1', [
    `publish-slots:${id}`,
  ])
  return rows[0].count
}

const publishedSlot = (profile: ConsultantProfile) =>
  db.query(
    `INSERT INTO availability_slots (id, consultant_id, starts_at, ends_at, status, duration_minutes)
     VALUES (gen_random_uuid(), $1, $2, $3, 'available', 30)`,
    [profile.id, iso(hourIn(3)), iso(hourIn(3) + 30 * 60_000)],
  )

const countSlots = async ({ id }: ConsultantProfile): Promise<number> => {
  const { rows } = await db.query('SELECT count(*)::int AS count FROM availability_slots WHERE consultant_id = $1', [
    id,
  ])
  return rows[0].count
}

describe('the version of the rules', () => {
  test('rises with every change of the profile and of its schedules; what touches times publishes them anew', async () => {
    const { profile, user } = await createConsultant(payload)
    const self = await api.as(user)
    let version = await versionOf(profile)
    const rises = async (change: () => Promise<{ status: number; text: string }>, published = 1) => {
      await db.query('DELETE FROM graphile_worker._private_jobs')
      const answer = await change()
      expect(answer.status, answer.text).toBeLessThan(300)
      expect(await versionOf(profile)).toBe(version + 1)
      expect(await publishJobs(profile)).toBe(published)
      version++
      return answer
    }
    const published = async () => {
      const { rows } = await db.query(
        'SELECT published_rules_version::int AS version FROM parley.directory WHERE consultant_id = $1',
        [profile.id],
      )
      return rows[0].version
    }
    const { publishSlots } = await import('#directory/published-slots/publish-slots')
    await publishSlots(payload, profile.id)
    expect(await published()).toBe(version)
    // The sweep, which looks for older ones, has nothing to publish either.
    await rises(() => self.patch(`/consultant-profiles/${profile.id}`, { headline: 'Changed' }), 0)
    expect(await published()).toBe(version)
    await rises(() => self.patch(`/consultant-profiles/${profile.id}`, { availability: { minBookingNoticeHours: 2 } }))
    expect(await published()).toBe(version - 1)

    const created = await rises(() => self.post('/availability-schedules', { consultant: profile.id, type: 'weekly' }))
    const { id } = JSON.parse(created.text).doc
    await rises(() => self.patch(`/availability-schedules/${id}`, { isActive: false }))
    await rises(() => self.del(`/availability-schedules/${id}`))
  })

  test('of changes at the same time each has its own, and none is lost', async () => {
    const { profile } = await createConsultant(payload)
    const before = await versionOf(profile)
    const changes = [{ headline: 'One' }, { location: 'Two' }, { company: 'Three' }, { yearsOfExperience: 4 }]
    const answers = await Promise.all(
      changes.map((change) => operations.patch(`/consultant-profiles/${profile.id}`, change)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await versionOf(profile)).toBe(before + changes.length)
    expect(await payload.findByID({ collection: 'consultant-profiles', id: profile.id })).toMatchObject(
      Object.assign({}, ...changes),
    )
  })
})

describe('published time', () => {
  test.each([
    ['is hidden', { isPublic: false }],
    ['is unpublished', { _status: 'draft' }],
    ['takes no bookings', { availability: { isAvailable: false } }],
  ])('disappears at once when the profile %s', async (_, change) => {
    const { profile } = await createConsultant(payload)
    await publishedSlot(profile)
    const harmless = await operations.patch(`/consultant-profiles/${profile.id}`, { headline: 'Still there' })
    expect(harmless.status).toBe(200)
    expect(await countSlots(profile)).toBe(1)
    const answer = await operations.patch(`/consultant-profiles/${profile.id}`, change)
    expect(answer.status, answer.text).toBe(200)
    expect(await countSlots(profile)).toBe(0)
  })
})

test('publishing an old draft brings back neither old statistics nor an old feed token', async () => {
  const { profile } = await createConsultant(payload)
  const url = `/consultant-profiles/${profile.id}`
  expect((await operations.patch(`${url}?draft=true`, { headline: 'A draft' })).status).toBe(200)
  await db.query(
    `UPDATE consultant_profiles SET statistics_review_count = 7, statistics_average_rating = 4.5, statistics_total_bookings = 9,
       feed_token_hash = 'rotated', payment_settings_payouts_enabled = true WHERE id = $1`,
    [profile.id],
  )
  const published = await operations.patch(url, { _status: 'published', headline: 'Published' })
  expect(published.status, published.text).toBe(200)
  const after = await payload.findByID({ collection: 'consultant-profiles', id: profile.id, showHiddenFields: true })
  expect(after).toMatchObject({
    headline: 'Published',
    statistics: { reviewCount: 7, averageRating: 4.5, totalBookings: 9 },
    feedTokenHash: 'rotated',
    paymentSettings: { payoutsEnabled: true },
  })
})

describe('what cannot be is refused', () => {
  let profile: ConsultantProfile
  let user: User
  let self: RestClient

  beforeAll(async () => {
    ;({ profile, user } = await createConsultant(payload))
    self = await api.as(user)
  })

  const hours = (startTime: string) => ({ workingHours: { monday: { enabled: true, startTime, endTime: '17:00' } } })

  test.each([
    ['a zone that does not exist', { availability: { timeZone: 'Europe/Atlantis' } }, 'availability.timeZone'],
    ['an offset as a zone', { availability: { timeZone: '+01:00' } }, 'availability.timeZone'],
    ['a time after midnight', { availability: hours('24:30') }, 'availability.workingHours.monday.startTime'],
    ['a time without a zero', { availability: hours('9:00') }, 'availability.workingHours.monday.startTime'],
    ['notice in half hours', { availability: { minBookingNoticeHours: 1.5 } }, 'availability.minBookingNoticeHours'],
    ['a negative buffer', { availability: { bufferTimeMinutes: -5 } }, 'availability.bufferTimeMinutes'],
    ['no horizon', { availability: { maxAdvanceBookingDays: 0 } }, 'availability.maxAdvanceBookingDays'],
    ['a session of three minutes', { consulting: { sessionDurations: [3] } }, 'consulting.sessionDurations'],
    ['a session of nine hours', { consulting: { sessionDurations: [540] } }, 'consulting.sessionDurations'],
    ['the same length twice', { consulting: { sessionDurations: [30, 30] } }, 'consulting.sessionDurations'],
    [
      'a default that is not offered',
      { consulting: { sessionDurations: [30], defaultDuration: 45 } },
      'consulting.defaultDuration',
    ],
    ['a fraction of a penny', { consulting: { basePrice: 100.5 } }, 'consulting.basePrice'],
    ['a negative price', { consulting: { basePrice: -1 } }, 'consulting.basePrice'],
    ['a fraction of a króna', { consulting: { basePrice: 1_050, currency: 'ISK' } }, 'consulting.basePrice'],
    ['a step too small for dinars', { consulting: { basePrice: 12_005, currency: 'KWD' } }, 'consulting.basePrice'],
    ['a currency that is not sold in', { consulting: { currency: 'XXX' } }, 'consulting.currency'],
    [
      'more than everything back',
      { consulting: { cancellationPolicy: { refundPercentage: 101 } } },
      'consulting.cancellationPolicy.refundPercentage',
    ],
    ['an address that is a script', { website: 'javascript:alert(1)' }, 'website'],
    ['a telephone number of letters', { phone: 'call me' }, 'phone'],
    [
      'a break of no length',
      { availability: { breakTimes: [{ recurring: true, startTime: '10:00', endTime: '10:00' }] } },
      'availability.breakTimes.0.endTime',
    ],
    [
      'a break that happens once, and never',
      { availability: { breakTimes: [{ recurring: false, startTime: '10:00', endTime: '11:00' }] } },
      'availability.breakTimes.0.date',
    ],
    [
      'hours of no length',
      { availability: { workingHours: { monday: { enabled: true, startTime: '10:00', endTime: '10:00' } } } },
      'availability.workingHours.monday.endTime',
    ],
  ])('%s', async (_, change, path) => {
    const answer = await self.patch(`/consultant-profiles/${profile.id}`, change)
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json.errors[0].data.errors.map((error: { path: string }) => error.path)).toContain(path)
  })

  test('whole yen, tens of fils and whole krónur are fine', async () => {
    for (const [basePrice, currency] of [
      [1_501, 'JPY'],
      [12_010, 'KWD'],
      [150_000, 'ISK'],
    ] as const) {
      const answer = await self.patch(`/consultant-profiles/${profile.id}`, { consulting: { basePrice, currency } })
      expect(answer.status, answer.text).toBe(200)
    }
  })

  test.each([
    ['a rule that nobody can read', { recurrences: [{ rrule: 'EVERY SECOND TUESDAY' }] }, 'recurrences.0.rrule'],
    ['a rule within a day', { recurrences: [{ rrule: 'FREQ=MINUTELY' }] }, 'recurrences.0.rrule'],
    ['a rule with two lines', { recurrences: [{ rrule: 'FREQ=DAILY\nEXDATE:20260101' }] }, 'recurrences.0.rrule'],
    ['a monthly one without a rule', { type: 'monthly' }, 'recurrences'],
    ['an end before its beginning', { appliedFrom: '2026-06-01', appliedTo: '2026-05-31' }, 'appliedTo'],
    [
      'two exceptions on one day',
      { dateExceptions: [{ date: '2026-06-01' }, { date: '2026-06-01T12:00:00Z' }] },
      'dateExceptions.1.date',
    ],
    ['a kind that does not exist', { type: 'yearly' }, 'type'],
    [
      'an exception that opens nothing',
      { dateExceptions: [{ date: '2026-06-01', isAvailable: true }] },
      'dateExceptions.0.slots',
    ],
    [
      'an exception on a day on which it does not count',
      { appliedFrom: '2026-06-02', dateExceptions: [{ date: '2026-06-01' }] },
      'dateExceptions.0.date',
    ],
    [
      'a rule that counts from nowhere',
      { type: 'monthly', recurrences: [{ rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }] },
      'recurrences.0.rrule',
    ],
  ])('in a schedule: %s', async (_, data, path) => {
    const answer = await self.post('/availability-schedules', { consultant: profile.id, type: 'weekly', ...data })
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json.errors[0].data.errors.map((error: { path: string }) => error.path)).toContain(path)
  })

  test('what is stored without a meaning stops nobody from changing something else', async () => {
    const date = '2026-06-01T12:00:00.000Z'
    const { id } = await payload.create({
      collection: 'availability-schedules',
      data: { consultant: profile.id, type: 'custom', dateExceptions: [{ date, isAvailable: false }] },
    })
    await db.query('UPDATE availability_schedules_date_exceptions SET is_available = true WHERE _parent_id = $1', [id])
    const renamed = await self.patch(`/availability-schedules/${id}`, { name: 'Renamed' })
    expect(renamed.status, renamed.text).toBe(200)
    const more = [...renamed.json.doc.dateExceptions, { date: '2026-06-02', isAvailable: true }]
    const refused = await self.patch(`/availability-schedules/${id}`, { dateExceptions: more })
    expect(refused.json.errors[0].data.errors.map(({ path }: { path: string }) => path)).toEqual([
      'dateExceptions.1.slots',
    ])
  })

  test.each([
    ['no length', { durations: [] }, 'durations'],
    ['a default that is none of them', { defaultDurationMinutes: 45 }, 'defaultDurationMinutes'],
    [
      'a price for a length that is not offered',
      { prices: [{ durationMinutes: 45, amount: 100, currency: 'GBP' }] },
      'prices.0.durationMinutes',
    ],
    [
      'two prices for one length',
      { prices: [1, 2].map(() => ({ durationMinutes: 30, amount: 100, currency: 'GBP' })) },
      'prices.1.durationMinutes',
    ],
    ['less than can be charged', { prices: [{ durationMinutes: 30, amount: 5, currency: 'GBP' }] }, 'prices.0.amount'],
    [
      'a choice of nothing',
      { intakeQuestions: [{ key: 'a', label: 'A', type: 'select' }] },
      'intakeQuestions.0.options',
    ],
    [
      'two questions of one name',
      { intakeQuestions: [1, 2].map(() => ({ key: 'a', label: 'A', type: 'text' })) },
      'intakeQuestions.1.key',
    ],
    [
      'a question whose name is no name',
      { intakeQuestions: [{ key: '1 a', label: 'A', type: 'text' }] },
      'intakeQuestions.0.key',
    ],
    ['a slug that is none', { slug: 'Not A Slug' }, 'slug'],
  ])('in a service type: %s', async (_, change, path) => {
    const serviceType = await createServiceType(payload, [profile])
    const answer = await operations.patch(`/service-types/${serviceType.id}`, change)
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json.errors[0].data.errors.map((error: { path: string }) => error.path)).toContain(path)
  })

  test('what is left out of an update stays as it was, and is checked with what is sent', async () => {
    const serviceType = await createServiceType(payload, [profile])
    const answer = await operations.patch(`/service-types/${serviceType.id}`, { durations: [60] })
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json.errors[0].data.errors[0].path).toBe('defaultDurationMinutes')
  })
})

test('a slug is made from the name when there is none', async () => {
  const answer = await operations.post('/service-types', {
    name: 'Übersicht & Strategie – Größe 10',
    durations: [30],
    defaultDurationMinutes: 30,
  })
  expect(answer.status, answer.text).toBe(201)
  expect(answer.json.doc.slug).toBe('ubersicht-strategie-grosse-10')
})

test('a change of a service type publishes the time of all who offer it, or did', async () => {
  const [one, other] = [await createConsultant(payload), await createConsultant(payload)]
  const serviceType = await createServiceType(payload, [one.profile])
  await db.query('DELETE FROM graphile_worker._private_jobs')
  await operations.patch(`/service-types/${serviceType.id}`, { consultants: [other.profile.id] })
  expect([await publishJobs(one.profile), await publishJobs(other.profile)]).toEqual([1, 1])
})

test('what the admin offers to duplicate can be, and a copy of what is sold is not sold yet', async () => {
  const { json: access } = await operations.get('/access')
  // Where nobody may create one there is no button.
  const offered = payload.config.collections.filter(
    ({ slug, disableDuplicate }) =>
      !disableDuplicate && !slug.startsWith('payload-') && access.collections[slug]?.create === true,
  )
  const { profile } = await createConsultant(payload)
  const { id: schedule } = await payload.create({
    collection: 'availability-schedules',
    data: { consultant: profile.id, name: 'Mornings', type: 'weekly' },
  })
  const { id: serviceType, slug } = await createServiceType(payload, [profile])
  const originals: Record<string, string> = { 'availability-schedules': schedule, 'service-types': serviceType }
  expect(offered.map(({ slug }) => slug).sort()).toEqual(Object.keys(originals).sort())
  for (const [collection, id] of Object.entries(originals)) {
    const answer = await operations.post(`/${collection}/${id}/duplicate`)
    expect(answer.status, answer.text).toBe(200)
  }
  const copy = await payload.find({
    collection: 'service-types',
    where: { slug: { equals: `${slug}-copy` } },
    depth: 0,
  })
  expect(copy.docs).toMatchObject([{ isActive: false, consultants: [profile.id] }])
})
