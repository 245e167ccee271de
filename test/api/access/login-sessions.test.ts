import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { connectTo } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let client: pg.Client

beforeAll(async () => {
  const opened = await openTestPayload({ RATE_LIMIT_FACTOR: '0' })
  payload = opened.payload
  api = await createRestClient(payload)
  client = await connectTo(opened.database)
})

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

const from = (userAgent: string, address: string) => ({ 'User-Agent': userAgent, 'X-Forwarded-For': address })
const as = (token: string) => ({ Authorization: `JWT ${token}` })

const login = async ({ email }: User, headers: Record<string, string> = {}): Promise<string> => {
  const answer = await api.post('/users/login', { email, password: testPassword }, headers)
  expect(answer.status, answer.text).toBe(200)
  return answer.json.token
}

type Listed = {
  id: string
  device: string | null
  network: string | null
  isCurrent: boolean
  createdAt: string
  expiresAt: string
}

const list = async (token: string): Promise<Listed[]> => {
  const answer = await api.get('/account/sessions', as(token))
  expect(answer.status, answer.text).toBe(200)
  return answer.json.sessions
}

/** Over REST and GraphQL. */
const isAlive = async (token: string): Promise<boolean> => {
  const [rest, graphql] = await Promise.all([
    api.get('/users/me', as(token)),
    api.post('/graphql', { query: '{ meUser { user { id } } }' }, as(token)),
  ])
  const seen = [rest.json.user !== null, graphql.json.data.meUser.user !== null]
  expect(new Set(seen).size).toBe(1)
  return seen[0] ?? false
}

describe('where one is logged in', () => {
  it('is told by the device, the network and the time, of every way to log in', async () => {
    const user = await createUser(payload, ['customer'])
    const token = await login(user, from(firefox, '198.51.100.77'))
    await api.post(
      '/graphql',
      { query: `mutation { loginUser(email: "${user.email}", password: "${testPassword}") { token } }` },
      from(iphone, '2001:db8:1:2::3'),
    )
    await payload.login({ collection: 'users', data: { email: user.email, password: testPassword } })
    const sessions = await list(token)
    expect(sessions).toMatchObject([
      { device: null, network: null, isCurrent: false },
      { device: 'Safari on iPhone', network: '2001:db8:1::/48', isCurrent: false },
      { device: 'Firefox on Windows', network: '198.51.100.0/24', isCurrent: true },
    ])
    for (const { createdAt, expiresAt } of sessions) {
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(8 * 60 * 60 * 1_000)
    }
  })

  it('is kept when it is prolonged, and by what else is changed of the account', async () => {
    const user = await createUser(payload, ['customer'])
    const token = await login(user, from(firefox, '198.51.100.77'))
    await api.post('/users/refresh-token', {}, as(token))
    await api.patch(`/users/${user.id}`, { name: 'Another name' }, as(token))
    await login(user, from(iphone, '203.0.113.5'))
    expect((await list(token)).map(({ device }) => device)).toEqual(['Safari on iPhone', 'Firefox on Windows'])
  })

  it('is no more of what is stored than is needed, and is shown nowhere else', async () => {
    const user = await createUser(payload, ['customer'])
    const token = await login(user, from('x'.repeat(5_000), '198.51.100.77'))
    const { rows } = await client.query<{ user_agent: string; network: string }>(
      'SELECT user_agent, network FROM users_sessions WHERE _parent_id = $1',
      [user.id],
    )
    expect(rows).toEqual([{ user_agent: 'x'.repeat(400), network: '198.51.100.0/24' }])
    expect((await api.get(`/users/${user.id}`, as(token))).text).not.toContain('198.51.100')
  })

  it('is nobody else’s business', async () => {
    expect((await api.get('/account/sessions')).status).toBe(401)
    const [one, other] = [await createUser(payload, ['customer']), await createUser(payload, ['admin'])]
    await login(one)
    expect(await list(await login(other))).toHaveLength(1)
  })

  it('leaves out what has ended by itself', async () => {
    const user = await createUser(payload, ['customer'])
    await login(user)
    await client.query(`UPDATE users_sessions SET expires_at = now() - interval '1 second' WHERE _parent_id = $1`, [
      user.id,
    ])
    expect(await list(await login(user))).toHaveLength(1)
  })
})

describe('ending', () => {
  it('one elsewhere stops its token at once, and no other', async () => {
    const user = await createUser(payload, ['customer'])
    const [here, there] = [await login(user), await login(user)]
    const [elsewhere] = (await list(here)).filter(({ isCurrent }) => !isCurrent)
    expect((await api.del(`/account/sessions/${elsewhere?.id}`, as(here))).status).toBe(204)
    expect(await Promise.all([here, there].map(isAlive))).toEqual([true, false])
    expect((await api.post('/users/refresh-token', {}, as(there))).status).toBe(403)
    expect((await api.del(`/account/sessions/${elsewhere?.id}`, as(here))).status).toBe(404)
  })

  it('that of somebody else is refused as if there was none', async () => {
    const [one, other] = [await createUser(payload, ['customer']), await createUser(payload, ['customer'])]
    const [mine, theirs] = [await login(one), await login(other)]
    const [session] = await list(theirs)
    expect((await api.del(`/account/sessions/${session?.id}`, as(mine))).status).toBe(404)
    expect(await isAlive(theirs)).toBe(true)
  })

  it('all others leaves the one that asks', async () => {
    const user = await createUser(payload, ['customer'])
    const [here, ...others] = [await login(user), await login(user), await login(user)]
    const answer = await api.post('/account/sessions/end-others', {}, as(here))
    expect([answer.status, answer.json]).toEqual([200, { ended: 2 }])
    expect(await isAlive(here)).toBe(true)
    expect(await Promise.all(others.map(isAlive))).toEqual([false, false])
    expect(await list(here)).toMatchObject([{ isCurrent: true }])
  })

  it('all of somebody is for staff, and of an administrator for administrators', async () => {
    const user = await createUser(payload, ['customer'])
    const [admin, operations] = [await createUser(payload, ['admin']), await createUser(payload, ['operations'])]
    const tokens = [await login(user), await login(user)]
    const end = async (by: User, id: string) => (await api.as(by)).post(`/operations/users/${id}/end-sessions`)
    expect((await end(await createUser(payload, ['consultant']), user.id)).status).toBe(403)
    expect((await end(operations, admin.id)).status).toBe(403)
    expect((await end(operations, '00000000-0000-7000-8000-000000000000')).status).toBe(404)
    const answer = await end(operations, user.id)
    expect([answer.status, answer.json]).toEqual([200, { ended: 2 }])
    expect(await Promise.all(tokens.map(isAlive))).toEqual([false, false])
    expect((await end(await createUser(payload, ['admin']), admin.id)).status).toBe(200)
    await login(user)
  })
})

describe('a browser in which somebody logs in again', () => {
  const inBrowser = (token: string) => ({ Cookie: `payload-token=${token}`, 'Sec-Fetch-Site': 'same-origin' })

  it('keeps the new session alone, whosever the one before was', async () => {
    const [one, other] = [await createUser(payload, ['customer']), await createUser(payload, ['operations'])]
    const elsewhere = await login(one)
    const first = await login(one)
    const again = await login(one, inBrowser(first))
    expect(await Promise.all([elsewhere, first, again].map(isAlive))).toEqual([true, false, true])
    const asOther = await login(other, inBrowser(again))
    expect(await Promise.all([elsewhere, again, asOther].map(isAlive))).toEqual([true, false, true])
  })

  it('over GraphQL as well', async () => {
    const user = await createUser(payload, ['customer'])
    const first = await login(user)
    const query = `mutation { loginUser(email: "${user.email}", password: "${testPassword}") { token } }`
    const answer = await api.post('/graphql', { query }, inBrowser(first))
    expect(await Promise.all([first, answer.json.data.loginUser.token].map(isAlive))).toEqual([false, true])
  })

  it('keeps the one before when the password is wrong; programs keep theirs in any case', async () => {
    const [one, other] = [await createUser(payload, ['customer']), await createUser(payload, ['customer'])]
    const token = await login(one)
    const wrong = await api.post('/users/login', { email: one.email, password: 'wrong-password' }, inBrowser(token))
    expect(wrong.status).toBe(401)
    await login(other, as(token))
    expect(await isAlive(token)).toBe(true)
  })
})
