import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'

let payload: Payload
let db: pg.Client

type OfferRow = { service_type_id: string; duration_minutes: number; price_amount: string; price_currency: string }

const offersOf = async (consultantId: string): Promise<OfferRow[]> =>
  (
    await db.query<OfferRow>(
      'SELECT service_type_id, duration_minutes, price_amount, price_currency FROM parley.offers WHERE consultant_id = $1',
      [consultantId],
    )
  ).rows

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  db = await connectTo(opened.database)
})

describe('refreshDirectory', () => {
  it('prices the length that is offered first, as bookings do', async () => {
    const { profile } = await createConsultant(payload, {
      consulting: { basePrice: 10_001, currency: 'GBP', sessionDurations: [45, 20] },
    })
    const call = await createServiceType(payload, [profile], {
      isFree: false,
      durations: [20, 30, 45],
      defaultDurationMinutes: 30,
    })
    // 30 minutes are not among the consultant's lengths, so the shortest counts: a third of £100.01.
    expect(await offersOf(profile.id)).toEqual([
      { service_type_id: call.id, duration_minutes: 20, price_amount: '3334', price_currency: 'GBP' },
    ])
  })

  it('forgets what is not offered any more', async () => {
    const { profile } = await createConsultant(payload)
    const call = await createServiceType(payload, [profile])
    const other = await createServiceType(payload, [profile])
    expect(await offersOf(profile.id)).toHaveLength(2)
    await payload.update({ collection: 'service-types', id: other.id, data: { consultants: [] } })
    expect((await offersOf(profile.id)).map((offer) => offer.service_type_id)).toEqual([call.id])
    await payload.update({
      collection: 'consultant-profiles',
      id: profile.id,
      data: { consulting: { sessionDurations: [15] } },
    })
    expect(await offersOf(profile.id)).toEqual([])
  })

  it('rolls back with the change that caused it', async () => {
    const { withTransaction } = await import('#database/transactions')
    const { profile } = await createConsultant(payload, { name: 'Steady' })
    await expect(
      withTransaction(payload, async (req) => {
        await payload.update({ collection: 'consultant-profiles', id: profile.id, data: { name: 'Fleeting' }, req })
        throw new Error('changed our mind')
      }),
    ).rejects.toThrow('changed our mind')
    const { rows } = await db.query('SELECT name_key FROM parley.directory WHERE consultant_id = $1', [profile.id])
    expect(rows).toEqual([{ name_key: 'steady' }])
  })

  it('lets no old price win when a profile and a service type are saved at once', async () => {
    const { profile } = await createConsultant(payload, { consulting: { basePrice: 6_000, currency: 'GBP' } })
    const call = await createServiceType(payload, [profile], { isFree: false })
    for (let round = 1; round <= 5; round++) {
      const durations = round % 2 ? [60, 90] : [30, 60]
      await Promise.all([
        payload.update({
          collection: 'consultant-profiles',
          id: profile.id,
          data: { consulting: { basePrice: 6_000 * round } },
        }),
        payload.update({
          collection: 'service-types',
          id: call.id,
          data: { durations, defaultDurationMinutes: durations[1] },
        }),
      ])
      const minutes = durations[1] ?? 0
      expect(await offersOf(profile.id)).toEqual([
        {
          service_type_id: call.id,
          duration_minutes: minutes,
          price_amount: String(100 * round * minutes),
          price_currency: 'GBP',
        },
      ])
    }
  })
})
