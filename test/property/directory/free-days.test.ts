import { sql } from '@payloadcms/db-postgres'
import fc from 'fast-check'
import type { Payload } from 'payload'
import { beforeAll, expect, it } from 'vitest'
import type { Offer } from '#availability/offers/offer'
import { computeOfferedSlots } from '#availability/slots/compute-offered-slots'
import type { Interval } from '#availability/types'
import { createConsultant, createServiceType } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { repetitions } from '../../support/repetitions'
import { question } from '../availability/arbitraries'

/** What the search finds by the days that are published is what the slot engine offers at the moment of the search. */

const [minute, day] = [60_000, 86_400_000]

let payload: Payload
let consultantId: string
let services: string[]

beforeAll(async () => {
  payload = (await openTestPayload()).payload
  const { profile } = await createConsultant(payload)
  consultantId = profile.id
  services = [(await createServiceType(payload, [profile])).id, (await createServiceType(payload, [profile])).id]
})

const offerOf = (serviceTypeId: string, more: Omit<Partial<Offer>, 'rules'> & Pick<Offer, 'rules'>): Offer => ({
  consultantId,
  consultantSlug: 'somebody',
  consultantName: 'Somebody',
  serviceTypeId,
  serviceTypeSlug: serviceTypeId,
  serviceTypeName: 'Call',
  version: '1',
  durations: [30],
  defaultDurationMinutes: 30,
  prices: new Map([10, 20, 30, 45, 50, 60, 90, 240].map((minutes) => [minutes, { amount: 0, currency: 'GBP' }])),
  requiresConfirmation: false,
  confirmsEmail: 'nobody',
  questions: [],
  policies: [],
  meetingProvider: null,
  meetingUrl: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minBookingNoticeHours: 0,
  maxAdvanceBookingDays: 60,
  ...more,
})

/** Rules around a change of clocks, published some days before it, and asked about a while after they were published. */
const world = fc.tuple(question, question).chain(([asked, other]) =>
  fc.record({
    asked: fc.constant(asked),
    otherDuration: fc.constant(other.durationMinutes),
    publishedAt: fc.integer({ min: -5 * 24 * 60, max: 0 }).map((minutes) => asked.from + minutes * minute + 7),
    laterMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 * 60 })),
    noticeHours: fc.constantFrom(0, 0, 1, 24, 60),
    horizonDays: fc.constantFrom(1, 2, 3, 7, 60, 365),
    windows: fc.array(
      fc.tuple(
        fc.integer({ min: -60, max: 9 * 24 * 60 }),
        fc.constantFrom(null, 5, 20, 30, 31, 60, 240, 1_440, 4_000, 86_400),
      ),
      { minLength: 24, maxLength: 24 },
    ),
  }),
)

it('for every window, service and moment', { timeout: 240_000 }, async () => {
  const [{ computePublishedTime }, { computeFreeDays }, { isFreeWithin, nextFreeStart, writeFreeDays }, transactions] =
    await Promise.all([
      import('#directory/published-slots/compute-published-slots'),
      import('#directory/published-slots/compute-free-days'),
      import('#directory/published-slots/free-day-queries'),
      import('#database/transactions'),
    ])
  const { notePublished } = await import('#directory/published-slots/published-slot-queries')
  let found = 0
  await fc.assert(
    fc.asyncProperty(
      world,
      async ({ asked, otherDuration, publishedAt, laterMinutes, noticeHours, horizonDays, windows }) => {
        const { rules, bufferBeforeMinutes, bufferAfterMinutes } = asked
        const taken = [...asked.taken]
        const times = {
          rules,
          bufferBeforeMinutes,
          bufferAfterMinutes,
          minBookingNoticeHours: noticeHours,
          maxAdvanceBookingDays: horizonDays,
        }
        const offers = [asked.durationMinutes, otherDuration].map((defaultDurationMinutes, index) =>
          offerOf(services[index] ?? '', { ...times, defaultDurationMinutes }),
        )
        const now = publishedAt + laterMinutes * minute
        const free = computePublishedTime(offers, { taken, now: publishedAt, recordDays: 60 }).free
        const starts = free.map(({ start }) => start)
        const conditions = windows.map(([from, length], index) => {
          const start = now + from * minute
          const window = { start, end: length === null ? null : start + length * minute }
          return { window, service: index % 3 === 2 ? services[index % 2] : undefined }
        })
        const of = (service: string | undefined) => ({
          now,
          ofServiceType: (column: Parameters<typeof sql>[1]) =>
            service === undefined ? [] : [sql`${column} = ${service}`],
        })
        const answer = await transactions.withTransaction(payload, async (req) => {
          const db = await transactions.txDb(req)
          await db.execute(sql`UPDATE consultant_profiles SET availability_min_booking_notice_hours = ${noticeHours},
          availability_max_advance_booking_days = ${horizonDays} WHERE id = ${consultantId}`)
          await writeFreeDays(req, consultantId, computeFreeDays(free))
          await notePublished(req, consultantId, {
            now: publishedAt,
            rulesVersion: 0,
            first: starts.length ? Math.min(...starts) : undefined,
            last: starts.length ? Math.max(...starts) : undefined,
            againAt: undefined,
          })
          const columns = [
            ...conditions.map(({ window, service }) => isFreeWithin(window, of(service))),
            ...[undefined, ...services].map(
              (service) => sql`(extract(epoch FROM ${nextFreeStart(of(service))}) * 1000)::float8`,
            ),
          ]
          const { rows } = await db.execute(sql`
          SELECT json_build_array(${sql.join(columns, sql`, `)}) AS answer FROM consultant_profiles c
          JOIN parley.directory d ON d.consultant_id = c.id WHERE c.id = ${consultantId}`)
          return rows[0]?.answer as (boolean | number | null)[]
        })

        // The rule itself: what a front end would be offered at that moment, as far as time is published.
        const offered = (service: string | undefined): Interval[] =>
          offers
            .filter(({ serviceTypeId }) => service === undefined || serviceTypeId === service)
            .flatMap((offer) =>
              computeOfferedSlots(
                { ...offer, maxAdvanceBookingDays: Math.min(horizonDays, 60) },
                {
                  taken,
                  durationMinutes: offer.defaultDurationMinutes,
                  window: { start: now, end: now + 61 * day },
                  now,
                },
              ),
            )
        const expected = [
          ...conditions.map(({ window, service }) =>
            offered(service).some(
              ({ start, end }) => start >= Math.max(window.start, now) && (window.end === null || end <= window.end),
            ),
          ),
          ...[undefined, ...services].map((service) => {
            const all = offered(service).map(({ start }) => start)
            return all.length ? Math.min(...all) : null
          }),
        ]
        found += expected.filter(Boolean).length
        expect(answer).toEqual(expected)
      },
    ),
    { numRuns: repetitions({ usual: 40, long: 1_000 }) },
  )
  expect(found).toBeGreaterThan(60)
})
