import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'
import { as, enrol, waitingTokenFor } from '../../support/second-factor'

type Door = { method: 'get' | 'post' | 'patch' | 'delete'; path: string }

let payload: Payload
let api: RestClient
let admin: User
/** Of the same administrator. */
let tokens: Record<'waiting' | 'complete', string>

beforeAll(async () => {
  payload = (await openTestPayload({ RATE_LIMIT_FACTOR: '0' })).payload
  api = await createRestClient(payload)
  admin = await createUser(payload, ['admin', 'consultant'])
  const { token } = await enrol(payload, api, admin)
  tokens = { waiting: await waitingTokenFor(payload, admin), complete: token }
})

const id = '0199c0de-0000-7000-8000-000000000001'

/** These are the way on, and heed a login that waits. */
const isWayOn = (path: string): boolean => path.startsWith('/account/second-factor')

const ownDoors = async (): Promise<Door[]> => {
  const { operations } = await import('#endpoints/index')
  return operations
    .filter(({ path, method }) => !isWayOn(path) && method !== 'put')
    .map(({ method, path }) => ({ method, path: path.replaceAll(/:\w+/g, id) }) as Door)
}

const generatedDoors = (): Door[] => {
  const { collections, globals } = payload.config
  const doors: Door[] = []
  for (const { slug } of collections) {
    for (const path of [`/${slug}`, `/${slug}/${id}`, `/${slug}/count`, `/${slug}/versions`, `/${slug}/access/${id}`]) {
      doors.push({ method: 'get', path })
    }
    doors.push({ method: 'post', path: `/${slug}` }, { method: 'patch', path: `/${slug}/${id}` })
    doors.push(
      { method: 'patch', path: `/${slug}?where[id][equals]=${id}` },
      { method: 'delete', path: `/${slug}/${id}` },
    )
  }
  for (const { slug } of globals) {
    doors.push({ method: 'get', path: `/globals/${slug}` }, { method: 'post', path: `/globals/${slug}` })
  }
  for (const path of ['refresh-token', 'logout', 'unlock']) doors.push({ method: 'post', path: `/users/${path}` })
  return [...doors, { method: 'get', path: '/access' }, { method: 'get', path: '/users/me' }]
}

const knock = ({ method, path }: Door, headers: Record<string, string>): Promise<RestAnswer> => {
  if (method === 'get') return api.get(path, headers)
  if (method === 'delete') return api.del(path, headers)
  return api[method](path, {}, headers)
}

/** Without what is made up for each answer, and how many seconds something has taken: that says nothing of who asks. */
const seen = ({ status, text }: RestAnswer) =>
  `${status} ${text.replaceAll(/[\w-]{20,}/g, '…').replaceAll(/\d+/g, '#')}`

/** The doors at which somebody is told something else than nobody. */
const openedBy = async (doors: readonly Door[], headers: Record<string, string>): Promise<string[]> => {
  const opened: string[] = []
  for (const door of doors) {
    const [nobody, somebody] = [await knock(door, {}), await knock(door, headers)]
    if (seen(nobody) !== seen(somebody)) opened.push(`${door.method} ${door.path}: ${seen(somebody).slice(0, 120)}`)
  }
  return opened
}

describe('a login that waits for its second factor', () => {
  it('is nobody at every address of ours, as a header and as a cookie', async () => {
    const doors = await ownDoors()
    expect(doors.length).toBeGreaterThan(80)
    expect(await openedBy(doors, as(tokens.waiting))).toEqual([])
    expect(
      await openedBy(doors, { Cookie: `payload-token=${tokens.waiting}`, 'Sec-Fetch-Site': 'same-origin' }),
    ).toEqual([])
    expect(await openedBy(doors, { Authorization: `Bearer ${tokens.waiting}` })).toEqual([])
  })

  it('is nobody at every address that is generated', async () => {
    const doors = generatedDoors()
    expect(doors.length).toBeGreaterThan(200)
    expect(await openedBy(doors, as(tokens.waiting))).toEqual([])
  })

  it('would be told something else at most of them with its second factor', async () => {
    // Only what is read: the login is needed further on.
    const doors = [...(await ownDoors()), ...generatedDoors()].filter(({ method }) => method === 'get')
    expect((await openedBy(doors, as(tokens.complete))).length).toBeGreaterThan(60)
  })

  it('is nobody in GraphQL, also in the document that has logged in', async () => {
    const ask = (query: string, headers = {}) => api.post('/graphql', { query }, headers)
    const me = await ask('{ meUser { user { id } } Users { docs { id } } }', as(tokens.waiting))
    const nobody = await ask('{ meUser { user { id } } Users { docs { id } } }')
    expect(me.json).toEqual(nobody.json)
    const both = await ask(`mutation {
      loginUser(email: "${admin.email}", password: "${testPassword}") { token user { id email } }
      updateUser(id: "${admin.id}", data: { bio: "changed" }) { id }
    }`)
    expect(both.json.data.loginUser).toMatchObject({ user: null })
    expect(both.json.data.updateUser).toBeNull()
    const { bio } = await payload.findByID({ collection: 'users', id: admin.id })
    expect(bio).not.toBe('changed')
  })

  it('is nobody to Payload itself, which asks for pages and for code of others', async () => {
    const headers = new Headers(as(tokens.waiting))
    expect((await payload.auth({ headers })).user).toBeNull()
    const complete = await payload.auth({ headers: new Headers(as(tokens.complete)) })
    expect(complete.user?.id).toBe(admin.id)
    const { token } = await payload.login({
      collection: 'users',
      data: { email: admin.email, password: testPassword },
    })
    expect((await payload.auth({ headers: new Headers(as(token ?? '')) })).user).toBeNull()
  })
})
