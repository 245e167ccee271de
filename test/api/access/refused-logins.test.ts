import crypto from 'node:crypto'
import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { countStatements } from '../../support/count-statements'
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

type Typed = { email: string; password: string }

const right = (email: string): Typed => ({ email, password: testPassword })

/** As many strangers as may fail, without their hashes. */
const letStrangersFail = async (account: string) => {
  const { countLoginAttempt, loginGuards } = await import('#access/login-guards')
  for (let n = 0; n < loginGuards.unknown.most; n++) {
    await countLoginAttempt({ account, network: `2001:db8:0:${n.toString(16)}::/64`, device: undefined })
  }
}

const reasons: readonly [string, () => Promise<Typed>][] = [
  ['nobody has the address', async () => right('nobody@parley.example')],
  [
    'the password is wrong',
    async () => ({ ...right((await createUser(payload, ['customer'])).email), password: 'another-long-password' }),
  ],
  [
    'the address is not verified',
    async () => right((await createUser(payload, ['customer'], { _verified: false })).email),
  ],
  [
    'the login is switched off',
    async () => right((await createUser(payload, ['customer'], { isActive: false })).email),
  ],
  [
    'too many strangers have failed',
    async () => {
      const { email } = await createUser(payload, ['customer'])
      await letStrangersFail(email)
      return right(email)
    },
  ],
  [
    'too many strangers have failed, and nobody has the address',
    async () => {
      await letStrangersFail('nobody-at-all@parley.example')
      return right('nobody-at-all@parley.example')
    },
  ],
  [
    'an earlier release has locked it',
    async () => {
      const { email } = await createUser(payload, ['customer'])
      await client.query(`UPDATE users SET lock_until = now() + interval '1 hour' WHERE email = $1`, [email])
      return { email, password: 'another-long-password' }
    },
  ],
]

const ways: readonly [string, (typed: Typed) => Promise<{ status: number; headers: Headers; text: string }>][] = [
  ['JSON', (typed) => api.post('/users/login', typed)],
  ['a form', (typed) => sendForm(typed)],
  [
    'GraphQL',
    ({ email, password }) =>
      api.graphql(
        'mutation ($email: String!, $password: String!) { loginUser(email: $email, password: $password) { token } }',
        {
          email,
          password,
        },
      ),
  ],
]

/** As the admin sends it. */
const sendForm = ({ email, password }: Typed) => {
  const boundary = 'test-boundary'
  const body = `--${boundary}\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n${JSON.stringify({ email, password })}\r\n--${boundary}--\r\n`
  return api.post('/users/login', body, { 'Content-Type': `multipart/form-data; boundary=${boundary}` })
}

const told = ({ status, headers, text }: { status: number; headers: Headers; text: string }) => ({
  status,
  headers: Object.fromEntries(headers),
  text,
})

describe.each(ways)('by %s', (way, send) => {
  it('the same is answered whatever the reason, after the same work', async () => {
    const derived = vi.spyOn(crypto, 'pbkdf2')
    const seen = []
    for (const [reason, prepare] of reasons) {
      const typed = await prepare()
      derived.mockClear()
      let answer: Awaited<ReturnType<typeof send>> | undefined
      const { data } = await countStatements(payload, async () => (answer = await send(typed)))
      const hashes = derived.mock.calls.map(([, salt, rounds, length, digest]) => [
        String(salt).length,
        rounds,
        length,
        digest,
      ])
      seen.push({ reason, ...(answer && told(answer)), data, hashes })
    }
    derived.mockRestore()
    const [first] = seen
    expect(first?.hashes).toEqual([[64, 600_000, 32, 'sha256']])
    expect(first?.status).toBe(way === 'GraphQL' ? 200 : 401)
    expect(first?.text).toContain('The e-mail address or the password is not right')
    expect(first?.text).toContain('"code":"unauthenticated"')
    for (const one of seen) expect(one).toEqual({ ...first, reason: one.reason })
  })
})

it('a password that was hashed as Payload did before costs no less to guess', async () => {
  const { email } = await createUser(payload, ['customer'])
  const { salt, hash } = {
    salt: 'ab'.repeat(32),
    hash: crypto.pbkdf2Sync(testPassword, 'ab'.repeat(32), 25_000, 512, 'sha256').toString('hex'),
  }
  await client.query('UPDATE users SET salt = $1, hash = $2 WHERE email = $3', [salt, hash, email])
  const derived = vi.spyOn(crypto, 'pbkdf2')
  const refused = await api.post('/users/login', { email, password: 'another-long-password' })
  const blocks = derived.mock.calls.map(([, , rounds, length]) => (rounds * length) / 32)
  derived.mockRestore()
  expect(refused.status).toBe(401)
  expect(blocks.reduce((sum, one) => sum + one, 0)).toBe(600_000)
  const answer = await api.post('/users/login', right(email))
  expect(answer.status, answer.text).toBe(200)
  // Payload has hashed it anew.
  const { rows } = await client.query<{ hash: string }>('SELECT hash FROM users WHERE email = $1', [email])
  expect(rows[0]?.hash).toMatch(/^pbkdf2-sha256-v1:/)
  const me = await api.get('/users/me', { Authorization: `JWT ${answer.json.token}` })
  expect(me.json.user).toMatchObject({ email })
})

describe('nothing else says whether there is an account', () => {
  it.each<[string, (email: string) => Promise<{ status: number; headers: Headers; text: string }>]>([
    ['unlocking', (email) => api.post('/users/unlock', { email })],
    ['asking who one is', (email) => api.get('/users/me', { Cookie: `email=${email}` })],
    ['prolonging', (email) => api.post('/users/refresh-token', { email })],
    ['logging out', (email) => api.post('/users/logout', { email })],
  ])('%s', async (_what, ask) => {
    const { email } = await createUser(payload, ['customer'])
    expect(told(await ask(email))).toEqual(told(await ask('nobody@parley.example')))
  })
})
