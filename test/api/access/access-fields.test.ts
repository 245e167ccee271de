import { type FlattenedField, formatNames, type Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import { createClients, isOwn, isStaffRole, isWithin } from '../../support/access-clients'
import {
  accessMatrix,
  type MatrixCollection,
  matrixCollections,
  type MatrixRole,
  matrixRoles,
} from '../../support/access-matrix'
import { type AccessWorld, buildAccessWorld, type Planted, type WorldRow } from '../../support/access-world'
import { readByAll } from '#database/fields/optional-inputs'
import { type GraphqlSchema, readGraphqlSchema, selectionOf } from '../../support/graphql-schema'
import { getTestPayload } from '../../support/payload'
import { audienceOf, privateFields } from '../../support/private-fields'
import type { RestClient } from '../../support/rest-client'

let payload: Payload
let world: AccessWorld
let clients: Record<MatrixRole, RestClient>
let schema: GraphqlSchema

beforeAll(async () => {
  // Every field is guessed at, in lists as long as there are: more than one caller may ask in a minute.
  payload = await getTestPayload({ RATE_LIMIT_FACTOR: '0' })
  world = await buildAccessWorld(payload)
  clients = await createClients(payload, world)
  schema = await readGraphqlSchema(clients.admin)
})

const isMatrixCollection = (slug: string): slug is MatrixCollection => Object.hasOwn(accessMatrix, slug)

/** Whether a role sees a field of a record, by the tables. */
const isVisible = (row: WorldRow, path: string, role: MatrixRole): boolean => {
  if (!isMatrixCollection(row.collection)) return false
  if (!isWithin(accessMatrix[row.collection][role].read, row, role)) return false
  const audience = audienceOf(row.collection, path)
  if (audience === 'nobody') return false
  if (audience === 'owner') return isOwn(row, role)
  if (audience === 'all' || isStaffRole(role)) return true
  if (audience === 'staff' || !isOwn(row, role)) return false
  if (audience === 'both') return true
  // A consultant sees the customer's record after a session, and customers see profiles; neither is theirs.
  const self =
    row.collection === 'customers' ? 'customer' : row.collection === 'consultant-profiles' ? 'consultant' : role
  return role === (audience === 'self' ? self : audience)
}

type Leaf = { path: string; field: FlattenedField }

const leavesOf = (fields: FlattenedField[], parent = ''): Leaf[] =>
  fields.flatMap((field) => {
    const path = parent ? `${parent}.${field.name}` : field.name
    return 'flattenedFields' in field ? leavesOf(field.flattenedFields, path) : [{ path, field }]
  })

const leavesOfCollection = (collection: MatrixCollection): Leaf[] =>
  leavesOf(payload.collections[collection].config.flattenedFields)

/** Whether a document has a value at a path, null included; the first row stands for an array, nothing can be said of none. */
const has = (doc: unknown, path: string): boolean | undefined => {
  let value = doc
  for (const part of path.split('.')) {
    if (Array.isArray(value)) {
      if (!value.length) return undefined
      value = value[0]
    }
    if (!value || typeof value !== 'object' || !(part in value)) return false
    value = Reflect.get(value, part)
  }
  return value !== undefined
}

/** Texts of the world in an answer that the role must not see. */
const leaksIn = (text: string, role: MatrixRole): string[] =>
  world.planted
    .filter(({ text: planted, path, row }) => text.includes(planted) && !isVisible(row, path, role))
    .map(({ path, row }) => `${row.collection}.${path} of ${row.owner}`)

/** One text of each field that the role does not see in any, or in some record. */
const hiddenSamples = (collection: MatrixCollection, role: MatrixRole): Planted[] => {
  const hidden = world.planted.filter(({ path, row }) => row.collection === collection && !isVisible(row, path, role))
  return [...new Map(hidden.map((each) => [each.path, each])).values()]
}

const namesOf = (collection: string) => {
  const { singular, plural } = formatNames(collection)
  return { one: singular, many: singular === plural ? `all${singular}` : plural }
}

/** Fields of a type that lead to another record, with what that record is. */
const relationsOf = (type: string): { name: string; target: string }[] =>
  (schema.get(type) ?? []).flatMap(({ name, type: target }) =>
    matrixCollections.some((slug) => namesOf(slug).one === target) ? [{ name, target }] : [],
  )

describe('the table of private fields', () => {
  test('has every collection', () => {
    expect(Object.keys(privateFields).sort()).toEqual([...matrixCollections].sort())
  })

  test.each(matrixCollections)('%s: names existing fields, and every field that has a rule', (collection) => {
    const ruled = new Set<string>()
    const known = new Set<string>()
    const visit = (fields: FlattenedField[], parent: string, isCovered: boolean) => {
      for (const field of fields) {
        const path = parent ? `${parent}.${field.name}` : field.name
        known.add(path)
        const isHidden = 'hidden' in field && field.hidden === true
        const read = 'access' in field ? field.access?.read : undefined
        const hasRule = isHidden || (read !== undefined && read !== readByAll)
        if (hasRule && !isCovered) ruled.add(path)
        if ('flattenedFields' in field) visit(field.flattenedFields, path, isCovered || hasRule)
      }
    }
    visit(payload.collections[collection].config.flattenedFields, '', false)
    const listed = Object.keys(privateFields[collection])
    expect(listed.filter((path) => !known.has(path))).toEqual([])
    expect([...ruled].filter((path) => audienceOf(collection, path) === 'all')).toEqual([])
  })
})

describe.each(matrixRoles)('%s', (role) => {
  test.each(matrixCollections)('%s: sees exactly the fields that the table says', async (collection) => {
    for (const row of world.rows.filter((each) => each.collection === collection)) {
      const { status, json } = await clients[role].get(`/${collection}/${row.id}?depth=0`)
      if (status !== 200) continue
      const wrong = leavesOfCollection(collection)
        .filter(({ path }) => has(json, path) === !isVisible(row, path, role))
        .map(({ path }) => `${path} is ${has(json, path) ? 'shown' : 'missing'}`)
      expect(wrong, `${collection} of ${row.owner}`).toEqual([])
    }
  })

  test.each(matrixCollections)('%s: no list with its relations filled in shows more', async (collection) => {
    const { text } = await clients[role].get(`/${collection}?depth=10&limit=200`)
    expect(leaksIn(text, role)).toEqual([])
  })

  test.each(matrixCollections)('%s: neither does GraphQL', async (collection) => {
    const { one, many } = namesOf(collection)
    const own = await clients[role].graphql(`{ ${many}(limit: 200) { docs { ${selectionOf(schema, one)} } } }`)
    const isReadable = accessMatrix[collection][role].read !== 'none'
    expect(Boolean(own.json.data?.[many]), own.text).toBe(isReadable)
    expect(leaksIn(own.text, role)).toEqual([])
    for (const { name, target } of relationsOf(one)) {
      const query = `{ ${many}(limit: 200) { docs { ${name} { ${selectionOf(schema, target)} } } } }`
      const { text } = await clients[role].graphql(query)
      expect(leaksIn(text, role), query).toEqual([])
    }
  })

  test.each(matrixCollections)('%s: what is not seen cannot be found out by asking for it', async (collection) => {
    for (const { path, text } of hiddenSamples(collection, role)) {
      const where = `where[${path}][equals]=${encodeURIComponent(text)}`
      const { json } = await clients[role].get(`/${collection}/count?${where}`)
      expect(json.totalDocs ?? 0, where).toBe(0)
    }
  })

  test.each(matrixCollections)('%s: nor by asking for it through a relation from elsewhere', async (collection) => {
    // The rule is that of the record asked for, so one way to it that the role may go is enough.
    const way = waysTo(collection).find(({ from }) => accessMatrix[from][role].read !== 'none')
    if (!way) return
    for (const { path, text } of hiddenSamples(collection, role)) {
      const where = `where[${way.path}.${path}][equals]=${encodeURIComponent(text)}`
      const { json } = await clients[role].get(`/${way.from}/count?${where}`)
      expect(json.totalDocs ?? 0, `${way.from}?${where}`).toBe(0)
    }
  })
})

/** Relationship fields that lead to a collection. */
const waysTo = (collection: MatrixCollection): { from: MatrixCollection; path: string }[] =>
  matrixCollections.flatMap((from) =>
    leavesOfCollection(from).flatMap(({ path, field }) =>
      field.type === 'relationship' && field.relationTo === collection ? [{ from, path }] : [],
    ),
  )
