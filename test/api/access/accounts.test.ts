import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '#payload-types'
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

const register = (email: string, more: Record<string, unknown> = {}) =>
  api.post('/users', { email, password: testPassword, name: 'Ada Lovelace', ...more })

const login = (email: string, password = testPassword) => api.post('/users/login', { email, password })

const verify = async (email: string) => {
  const { rows } = await database.query<{ token: string }>(
    'SELECT _verificationtoken AS token FROM users WHERE email = $1',
    [email],
  )
  return api.post(`/users/verify/${rows[0]?.token}`)
}

const isLoggedIn = async (token: string): Promise<boolean> => {
  const { json } = await api.get('/users/me', { Authorization: `JWT ${token}` })
  return Boolean(json.user)
}

describe('registration', () => {
  test('gives the role of a customer, whatever was asked for', async () => {
    const answer = await register(newAddress(), {
      roles: ['admin'],
      isActive: true,
      _verified: true,
      lastLoginAt: '2026-01-01',
    })
    expect(answer.status, answer.text).toBe(201)
    const user = await payload.findByID({ collection: 'users', id: answer.json.doc.id })
    expect(user).toMatchObject({ roles: ['customer'], _verified: false, lastLoginAt: null })
  })

  test('wants a password of ten characters, here and when it is reset', async () => {
    const short = await api.post('/users', { email: newAddress(), password: 'too-short', name: 'Ada' })
    expect(short.status).toBe(400)
    expect(short.json.errors[0].data.errors[0]).toMatchObject({ path: 'password' })
    const endless = await api.post('/users', { email: newAddress(), password: 'x'.repeat(201), name: 'Ada' })
    expect(endless.status).toBe(400)

    const user = await createUser(payload, ['customer'])
    const token = await payload.forgotPassword({ collection: 'users', data: { email: user.email }, disableEmail: true })
    const reset = await api.post('/users/reset-password', { token, password: 'short' })
    expect(reset.status, reset.text).toBe(400)
    expect((await login(user.email)).status).toBe(200)
  })

  test('wants a password that is not guessed first, whoever sets it and however', async () => {
    const faultOf = (answer: { json: { errors: { data: { errors: { path: string; message: string }[] } }[] } }) =>
      answer.json.errors[0]?.data.errors[0]
    const common = await api.post('/users', { email: newAddress(), password: 'Password123!', name: 'Ada' })
    expect(common.status).toBe(400)
    expect(faultOf(common)).toEqual({
      path: 'password',
      message:
        'Is among the passwords that are guessed first. Choose several words that do not belong together, or have a password manager make one.',
    })
    const own = await api.post('/users', { email: newAddress(), password: 'Kingsworth-99', name: 'Ada Kingsworth' })
    expect(faultOf(own)?.message).toContain('your name')

    const user = await createUser(payload, ['customer'])
    const token = await payload.forgotPassword({ collection: 'users', data: { email: user.email }, disableEmail: true })
    const reset = await api.post('/users/reset-password', { token, password: 'qwertyuiop' })
    expect(faultOf(reset)?.message).toContain('guessed first')
    const admin = await api.as(await createUser(payload, ['admin']))
    const set = await admin.patch(`/users/${user.id}`, { password: user.email })
    expect(faultOf(set)?.message).toContain('your address')
    expect((await login(user.email)).status).toBe(200)
  })

  test('is of no use before the address is verified', async () => {
    const email = newAddress()
    await register(email)
    expect((await login(email)).status).toBe(401)
    expect((await verify(email)).status).toBe(200)
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

  test('who verify their address find what they booked as guests', async () => {
    const email = newAddress()
    const guest = await payload.create({
      collection: 'customers',
      data: { email, name: 'Guest', timeZone: 'UTC', status: 'active' },
    })
    const { json } = await register(email.toUpperCase())
    expect((await customerOf(json.doc.id)).totalDocs).toBe(0)
    await verify(email)
    await login(email)
    const { docs } = await customerOf(json.doc.id)
    expect(docs).toMatchObject([{ id: guest.id, emailVerified: true, name: 'Guest' }])
  })

  test('who booked nothing yet get a record of their own, once', async () => {
    const email = newAddress()
    const { json } = await register(email)
    await verify(email)
    await Promise.all([login(email), login(email)])
    expect((await customerOf(json.doc.id)).docs).toMatchObject([{ email, name: 'Ada Lovelace' }])
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
