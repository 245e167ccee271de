import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '#payload-types'
import { newestAccountToken } from '../../support/account-links'
import { connectTo } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let database: pg.Client

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  database = await connectTo(opened.database)
  api = await createRestClient(payload)
})

const newAddress = () => `person-${randomBytes(5).toString('hex')}@parley.example`

/** Asks for an account, and confirms the address with the link of the mail. */
const register = async (email: string) => {
  const asked = await api.post('/users', { email, name: 'Ada Lovelace' })
  expect(asked.status, asked.text).toBe(202)
  const token = await newestAccountToken(database, email.toLowerCase())
  const confirmed = await api.post('/account/confirm', { token, password: testPassword })
  expect(confirmed.status, confirmed.text).toBe(200)
}

const login = (email: string, password = testPassword) => api.post('/users/login', { email, password })

const userWith = async (email: string) => {
  const { docs } = await payload.find({ collection: 'users', where: { email: { equals: email } }, depth: 0 })
  if (!docs[0]) throw new Error(`There is no user ${email}.`)
  return docs[0]
}

const isLoggedIn = async (token: string): Promise<boolean> => {
  const { json } = await api.get('/users/me', { Authorization: `JWT ${token}` })
  return Boolean(json.user)
}

describe('registration', () => {
  test('gives the role of a customer, whatever was asked for', async () => {
    const email = newAddress()
    const more = {
      roles: ['admin'],
      isActive: true,
      _verified: true,
      lastLoginAt: '2026-01-01',
      password: testPassword,
    }
    const asked = await api.post('/users', { email, name: 'Ada Lovelace', ...more })
    expect(asked.status, asked.text).toBe(202)
    const token = await newestAccountToken(database, email)
    await api.post('/account/confirm', { token, password: 'another-long-password' })
    expect(await userWith(email)).toMatchObject({ roles: ['customer'], _verified: true, lastLoginAt: null })
  })

  test('wants a password of ten characters, here and when it is reset', async () => {
    const email = newAddress()
    await api.post('/users', { email, name: 'Ada' })
    const token = await newestAccountToken(database, email)
    for (const password of ['too-short', 'x'.repeat(201)]) {
      const refused = await api.post('/account/confirm', { token, password })
      expect(refused.status).toBe(400)
      expect(refused.json.errors).toMatchObject([{ path: 'password' }])
    }

    const user = await createUser(payload, ['customer'])
    await api.post('/users/forgot-password', { email: user.email })
    const reset = await api.post('/account/password', {
      token: await newestAccountToken(database, user.email),
      password: 'short',
    })
    expect(reset.status, reset.text).toBe(400)
    expect(reset.json.errors).toMatchObject([{ path: 'password' }])
    expect((await login(user.email)).status).toBe(200)
  })

  test('wants a password that is not guessed first, whoever sets it and however', async () => {
    const email = newAddress()
    await api.post('/users', { email, name: 'Ada Kingsworth' })
    const token = await newestAccountToken(database, email)
    const confirm = async (password: string) => {
      const refused = await api.post('/account/confirm', { token, password })
      expect(refused.status).toBe(400)
      return refused.json.errors
    }
    const common =
      'Is among the passwords that are guessed first. Choose several words that do not belong together, or have a password manager make one.'
    expect(await confirm('Password123!')).toEqual([{ path: 'password', message: common }])
    expect(await confirm('Kingsworth-99')).toMatchObject([{ message: expect.stringContaining('your name') }])

    const user = await createUser(payload, ['customer'])
    await api.post('/users/forgot-password', { email: user.email })
    const mailed = await newestAccountToken(database, user.email)
    const reset = await api.post('/account/password', { token: mailed, password: 'qwertyuiop' })
    expect(reset.json.errors).toEqual([{ path: 'password', message: common }])
    const admin = await api.as(await createUser(payload, ['admin']))
    const set = await admin.patch(`/users/${user.id}`, { password: user.email })
    expect(set.json.errors[0]?.data.errors[0]?.message).toContain('your address')
    expect((await login(user.email)).status).toBe(200)
  })

  test('is of no use before the address is confirmed', async () => {
    const email = newAddress()
    await api.post('/users', { email, name: 'Ada', password: testPassword })
    expect((await login(email)).status).toBe(401)
    await register(email)
    expect((await login(email)).status).toBe(200)
  })

  test('the first one to come does not become the administrator', async () => {
    const answer = await api.post('/users/first-register', {
      email: newAddress(),
      password: testPassword,
      roles: ['admin'],
    })
    expect(answer.status).toBe(404)
  })
})

describe('customers', () => {
  const customerOf = (user: string) => payload.find({ collection: 'customers', where: { user: { equals: user } } })

  test('who confirm their address find what they booked as guests', async () => {
    const email = newAddress()
    const guest = await payload.create({
      collection: 'customers',
      data: { email, name: 'Guest', timeZone: 'UTC', status: 'active' },
    })
    await register(email.toUpperCase())
    const { docs } = await customerOf((await userWith(email)).id)
    expect(docs).toMatchObject([{ id: guest.id, emailVerified: true, name: 'Guest' }])
  })

  test('who booked nothing yet get a record of their own, once', async () => {
    const email = newAddress()
    await register(email)
    await Promise.all([login(email), login(email)])
    expect((await customerOf((await userWith(email)).id)).docs).toMatchObject([{ email, name: 'Ada Lovelace' }])
  })

  test('never get the record of somebody else', async () => {
    const owner = await createUser(payload, ['customer'])
    const [record] = (await customerOf(owner.id)).docs
    // The owner has changed the login's address since; the record keeps the old one.
    await database.query('UPDATE users SET email = $1 WHERE id = $2', [newAddress(), owner.id])
    const other = await createUser(payload, ['customer'], { email: owner.email })
    expect((await customerOf(other.id)).totalDocs).toBe(0)
    expect((await customerOf(owner.id)).docs[0]?.id).toBe(record?.id)
  })
})

describe('a deactivated user', () => {
  let user: User
  let token: string

  const loginAsNew = async () => {
    user = await createUser(payload, ['consultant'])
    token = (await login(user.email)).json.token
    expect(await isLoggedIn(token)).toBe(true)
  }

  test('cannot log in, and is told no more than after a wrong password', async () => {
    await loginAsNew()
    await payload.update({ collection: 'users', id: user.id, data: { isActive: false } })
    const refused = await login(user.email)
    const wrong = await login(user.email, 'another-password')
    expect(refused.status).toBe(401)
    expect(refused.json).toEqual(wrong.json)
  })

  test('has no token any more, over REST and GraphQL', async () => {
    await loginAsNew()
    const admin = await api.as(await createUser(payload, ['operations']))
    const answer = await admin.patch(`/users/${user.id}`, { isActive: false })
    expect(answer.status, answer.text).toBe(200)
    expect(await isLoggedIn(token)).toBe(false)
    expect((await api.get(`/users/${user.id}`, { Authorization: `JWT ${token}` })).status).toBe(403)
    expect((await api.post('/users/refresh-token', {}, { Authorization: `JWT ${token}` })).status).toBe(403)
    const { rows } = await database.query('SELECT FROM users_sessions WHERE _parent_id = $1', [user.id])
    expect(rows).toEqual([])
  })

  test('has none either when it was done by SQL, and has it back afterwards', async () => {
    await loginAsNew()
    await database.query('UPDATE users SET is_active = false WHERE id = $1', [user.id])
    expect(await isLoggedIn(token)).toBe(false)
    await database.query('UPDATE users SET is_active = true WHERE id = $1', [user.id])
    expect(await isLoggedIn(token)).toBe(true)
  })
})

describe('accounts', () => {
  test('the last login is recorded', async () => {
    const user = await createUser(payload, ['customer'])
    const before = Date.now()
    await login(user.email)
    const { lastLoginAt } = await payload.findByID({ collection: 'users', id: user.id })
    expect(Date.parse(lastLoginAt ?? '')).toBeGreaterThanOrEqual(before - 1_000)
  })

  test('nobody changes their own password with a borrowed token', async () => {
    for (const role of ['customer', 'admin'] as const) {
      const user = await createUser(payload, [role])
      const self = await api.as(user)
      const answer = await self.patch(`/users/${user.id}`, { password: 'another-long-password' })
      expect(answer.status, answer.text).toBe(403)
      const graphql = await self.graphql(
        `mutation { updateUser(id: "${user.id}", data: { password: "another-long-password" }) { id } }`,
      )
      expect(graphql.json.errors[0].extensions.statusCode).toBe(403)
      expect((await login(user.email)).status).toBe(200)
    }
  })

  test('operations do not touch the account of an administrator, nor anybody’s password', async () => {
    const admin = await createUser(payload, ['admin'])
    const customer = await createUser(payload, ['customer'])
    const operations = await api.as(await createUser(payload, ['operations']))
    expect((await operations.patch(`/users/${admin.id}`, { isActive: false })).status).toBe(403)
    expect((await operations.patch(`/users/${admin.id}`, { name: 'Somebody' })).status).toBe(403)
    expect((await operations.del(`/users/${admin.id}`)).status).toBe(403)
    expect((await operations.patch(`/users/${customer.id}`, { password: 'set-by-operations' })).status).toBe(403)
    expect((await operations.patch(`/users/${customer.id}`, { name: 'Renamed' })).status).toBe(200)
    const all = await operations.patch(`/users?where[roles][in]=admin`, { isActive: false })
    expect(all.json.errors).not.toEqual([])
    expect((await login(admin.email)).status).toBe(200)
  })

  test('administrators set the password of others, which ends their sessions’ use of the old one', async () => {
    const customer = await createUser(payload, ['customer'])
    const admin = await api.as(await createUser(payload, ['admin']))
    const answer = await admin.patch(`/users/${customer.id}`, { password: 'set-by-the-admin' })
    expect(answer.status, answer.text).toBe(200)
    expect((await login(customer.email)).status).toBe(401)
    expect((await login(customer.email, 'set-by-the-admin')).status).toBe(200)
  })

  test('only staff unlock an account', async () => {
    const locked = await createUser(payload, ['customer'])
    const customer = await api.as(await createUser(payload, ['customer']))
    expect((await customer.post('/users/unlock', { email: locked.email })).status).toBe(403)
    const operations = await api.as(await createUser(payload, ['operations']))
    expect((await operations.post('/users/unlock', { email: locked.email })).status).toBe(200)
  })

  test('nobody deactivates or deletes themselves', async () => {
    const user = await createUser(payload, ['admin'])
    const self = await api.as(user)
    expect((await self.patch(`/users/${user.id}`, { isActive: false })).status).toBe(403)
    expect((await self.del(`/users/${user.id}`)).status).toBe(403)
  })
})

describe('the admin panel', () => {
  test.each([
    ['admin', true],
    ['operations', true],
    ['consultant', true],
    ['customer', false],
  ] as const)('%s may enter: %s', async (role, mayEnter) => {
    const { json } = await (await api.as(await createUser(payload, [role]))).get('/access')
    expect(Boolean(json.canAccessAdmin)).toBe(mayEnter)
  })
})
