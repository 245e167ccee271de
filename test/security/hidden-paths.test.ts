import type { Payload } from 'payload'
import { beforeAll, expect, test } from 'vitest'
import { createClients } from '../support/access-clients'
import { type MatrixRole, matrixRoles } from '../support/access-matrix'
import { createUser } from '../support/fixtures'
import { getTestPayload } from '../support/payload'
import { mayAsk, type PrivatePath, privatePaths } from '../support/private-paths'
import type { RestAnswer, RestClient } from '../support/rest-client'

let payload: Payload
let clients: Record<MatrixRole, RestClient>
let paths: PrivatePath[]

beforeAll(async () => {
  payload = await getTestPayload()
  const users = {
    admin: await createUser(payload, ['admin']),
    operations: await createUser(payload, ['operations']),
    consultant: await createUser(payload, ['consultant']),
    customer: await createUser(payload, ['customer']),
  }
  clients = await createClients(payload, { users })
  paths = privatePaths(payload)
})

/** Every way of asking: the address below the collection, for a path. */
const ways: ((path: string) => string)[] = [
  (path) => `?sort=${path}`,
  (path) => `?where[${path}][exists]=true`,
  (path) => `?sort=-createdAt,-${path}`,
  (path) => `/count?where[${path}][not_equals]=x`,
  (path) => `?where[or][0][and][0][${path}][like]=a`,
  (path) => `?sort=${path.replaceAll('.', '__')}`,
  (path) => `?where[${path.replaceAll('.', '__')}][equals]=a`,
  (path) => `?draft=true&sort=${path}`,
  (path) => `?where[${path}][near]=1`,
]

const versionWays: ((path: string) => string)[] = [
  (path) => `/versions?where[version.${path}][exists]=true`,
  (path) => `/versions?sort=-version.${path}`,
  (path) => `/versions?where[parent.${path}][exists]=true`,
  (path) => `/versions?sort=parent__${path.replaceAll('.', '__')}`,
]

const noSuch = (path: string): string => [...path.split('.').slice(0, -1), 'nosuchfield'].join('.')

/** The name of the field taken out of what is said of it: what is left is what the refusal tells. */
const withoutName = ({ json }: RestAnswer, path: string): string => {
  const { errors, detail, ...rest } = json
  const said = JSON.stringify([errors, detail]).replaceAll(path, '…').replaceAll(path.replaceAll('.', '__'), '…')
  return `${said} ${JSON.stringify(rest)}`
}

type Probe = { path: PrivatePath; role: MatrixRole; way: (path: string) => string }

/** What is wrong with the answer: undefined when it is refused as what is not there. */
const faultOf = async ({ path: { root, path }, role, way }: Probe): Promise<string | undefined> => {
  const asked = `/${root}${way(path)}`
  const answer = await clients[role].get(asked)
  const { status, text, json } = answer
  if (status !== 400 || !json.errors[0].message.includes('cannot be queried')) return `${role} ${asked}: ${status}`
  const named: string = json.errors[0].data[0].path
  if (!named.replaceAll('__', '.').endsWith(path)) return `${role} ${asked} names ${named}`
  const other = await askNoSuch(role, `/${root}${way(noSuch(path))}`)
  const isSame = other.status === 400 && withoutName(other, noSuch(path)) === withoutName(answer, path)
  return isSame ? undefined : `${role} ${asked} differs: ${text} ${other.text}`
}

const answers = new Map<string, Promise<RestAnswer>>()

/** Many fields share what they are compared with. */
const askNoSuch = (role: MatrixRole, asked: string): Promise<RestAnswer> => {
  const known = answers.get(`${role} ${asked}`) ?? clients[role].get(asked)
  answers.set(`${role} ${asked}`, known)
  return known
}

const faultsOf = async (probes: Probe[]): Promise<string[]> => {
  const faults: string[] = []
  for (let start = 0; start < probes.length; start += 8) {
    const found = await Promise.all(probes.slice(start, start + 8).map(faultOf))
    faults.push(...found.filter((fault) => fault !== undefined))
  }
  return faults
}

/** So that each list of probes meets every way, whatever their number. */
const turn = <Item>(items: readonly Item[], index: number): Item[] => {
  const item = items[index % items.length]
  return item === undefined ? [] : [item]
}

const isValue = ({ root, path }: PrivatePath): boolean =>
  payload.collections[root].config.flattenedFields.some(
    ({ name, type }) => name === path && /^(text|date|number|checkbox|select|email)$/.test(type),
  )

const closedTo = (role: MatrixRole): PrivatePath[] => paths.filter((path) => !mayAsk(path, role))

test.each(matrixRoles)('%s asks no list for what they do not read, in any way', async (role) => {
  const direct = closedTo(role).filter(({ root, of, path, field }) => root === of && path === field)
  expect(direct.length).toBeGreaterThan(10)
  const secrets = direct.filter(({ isSecret }) => isSecret)
  const probes = [
    ...secrets.flatMap((path) => ways.map((way) => ({ path, role, way }))),
    ...direct.flatMap((path, index) => turn(ways, index).map((way) => ({ path, role, way }))),
  ]
  expect(await faultsOf(probes)).toEqual([])
})

test.each(matrixRoles)('%s asks nothing of it through relations', async (role) => {
  const related = closedTo(role).filter(({ path, field }) => path !== field)
  expect(related.length).toBeGreaterThan(100)
  // Every one of what nobody reads; of the rest, which are many, one of each field and number of steps.
  const sampled = new Map(
    related.map((each) => [each.isSecret ? `${each.root} ${each.path}` : `${each.of} ${each.field}`, each]),
  )
  const probes = [...sampled.values()].flatMap((path, index) =>
    turn(ways, index + matrixRoles.indexOf(role)).map((way) => ({ path, role, way })),
  )
  expect(await faultsOf(probes)).toEqual([])
})

test('nor of versions', async () => {
  const versioned = paths.filter(({ root, isSecret }) => isSecret && Boolean(payload.collections[root].config.versions))
  const probes = versioned.flatMap((path, index) =>
    turn(versionWays, index).flatMap((way) => (['admin', 'consultant'] as const).map((role) => ({ path, role, way }))),
  )
  expect(probes.length).toBeGreaterThan(10)
  expect(await faultsOf(probes)).toEqual([])
})

test('nor within the condition of a relation, in a change or a deletion of many, or by groups', async () => {
  for (const client of [clients.admin, clients.customer]) {
    for (const answer of [
      await client.get('/media?where[uploadedBy][contains][hash][like]=a'),
      await client.get('/media?where[uploadedBy.sessions.id][like]=a'),
      await client.patch('/media?where[uploadedBy.hash][exists]=true', { alt: 'Changed' }),
      await client.del('/media?where[uploadedBy.hash][exists]=true'),
    ]) {
      expect(answer.status, answer.text).toBe(400)
      expect(answer.json.errors[0].message).toMatch(/cannot be queried: uploadedBy(\.(hash|sessions\.id))?$/)
    }
  }
  for (const field of ['uploadedBy.hash', 'uploadedBy.sessions.id', 'uploadedBy.nosuchfield']) {
    const asked = payload.findDistinct({
      collection: 'media',
      field,
      overrideAccess: false,
      user: await createUser(payload, ['admin']),
    })
    await expect(asked).rejects.toThrow(`cannot be queried: ${field}`)
  }
})

test('nor over GraphQL', async () => {
  for (const client of [clients.admin, clients.customer]) {
    for (const path of ['uploadedBy.hash', 'uploadedBy__resetPasswordToken', 'uploadedBy.sessions.id', 'nosuchfield']) {
      const { json } = await client.graphql(`{ allMedia(sort: "${path}") { docs { id } } }`)
      expect(json.errors[0].message).toContain(`cannot be queried: ${path}`)
    }
    const { json } = await client.graphql('{ allMedia(where: { uploadedBy__hash: { like: "a" } }) { docs { id } } }')
    expect(json.errors).toHaveLength(1)
  }
})

test('and it is shown to nobody who selects or fills it in', async () => {
  const hidden = ['hash', 'salt', 'resetPasswordToken', '_verificationToken', 'loginAttempts', 'lockUntil']
  const select = hidden.map((name) => `select[${name}]=true`).join('&')
  const { status, json } = await clients.admin.get(`/users?${select}&select[sessions]=true`)
  expect(status).toBe(200)
  expect(json.docs.length).toBeGreaterThan(0)
  for (const doc of json.docs) for (const name of hidden) expect(doc).not.toHaveProperty(name)
  const populate = hidden.map((name) => `populate[users][${name}]=true`).join('&')
  const filled = await clients.admin.get(`/consultant-profiles?depth=1&${populate}`)
  for (const name of hidden) expect(filled.text).not.toContain(`"${name}"`)
})

test('what staff read, they ask', async () => {
  const sortable = paths.filter((each) => each.path === each.field && mayAsk(each, 'operations') && isValue(each))
  expect(sortable.length).toBeGreaterThan(50)
  for (const { root, path } of sortable) {
    const { status, text } = await clients.operations.get(`/${root}?limit=1&sort=${path}`)
    expect(status, `${root} ${path}: ${text}`).toBe(200)
  }
})
