import { formatNames } from 'payload'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  accessMatrix,
  type MatrixCollection,
  matrixCollections,
  type MatrixRole,
  matrixRoles,
  type Reach,
} from '../../support/access-matrix'
import { type AccessWorld, buildAccessWorld, type Owner, type WorldRow } from '../../support/access-world'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let world: AccessWorld
let clients: Record<MatrixRole, RestClient>

beforeAll(async () => {
  payload = await getTestPayload()
  world = await buildAccessWorld(payload)
  const api = await createRestClient(payload)
  const { admin, operations, consultant, customer } = world.users
  clients = {
    anonymous: api,
    customer: await api.as(customer),
    consultant: await api.as(consultant),
    operations: await api.as(operations),
    admin: await api.as(admin),
  }
})

const isOwn = ({ owner, side }: WorldRow, role: MatrixRole) =>
  (role === 'customer' || role === 'consultant') && owner === 'A' && (side === undefined || side === role)

const isWithin = (reach: Reach, row: WorldRow, role: MatrixRole): boolean => {
  switch (reach) {
    case 'none':
      return false
    case 'all':
      return true
    case 'public':
      return row.isPublic
    case 'own':
      return isOwn(row, role)
    case 'public+own':
      return row.isPublic || isOwn(row, role)
  }
}

const refusals = [401, 403, 404]

/** Whether access was granted: a fault in what was sent is only found after that. */
const isGranted = ({ status, json }: RestAnswer): boolean => {
  const errors: { message: string; extensions?: { statusCode?: number } }[] | undefined = json?.errors
  const codes = errors?.map(({ extensions }) => extensions?.statusCode ?? 0) ?? []
  if (status === 500 || codes.includes(500)) throw new Error(`The server failed: ${JSON.stringify(json)}`)
  return !refusals.includes(status) && !codes.some((code) => refusals.includes(code))
}

const namesOf = (collection: MatrixCollection) => {
  const { singular, plural } = formatNames(collection)
  return { one: singular, many: singular === plural ? `all${singular}` : plural }
}

const rowsOf = (collection: MatrixCollection) => world.rows.filter((row) => row.collection === collection)

const describeRow = ({ owner, side, isPublic }: WorldRow) =>
  [owner, side, isPublic ? 'public' : 'private'].filter(Boolean).join(' ')

/** Which of the world's rows of a collection are in a list. */
const seenIn = (docs: { id: string }[], collection: MatrixCollection): string[] => {
  const ids = new Set(docs.map(({ id }) => id))
  return rowsOf(collection).flatMap((row) => (ids.has(row.id) ? describeRow(row) : []))
}

test('the matrix has every collection', () => {
  const own = payload.config.collections.map(({ slug }) => slug).filter((slug) => !slug.startsWith('payload-'))
  expect([...matrixCollections].sort()).toEqual([...own].sort())
})

test('the world has public and private, own and foreign records to tell apart', () => {
  for (const collection of matrixCollections) expect(rowsOf(collection).length, collection).toBeGreaterThan(1)
})

describe.each(matrixRoles)('%s', (role) => {
  describe.each(matrixCollections)('%s', (collection) => {
    const allowed = accessMatrix[collection][role]
    const { one, many } = namesOf(collection)

    test(`reads: ${allowed.read}`, async () => {
      const expected = rowsOf(collection).filter((row) => isWithin(allowed.read, row, role))
      const list = await clients[role].get(`/${collection}?limit=200&depth=0`)
      expect(isGranted(list)).toBe(allowed.read !== 'none')
      expect(seenIn(list.json.docs ?? [], collection)).toEqual(expected.map(describeRow))

      const graphql = await clients[role].graphql(`{ ${many}(limit: 200) { docs { id } } }`)
      expect(isGranted(graphql)).toBe(allowed.read !== 'none')
      expect(seenIn(graphql.json.data?.[many]?.docs ?? [], collection)).toEqual(expected.map(describeRow))

      const count = await clients[role].get(`/${collection}/count`)
      expect(isGranted(count)).toBe(allowed.read !== 'none')

      for (const row of rowsOf(collection)) {
        const answer = await clients[role].get(`/${collection}/${row.id}?depth=0`)
        expect(isGranted(answer), `GET ${describeRow(row)}`).toBe(expected.includes(row))
        const single = await clients[role].graphql(`{ ${one}(id: "${row.id}") { id } }`)
        expect(Boolean(single.json.data?.[one]?.id), `query ${describeRow(row)}`).toBe(expected.includes(row))
      }
    })

    test(`updates: ${allowed.update}`, async () => {
      for (const row of rowsOf(collection)) {
        const within = isWithin(allowed.update, row, role)
        const answer = await clients[role].patch(`/${collection}/${row.id}`, {})
        expect(isGranted(answer), `PATCH ${describeRow(row)}: ${answer.text}`).toBe(within)
        const graphql = await clients[role].graphql(`mutation { update${one}(id: "${row.id}", data: {}) { id } }`)
        expect(isGranted(graphql), `mutation ${describeRow(row)}: ${graphql.text}`).toBe(within)
      }
    })

    test(`deletes: ${allowed.delete}`, async () => {
      for (const owner of ['A', 'B'] as const) {
        const rest = await rowToDelete(collection, owner, role)
        const within = isWithin(allowed.delete, rest, role)
        const answer = await clients[role].del(`/${collection}/${rest.id}`)
        expect(isGranted(answer), `DELETE ${describeRow(rest)}: ${answer.text}`).toBe(within)
        expect(await exists(rest), `DELETE ${describeRow(rest)}`).toBe(!within)

        const other = await rowToDelete(collection, owner, role)
        const graphql = await clients[role].graphql(`mutation { delete${one}(id: "${other.id}") { id } }`)
        expect(isGranted(graphql), `mutation ${describeRow(other)}: ${graphql.text}`).toBe(within)
        expect(await exists(other), `mutation ${describeRow(other)}`).toBe(!within)
      }
    })

    test(`creates: ${allowed.create}`, async () => {
      for (const owner of ['A', 'B'] as const) {
        const expected = allowed.create === 'yes' || (allowed.create === 'own' && owner === 'A')
        const answer = await clients[role].post(`/${collection}`, await bodyFor(collection, owner))
        expect(isGranted(answer), `POST for ${owner}: ${answer.text}`).toBe(expected)
      }
    })
  })
})

/** Only what decides about access is in it, so what is granted mostly ends as an invalid request. */
const bodyFor = async (collection: MatrixCollection, owner: Owner): Promise<Record<string, unknown>> => {
  const { profile, customer } = world.pairs[owner]
  if (collection === 'reviews') {
    const session = world.rows.find((row) => row.collection === 'scheduled-sessions' && row.owner === owner)
    return { scheduledSession: session?.id }
  }
  return { consultant: profile, customer }
}

const rowToDelete = (collection: MatrixCollection, owner: Owner, role: MatrixRole): Promise<WorldRow> =>
  world.make(collection, owner, role === 'consultant' ? 'consultant' : 'customer')

const exists = async ({ collection, id }: WorldRow): Promise<boolean> => {
  const { totalDocs } = await payload.count({ collection, where: { id: { equals: id } } })
  return totalDocs > 0
}
