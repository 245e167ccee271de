import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { richTextToPlainText } from '#database/rich-text-to-plain-text'
import { txDb } from '#database/transactions'
import { computeDirectoryEntry, type DirectoryFacts } from './compute-directory-entry'
import { selectServiceTypePricing } from './service-type-queries'

type FactsRow = Omit<DirectoryFacts, 'bioText'> & { id: string; bio: unknown }

const textsOf = (path: 'specialties' | 'languages') =>
  sql.raw(`(SELECT coalesce(json_agg(x.text ORDER BY x."order"), '[]') FROM consultant_profiles_texts x
    WHERE x.parent_id = c.id AND x.path = '${path}' AND x.text IS NOT NULL)`)

/**
 * Writes what the directory keeps of these consultants from what the tables say now, in the open transaction. Called by everything
 * that changes a profile or a service type. The rows are locked before anything is read: of two changes at once, the later one
 * sees the earlier one's, so that no old price can win (test/integration/directory/directory).
 */
export const refreshDirectory = async (req: PayloadRequest, consultantIds: readonly string[]): Promise<void> => {
  const ids = [...new Set(consultantIds)].sort()
  if (!ids.length) return
  const db = await txDb(req)
  const chosen = sql`${sql.param(ids)}::uuid[]`
  await db.execute(sql`
    INSERT INTO parley.directory (consultant_id)
    SELECT id FROM consultant_profiles WHERE id = ANY(${chosen}) ORDER BY id ON CONFLICT DO NOTHING`)
  await db.execute(sql`
    SELECT 1 FROM parley.directory WHERE consultant_id = ANY(${chosen}) ORDER BY consultant_id FOR UPDATE`)
  const { rows } = await db.execute(sql`
    SELECT c.id, c.name, c.headline, c.bio, ${textsOf('specialties')} AS specialties, ${textsOf('languages')} AS languages,
      json_build_object('basePrice', c.consulting_base_price, 'currency', c.consulting_currency,
        'sessionDurations', (SELECT coalesce(json_agg(n.number), '[]') FROM consultant_profiles_numbers n
          WHERE n.parent_id = c.id AND n.path = 'consulting.sessionDurations')) AS consulting,
      (SELECT coalesce(json_agg(json_build_object('id', t.id, ${selectServiceTypePricing})), '[]')
        FROM service_types t WHERE t.is_active AND EXISTS (SELECT FROM service_types_rels r
          WHERE r.parent_id = t.id AND r.consultant_profiles_id = c.id AND r.path = 'consultants')) AS "serviceTypes"
    FROM consultant_profiles c WHERE c.id = ANY(${chosen})`)
  const entries = (rows as FactsRow[]).map(({ id, bio, ...facts }) => ({
    id,
    ...computeDirectoryEntry({ ...facts, bioText: richTextToPlainText(bio) }),
  }))
  await db.execute(sql`
    UPDATE parley.directory d SET name_key = e."nameKey", heading_key = e."headingKey", search_key = e."searchKey",
      specialties = e.specialties, languages = e.languages
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS e (id uuid, "nameKey" text, "headingKey" text,
      "searchKey" text, specialties text[], languages text[])
    WHERE d.consultant_id = e.id AND (d.name_key, d.heading_key, d.search_key, d.specialties, d.languages)
      IS DISTINCT FROM (e."nameKey", e."headingKey", e."searchKey", e.specialties, e.languages)`)

  const offers = entries.flatMap((entry) => entry.offers.map((offer) => ({ consultantId: entry.id, ...offer })))
  await db.execute(sql`
    WITH wanted AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(offers)}::jsonb) AS o ("consultantId" uuid, "serviceTypeId" uuid,
        "durationMinutes" int, amount bigint, currency text, major numeric)
    ), gone AS (
      DELETE FROM parley.offers o WHERE o.consultant_id = ANY(${chosen}) AND NOT EXISTS (SELECT FROM wanted w
        WHERE w."consultantId" = o.consultant_id AND w."serviceTypeId" = o.service_type_id)
    )
    INSERT INTO parley.offers AS o (consultant_id, service_type_id, duration_minutes, price_amount, price_currency, price_major)
    SELECT * FROM wanted
    ON CONFLICT (consultant_id, service_type_id) DO UPDATE SET duration_minutes = excluded.duration_minutes,
      price_amount = excluded.price_amount, price_currency = excluded.price_currency, price_major = excluded.price_major
    WHERE (o.duration_minutes, o.price_amount, o.price_currency)
      IS DISTINCT FROM (excluded.duration_minutes, excluded.price_amount, excluded.price_currency)`)
}
