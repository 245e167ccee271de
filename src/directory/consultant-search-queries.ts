import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import type { Money } from '#shared/money'
import { isUuid } from '#shared/ids'
import { toSearchKey, toSearchWords } from './to-search-key'
import { iso } from '#shared/time'
import { isFreeWithin, nextFreeStart } from './published-slots/free-day-queries'
import type { SearchWindow } from './published-slots/search-window'

export const consultantSorts = ['relevance', 'rating', 'price', 'next_available', 'name'] as const
export type ConsultantSort = (typeof consultantSorts)[number]

export type ConsultantSearch = {
  q?: string | undefined
  specialty?: string | undefined
  language?: string | undefined
  /** Slug or id. Price and free time are then those of this service type. */
  serviceType?: string | undefined
  /** Minor units, of the default length. */
  maxPrice?: number | undefined
  currency?: string | undefined
  /** Has a published free slot that lies completely in it. */
  available?: SearchWindow | undefined
  sort: ConsultantSort
  /** From 1. */
  page: number
  limit: number
  now: number
}

export type ImageRow = { filename: string; alt: string | null }

export type ConsultantRow = {
  id: string
  slug: string
  name: string
  headline: string | null
  specialties: string[]
  languages: string[]
  averageRating: number | null
  reviewCount: number
  price: Money | null
  /** Epoch milliseconds. */
  nextAvailableAt: number | null
  image: ImageRow | null
  attributes: unknown
}

const all = (conditions: SQL[]) => sql.join(conditions, sql` AND `)
const like = (word: string, wrap: (escaped: string) => string) => wrap(word.replace(/[\\%_]/g, '\\$&'))
const containing = (column: SQL, words: readonly string[]): SQL[] =>
  words.map((word) => sql`${column} LIKE ${like(word, (escaped) => `%${escaped}%`)}`)

/** Which service type is asked for, as a condition on a column; nothing when none is. */
const ofServiceType = (column: SQL, serviceType: string | undefined): SQL[] => {
  if (serviceType === undefined) return []
  const condition = isUuid(serviceType) ? sql`id = ${serviceType}` : sql`slug = ${serviceType}`
  return [sql`${column} = (SELECT id FROM service_types WHERE ${condition} AND is_active)`]
}

/**
 * The lowest price of an active offer; `c` is the profile. An introduction at no charge says nothing of what the expert costs, so
 * free offers count only where there is no other.
 */
const lowestPrice = ({ serviceType, currency }: ConsultantSearch, columns: SQL): SQL => sql`
  SELECT ${columns} FROM parley.offers o
  WHERE ${all([
    sql`o.consultant_id = c.id`,
    ...ofServiceType(sql`o.service_type_id`, serviceType),
    ...(currency === undefined ? [] : [sql`o.price_currency = ${currency}`]),
  ])}
  ORDER BY (o.price_amount = 0), o.price_major, o.price_currency LIMIT 1`

const askedTime = ({ serviceType, now }: ConsultantSearch) => ({
  now,
  ofServiceType: (column: SQL) => ofServiceType(column, serviceType),
})

/** Who cannot be free in it is told by the directory's own row: nothing of theirs lies so late, or so early. */
const freeWithin = (window: SearchWindow, search: ConsultantSearch): SQL[] => [
  sql`d.last_start >= ${iso(Math.max(window.start, search.now))}::timestamptz`,
  ...(window.end === null ? [] : [sql`d.next_start < ${iso(window.end)}::timestamptz`]),
  isFreeWithin(window, askedTime(search)),
]

/** How well the question fits: the name itself, its beginning, in the name, in the heading, in the text. */
const rankOf = (q: string, words: readonly string[]): SQL => sql`
  CASE WHEN d.name_key = ${q} THEN 0 WHEN d.name_key LIKE ${like(q, (escaped) => `${escaped}%`)} THEN 1
    WHEN ${all(containing(sql`d.name_key`, words))} THEN 2 WHEN ${all(containing(sql`d.heading_key`, words))} THEN 3 ELSE 4 END`

const byRating = sql`c.statistics_average_rating DESC NULLS LAST, c.statistics_review_count DESC, d.name_key, c.id`

/** What the result is sorted by, at the end always by something unique, so that pages neither repeat nor leave out anybody. */
const orderOf = (search: ConsultantSearch, words: readonly string[]): SQL => {
  switch (search.sort) {
    case 'relevance':
      return words.length ? sql`${rankOf(toSearchKey(search.q ?? ''), words)}, ${byRating}` : byRating
    case 'rating':
      return byRating
    case 'price':
      return sql`(${lowestPrice(search, sql`o.price_major`)}) NULLS LAST, d.name_key, c.id`
    case 'next_available':
      return sql`${nextFreeStart(askedTime(search))} NULLS LAST, ${byRating}`
    case 'name':
      return sql`d.name_key, c.id`
  }
}

const textsOf = (path: 'specialties' | 'languages') =>
  sql.raw(`(SELECT coalesce(json_agg(x.text ORDER BY x."order"), '[]') FROM consultant_profiles_texts x
    WHERE x.parent_id = c.id AND x.path = '${path}' AND x.text IS NOT NULL)`)

/**
 * One page of the published, public consultants that fit, and how many fit in all. One statement: the candidates are found and
 * sorted by the directory's narrow rows, and only those of the page are looked at closely.
 */
export const searchConsultants = async (
  req: PayloadRequest,
  search: ConsultantSearch,
): Promise<{ rows: ConsultantRow[]; total: number }> => {
  const { q = '', specialty, language, serviceType, maxPrice, currency, available } = search
  const words = toSearchWords(q)
  const hasPriceLimit = maxPrice !== undefined || currency !== undefined
  const conditions = [
    sql`c._status = 'published' AND c.is_public`,
    ...containing(sql`d.search_key`, words),
    ...(specialty === undefined ? [] : [sql`d.specialties @> ARRAY[${toSearchKey(specialty)}]`]),
    ...(language === undefined ? [] : [sql`d.languages @> ARRAY[${toSearchKey(language)}]`]),
    ...(serviceType === undefined && !hasPriceLimit
      ? []
      : [
          sql`EXISTS (SELECT FROM parley.offers o WHERE ${all([
            sql`o.consultant_id = c.id`,
            ...ofServiceType(sql`o.service_type_id`, serviceType),
            ...(currency === undefined ? [] : [sql`o.price_currency = ${currency}`]),
          ])})`,
        ]),
    ...(available ? freeWithin(available, search) : []),
    // The price that is shown is the price that is compared.
    ...(maxPrice === undefined ? [] : [sql`(${lowestPrice(search, sql`o.price_amount`)}) <= ${maxPrice}`]),
  ]
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    WITH found AS MATERIALIZED (
      SELECT c.id, row_number() OVER (ORDER BY ${orderOf(search, words)}) AS position
      FROM parley.directory d JOIN consultant_profiles c ON c.id = d.consultant_id
      WHERE ${all(conditions)}
    )
    SELECT (SELECT count(*) FROM found)::int AS total, (SELECT coalesce(json_agg(one ORDER BY one.position), '[]') FROM (
      SELECT f.position, c.id, c.slug, c.name, c.headline, c.attributes, ${textsOf('specialties')} AS specialties,
        ${textsOf('languages')} AS languages, c.statistics_average_rating AS "averageRating",
        coalesce(c.statistics_review_count, 0) AS "reviewCount",
        (${lowestPrice(search, sql`json_build_object('amount', o.price_amount, 'currency', o.price_currency)`)}) AS price,
        (extract(epoch FROM ${nextFreeStart(askedTime(search))}) * 1000)::float8 AS "nextAvailableAt",
        (SELECT json_build_object('filename', coalesce(m.sizes_card_filename, m.filename), 'alt', m.alt)
          FROM media m WHERE m.id = c.profile_image_id AND m.is_public AND m.filename IS NOT NULL) AS image
      FROM (SELECT * FROM found ORDER BY position LIMIT ${search.limit} OFFSET ${(search.page - 1) * search.limit}) f
      JOIN consultant_profiles c ON c.id = f.id JOIN parley.directory d ON d.consultant_id = f.id
    ) one) AS rows`)
  const answer = rows[0] as { total: number; rows: ConsultantRow[] } | undefined
  return { rows: answer?.rows ?? [], total: answer?.total ?? 0 }
}
