import { formatNames } from 'payload'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import { createClients, isWithin } from '../../support/access-clients'
import {
  accessMatrix,
  type MatrixCollection,
  matrixCollections,
  type MatrixRole,
  matrixRoles,
} from '../../support/access-matrix'
import { type AccessWorld, buildAccessWorld, type Owner, type WorldRow } from '../../support/access-world'
import { getTestPayload } from '../../support/payload'
import type { RestAnswer, RestClient } from '../../support/rest-client'

let payload: Payload
let world: AccessWorld
let clients: Record<MatrixRole, RestClient>

beforeAll(async () => {
  payload = await getTestPayload()
  world = await buildAccessWorld(payload)
  clients = await createClients(payload, world)
})

const refusals = [401, 403, 404]

type GraphqlError = { path?: string[]; extensions?: { statusCode?: number } }

/** Whether access was granted: a fault in what was sent is only found after that. */
const isGranted = ({ status, json }: RestAnswer): boolean => {
  const errors: GraphqlError[] | undefined = json?.errors
  const codes = errors?.map(({ extensions }) => extensions?.statusCode ?? 0) ?? []
  if (status === 500 || codes.includes(500)) throw new Error(`The server failed: ${JSON.stringify(json)}`)
  return !refusals.includes(status) && !codes.some((code) => refusals.includes(code))
}

const namesOf = (collection: MatrixCollection) => {
  const { singular, plural } = formatNames(collection)
  return { one: singular, many: singular === plural ? `all${singular}` : plural }
}

const rowsOf = (collection: MatrixCollection) => world.rows.filter((row) => row.collection === collection)

/** The same query for every row of a collection, under names of their own: `row0: … row1: …`. */
const aliased = (collection: MatrixCollection, query: (id: string) => string): string =>
  rowsOf(collection)
    .map(({ id }, index) => `row${index}: ${query(id)}`)
    .join(' ')

/** Which of the rows an aliased query gave. */
const answered = ({ json }: RestAnswer, collection: MatrixCollection): string[] =>
  rowsOf(collection).flatMap((row, index) => (json.data?.[`row${index}`] ? describeRow(row) : []))

/** Which of the rows an aliased mutation was not refused for. */
const granted = ({ json, text }: RestAnswer, collection: MatrixCollection): string[] => {
  const errors: GraphqlError[] = json?.errors ?? []
  if (errors.some(({ path, extensions }) => !path || extensions?.statusCode === 500)) throw new Error(text)
  const refused = errors.filter(({ extensions }) => refusals.includes(extensions?.statusCode ?? 0))
  return rowsOf(collection).flatMap((row, index) =>
    refused.some(({ path }) => path?.[0] === `row${index}`) ? [] : describeRow(row),
  )
}

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
      }
      const singles = await clients[role].graphql(`{ ${aliased(collection, (id) => `${one}(id: "${id}") { id }`)} }`)
      expect(answered(singles, collection)).toEqual(expected.map(describeRow))
    })

    test(`updates: ${allowed.update}`, async () => {
      const expected = rowsOf(collection).filter((row) => isWithin(allowed.update, row, role))
      for (const row of rowsOf(collection)) {
        const answer = await clients[role].patch(`/${collection}/${row.id}`, {})
        expect(isGranted(answer), `PATCH ${describeRow(row)}: ${answer.text}`).toBe(expected.includes(row))
      }
      const update = (id: string) => `update${one}(id: "${id}", data: {}) { id }`
      const graphql = await clients[role].graphql(`mutation { ${aliased(collection, update)} }`)
      expect(granted(graphql, collection), graphql.text).toEqual(expected.map(describeRow))
    })

    test(`deletes: ${allowed.delete}`, async () => {
      for (const owner of ['A', 'B'] as const) {
        const rest = await rowToDelete(collection, owner, role)
        const within = isWithin(allowed.delete, rest, role)
        const answer = await clients[role].del(`/${collection}/${rest.id}`)
        expect(isGranted(answer), `DELETE ${describeRow(rest)}: ${answer.text}`).toBe(within)
        expect(await exists(rest), `DELETE ${describeRow(rest)}`).toBe(!within)

        const other = within ? await rowToDelete(collection, owner, role) : rest
        const graphql = await clients[role].graphql(`mutation { delete${one}(id: "${other.id}") { id } }`)
        expect(isGranted(graphql), `mutation ${describeRow(other)}: ${graphql.text}`).toBe(within)
        expect(await exists(other), `mutation ${describeRow(other)}`).toBe(!within)
      }
    })

    test(`creates: ${allowed.create}`, async () => {
      for (const owner of ['A', 'B'] as const) {
        const expected = allowed.create === 'yes' || (allowed.create === 'own' && owner === 'A')
        if (allowed.create === 'asks') {
          const asked = await clients[role].post(`/${collection}`, { name: 'New', email: 'new@parley.example' })
          expect(Object.keys(asked.json)).toEqual(['message'])
          const graphql = await clients[role].graphql(
            `mutation { create${one}(data: { name: "New", email: "new@parley.example", password: "long-enough", roles: [customer] }) { id } }`,
          )
          expect(isGranted(graphql), graphql.text).toBe(false)
          continue
        }
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

/** A fresh one where it may go, or another test would miss it. */
const rowToDelete = async (collection: MatrixCollection, owner: Owner, role: MatrixRole): Promise<WorldRow> => {
  const existing = rowsOf(collection).find((row) => row.owner === owner)
  if (accessMatrix[collection][role].delete === 'none' && existing) return existing
  return world.make(collection, owner, role === 'consultant' ? 'consultant' : 'customer')
}

const exists = async ({ collection, id }: WorldRow): Promise<boolean> => {
  const { totalDocs } = await payload.count({ collection, where: { id: { equals: id } } })
  return totalDocs > 0
}
