import path from 'node:path'
import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, test } from 'vitest'
import { mediaQuota, preferenceQuota, versionQuota } from '#access/quotas'
import { createUser } from '../../support/fixtures'
import { createPicture, docOf, type MediaWorld, openMediaWorld } from '../../support/media-world'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { createTemporaryFolder } from '../../support/temporary-folder'

let world: MediaWorld
let customer: RestClient
let db: { execute: (query: ReturnType<typeof sql>) => Promise<{ rows: Record<string, unknown>[] }> }

beforeAll(async () => {
  world = await openMediaWorld({ MEDIA_DIR: path.join(await createTemporaryFolder(), 'media') })
  const { poolDb } = await import('#database/transactions')
  db = poolDb(world.payload)
  customer = await (await createRestClient(world.payload)).as(await createUser(world.payload, ['customer']))
})

describe('pictures', () => {
  const send = async (by = world.somebody) =>
    world.send('/media', { name: 'me.png', content: await createPicture(40, 40) }, by, { alt: 'Me' })

  const keep = (files: number, bytes: number) =>
    db.execute(sql`
      INSERT INTO media (id, alt, filename, filesize, uploaded_by_id, created_at, updated_at)
      SELECT gen_random_uuid(), 'Kept', 'kept-' || ${bytes}::text || '-' || n || '.png', ${bytes}, ${world.somebody.id}, now(), now()
      FROM generate_series(1, ${files}::int) n`)

  test('that a login keeps are bounded in number and size; those of staff are not', async () => {
    const first = docOf(await send())
    await keep(mediaQuota.files - 2, 10)
    docOf(await send())
    const refused = await send()
    expect(refused.status).toBe(422)
    expect(refused.json()).toMatchObject({ errors: [{ data: { code: 'outside_policy' } }] })
    expect(JSON.stringify(refused.json())).toContain(`at most ${mediaQuota.files} with 200 MB`)
    docOf(await send(world.operations))

    await db.execute(sql`DELETE FROM media WHERE alt = 'Kept'`)
    docOf(await send())
    await keep(1, mediaQuota.bytes)
    expect((await send()).status).toBe(422)
    expect((await world.call('DELETE', `/media/${first.id}`, { by: world.somebody })).status).toBe(200)
  })
})

describe('what the admin remembers', () => {
  const count = async () => {
    const { rows } = await db.execute(sql`SELECT count(*)::int AS count FROM payload_preferences`)
    return rows[0]?.count
  }

  test('is bounded in length, over REST and GraphQL', async () => {
    const value = 'x'.repeat(preferenceQuota.bytes + 1)
    const long = await customer.post('/payload-preferences/columns', { value })
    expect({ status: long.status, text: long.text }).toMatchObject({ status: 400 })
    expect(long.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path: 'value' }] })
    const named = await customer.post(`/payload-preferences/${'k'.repeat(preferenceQuota.keyLength + 1)}`, { value: 1 })
    expect(named.json.errors[0].data.errors[0].path).toBe('key')
    const create = `mutation ($value: JSON) { createPayloadPreference(data: { key: "columns", value: $value }) { id } }`
    expect((await customer.graphql(create, { value })).json.errors[0].extensions.data.code).toBe('invalid_request')
  })

  test('is bounded in number: what was not changed for longest makes room', async () => {
    for (const key of ['first', 'second']) {
      expect((await customer.post(`/payload-preferences/${key}`, { value: { a: 1 } })).status).toBe(200)
    }
    await db.execute(sql`UPDATE payload_preferences SET updated_at = '2020-01-01' WHERE key = 'first'`)
    await db.execute(sql`
      WITH made AS (
        INSERT INTO payload_preferences (id, key, value, updated_at, created_at)
        SELECT gen_random_uuid(), 'key-' || n, '1', now(), now() FROM generate_series(3, ${preferenceQuota.records}::int) n
        RETURNING id)
      INSERT INTO payload_preferences_rels (parent_id, path, users_id)
      SELECT made.id, 'user', rels.users_id FROM made, payload_preferences_rels rels
      JOIN payload_preferences known ON known.id = rels.parent_id WHERE known.key = 'first'`)
    const before = await count()
    expect((await customer.post('/payload-preferences/second', { value: { a: 2 } })).status).toBe(200)
    expect((await customer.get('/payload-preferences/first')).json.value).toEqual({ a: 1 })
    expect((await customer.post('/payload-preferences/another', { value: { a: 3 } })).status).toBe(200)
    expect(await count()).toBe(before)
    expect((await customer.get('/payload-preferences/first')).json.value).toBeNull()
    expect((await customer.get('/payload-preferences/another')).json.value).toEqual({ a: 3 })
  })
})

test('versions of a record are bounded in every collection that has some', () => {
  const bounds = world.payload.config.collections.flatMap(({ versions }) => (versions ? [versions.maxPerDoc] : []))
  expect(bounds.length).toBeGreaterThan(0)
  for (const most of bounds) {
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(versionQuota.ofRecord)
  }
})
