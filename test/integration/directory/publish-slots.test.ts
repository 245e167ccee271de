import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { BookingSetting, ConsultantProfile, ServiceType } from '#payload-types'
import { connectTo, type TestDatabase } from '../../support/database'
import { alwaysOpen, createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let db: pg.Client
let client: RestClient
let publish: (consultantId: string) => Promise<void>
let publishAll: () => Promise<void>
let publishWished: () => Promise<void>
let publishDue: () => Promise<void>
let database: TestDatabase

const hour = 3_600_000

type Row = {
  id: string
  starts_at: Date
  ends_at: Date
  occupied_from: Date
  occupied_until: Date
  duration_minutes: string
  time_zone: string
  price: string
  currency: string
  service_type_id: string
  schedule_id: string | null
  xmin: string
}

const published = async ({ id }: { id: string }): Promise<Row[]> =>
  (
    await db.query<Row>(
      `SELECT *, xmin::text FROM availability_slots WHERE consultant_id = $1 AND status = 'available' ORDER BY starts_at, id`,
      [id],
    )
  ).rows

const startsOf = (rows: Row[]) => rows.map(({ starts_at }) => starts_at.getTime())

/** What the public is offered for the next 60 days: the other way to the same instants. */
const offered = async (consultant: ConsultantProfile, serviceType: ServiceType): Promise<number[]> => {
  const query = new URLSearchParams({
    consultant: consultant.id,
    serviceType: serviceType.id,
    start: iso(Date.now()),
    end: iso(Date.now() + 60 * 24 * hour),
  })
  const { json } = await client.get(`/booking/slots?${query}`)
  return Object.values(json.slots as Record<string, { start: string }[]>).flatMap((day) =>
    day.map(({ start }) => Date.parse(start)),
  )
}

const jobsOf = async (id: string): Promise<number> =>
  Number(
    (await db.query(`SELECT count(*) FROM graphile_worker.jobs WHERE key = $1`, [`publish-slots:${id}`])).rows[0].count,
  )

const officeHours = { enabled: true, startTime: '09:00', endTime: '12:00' }
const closed = { ...officeHours, enabled: false }
/** Ten o'clock UTC of a day, from four days ahead on, that is no Saturday and no Sunday. */
const workdayHour = (): number => {
  const days = [4, 5, 6].map((ahead) => hourIn(ahead))
  return days.find((day) => new Date(day).getUTCDay() % 6 !== 0) ?? 0
}

const berlinMornings = {
  ...alwaysOpen,
  timeZone: 'Europe/Berlin',
  bufferTimeMinutes: 10,
  workingHours: {
    monday: officeHours,
    tuesday: officeHours,
    wednesday: officeHours,
    thursday: officeHours,
    friday: officeHours,
    saturday: closed,
    sunday: closed,
  },
}

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  database = opened.database
  db = await connectTo(database)
  client = await createRestClient(payload)
  const { publishAllSlots, publishDueSlots, publishSlots, publishWishedSlots } =
    await import('#directory/published-slots/publish-slots')
  publishDue = () => publishDueSlots(payload)
  publish = (consultantId) => publishSlots(payload, consultantId)
  publishAll = () => publishAllSlots(payload)
  publishWished = () => publishWishedSlots(payload)
})

/** Nobody is due but who becomes so. */
const leaveOthersAlone = () =>
  db.query(`UPDATE parley.directory SET publish_again_at = 'infinity', days_at = published_at`)

describe('publishSlots', () => {
  it('publishes exactly what is offered, in the default length, with everything filled in', async () => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    const call = await createServiceType(payload, [profile], { isFree: false })
    const long = await createServiceType(payload, [profile], { defaultDurationMinutes: 60, bufferBeforeMinutes: 5 })
    await publish(profile.id)
    const rows = await published(profile)
    const ofCall = rows.filter((row) => row.service_type_id === call.id)
    const ofLong = rows.filter((row) => row.service_type_id === long.id)
    expect(startsOf(ofCall)).toEqual(await offered(profile, call))
    expect(startsOf(ofLong)).toEqual(await offered(profile, long))
    expect(ofCall.length).toBeGreaterThan(200)
    const [first] = ofCall
    if (!first) throw new Error('Nothing was published.')
    expect(first).toMatchObject({
      duration_minutes: '30',
      time_zone: 'Europe/Berlin',
      price: '6000',
      currency: 'GBP',
      schedule_id: null,
    })
    expect(first.ends_at.getTime() - first.starts_at.getTime()).toBe(hour / 2)
    expect(first.occupied_from).toEqual(first.starts_at)
    expect(first.occupied_until.getTime() - first.ends_at.getTime()).toBe(10 * 60_000)
    expect(ofLong[0]).toMatchObject({ price: '0', duration_minutes: '60' })
  })

  it('names the schedule that decides about the day', async () => {
    const { profile } = await createConsultant(payload)
    await createServiceType(payload, [profile])
    const from = new Date(hourIn(10, 0)).toISOString()
    const to = new Date(hourIn(12, 0)).toISOString()
    const day = { enabled: true, slots: [{ startTime: '10:00', endTime: '11:00' }] }
    const schedule = await payload.create({
      collection: 'availability-schedules',
      data: {
        consultant: profile.id,
        type: 'weekly',
        appliedFrom: from,
        appliedTo: to,
        weeklyPattern: {
          monday: day,
          tuesday: day,
          wednesday: day,
          thursday: day,
          friday: day,
          saturday: day,
          sunday: day,
        },
      },
    })
    await publish(profile.id)
    const rows = await published(profile)
    // Three days of two half hours.
    expect(startsOf(rows.filter(({ schedule_id }) => schedule_id === schedule.id))).toEqual(
      [10, 11, 12].flatMap((days) => [hourIn(days, 10), hourIn(days, 10) + hour / 2]),
    )
  })

  it('goes on closing what schedules of the release before closed', async () => {
    const { profile } = await createConsultant(payload)
    const call = await createServiceType(payload, [profile])
    const date = new Date(hourIn(10, 0)).toISOString()
    const slots = [{ startTime: '10:00', endTime: '11:00' }]
    const base = await payload.create({
      collection: 'availability-schedules',
      data: { consultant: profile.id, type: 'weekly', weeklyPattern: { monday: { enabled: true, slots } } },
    })
    const oneOff = await payload.create({
      collection: 'availability-schedules',
      data: { consultant: profile.id, type: 'custom', dateExceptions: [{ date, isAvailable: true, slots }] },
    })
    expect((await offered(profile, call)).length).toBeGreaterThan(2)
    const { up } = await import('#database/migrations/20261201_124000_closed_otherwise')
    const [step] = up.steps
    // In the migration itself: what a worker did later would close what was made meanwhile.
    if (step?.kind !== 'transaction') throw new Error('It is not done by one transaction.')
    const { sql } = step
    await db.query(sql)
    expect(await offered(profile, call)).toEqual([hourIn(10, 10), hourIn(10, 10) + hour / 2])
    await db.query(sql)
    const { docs } = await payload.find({
      collection: 'availability-schedules',
      where: { consultant: { equals: profile.id } },
      sort: 'id',
      depth: 0,
    })
    // Between the two: what it closes is heard before what was made earlier.
    expect(docs.map(({ id, name }) => (id === base.id || id === oneOff.id ? id : name))).toEqual([
      base.id,
      'Closed otherwise: Schedule',
      oneOff.id,
    ])
  })

  it('writes only what has changed', async () => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    const call = await createServiceType(payload, [profile])
    await publish(profile.id)
    const before = await published(profile)
    await publish(profile.id)
    expect(await published(profile)).toEqual(before)

    const target = before[40]
    if (!target) throw new Error('Too little was published.')
    const booked = await client.post('/booking/sessions', {
      consultant: profile.id,
      serviceType: call.id,
      start: target.starts_at.toISOString(),
      customer: guest(),
    })
    expect(booked.status).toBe(201)
    await publish(profile.id)
    const after = await published(profile)
    // The buffer of ten minutes takes the next one with it, and the one before has too little room after it.
    expect(startsOf(after)).toEqual(await offered(profile, call))
    expect(before.length - after.length).toBeLessThanOrEqual(3)
    const untouched = new Map(before.map((row) => [row.id, row.xmin]))
    expect(after.every((row) => untouched.get(row.id) === row.xmin)).toBe(true)

    await client.post(
      `/booking/sessions/${booked.json.session.reference}/cancel`,
      {},
      {
        Authorization: `Bearer ${booked.json.manageToken}`,
      },
    )
    await publish(profile.id)
    expect(startsOf(await published(profile))).toEqual(startsOf(before))
  })

  it('keeps the rows and their ids when only the price changes', async () => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    await createServiceType(payload, [profile], { isFree: false })
    await publish(profile.id)
    const before = await published(profile)
    await payload.update({
      collection: 'consultant-profiles',
      id: profile.id,
      data: { consulting: { basePrice: 20_000 } },
    })
    await publish(profile.id)
    const after = await published(profile)
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(new Set(after.map(({ price }) => price))).toEqual(new Set(['10000']))
  })

  it('leaves the same when several run at once', async () => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    const call = await createServiceType(payload, [profile])
    await Promise.all(Array.from({ length: 6 }, () => publish(profile.id)))
    expect(startsOf(await published(profile))).toEqual(await offered(profile, call))
  })

  it('takes away what has passed, what an inactive service offered, and what somebody wrote by hand', async () => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    const call = await createServiceType(payload, [profile])
    const other = await createServiceType(payload, [profile])
    await publish(profile.id)
    await db.query(
      `UPDATE availability_slots SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour',
         occupied_from = NULL, occupied_until = NULL
       WHERE id = (SELECT id FROM availability_slots WHERE consultant_id = $1 AND service_type_id = $2 LIMIT 1)`,
      [profile.id, call.id],
    )
    await payload.update({ collection: 'service-types', id: other.id, data: { isActive: false } })
    await publish(profile.id)
    const rows = await published(profile)
    expect(new Set(rows.map(({ service_type_id }) => service_type_id))).toEqual(new Set([call.id]))
    expect(startsOf(rows)).toEqual(await offered(profile, call))
  })

  it.each([
    ['hidden', { isPublic: false }],
    ['unpublished', { _status: 'draft' as const }],
    ['not available', { availability: { ...alwaysOpen, isAvailable: false } }],
  ])('leaves nothing of a consultant who is %s, not even until the worker comes by', async (_, change) => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    await createServiceType(payload, [profile])
    await publish(profile.id)
    expect((await published(profile)).length).toBeGreaterThan(0)
    await payload.update({ collection: 'consultant-profiles', id: profile.id, data: change })
    expect(await published(profile)).toEqual([])
    await publish(profile.id)
    expect(await published(profile)).toEqual([])
  })

  it('finds the newest slot of a short horizon as soon as it can be booked, and hands it out when it is due', async () => {
    const { profile } = await createConsultant(payload, { availability: { ...alwaysOpen, maxAdvanceBookingDays: 3 } })
    const call = await createServiceType(payload, [profile])
    await publish(profile.id)
    const known = startsOf(await published(profile))
    const next = (known.at(-1) ?? 0) + hour / 2
    const search = async () => {
      const query = new URLSearchParams({
        serviceType: call.id,
        availableFrom: iso(next),
        availableTo: iso(next + hour / 2),
      })
      return (await client.get(`/booking/consultants?${query}`)).json.totalDocs
    }
    const due = async () =>
      (
        await db.query<{ at: Date }>('SELECT publish_again_at AS at FROM parley.directory WHERE consultant_id = $1', [
          profile.id,
        ])
      ).rows[0]?.at.getTime()
    // A two-hundredth of three days at the earliest, however soon the next slot comes.
    expect(await due()).toBeGreaterThanOrEqual(Date.now() + 21 * 60_000)
    expect(await due()).toBeLessThanOrEqual(Math.max(next - 3 * 24 * hour, Date.now() + 22 * 60_000))
    expect(await search()).toBe(0)
    vi.setSystemTime(next - 3 * 24 * hour)
    try {
      expect(await search()).toBe(1)
      expect(startsOf(await published(profile))).toEqual(known)
      await leaveOthersAlone()
      await db.query('UPDATE parley.directory SET publish_again_at = now() WHERE consultant_id = $1', [profile.id])
      await publishDue()
      await publishWished()
      expect(startsOf(await published(profile)).at(-1)).toBe(next)
      expect(await due()).toBeGreaterThan(Date.now())
    } finally {
      vi.useRealTimers()
    }
  })

  it('publishes anew whom an older release published, which knows no days', async () => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    await createServiceType(payload, [profile])
    await publish(profile.id)
    const days = async () =>
      Number(
        (await db.query('SELECT count(*) FROM parley.free_days WHERE consultant_id = $1', [profile.id])).rows[0].count,
      )
    const all = await days()
    expect(all).toBeGreaterThan(30)
    await leaveOthersAlone()
    await db.query('DELETE FROM parley.free_days WHERE consultant_id = $1 AND day > now() + $2::interval', [
      profile.id,
      '20 days',
    ])
    await publishDue()
    await publishWished()
    expect(await days()).toBeLessThan(all)
    await db.query('UPDATE parley.directory SET published_at = now() WHERE consultant_id = $1', [profile.id])
    await publishDue()
    await publishWished()
    expect(await days()).toBe(all)
  })

  it('hands out as many days as records as it is told, and finds all of them', async () => {
    const { profile } = await createConsultant(payload, { availability: berlinMornings })
    const call = await createServiceType(payload, [profile])
    const { settings } = await import('#settings')
    Object.assign(settings, { publishedRecordDays: 10 })
    try {
      await publish(profile.id)
    } finally {
      Object.assign(settings, { publishedRecordDays: 60 })
    }
    const rows = await published(profile)
    const all = await offered(profile, call)
    expect(startsOf(rows)).toEqual(all.filter((start) => start <= Date.now() + 10 * 24 * hour))
    expect(all.length).toBeGreaterThan(rows.length)
    const query = new URLSearchParams({ serviceType: call.id, availableFrom: iso(all.at(-1) ?? 0) })
    expect((await client.get(`/booking/consultants?${query}`)).json.totalDocs).toBe(1)
  })

  it('leaves claims alone', async () => {
    const { profile } = await createConsultant(payload)
    const call = await createServiceType(payload, [profile])
    const hold = await client.post('/booking/holds', {
      consultant: profile.id,
      serviceType: call.id,
      start: iso(hourIn(3)),
    })
    expect(hold.status).toBe(201)
    await publish(profile.id)
    await payload.update({ collection: 'consultant-profiles', id: profile.id, data: { isPublic: false } })
    await publish(profile.id)
    const { rows } = await db.query('SELECT status FROM availability_slots WHERE consultant_id = $1', [profile.id])
    expect(rows).toEqual([{ status: 'held' }])
  })
})

describe('what puts a publication into the outbox', () => {
  const countAfter = async (profile: ConsultantProfile, change: () => Promise<unknown>) => {
    await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [`publish-slots:${profile.id}`])
    await change()
    return jobsOf(profile.id)
  }

  it('is every change of rules, offers and claims, with one job while it waits', async () => {
    const { profile } = await createConsultant(payload)
    const call = await createServiceType(payload, [profile])
    expect(await jobsOf(profile.id)).toBe(1)

    expect(
      await countAfter(profile, () =>
        payload.update({ collection: 'consultant-profiles', id: profile.id, data: { availability: berlinMornings } }),
      ),
    ).toBe(1)
    expect(
      await countAfter(profile, () =>
        payload.create({
          collection: 'availability-schedules',
          data: { consultant: profile.id, type: 'custom' },
        }),
      ),
    ).toBe(1)
    expect(
      await countAfter(profile, () =>
        payload.update({ collection: 'service-types', id: call.id, data: { consultants: [] } }),
      ),
    ).toBe(1)
    await payload.update({ collection: 'service-types', id: call.id, data: { consultants: [profile.id] } })
    await payload.delete({ collection: 'availability-schedules', where: { consultant: { equals: profile.id } } })
    const start = iso(workdayHour())
    let token = ''
    expect(
      await countAfter(profile, async () => {
        const hold = await client.post('/booking/holds', { consultant: profile.id, serviceType: call.id, start })
        expect(hold.status).toBe(201)
        token = hold.json.token
      }),
    ).toBe(1)
    expect(await countAfter(profile, () => client.del(`/booking/holds/${token}`))).toBe(1)
  })
})

describe('what touches no time', () => {
  it.each([
    ['a profile', 'consultant-profiles', { headline: 'New', consulting: { meetingUrl: 'https://rooms.example/a' } }],
    ['a service type', 'service-types', { sortOrder: 7, cancellationPolicy: { refundableBeforeHours: 3 } }],
    ['a schedule', 'availability-schedules', { name: 'Summer' }],
  ] as const)('publishes nothing: %s', async (_, collection, data) => {
    const { profile } = await createConsultant(payload)
    const call = await createServiceType(payload, [profile])
    const schedule = await payload.create({
      collection: 'availability-schedules',
      data: { consultant: profile.id, type: 'custom' },
    })
    const ids = { 'consultant-profiles': profile.id, 'service-types': call.id, 'availability-schedules': schedule.id }
    await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [`publish-slots:${profile.id}`])
    await payload.update({ collection, id: ids[collection], data })
    expect(await jobsOf(profile.id)).toBe(0)
  })

  it('publishes nothing of those who offered it before and go on', async () => {
    const { profile } = await createConsultant(payload)
    const { profile: joined } = await createConsultant(payload)
    const call = await createServiceType(payload, [profile])
    await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'publish-slots:%'`)
    await payload.update({ collection: 'service-types', id: call.id, data: { consultants: [profile.id, joined.id] } })
    expect([await jobsOf(profile.id), await jobsOf(joined.id)]).toEqual([0, 1])
  })
})

describe('publications of many', () => {
  const wishes = async () =>
    (await db.query<{ id: string }>('SELECT consultant_id AS id FROM parley.publication_wishes ORDER BY 1')).rows.map(
      ({ id }) => id,
    )
  const wishedJobs = async () =>
    (
      await db.query<{ priority: number }>(
        `SELECT priority FROM graphile_worker.jobs WHERE task_identifier = 'publish-wished-slots'`,
      )
    ).rows
  const wish = async (...ids: string[]) => {
    const { storePublicationWishes } = await import('#directory/published-slots/wish-queries')
    const { withTransaction } = await import('#database/transactions')
    await withTransaction(payload, (req) => storePublicationWishes(req, ids))
  }

  it('are one job for a service type that many offer, behind everything else, and everybody has the new times after it', async () => {
    const profiles = []
    for (let n = 0; n < 9; n++) profiles.push((await createConsultant(payload)).profile)
    const call = await createServiceType(payload, profiles)
    await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'publish-%'`)
    await db.query('DELETE FROM parley.publication_wishes')
    await payload.update({ collection: 'service-types', id: call.id, data: { bufferAfterMinutes: 45 } })
    expect(await wishes()).toEqual(profiles.map(({ id }) => id).sort())
    expect(await wishedJobs()).toEqual([{ priority: 20 }])
    const { rows: own } = await db.query(`SELECT 1 FROM graphile_worker.jobs WHERE key LIKE 'publish-slots:%'`)
    expect(own).toEqual([])

    await vi.waitFor(
      async () => {
        await publishWished()
        expect(await wishes()).toEqual([])
      },
      { timeout: 20_000, interval: 0 },
    )
    const { rows } = await db.query<{ buffers: number[] }>(
      `SELECT array_agg(DISTINCT extract(epoch FROM occupied_until - ends_at)::int / 60) AS buffers
       FROM availability_slots WHERE service_type_id = $1 GROUP BY consultant_id`,
      [call.id],
    )
    expect(rows.map(({ buffers }) => buffers)).toEqual(profiles.map(() => [45]))
  })

  it('lose nothing when a worker dies between: the wish goes with what was published', async () => {
    const { profile } = await createConsultant(payload)
    await createServiceType(payload, [profile])
    await wish(profile.id)
    const taken = await connectTo(database)
    try {
      await taken.query('BEGIN')
      await taken.query('DELETE FROM parley.publication_wishes')
      // Somebody else is at it: nobody waits for them.
      await publishWished()
      expect(await published(profile)).toEqual([])
    } finally {
      await taken.end()
    }
    expect(await wishes()).toEqual([profile.id])
    await publishWished()
    expect([await wishes(), (await published(profile)).length > 0]).toEqual([[], true])
  })

  it('that fail hold up nobody else: each gets a job of its own', async () => {
    const profiles = [(await createConsultant(payload)).profile, (await createConsultant(payload)).profile]
    const [broken, sound] = profiles.map(({ id }) => id)
    await createServiceType(payload, profiles)
    await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'publish-%'`)
    await wish(broken ?? '')
    await wish(sound ?? '')
    await db.query(
      `CREATE FUNCTION refuse_publication() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
       CREATE TRIGGER broken BEFORE INSERT ON availability_slots FOR EACH ROW WHEN (NEW.consultant_id = '${broken}') EXECUTE FUNCTION refuse_publication()`,
    )
    try {
      await publishWished()
    } finally {
      await db.query('DROP FUNCTION refuse_publication CASCADE')
    }
    expect((await published({ id: sound ?? '' })).length).toBeGreaterThan(0)
    expect(await wishes()).toEqual([])
    expect(await jobsOf(broken ?? '')).toBe(1)
  })

  it('and a change of the service type that they belong to do not wait for each other', async () => {
    const profiles = []
    for (let n = 0; n < 9; n++) profiles.push((await createConsultant(payload)).profile)
    const call = await createServiceType(payload, profiles)
    const id = profiles.map((profile) => profile.id).sort()[8]
    await wish(...profiles.map((profile) => profile.id))
    const publication = await connectTo(database)
    try {
      await publication.query('BEGIN')
      await publication.query('DELETE FROM parley.publication_wishes WHERE consultant_id = $1', [id])
      const change = payload.update({ collection: 'service-types', id: call.id, data: { bufferAfterMinutes: 25 } })
      await vi.waitFor(async () => {
        const { rows } = await db.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        expect(rows).toHaveLength(1)
      })
      // Were the row of the directory taken by now, PostgreSQL would end one of the two.
      await publication.query('SELECT 1 FROM parley.directory WHERE consultant_id = $1 FOR UPDATE NOWAIT', [id])
      await publication.query('COMMIT')
      await change
    } finally {
      await publication.end()
    }
    expect(await wishes()).toEqual(profiles.map((profile) => profile.id).sort())
  })

  it('are found again when their job is gone', async () => {
    const { profile } = await createConsultant(payload)
    await wish(profile.id)
    await db.query(`UPDATE parley.publication_wishes SET wished_at = now() - interval '6 minutes'`)
    await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key LIKE '%publish-wished-slots%'`)
    const { sweep } = await import('#worker/sweep')
    await leaveOthersAlone()
    await sweep(payload)
    expect(await wishedJobs()).toHaveLength(1)
    await sweep(payload)
    expect(await wishedJobs()).toHaveLength(1)
  })

  it('are wished of everybody when a setting of times changes, and of nobody when another one does', async () => {
    const { profile } = await createConsultant(payload)
    const change = async (data: Partial<BookingSetting>) => {
      await db.query('DELETE FROM parley.publication_wishes')
      await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key LIKE '%publish-wished-slots%'`)
      await payload.updateGlobal({ slug: 'booking-settings', data })
      return { isWished: (await wishes()).includes(profile.id), jobs: (await wishedJobs()).length }
    }
    expect(await change({ bookableWhileStale: true, holdMinutes: 11 })).toEqual({ isWished: false, jobs: 0 })
    expect(await change({ bookableWhileStale: false })).toEqual({ isWished: true, jobs: 1 })
    expect(await change({ bookableWhileStale: false, holdMinutes: 10 })).toEqual({ isWished: false, jobs: 0 })
    expect(await change({ bookableWhileStale: true })).toEqual({ isWished: true, jobs: 1 })
  })

  it('are wished every day of everybody who has or should have free time', async () => {
    const { profile } = await createConsultant(payload)
    const { profile: hidden } = await createConsultant(payload, { isPublic: false })
    const { profile: stale } = await createConsultant(payload, { availability: berlinMornings })
    await createServiceType(payload, [stale])
    await publish(stale.id)
    // Past every hook, as an import would.
    await db.query('UPDATE consultant_profiles SET is_public = false WHERE id = $1', [stale.id])
    await db.query(`DELETE FROM graphile_worker._private_jobs WHERE key LIKE '%publish-wished-slots%'`)
    await publishAll()
    await publishAll()
    const ids = await wishes()
    expect(ids).toContain(profile.id)
    expect(ids).toContain(stale.id)
    expect(ids).not.toContain(hidden.id)
    expect(await wishedJobs()).toHaveLength(1)
  })
})

describe('the sweep of every minute', () => {
  it('takes away what the notice forbids by now', async () => {
    const { profile } = await createConsultant(payload, { availability: { ...alwaysOpen, minBookingNoticeHours: 24 } })
    await createServiceType(payload, [profile])
    await publish(profile.id)
    const before = await published(profile)
    // As if a day had passed: the rows stand where they stood, relative to now they are a day nearer.
    await db.query(
      `UPDATE availability_slots SET starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day',
         occupied_from = NULL, occupied_until = NULL WHERE consultant_id = $1`,
      [profile.id],
    )
    const { sweep } = await import('#worker/sweep')
    await sweep(payload)
    const after = await published(profile)
    expect(before.length - after.length).toBe(48)
    expect(after.every(({ starts_at }) => starts_at.getTime() > Date.now() + 23.9 * hour)).toBe(true)
  })
})
