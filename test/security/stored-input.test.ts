import type { FlattenedField, Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ConsultantProfile, Customer, Media, User } from '#payload-types'
import { readRecord } from '#hooks/shared/read-record'
import { readWhatIsWritten, readWrittenSettings } from '#hooks/shared/read-what-is-written'
import { systemFieldsOf } from '#hooks/shared/leave-out-system-fields'
import { buildAccessWorld } from '../support/access-world'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../support/fixtures'
import { createPicture } from '../support/media-world'
import { getTestPayload } from '../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../support/rest-client'
import { createTemporaryFolder } from '../support/temporary-folder'

let payload: Payload
let anyone: RestClient
let admin: RestClient
let consultant: { client: RestClient; user: User; profile: ConsultantProfile }
let customer: { client: RestClient; user: User; record: Customer }

beforeAll(async () => {
  payload = await getTestPayload({ MEDIA_DIR: await createTemporaryFolder(), RATE_LIMIT_FACTOR: '0' })
  anyone = await createRestClient(payload)
  admin = await anyone.as(await createUser(payload, ['admin']))
  const { profile, user } = await createConsultant(payload)
  consultant = { client: await anyone.as(user), user, profile }
  const made = await createCustomer(payload)
  customer = { client: await anyone.as(made.user), user: made.user, record: made.customer }
})

const faultOf = ({ status, json, text }: RestAnswer) => {
  expect(status, text).toBe(400)
  expect(json.errors[0].data.code).toBe('invalid_request')
  return json.errors[0].data.errors[0] as { path: string; message: string }
}

describe('what Payload keeps by itself is set by nobody', () => {
  const systemFields = [...systemFieldsOf({ auth: true, timestamps: true }), 'globalType']
  const long = '2001-02-03T04:05:06.000Z'
  const other = '019386b0-0000-7000-8000-000000000001'
  const given = {
    ...Object.fromEntries(systemFields.map((name) => [name, other])),
    ...{
      createdAt: long,
      updatedAt: long,
      loginAttempts: 7,
      sessions: [{ id: other, createdAt: long, expiresAt: '2099-01-01T00:00:00Z' }],
    },
  }
  const kept = (row: Record<string, unknown> | null) =>
    Object.fromEntries(systemFields.filter((name) => name !== 'updatedAt').map((name) => [name, row?.[name]]))

  test('in no collection', async () => {
    const world = await buildAccessWorld(payload)
    const staff = await anyone.as(world.users.admin)
    const seen = new Set<string>()
    for (const { collection, id } of world.rows) {
      if (seen.has(collection)) continue
      seen.add(collection)
      const find = () =>
        payload.db.findOne<Record<string, unknown> & { id: string }>({ collection, where: { id: { equals: id } } })
      const before = await find()
      expect(before, collection).not.toBeNull()
      const answer = await staff.patch(`/${collection}/${id}?depth=0`, given)
      expect([collection, [200, 400, 403, 409].includes(answer.status)]).toEqual([collection, true])
      const after = await find()
      expect([collection, kept(after)]).toEqual([collection, kept(before)])
      expect([collection, after?.updatedAt]).not.toEqual([collection, long])
    }
    expect(seen.size).toBeGreaterThan(20)
  })

  test('in no new record, copy, change of many, global, form or document of GraphQL', async () => {
    const expectOwn = ({ status, text, json }: RestAnswer) => {
      expect([200, 201], text).toContain(status)
      const doc = json.doc ?? json.docs?.[0] ?? json.result
      expect(doc.id).not.toBe(other)
      expect(doc.createdAt).not.toBe(long)
      expect(doc.updatedAt).not.toBe(long)
    }
    const fresh = { name: 'Fresh', email: 'fresh@example.org' }
    expectOwn(await admin.post('/customers', { ...fresh, ...given }))
    const sold = await createServiceType(payload, [consultant.profile])
    expectOwn(await admin.post(`/service-types/${sold.id}/duplicate`, given))
    expectOwn(await admin.patch(`/customers?where[id][equals]=${customer.record.id}`, given))
    expectOwn(await customer.client.patch(`/customers/${customer.record.id}`, given))
    expectOwn(await admin.post('/globals/booking-settings', given))
    const part = `--x\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n${JSON.stringify(given)}\r\n--x--\r\n`
    const form = { 'Content-Type': 'multipart/form-data; boundary=x' }
    expectOwn(await admin.patch(`/customers/${customer.record.id}`, part, form))
    const { json } = await admin.graphql(
      `mutation { updateCustomer(id: "${customer.record.id}", data: { createdAt: "${long}" }) { createdAt } }`,
    )
    expect(json.data.updateCustomer.createdAt).toBe(customer.record.createdAt)
    expect(await payload.findGlobal({ slug: 'booking-settings' })).toMatchObject({ globalType: 'booking-settings' })
  })
})

describe('text', () => {
  const hostile = 'ada\u202Egnp'

  /** The hostile text in every field that holds text. */
  const fill = (fields: FlattenedField[], path: string, paths: string[]): Record<string, unknown> =>
    Object.fromEntries(
      fields.flatMap((field): [string, unknown][] => {
        const here = path ? `${path}.${field.name}` : field.name
        switch (field.type) {
          case 'text':
            paths.push(field.hasMany ? `${here}.0` : here)
            return [[field.name, field.hasMany ? [hostile] : hostile]]
          case 'textarea':
          case 'email':
          case 'code':
            paths.push(here)
            return [[field.name, hostile]]
          case 'json':
            paths.push(`${here}.deep.0`)
            return [[field.name, { deep: [hostile] }]]
          case 'richText':
            paths.push(`${here}.root.children.0.text`)
            return [[field.name, { root: { type: 'root', children: [{ type: 'text', text: hostile }] } }]]
          case 'group':
          case 'tab':
            return [[field.name, fill(field.flattenedFields, here, paths)]]
          case 'array':
            return [[field.name, [fill(field.flattenedFields, `${here}.0`, paths)]]]
          default:
            return []
        }
      }),
    )

  test('is looked at in every field of every collection and global', () => {
    const { collections, globals } = payload.config
    const own = collections.filter(({ slug }) => !slug.startsWith('payload-'))
    for (const { slug, hooks } of own) expect([slug, hooks.beforeValidate[0]]).toEqual([slug, readWhatIsWritten])
    for (const { slug, hooks } of globals)
      expect([slug, hooks.beforeValidate?.[0]]).toEqual([slug, readWrittenSettings])
    for (const { slug, flattenedFields } of [...own, ...globals]) {
      const paths: string[] = []
      const data = fill(flattenedFields, '', paths)
      const { faults } = readRecord(flattenedFields, { data, stored: undefined, isLenient: false })
      expect([slug, faults.map(({ path }) => path).sort()]).toEqual([slug, paths.sort()])
      // A form sends all of a record: what stands there is not refused.
      expect(readRecord(flattenedFields, { data, stored: data, isLenient: false })).toMatchObject({ data, faults: [] })
      const imported = readRecord(flattenedFields, { data, stored: undefined, isLenient: true })
      for (const value of Object.values(imported.data))
        if (typeof value === 'string') expect(value).not.toContain('\u202E')
    }
  })

  test('is stored in its standard form, whoever writes it', async () => {
    const sent = {
      name: '\u202AAda\u00A0Love\u200Blace\u202C',
      phone: '\u202A+44\u00A020 7946 0958 ext. 12\u202C',
      timeZone: 'europe/berlin',
      address: { country: 'Deutschland', city: 'Ko\u0308ln' },
    }
    const stored = {
      name: 'Ada Lovelace',
      phone: '+442079460958 ext. 12',
      timeZone: 'Europe/Berlin',
      address: { country: 'DE', city: 'Köln' },
    }
    const { status, text } = await customer.client.patch(`/customers/${customer.record.id}`, sent)
    expect(status, text).toBe(200)
    expect(await payload.findByID({ collection: 'customers', id: customer.record.id })).toMatchObject(stored)
    const imported = await payload.create({
      collection: 'customers',
      data: { ...sent, name: 'Ada\r\nLovelace', email: 'Imported@Example.org', status: 'active' },
    })
    expect(imported).toMatchObject({ ...stored, email: 'imported@example.org' })
  })

  test.each([
    ['name', { name: 'Ada\r\nBcc: x@y.example' }, 'must be one line'],
    ['name', { name: 'Ada\u{E0041}' }, 'must not contain'],
    ['name', { name: '\u200B' }, undefined],
    ['phone', { phone: 'call me' }, undefined],
    ['address.country', { address: { country: 'Atlantis' } }, undefined],
  ])('%s: %j is refused', async (path, change, message) => {
    const before = await payload.findByID({ collection: 'customers', id: customer.record.id })
    const answer = await customer.client.patch(`/customers/${customer.record.id}`, change)
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json.errors[0].data.errors[0].path).toBe(path)
    if (message) expect(answer.json.errors[0].data.errors[0].message).toContain(message)
    expect(await payload.findByID({ collection: 'customers', id: customer.record.id })).toEqual(before)
  })

  test('of a booking too, and what only a program writes is refused wherever it stands', async () => {
    const serviceType = await createServiceType(payload, [consultant.profile])
    const body = (change: object, more: object = {}) => ({
      ...{ consultant: consultant.profile.slug, serviceType: serviceType.slug, start: iso(hourIn(6)) },
      customer: { ...guest(), ...change },
      ...more,
    })
    const hidden = await anyone.post('/booking/sessions', body({}, { holdToken: 'a\u202Eb' }))
    expect(hidden.json).toMatchObject({ status: 400, code: 'invalid_request' })
    const change = {
      name: 'עמוס\u200F',
      email: '\u200BAmos@Example.org',
      phone: '0044 20 7946 0958',
      timeZone: 'asia/jerusalem',
    }
    const booked = await anyone.post('/booking/sessions', body(change))
    expect(booked.status, booked.text).toBe(201)
    expect(booked.json.session.timeZone).toBe('Asia/Jerusalem')
    const { docs } = await payload.find({ collection: 'customers', where: { email: { equals: 'amos@example.org' } } })
    expect(docs).toMatchObject([{ name: 'עמוס\u200F', phone: '+442079460958', timeZone: 'Asia/Jerusalem' }])
  })
})

describe('rich text', () => {
  const block = { version: 1, direction: 'ltr' as const, format: '' as const, indent: 0 }
  const rich = (...children: object[]) => ({
    root: { ...block, type: 'root', children: [{ ...block, type: 'paragraph', children }] },
  })
  const link = (url: string) => ({
    ...block,
    type: 'link',
    fields: { url, linkType: 'custom', newTab: false },
    children: [],
  })

  test('runs nothing and is made of what the editor has: over REST, GraphQL and in drafts', async () => {
    const path = `/consultant-profiles/${consultant.profile.id}`
    for (const bio of ['text', rich(link('java\tscript:alert(1)')), rich({ type: 'evil', html: '<script>' })]) {
      for (const query of ['', '?draft=true']) {
        const status = query ? 'draft' : 'published'
        expect(faultOf(await consultant.client.patch(path + query, { bio, _status: status })).path).toMatch(/^bio/)
      }
      const { json } = await consultant.client.graphql(
        `mutation ($bio: JSON) { updateConsultantProfile(id: "${consultant.profile.id}", data: { bio: $bio }) { id } }`,
        { bio },
      )
      expect(json.errors[0].extensions.data).toMatchObject({ code: 'invalid_request' })
    }
    await expect(
      payload.update({
        collection: 'consultant-profiles',
        id: consultant.profile.id,
        data: { bio: rich(link('javascript:x')) },
      }),
    ).rejects.toMatchObject({ code: 'invalid_request' })
    const fine = await consultant.client.patch(path, {
      bio: rich(link('https://parley.example')),
      _status: 'published',
    })
    expect(fine.status, fine.text).toBe(200)
  })

  test('names nothing that its writer may not read', async () => {
    const doc = { relationTo: 'customers', value: customer.record.id }
    const bio = rich({ ...link(''), fields: { linkType: 'internal', newTab: false, doc } })
    const fault = faultOf(
      await consultant.client.patch(`/consultant-profiles/${consultant.profile.id}`, { bio, _status: 'published' }),
    )
    expect(fault.message).toBe('must name a record that there is')
  })
})

describe('a picture that a record shows', () => {
  let picture: (by: User | undefined, isPublic?: boolean) => Promise<Media>

  beforeAll(async () => {
    const data = await createPicture(40, 30)
    picture = (by, isPublic = true) =>
      payload.create({
        collection: 'media',
        data: { alt: 'A picture', isPublic },
        file: { name: 'a.png', data, mimetype: 'image/png', size: data.length },
        ...(by ? { user: by } : {}),
      })
  })

  test('is the caller’s own, and public, in every place that takes one', async () => {
    const [own, hidden, others] = [
      await picture(customer.user),
      await picture(customer.user, false),
      await picture(consultant.user),
    ]
    const places: [RestClient, string][] = [
      [customer.client, `/users/${customer.user.id}`],
      [customer.client, `/customers/${customer.record.id}`],
    ]
    for (const [client, path] of places) {
      expect(faultOf(await client.patch(path, { profileImage: others.id }))).toEqual({
        path: 'profileImage',
        message: 'must be a picture that you have uploaded yourself',
      })
      expect(faultOf(await client.patch(path, { profileImage: hidden.id })).message).toMatch(
        /^must be a public picture/,
      )
      const named = await client.patch(path, { profileImage: own.id })
      expect(named.status, named.text).toBe(200)
      // What stands there already is sent along with a whole form.
      expect((await client.patch(path, { profileImage: own.id })).status).toBe(200)
    }
  })

  test('also within rich text; staff take any that is public', async () => {
    const [others, hidden] = [await picture(customer.user), await picture(undefined, false)]
    const path = `/consultant-profiles/${consultant.profile.id}`
    const upload = {
      type: 'upload',
      version: 3,
      relationTo: 'media',
      value: others.id,
      id: 'a',
      format: '',
      fields: null,
    }
    const bio = { root: { type: 'root', children: [upload] } }
    expect(faultOf(await consultant.client.patch(path, { bio, _status: 'published' })).message).toMatch(
      /uploaded yourself/,
    )
    expect(faultOf(await admin.patch(path, { profileImage: hidden.id, _status: 'published' })).message).toMatch(
      /public/,
    )
    expect((await admin.patch(path, { profileImage: others.id, _status: 'published' })).status).toBe(200)
  })
})
