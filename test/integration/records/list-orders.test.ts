import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import { poolDb } from '#database/transactions'
import { getTestPayload } from '../../support/payload'

let payload: Payload
/** The first column of each index that holds all rows, by table. */
let leading: Map<string, Set<string>>

beforeAll(async () => {
  payload = await getTestPayload()
  const { rows } = await poolDb(payload).execute(sql`
    SELECT i.indrelid::regclass::text AS name, json_agg(DISTINCT a.attname) AS columns
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indpred IS NULL AND i.indisvalid GROUP BY 1`)
  leading = new Map(
    (rows as { name: string; columns: string[] }[]).map(({ name, columns }) => [name, new Set(columns)]),
  )
})

/** There are a few of these, however large the installation: one a night, one of each kind. */
const small = ['custom-attributes', 'reconciliation-runs', 'reconciliation-findings']

const toColumn = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

describe('lists', () => {
  it('open in an order that has an index, so that no page sorts the whole table', () => {
    const lists = payload.config.collections.filter(({ slug }) => !small.includes(slug) && !slug.startsWith('payload-'))
    const sorted = lists.map(({ slug, defaultSort }) => ({ slug, by: [defaultSort].flat()[0] ?? '-createdAt' }))
    expect(sorted.length).toBeGreaterThan(15)
    const without = sorted.filter(
      ({ slug, by }) => !leading.get(slug.replaceAll('-', '_'))?.has(toColumn(by.replace('-', ''))),
    )
    expect(without).toEqual([])
  })
})
