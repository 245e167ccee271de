import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import { isUuid } from '#shared/ids'
import type { PricedServiceType } from '#availability/offers/offered-prices'

/** Lengths and prices of a service type as raw SQL reads them. */
export type ServiceTypePricing = Required<PricedServiceType>

/** The members of {@link ServiceTypePricing} as arguments of `json_build_object`, for a service type under the alias `t`. */
export const selectServiceTypePricing = sql.raw(`
  'durations', (SELECT coalesce(json_agg(n.number ORDER BY n."order"), '[]') FROM service_types_numbers n
    WHERE n.parent_id = t.id AND n.path = 'durations'),
  'defaultDurationMinutes', t.default_duration_minutes, 'isFree', coalesce(t.is_free, false), 'currency', t.currency,
  'prices', (SELECT coalesce(json_agg(json_build_object('durationMinutes', p.duration_minutes, 'amount', p.amount,
      'currency', p.currency) ORDER BY p._order), '[]') FROM service_types_prices p WHERE p._parent_id = t.id)`)

/** The id of a service type that is sold at the moment, by slug or id. */
export const findActiveServiceTypeId = async (req: PayloadRequest, slugOrId: string): Promise<string | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT id FROM service_types WHERE ${isUuid(slugOrId) ? sql`id = ${slugOrId}` : sql`slug = ${slugOrId}`} AND is_active`)
  return (rows[0] as { id: string } | undefined)?.id
}
