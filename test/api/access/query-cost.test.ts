import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import { createConsultant, createUser } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let anyone: RestClient
let customer: RestClient
let admin: RestClient

beforeAll(async () => {
  payload = (await openTestPayload()).payload
  anyone = await createRestClient(payload)
  customer = await anyone.as(await createUser(payload, ['customer']))
  admin = await anyone.as(await createUser(payload, ['admin']))
  await createConsultant(payload)
})

/** Conditions any of which may be met, each of a text of its own. */
const anyOf = (count: number, path: string, operator: string): string =>
  Array.from({ length: count }, (_, index) => `where[or][${index}][${path}][${operator}]=x${index}`).join('&')

/** The same question under so many names. */
const underNames = (count: number, field: string): string =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')} }`

/** GraphQL says in its errors what it would say by the status. */
const refusalOf = ({ status, json, text }: RestAnswer): string => {
  const [error] = json.errors ?? []
  expect(error?.extensions?.statusCode ?? status, text).toBe(400)
  expect((error.extensions?.data ?? error.data).code).toBe('invalid_request')
  return error.message
}

describe('over REST', () => {
  test.each([
    ['many conditions through a relation', `/availability-slots?${anyOf(100, 'consultant.name', 'like')}`],
    [
      'fewer through two',
      `/availability-slots?${anyOf(10, 'serviceType.consultants.slug', 'exists').replaceAll(/=x\d+/g, '=true')}&${anyOf(10, 'serviceType.consultants.name', 'exists').replaceAll(/=x\d+/g, '=true')}`,
    ],
    ['many words', `/consultant-profiles?${anyOf(95, 'name', 'like')}`],
    ['many conditions in a count', `/availability-slots/count?${anyOf(40, 'consultant.name', 'like')}`],
    [
      'conditions within conditions',
      `/availability-slots?where[consultant][in][or][0][name][like]=${'x+'.repeat(98)}y&sort=consultant.name`,
    ],
  ])('%s are refused for nobody and for customers', async (_, path) => {
    for (const client of [anyone, customer]) {
      const message = refusalOf(await client.get(path))
      expect(message).toMatch(/would cost \d+, and may cost \d+/)
      expect(message).toContain('Take conditions out of where')
    }
  })

  test('and for staff beyond what they may', async () => {
    const some = `/availability-slots?${anyOf(20, 'consultant.name', 'like')}`
    refusalOf(await anyone.get(some))
    expect((await admin.get(some)).status).toBe(200)
    expect(refusalOf(await admin.get(`/availability-slots?${anyOf(100, 'consultant.name', 'like')}`))).toContain(
      'may cost 10000',
    )
  })

  test.each([
    '/availability-slots?limit=200&depth=1',
    '/consultant-profiles?limit=200&depth=2&sort=name',
    `/consultant-profiles?${anyOf(8, 'name', 'like')}`,
    `/availability-slots?${anyOf(5, 'consultant.name', 'like')}`,
    '/availability-slots?sort=consultant.name,serviceType.name',
    '/service-types?limit=0&depth=2',
    '/reviews?limit=200',
  ])('what people need is answered to anybody: %s', async (path) => {
    const { status, text } = await anyone.get(path)
    expect(status, text).toBe(200)
  })
})

describe('over GraphQL', () => {
  test('the fields of one document are added up, whatever their names', async () => {
    const list = 'AvailabilitySlots(limit: 200) { docs { id } }'
    expect((await anyone.graphql(underNames(2, list))).json.errors).toBeUndefined()
    expect(refusalOf(await anyone.graphql(underNames(14, list)))).toContain('fewer records with limit')
  })

  test('and so is what is filled in, by each record of a list', async () => {
    const list = `AvailabilitySlots(limit: 200) { docs { serviceType { consultants { user { id } profileImage { id } } } } }`
    expect(refusalOf(await anyone.graphql(`{ ${list} }`))).toContain('fewer records with limit')
    expect((await anyone.graphql(`{ ${list.replace('200', '10')} }`)).json.errors).toBeUndefined()
  })

  test('variables, their defaults and fragments are counted as what they stand for', async () => {
    const held = Array.from({ length: 60 }, (_, index) => ({ name: { like: `x${index}` } }))
    const where = await anyone.graphql(
      'query ($where: ConsultantProfile_where) { ConsultantProfiles(where: $where) { totalDocs } }',
      { where: { OR: held } },
    )
    expect(refusalOf(where)).toMatch(/would cost \d+, and may cost 1000/)
    const limit = await anyone.graphql(`query ($limit: Int = 200) { ...A }
      fragment A on Query { ${['a', 'b', 'c'].map((name) => `${name}: AvailabilitySlots(limit: $limit) { ...B }`).join(' ')} }
      fragment B on AvailabilitySlots { docs { id } }`)
    expect(refusalOf(limit)).toMatch(/would cost \d+, and may cost 1000/)
  })

  test('fragments that multiply are refused at once', async () => {
    const fragments = Array.from({ length: 60 }, (_, level) => {
      const held = level < 59 ? `...F${level + 1} ...F${level + 1}` : 'id'
      return `fragment F${level} on ServiceType { ${held} }`
    })
    const answer = await anyone.graphql(`{ ServiceTypes { docs { ...F0 } } } ${fragments.join(' ')}`)
    expect(answer.status).toBe(400)
    expect(answer.json.errors[0].message).toContain('with those of its fragments')
  })
})
