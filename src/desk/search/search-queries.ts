import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import { epoch } from '#shared/time'
import type { SearchTerms } from './read-search-terms'

/** The collections that are searched, in the order in which they are shown. */
export const searchedCollections = [
  ...([
    'customers',
    'consultant-profiles',
    'scheduled-sessions',
    'consultation-requests',
    'payments',
    'refunds',
  ] as const),
  ...(['invoices', 'disputes', 'transfers', 'payout-accounts'] as const),
] as const

export type SearchedCollection = (typeof searchedCollections)[number]

/** A record that was found, with what tells it from others. */
export type FoundRecord = {
  collection: SearchedCollection
  id: string
  title: string
  /** Whose it is. */
  note: string | null
  status: string | null
  /** When it takes place; epoch milliseconds. */
  at: number | null
}

/** So many of each collection are shown. */
export const mostFoundOfEach = 6
/** Of so many that fit, whichever they are, the best are chosen; who has exactly that address is among them. */
const mostCompared = 200

/** The key of a text as a pattern that stands for itself. It is escaped as a key: letters of full width become the signs that patterns are made of. */
const keyPattern = (text: string): SQL => sql`regexp_replace(parley.search_key(${text}), '([\\\\%_])', '\\\\\\1', 'g')`

/** All words are in the key of a person: their name, address, company and telephone number. */
const hasAll = (alias: string, company: SQL, words: readonly string[]): SQL => {
  if (!words.length) return sql`false`
  const key = sql`parley.person_key(${sql.raw(`${alias}.name, ${alias}.email`)}, ${company}, ${sql.raw(`${alias}.phone`)})`
  const parts = words.map((word) => sql`${key} LIKE '%' || ${keyPattern(word)} || '%'`)
  return sql.join(parts, sql` AND `)
}

/** Who is called so comes before who has it somewhere. */
const nearest = ({ whole }: SearchTerms): SQL =>
  sql`coalesce(lower(p.email) = lower(${whole}), false) DESC, coalesce(parley.search_key(p.name) LIKE ${keyPattern(whole)} || '%', false) DESC,
    lower(p.name), p.id`

const people = (table: string, found: SQL, terms: SearchTerms): SQL => sql`
  SELECT p.id, coalesce(nullif(p.name, ''), p.email, p.id::text) AS name, p.email, row_number() OVER (ORDER BY ${nearest(terms)}) AS place FROM (
    SELECT p.id, p.name, p.email FROM ${sql.raw(table)} p WHERE p.email = lower(${terms.whole})
    UNION (SELECT p.id, p.name, p.email FROM ${sql.raw(table)} p WHERE ${found} LIMIT ${mostCompared})) p
  ORDER BY place LIMIT ${mostFoundOfEach}`

/** A record of its own number, or of an id that a provider gave it. */
const numbered = (
  collection: SearchedCollection,
  { table, title, status, by }: { table: string; title: string; status: string; by: readonly string[] },
  { whole, reference }: SearchTerms,
): SQL => {
  const wanted = by.map((column) => sql`${sql.raw(`r.${column}`)} = ${column === 'reference' ? reference : whole}`)
  return sql`SELECT ${collection}::text AS collection, r.id, r.${sql.raw(title)}::text AS title, u.name AS note, r.${sql.raw(status)}::text AS status,
      NULL::float8 AS at, 1::bigint AS place
    FROM ${sql.raw(table)} r LEFT JOIN customers u ON u.id = ${sql.raw(collection === 'transfers' || collection === 'payout-accounts' ? 'NULL' : 'r.customer_id')}
    WHERE ${sql.join(wanted, sql` OR `)} LIMIT ${mostFoundOfEach}`
}

/** Everything that fits, the best of each collection first. One statement, whose every part has an index. */
export const findRecords = async (req: PayloadRequest, terms: SearchTerms): Promise<FoundRecord[]> => {
  const { whole, reference, words } = terms
  const db = await readDb(req)
  const customers = sql`(${hasAll('p', sql`p.company`, words)}) OR p.stripe_customer_id = ${whole}`
  const consultants = hasAll('p', sql`p.company`, words)
  const { rows } = await db.execute(sql`
    WITH customer AS MATERIALIZED (${people('customers', customers, terms)}),
      consultant AS MATERIALIZED (${people('consultant_profiles', consultants, terms)}),
      booked AS (
        SELECT s.id FROM scheduled_sessions s WHERE s.reference = ${reference}
        UNION SELECT s.id FROM customer c CROSS JOIN LATERAL (
          (SELECT id FROM scheduled_sessions s WHERE s.customer_id = c.id AND s.starts_at > now() - interval '1 day'
            ORDER BY s.starts_at LIMIT ${2 * mostFoundOfEach})
          UNION ALL (SELECT id FROM scheduled_sessions s WHERE s.customer_id = c.id AND s.starts_at <= now() - interval '1 day'
            ORDER BY s.starts_at DESC LIMIT ${mostFoundOfEach})) s),
      asked AS (
        SELECT q.id FROM consultation_requests q WHERE q.reference = ${reference}
        UNION SELECT q.id FROM customer c CROSS JOIN LATERAL (SELECT id FROM consultation_requests q
          WHERE q.requester_id = c.id ORDER BY q.created_at DESC LIMIT ${mostFoundOfEach}) q)
    SELECT collection, id, title, note, status, at FROM (
      (SELECT 'customers' AS collection, id, name AS title, email AS note, NULL AS status, NULL::float8 AS at, place FROM customer)
      UNION ALL (SELECT 'consultant-profiles', id, name, email, NULL, NULL, place FROM consultant)
      UNION ALL (SELECT 'scheduled-sessions', s.id, s.reference, u.name || ' · ' || c.name, s.status::text, ${sql.raw(epoch('s.starts_at'))},
          row_number() OVER (ORDER BY s.reference = ${reference} DESC, s.ends_at > now() DESC, abs(extract(epoch FROM s.starts_at - now())))
        FROM booked b JOIN scheduled_sessions s ON s.id = b.id JOIN customers u ON u.id = s.customer_id
        JOIN consultant_profiles c ON c.id = s.consultant_id ORDER BY 7 LIMIT ${mostFoundOfEach})
      UNION ALL (SELECT 'consultation-requests', q.id, q.reference, u.name, q.status::text, NULL,
          row_number() OVER (ORDER BY q.reference = ${reference} DESC, q.created_at DESC)
        FROM asked a JOIN consultation_requests q ON q.id = a.id LEFT JOIN customers u ON u.id = q.requester_id
        ORDER BY 7 LIMIT ${mostFoundOfEach})
      UNION ALL (${sql.join(
        (
          Object.entries(numberedTables) as [SearchedCollection, (typeof numberedTables)[keyof typeof numberedTables]][]
        ).map(([collection, table]) => numbered(collection, table, terms)),
        sql`) UNION ALL (`,
      )})) found
    ORDER BY array_position(${sql.param([...searchedCollections])}::text[], collection), place`)
  return rows as FoundRecord[]
}

const numberedTables = {
  payments: {
    ...{ table: 'payments', title: 'reference', status: 'status' },
    by: [
      'reference',
      'stripe_payment_intent_id',
      'stripe_checkout_session_id',
      'stripe_charge_id',
      'stripe_transfer_id',
    ],
  },
  refunds: { table: 'refunds', title: 'reference', status: 'status', by: ['reference', 'stripe_refund_id'] },
  invoices: { table: 'invoices', title: 'number', status: 'kind', by: ['number'] },
  disputes: { table: 'disputes', title: 'reference', status: 'status', by: ['reference', 'stripe_dispute_id'] },
  transfers: { table: 'transfers', title: 'reference', status: 'status', by: ['reference', 'stripe_object_id'] },
  'payout-accounts': {
    ...{ table: 'payout_accounts', title: 'stripe_account_id', status: 'status', by: ['stripe_account_id'] },
  },
} as const satisfies Partial<
  Record<SearchedCollection, { table: string; title: string; status: string; by: readonly string[] }>
>
