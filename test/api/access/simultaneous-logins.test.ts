import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { newestAccountToken } from '../../support/account-links'
import { connectTo } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { tokenFor } from '../../support/token-for'
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

let payload: Payload
let api: RestClient
let client: pg.Client

beforeAll(async () => {
  // What is told apart here are accounts, not addresses.
  const opened = await openTestPayload({ RATE_LIMIT_FACTOR: '0' })
  payload = opened.payload
  api = await createRestClient(payload)
  client = await connectTo(opened.database)
})

const login = async ({ email }: User, password = testPassword): Promise<string> => {
  const answer = await api.post('/users/login', { email, password })
  expect(answer.status, answer.text).toBe(200)
  return answer.json.token
}
const as = (token: string) => ({ Authorization: `JWT ${token}` })
const refreshByRest = (token: string) => api.post('/users/refresh-token', {}, as(token))
const refreshByGraphql = (token: string) =>
  api.post('/graphql', { query: 'mutation { refreshTokenUser { refreshedToken } }' }, as(token))
const logout = async (token: string, query = '') =>
  expect((await api.post(`/users/logout${query}`, {}, as(token))).status).toBe(200)
const isAlive = async (token: string): Promise<boolean> => (await api.get('/users/me', as(token))).json.user !== null
const countAlive = async (tokens: string[]): Promise<number> =>
  (await Promise.all(tokens.map(isAlive))).filter(Boolean).length

/** Runs `others` while `first` has read the account and not yet written it. */
const between = async (first: () => Promise<unknown>, others: () => Promise<unknown>): Promise<void> => {
  const standard = payload.db.updateOne
  let isFirst = true
  payload.db.updateOne = async function (this: unknown, args) {
    if (isFirst && args.collection === 'users' && Array.isArray(args.data.sessions)) {
      isFirst = false
      await others()
    }
    return standard.call(this as never, args)
  }
  try {
    await first()
  } finally {
    payload.db.updateOne = standard
  }
}

describe('logins of one account', () => {
  it('live on beside each other, one after the other', async () => {
    const user = await createUser(payload, ['customer'])
    const tokens: string[] = []
    for (let n = 0; n < 2; n++) tokens.push(await login(user))
    expect(await countAlive(tokens)).toBe(2)
  })

  it('live on beside each other, four at once', async () => {
    const user = await createUser(payload, ['customer'])
    const tokens = await Promise.all([login(user), login(user), login(user), login(user)])
    expect(await countAlive(tokens)).toBe(4)
  })
})

describe('a login', () => {
  it('beside a logout ends nothing and brings nothing back', async () => {
    const user = await createUser(payload, ['customer'])
    const [ended, stays] = [await login(user), await login(user)]
    let added = ''
    await between(
      async () => (added = await login(user)),
      () => logout(ended),
    )
    expect(await Promise.all([ended, stays, added].map(isAlive))).toEqual([false, true, true])
  })

  it('takes back nothing that was changed of the account meanwhile', async () => {
    const user = await createUser(payload, ['customer'])
    await between(
      () => login(user),
      () => client.query(`UPDATE users SET name = 'Changed' WHERE id = $1`, [user.id]),
    )
    expect(await payload.findByID({ collection: 'users', id: user.id })).toMatchObject({ name: 'Changed' })
  })

  it('with the old password is refused when a new one was set meanwhile', async () => {
    const user = await createUser(payload, ['customer'])
    const before = await login(user)
    await api.post('/users/forgot-password', { email: user.email })
    const token = await newestAccountToken(client, user.email)
    await between(
      async () => {
        const answer = await api.post('/users/login', { email: user.email, password: testPassword })
        expect(answer.status, answer.text).toBe(409)
        expect(answer.text).toContain('The password was changed meanwhile')
      },
      async () => {
        const answer = await api.post('/account/password', { token, password: 'a-new-password' })
        expect(answer.status, answer.text).toBe(200)
      },
    )
    expect(await isAlive(before)).toBe(false)
    expect(await isAlive(await login(user, 'a-new-password'))).toBe(true)
  })
})

/** Runs `others` when the next request is known to come from somebody who is logged in, and has done nothing yet. */
const onceKnown = async <T>(first: () => Promise<T>, others: () => Promise<unknown>): Promise<T> => {
  const standard = payload.authStrategies
  let isFirst = true
  payload.authStrategies = standard.map((strategy) => ({
    ...strategy,
    authenticate: async (args) => {
      const result = await strategy.authenticate(args)
      if (isFirst) {
        isFirst = false
        await others()
      }
      return result
    },
  }))
  try {
    return await first()
  } finally {
    payload.authStrategies = standard
  }
}

describe('a refresh of a session that is ended meanwhile', () => {
  const deletion = 'DELETE FROM users_sessions WHERE _parent_id = $1'

  it.each([
    ['by itself', `UPDATE users_sessions SET expires_at = now() - interval '1 second' WHERE _parent_id = $1`],
    ['elsewhere', deletion],
    ['with its account', 'DELETE FROM users WHERE id = $1'],
  ])('%s is refused like one that was ended before, by REST and by GraphQL', async (_how, statement) => {
    for (const refresh of [refreshByRest, refreshByGraphql]) {
      const user = await createUser(payload, ['customer'])
      const token = await tokenFor(payload, user)
      const refused = await onceKnown(
        () => refresh(token),
        () => client.query(statement, [user.id]),
      )
      const later = await refresh(token)
      expect(refused.status, refused.text).toBe(later.status)
      expect(refused.json.code ?? refused.json.errors).toEqual(later.json.code ?? later.json.errors)
      expect(refused.json.data ?? null).toEqual(later.json.data ?? null)
    }
  })

  it('is there before the end, or after it', async () => {
    const user = await createUser(payload, ['customer'])
    const token = await tokenFor(payload, user)
    await client.query('BEGIN')
    await client.query(deletion, [user.id])
    const refreshed = refreshByRest(token)
    await untilSomebodyWaits(client)
    await client.query('COMMIT')
    const { status, json } = await refreshed
    expect([status, json]).toMatchObject([
      403,
      { errors: [{ message: 'You are not allowed to perform this action.' }] },
    ])
  })
})

describe('beside a login', () => {
  it.each<[string, (token: string, user: User) => Promise<unknown>, boolean]>([
    ['a logout', (token) => logout(token), false],
    [
      'a change of name',
      async (token, { id }) => {
        const answer = await api.patch(`/users/${id}`, { name: 'New name' }, as(token))
        expect(answer.json.doc, answer.text).toMatchObject({ name: 'New name' })
      },
      true,
    ],
  ])('%s ends its own session at most', async (_name, act, livesOn) => {
    const user = await createUser(payload, ['customer'])
    const own = await login(user)
    let added = ''
    await between(
      () => act(own, user),
      async () => (added = await login(user)),
    )
    expect(await Promise.all([own, added].map(isAlive))).toEqual([livesOn, true])
  })

  it('a refresh ends nothing: the login comes after it', async () => {
    const user = await createUser(payload, ['customer'])
    const own = await tokenFor(payload, user)
    let added: Promise<string> | undefined
    await between(
      async () => expect((await refreshByRest(own)).status).toBe(200),
      async () => {
        added = login(user)
        await untilSomebodyWaits(client)
      },
    )
    expect(await Promise.all([own, (await added) ?? ''].map(isAlive))).toEqual([true, true])
  })

  it('a refresh is for as long as it says', async () => {
    const user = await createUser(payload, ['customer'])
    const own = await login(user)
    await client.query(`UPDATE users_sessions SET expires_at = now() + interval '1 minute' WHERE _parent_id = $1`, [
      user.id,
    ])
    await refreshByRest(own)
    const { rows } = await client.query(
      `SELECT expires_at > now() + interval '7 hours' AS long FROM users_sessions WHERE _parent_id = $1`,
      [user.id],
    )
    expect(rows).toEqual([{ long: true }])
  })

  it('a deactivation and a logout everywhere end every session', async () => {
    const user = await createUser(payload, ['customer'])
    const tokens = [await login(user), await login(user)]
    await logout(tokens[0] ?? '', '?allSessions=true')
    expect(await countAlive(tokens)).toBe(0)
    await login(user)
    await payload.update({ collection: 'users', id: user.id, data: { isActive: false } })
    expect((await client.query('SELECT FROM users_sessions WHERE _parent_id = $1', [user.id])).rowCount).toBe(0)
  })
})
