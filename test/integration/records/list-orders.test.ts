import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import { endWithId } from '#database/list-order'
import { poolDb } from '#database/transactions'
import { getTestPayload } from '../../support/payload'

let payload: Payload
/** The columns of each index that holds all rows, by table. */
let indexes: Map<string, string[][]>

beforeAll(async () => {
  payload = await getTestPayload()
  const { rows } = await poolDb(payload).execute(sql`
    SELECT name, json_agg(columns) AS indexes FROM (
      SELECT i.indrelid::regclass::text AS name, json_agg(a.attname ORDER BY k.position) AS columns
      FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k (attnum, position)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indpred IS NULL AND i.indisvalid GROUP BY i.indrelid, i.indexrelid) one
    GROUP BY 1`)
  indexes = new Map((rows as { name: string; indexes: string[][] }[]).map((row) => [row.name, row.indexes]))
})

/** There are a few of these, however large the installation: one a night, one of each kind. */
const small = ['custom-attributes', 'reconciliation-runs', 'reconciliation-findings']

const toColumn = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A row or more of each booking. */
const large = ['scheduled-sessions', 'payments', 'notifications', 'ledger-entries', 'invoices', 'stripe-events']

/** What a list is sorted by when it opens, to the id. */
const orderOf = (slug: string): string[] =>
  endWithId(payload.config.collections.find((collection) => collection.slug === slug)?.defaultSort, true)
const columnsOf = (order: string[]) => order.map((field) => toColumn(field.replace('-', '')))

/** The indexes that begin with what the list is sorted by when it opens. */
const indexesOf = (slug: string): string[][] => {
  const [column] = columnsOf(orderOf(slug))
  return indexes.get(slug.replaceAll('-', '_'))?.filter(([first]) => first === column) ?? []
}

describe('lists', () => {
  it('open in an order that has an index, so that no page sorts the whole table', () => {
    const lists = payload.config.collections.filter(({ slug }) => !small.includes(slug) && !slug.startsWith('payload-'))
    expect(lists.length).toBeGreaterThan(15)
    expect(lists.map(({ slug }) => slug).filter((slug) => !indexesOf(slug).length)).toEqual([])
  })

  it.each(large)('of %s have an index of their whole order, so that a deep page reads no rows before it', (slug) => {
    const order = orderOf(slug)
    expect(order.at(-1)).toBe('-id')
    expect(order.every((field) => field.startsWith('-'))).toBe(true)
    expect(indexesOf(slug)).toContainEqual(columnsOf(order))
  })
})
