import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type pg from 'pg'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { accountLinkIn, newestAccountToken } from '../../support/account-links'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, createUser, guest } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { runDueJobs } from '../../support/jobs'
import { book, type MessageWorld, openMessageWorld } from '../../support/message-world'
import { kindOf } from '../../support/resend-sandbox'
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

let world: MessageWorld
let database: pg.Client
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  database = await connectTo(world.database)
  consultant = (await createConsultant(world.payload)).profile
  serviceType = await createServiceType(world.payload, [consultant])
})
beforeEach(() => world.resend.control.clear())

const own = 'a-password-of-their-own'
const strangers = 'a-password-of-a-stranger'

let number = 0
const newAddress = () => `links-${++number}@parley.example`

const deliver = () => runDueJobs(world.payload, world.database, { only: ['deliver-account-mail'] })
const mailTo = (address: string) => world.resend.control.emails(address).at(-1)
const login = (email: string, password = own) => world.api.post('/users/login', { email, password })
const register = (email: string, more: Record<string, unknown> = {}) =>
  world.api.post('/users', { name: 'Jo', email, ...more })
const confirm = (token: string, password = own) => world.api.post('/account/confirm', { token, password })
const choose = (token: string, password = own) => world.api.post('/account/password', { token, password })
const usersWith = async (email: string) =>
  (await world.payload.find({ collection: 'users', where: { email: { equals: email } }, depth: 0 })).docs
const runOut = (address: string) =>
  database.query(`UPDATE parley.account_links SET expires_at = now() - interval '1 second' WHERE address = $1`, [
    address,
  ])
const isLoggedIn = async (token: string) =>
  Boolean((await world.api.get('/users/me', { Authorization: `JWT ${token}` })).json.user)

describe('a stranger registers with the address of a guest', () => {
  it('and gets nothing: who reads the mail makes the account, with a password of their own', async () => {
    const booking = await book(world, { consultant, serviceType, customer: guest({ name: 'Gwen' }) })
    const { email } = booking.customer
    await deliver()
    await world.resend.control.clear()
    const asked = await register(email, { name: 'Buy http://evil.example', password: strangers, roles: ['admin'] })
    expect(asked.status, asked.text).toBe(202)
    expect(Object.keys(asked.json)).toEqual(['message'])
    expect(await usersWith(email)).toEqual([])
    await deliver()
    const mail = mailTo(email)
    expect(kindOf(mail)).toBe('account_verify/account')
    expect(mail?.text).not.toContain('evil.example')
    const { page, token } = accountLinkIn(mail)
    expect(page).toBe('/account/confirm')

    // What a scanner of mails does with every link that it finds.
    for (const path of ['/account/confirm', `/account/confirm?token=${token}`, `/users/verify/${token}`]) {
      expect((await world.api.get(path)).status).toBeGreaterThanOrEqual(400)
    }
    expect(await usersWith(email)).toEqual([])
    expect((await login(email, strangers)).status).toBe(401)

    const confirmed = await confirm(token)
    expect(confirmed.status, confirmed.text).toBe(200)
    expect(confirmed.json).toEqual({ email, mayUseAdmin: false })
    expect(await usersWith(email)).toMatchObject([{ roles: ['customer'], _verified: true, isActive: true }])
    expect((await login(email, strangers)).status).toBe(401)
    const loggedIn = await login(email)
    expect(loggedIn.status, loggedIn.text).toBe(200)
    const auth = { Authorization: `JWT ${String(loggedIn.json.token)}` }
    const mine = await world.api.get('/scheduled-sessions', auth)
    expect(mine.json.docs.map(({ reference }: { reference: string }) => reference)).toEqual([booking.reference])
    const customers = await world.api.get('/customers', auth)
    expect(customers.json.docs).toMatchObject([{ email, name: 'Gwen', emailVerified: true }])
  })
})

describe('asking for a link', () => {
  it.each([
    ['register', (email: string) => register(email, { password: testPassword }), 202],
    ['forgot-password', (email: string) => world.api.post('/users/forgot-password', { email }), 200],
  ])('%s answers the same for an address with and without an account, byte for byte', async (_what, ask, status) => {
    const { email: known } = await createUser(world.payload, ['customer'])
    const answers = [await ask(known), await ask(newAddress())]
    const seen = answers.map(({ status: code, text, headers }) => ({
      status: code,
      text,
      headers: [...headers].filter(([name]) => name !== 'date'),
    }))
    expect(seen[0]?.status).toBe(status)
    expect(seen[1]).toEqual(seen[0])
  })

  it('tells the owner of an account that somebody tried to register with it, once an hour', async () => {
    const { email } = await createUser(world.payload, ['customer'])
    for (let time = 0; time < 3; time++) {
      expect((await register(email.toUpperCase())).status).toBe(202)
      await deliver()
    }
    const mails = world.resend.control.emails(email)
    expect(mails.map(kindOf)).toEqual(['account_known/account'])
    const { page, token } = accountLinkIn(mails[0])
    expect(page).toBe('/account/password')
    expect((await confirm(token)).status).toBe(404)
    expect((await choose(token)).status).toBe(200)
    expect((await login(email)).status).toBe(200)
  })

  it.each([
    ['register', register],
    ['forgot-password', (email: string) => world.api.post('/users/forgot-password', { email })],
  ])('%s mails an address three times an hour, and answers as before beyond that', async (what, ask) => {
    const email = what === 'register' ? newAddress() : (await createUser(world.payload, ['customer'])).email
    const answers = []
    for (let time = 0; time < 5; time++) answers.push(await ask(email))
    await deliver()
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(world.resend.control.emails(email)).toHaveLength(3)
    await database.query(
      `UPDATE parley.account_links SET created_at = now() - interval '61 minutes' WHERE address = $1`,
      [email],
    )
    await ask(email)
    await deliver()
    expect(world.resend.control.emails(email)).toHaveLength(4)
  })

  it('counts also when many ask at once', async () => {
    const email = newAddress()
    await Promise.all(Array.from({ length: 8 }, () => register(email)))
    const { rowCount } = await database.query('SELECT FROM parley.account_links WHERE address = $1', [email])
    expect(rowCount).toBe(3)
  })

  it('wants a name and an address that is one', async () => {
    const refused = await world.api.post('/users', { email: 'nobody' })
    expect(refused.status).toBe(400)
    expect(refused.json).toMatchObject({ code: 'invalid_request' })
    expect(refused.json.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['name', 'email']),
    )
  })

  it('takes the forms of the admin', async () => {
    const { email } = await createUser(world.payload, ['operations'])
    const boundary = 'form'
    const part = `Content-Disposition: form-data; name="_payload"\r\n\r\n${JSON.stringify({ email })}`
    const asked = await world.api.post('/users/forgot-password', `--${boundary}\r\n${part}\r\n--${boundary}--\r\n`, {
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    })
    expect(asked.status, asked.text).toBe(200)
    await deliver()
    expect(world.resend.control.emails(email).map(kindOf)).toEqual(['password_reset/account'])
  })

  it('mails a login that is switched off nothing', async () => {
    const { email } = await createUser(world.payload, ['customer'], { isActive: false })
    await register(email)
    await world.api.post('/users/forgot-password', { email })
    await deliver()
    expect(world.resend.control.emails(email)).toEqual([])
  })

  it('keeps no token anywhere', async () => {
    const email = newAddress()
    await register(email)
    const token = await newestAccountToken(database, email)
    const [id = '', secret = ''] = token.split('.')
    const { rows } = await database.query<{ text: string }>(
      `SELECT (SELECT string_agg(l::text, ' ') FROM parley.account_links l) || (SELECT string_agg(e::text, ' ') FROM parley.errands e)
        || (SELECT string_agg(j::text, ' ') FROM graphile_worker._private_jobs j) AS text`,
    )
    expect(rows[0]?.text).toContain(id)
    expect(rows[0]?.text).not.toContain(secret)
  })
})

describe('a link', () => {
  it('opens once, also when it is sent twice at the same time', async () => {
    const email = newAddress()
    await register(email)
    const token = await newestAccountToken(database, email)
    const answers = await Promise.all([confirm(token, own), confirm(token, strangers)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
    const refused = answers.find(({ status }) => status === 410)
    expect(refused?.json).toMatchObject({
      code: 'link_expired',
      detail: expect.stringContaining('used already') as string,
    })
    expect(await usersWith(email)).toHaveLength(1)
    const worked = answers[0]?.status === 200 ? own : strangers
    expect((await login(email, worked)).status).toBe(200)
    expect((await login(email, worked === own ? strangers : own)).status).toBe(401)
  })

  it('ends the others of its address, which make no second account', async () => {
    const email = newAddress()
    await register(email)
    const first = await newestAccountToken(database, email)
    await register(email)
    const second = await newestAccountToken(database, email)
    const answers = await Promise.all([confirm(first), confirm(second, strangers)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
    expect(await usersWith(email)).toHaveLength(1)
  })

  it('runs out', async () => {
    const email = newAddress()
    await register(email)
    await runOut(email)
    const refused = await confirm(await newestAccountToken(database, email))
    expect(refused.status).toBe(410)
    expect(refused.json.detail).toContain('has run out')
    expect(refused.text).not.toContain(email)
    await deliver()
    expect(world.resend.control.emails(email)).toEqual([])
    const valid = await database.query<{ hours: number }>(
      `SELECT extract(epoch FROM expires_at - created_at) / 3600 AS hours FROM parley.account_links WHERE purpose = 'register'
        AND expires_at > now() LIMIT 1`,
    )
    expect(Number(valid.rows[0]?.hours)).toBe(24)
  })

  it('that is not ours is not there', async () => {
    const email = newAddress()
    await register(email)
    const token = await newestAccountToken(database, email)
    for (const wrong of [
      `${token}x`,
      token.slice(0, -1),
      token.replace(/^./, (c) => (c === '0' ? '1' : '0')),
      'x',
      '',
    ]) {
      const refused = await confirm(wrong)
      expect(refused.status, wrong).toBe(404)
      expect(refused.json.code).toBe('not_found')
    }
    expect((await choose(token)).status).toBe(404)
    expect((await confirm(token)).status).toBe(200)
  })

  it('stays open when the password will not do', async () => {
    const email = newAddress()
    await register(email)
    const token = await newestAccountToken(database, email)
    const refused = await confirm(token, 'short')
    expect(refused.status).toBe(400)
    expect(refused.json).toMatchObject({ code: 'invalid_request', errors: [{ path: 'password' }] })
    expect(await usersWith(email)).toEqual([])
    expect((await confirm(token)).status).toBe(200)
  })

  it('opens for whoever is logged in as somebody else as well', async () => {
    const email = newAddress()
    await register(email)
    const token = await newestAccountToken(database, email)
    const other = await world.api.as(await createUser(world.payload, ['customer']))
    expect((await other.post('/account/confirm', { token, password: own })).status).toBe(200)
    expect((await login(email)).status).toBe(200)
  })

  it('is cleared away a week after it has run out', async () => {
    const [old, recent] = [newAddress(), newAddress()]
    await register(old)
    await register(recent)
    await database.query(`UPDATE parley.account_links SET expires_at = now() - interval '8 days' WHERE address = $1`, [
      old,
    ])
    await runOut(recent)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    const { rows } = await database.query('SELECT address FROM parley.account_links WHERE address IN ($1, $2)', [
      old,
      recent,
    ])
    expect(rows).toEqual([{ address: recent }])
  })
})

describe('the same Idempotency-Key', () => {
  const elsewhere = (key: string) => ({ 'Idempotency-Key': key, 'X-Forwarded-For': '198.51.100.10' })

  it.each(['/users', '/users/forgot-password'])('asks by %s for one mail', async (path) => {
    const email = newAddress()
    const headers = elsewhere(`ask ${path} ${email}`.replaceAll(' ', '-'))
    const ask = () => world.api.post(path, { name: 'Jo', email }, headers)
    const answers = [...(await Promise.all([ask(), ask()])), await ask()]
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    const { rowCount } = await database.query('SELECT FROM parley.account_links WHERE address = $1', [email])
    expect(rowCount).toBe(1)
  })

  it('opens a link once and answers it again, byte for byte; another body is refused', async () => {
    const email = newAddress()
    await register(email)
    const token = await newestAccountToken(database, email)
    const headers = elsewhere(`open-${email}`)
    const open = (password = own) => world.api.post('/account/confirm', { token, password }, headers)
    const [first, second] = await Promise.all([open(), open()])
    const third = await open()
    expect([first.status, second.status, third.status], first.text).toEqual([200, 200, 200])
    expect([second.text, third.text]).toEqual([first.text, first.text])
    expect((await open(strangers)).json.code).toBe('idempotency_conflict')
    expect(await usersWith(email)).toHaveLength(1)
    // The browser is known from now on, as after a login.
    expect([first, second].some((answer) => answer.headers.get('set-cookie')?.includes('HttpOnly'))).toBe(true)
  })

  it('changes nothing about a password that will not do: the next one is taken', async () => {
    const user = await createUser(world.payload, ['customer'])
    await world.api.post('/users/forgot-password', { email: user.email }, elsewhere(`ask-${user.id}`))
    const token = await newestAccountToken(database, user.email)
    const headers = elsewhere(`choose-${user.id}`)
    const choosing = (password: string) => world.api.post('/account/password', { token, password }, headers)
    expect((await choosing('short')).json.code).toBe('invalid_request')
    expect((await choosing(own)).status).toBe(200)
  })
})

describe('a new password', () => {
  it('ends every login session and every other link', async () => {
    const user = await createUser(world.payload, ['customer'])
    const session = String((await login(user.email, testPassword)).json.token)
    await world.api.post('/users/forgot-password', { email: user.email })
    const other = await newestAccountToken(database, user.email)
    await world.api.post('/users/forgot-password', { email: user.email })
    await deliver()
    const mail = mailTo(user.email)
    expect(kindOf(mail)).toBe('password_reset/account')
    expect(mail?.text).toContain('60 minutes')
    const { page, token } = accountLinkIn(mail)
    expect(page).toBe('/account/password')
    expect(await isLoggedIn(session)).toBe(true)
    const done = await choose(token)
    expect(done.status, done.text).toBe(200)
    expect(await isLoggedIn(session)).toBe(false)
    expect((await choose(other, strangers)).status).toBe(410)
    expect((await login(user.email, testPassword)).status).toBe(401)
    expect((await login(user.email)).status).toBe(200)
  })

  it('unlocks an account that was locked', async () => {
    const user = await createUser(world.payload, ['customer'])
    for (let n = 0; n < 10; n++) expect((await login(user.email, strangers)).status).toBe(401)
    expect((await login(user.email)).status).toBe(429)
    // As the release before locked it.
    await database.query(`UPDATE users SET login_attempts = 10, lock_until = now() + interval '1 hour' WHERE id = $1`, [
      user.id,
    ])
    await world.api.post('/users/forgot-password', { email: user.email })
    await deliver()
    expect((await choose(accountLinkIn(mailTo(user.email)).token)).status).toBe(200)
    expect((await login(user.email)).status).toBe(200)
  })
})

describe('an invitation', () => {
  const create = async (role: 'admin' | 'operations', data: Record<string, unknown>) => {
    const staff = await world.api.as(await createUser(world.payload, [role]))
    const email = newAddress()
    const made = await staff.post('/users', { name: 'Ines', email, ...data })
    expect(made.status, made.text).toBe(201)
    return { staff, email, id: String(made.json.doc.id) }
  }

  it('is mailed to whom staff make a login for; they choose a password, and only then log in', async () => {
    const { email } = await create('admin', { roles: ['consultant'], password: strangers })
    await deliver()
    const mail = mailTo(email)
    expect(kindOf(mail)).toBe('account_invite/account')
    expect(mail?.text).toContain('7 days')
    expect(mail?.text).toContain('Ines')
    const refused = await login(email, strangers)
    const wrong = await login(email, 'a-wrong-password')
    expect(refused.status).toBe(401)
    expect(refused.json).toEqual(wrong.json)
    const confirmed = await confirm(accountLinkIn(mail).token)
    expect(confirmed.json).toEqual({ email, mayUseAdmin: true })
    expect((await login(email, strangers)).status).toBe(401)
    expect((await login(email)).status).toBe(200)
  })

  it('needs no password of staff, and comes from the Local API as well', async () => {
    const { email } = await create('operations', {})
    const local = newAddress()
    await world.payload.create({
      collection: 'users',
      data: { email: local, name: 'Local', roles: ['customer'], password: testPassword },
    })
    await deliver()
    expect([email, local].map((address) => kindOf(mailTo(address)))).toEqual(
      Array<string>(2).fill('account_invite/account'),
    )
  })

  it('can be sent again, which ends the one before', async () => {
    const { staff, email, id } = await create('operations', {})
    await deliver()
    const before = accountLinkIn(mailTo(email)).token
    const again = await staff.post('/account/invitations', { user: id })
    expect(again.status, again.text).toBe(202)
    await deliver()
    expect(world.resend.control.emails(email)).toHaveLength(2)
    expect((await confirm(before)).status).toBe(410)
    expect((await confirm(accountLinkIn(mailTo(email)).token)).status).toBe(200)
    const late = await staff.post('/account/invitations', { user: id })
    expect(late.status).toBe(409)
    expect(late.json.detail).toContain('has confirmed')
  })

  it('is sent by staff alone, to users that there are', async () => {
    const { id, staff } = await create('operations', {})
    const customer = await world.api.as(await createUser(world.payload, ['customer']))
    expect((await customer.post('/account/invitations', { user: id })).json.code).toBe('forbidden')
    expect((await world.api.post('/account/invitations', { user: id })).json.code).toBe('unauthenticated')
    const nobody = '0199c0de-0000-7000-8000-00000000dead'
    expect((await staff.post('/account/invitations', { user: nobody })).json.code).toBe('not_found')
  })

  it('comes as well when they register themselves before', async () => {
    const { email } = await create('operations', {})
    await deliver()
    await world.resend.control.clear()
    expect((await register(email)).status).toBe(202)
    await deliver()
    expect(world.resend.control.emails(email).map(kindOf)).toEqual(['account_invite/account'])
    expect((await confirm(accountLinkIn(mailTo(email)).token)).status).toBe(200)
    expect(await usersWith(email)).toMatchObject([{ name: 'Ines', _verified: true }])
  })

  it('is not needed where an administrator vouches for the address with the password that they set', async () => {
    const { email } = await create('admin', { roles: ['consultant'], password: own, _verified: true })
    await deliver()
    expect(world.resend.control.emails(email)).toEqual([])
    expect((await login(email)).status).toBe(200)
  })

  it('is: operations vouch for nobody, and administrators not for a password that was there before', async () => {
    const { email, id } = await create('operations', { password: strangers, _verified: true })
    expect(await usersWith(email)).toMatchObject([{ _verified: false }])
    const admin = await world.api.as(await createUser(world.payload, ['admin']))
    const refused = await admin.patch(`/users/${id}`, { _verified: true })
    expect(refused.status, refused.text).toBe(403)
    expect(refused.text).toContain('Send an invitation')
    expect((await login(email, strangers)).status).toBe(401)
    expect((await admin.patch(`/users/${id}`, { _verified: true, password: own })).status).toBe(200)
    expect((await login(email)).status).toBe(200)
    // The form of somebody who had it open before.
    expect((await admin.patch(`/users/${id}`, { _verified: false })).status).toBe(200)
    expect((await login(email)).status).toBe(200)
  })
})

describe('staff make a login while its address is being confirmed', () => {
  /** Runs `first`, and `other` when it has written the user but not yet ended; goes on when `other` waits for it. */
  const during = async <A, B>(first: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> => {
    const standard = world.payload.db.create
    let begun: Promise<B> | undefined
    world.payload.db.create = async function (this: unknown, args) {
      const doc: unknown = await standard.call(this as never, args)
      if (args.collection === 'users' && !begun) {
        begun = other()
        await untilSomebodyWaits(database)
      }
      return doc as never
    }
    try {
      const answer = await first()
      if (!begun) throw new Error('No user was written.')
      return [answer, await begun]
    } finally {
      world.payload.db.create = standard
    }
  }

  // Logins of one network are bounded, and these are not about that.
  const fromElsewhere = { 'X-Forwarded-For': '198.51.100.9' }

  const opened = async () => {
    const email = newAddress()
    await register(email)
    const token = await newestAccountToken(database, email)
    const staff = await world.api.as(await createUser(world.payload, ['operations']))
    return {
      email,
      make: () => staff.post('/users', { name: 'Ines', email }),
      open: () => world.api.post('/account/confirm', { token, password: own }, fromElsewhere),
    }
  }

  it('one after the other', async () => {
    const { email, make, open } = await opened()
    expect((await make()).status).toBe(201)
    expect((await open()).status).toBe(200)
    expect(await usersWith(email)).toMatchObject([{ name: 'Ines', _verified: true }])
  })

  it('staff first: who opens the link confirms what they have made', async () => {
    const { email, make, open } = await opened()
    const [made, confirmed] = await during(make, open)
    expect([made.status, confirmed.status], made.text + confirmed.text).toEqual([201, 200])
    expect(await usersWith(email)).toMatchObject([{ name: 'Ines', _verified: true }])
  })

  it('staff second: they are told that the address has a login', async () => {
    const { email, make, open } = await opened()
    const [confirmed, made] = await during(open, make)
    expect([confirmed.status, made.status], confirmed.text + made.text).toEqual([200, 400])
    expect(made.json.errors[0].data.errors).toMatchObject([
      { path: 'email', message: expect.stringContaining('already registered') as string },
    ])
    expect(await usersWith(email)).toMatchObject([{ name: 'Jo', _verified: true }])
  })

  it('or move one to it: the link is of no use for what is not theirs any more', async () => {
    const { email: to, open } = await opened()
    const [mover, moved] = [await createUser(world.payload, ['admin']), await createUser(world.payload, ['customer'])]
    const staff = await world.api.as(mover)
    const standard = world.payload.db.updateOne
    let opening: ReturnType<typeof open> | undefined
    world.payload.db.updateOne = async function (this: unknown, args) {
      const doc: unknown = await standard.call(this as never, args)
      if (args.collection === 'users' && args.data.email === to && !opening) {
        opening = open()
        await untilSomebodyWaits(database)
      }
      return doc as never
    }
    try {
      expect((await staff.patch(`/users/${moved.id}`, { email: to })).status).toBe(200)
    } finally {
      world.payload.db.updateOne = standard
    }
    expect((await opening)?.json.code).toBe('link_expired')
  })
})

describe('an account that is not confirmed', () => {
  it('has no token either', async () => {
    const user = await createUser(world.payload, ['customer'])
    const session = String((await login(user.email, testPassword)).json.token)
    expect(await isLoggedIn(session)).toBe(true)
    await database.query('UPDATE users SET _verified = NULL WHERE id = $1', [user.id])
    expect(await isLoggedIn(session)).toBe(false)
  })
})

describe("Payload's own links", () => {
  it.each([
    ['GET', '/users/verify/abc'],
    ['POST', '/users/verify/abc'],
    ['POST', '/users/verify/null'],
    ['POST', '/users/reset-password'],
  ])('%s %s is closed, and says what to do', async (method, path) => {
    const answer = await (method === 'GET'
      ? world.api.get(path)
      : world.api.post(path, { token: 'abc', password: own }))
    expect(answer.status).toBe(410)
    expect(answer.json).toMatchObject({ code: 'link_expired', detail: expect.stringContaining('older kind') as string })
  })

  it.each([
    ['mutation { verifyEmailUser(token: "abc") }', 410],
    ['mutation { resetPasswordUser(token: "abc", password: "a-long-password") { token } }', 410],
    ['mutation { forgotPasswordUser(email: "ada@parley.example") }', 404],
    [
      'mutation { createUser(data: { email: "g@parley.example", name: "G", password: "a-long-password", roles: [customer] }) { id } }',
      403,
    ],
  ])('%s is closed', async (mutation, status) => {
    const answer = await world.api.graphql(mutation)
    expect(answer.json.errors[0].extensions.statusCode, answer.text).toBe(status)
  })

  it('neither open nor make anything over the Local API', async () => {
    const user = await createUser(world.payload, ['customer'], { _verified: false })
    await database.query(
      `UPDATE users SET _verificationtoken = 'abc', reset_password_token = 'abc',
      reset_password_expiration = now() + interval '1 hour' WHERE id = $1`,
      [user.id],
    )
    const { payload } = world
    await expect(payload.verifyEmail({ collection: 'users', token: 'abc' })).rejects.toThrow('older kind')
    await expect(
      payload.resetPassword({ collection: 'users', data: { token: 'abc', password: own }, overrideAccess: true }),
    ).rejects.toThrow('older kind')
    await expect(payload.forgotPassword({ collection: 'users', data: { email: user.email } })).rejects.toThrow(
      'Ask for',
    )
    expect(await usersWith(user.email)).toMatchObject([{ _verified: false }])
  })
})

describe('a job of the release before', () => {
  it('ends, and mails nothing', async () => {
    const user = await createUser(world.payload, ['customer'])
    const { withTransaction } = await import('#database/transactions')
    const { enqueue } = await import('#outbox/enqueue')
    await withTransaction(world.payload, (req) =>
      enqueue(req, {
        task: 'deliver-account-mail',
        errand: { userId: user.id, kind: 'password_reset', tokenHash: 'hash', language: null } as never,
      }),
    )
    await deliver()
    expect(world.resend.control.emails(user.email)).toEqual([])
    const { rowCount } = await database.query(
      `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'deliver-account-mail'`,
    )
    expect(rowCount).toBe(0)
  })
})

describe('the upgrade', () => {
  it('empties the tokens that were readable, and passwords that were chosen before the address was confirmed', async () => {
    const [confirmed, open] = [
      await createUser(world.payload, ['customer']),
      await createUser(world.payload, ['customer'], { _verified: false }),
    ]
    await database.query(
      `UPDATE users SET _verificationtoken = 'abc', reset_password_token = 'def', reset_password_expiration = now() WHERE id IN ($1, $2)`,
      [confirmed.id, open.id],
    )
    const { up } = await import('#database/migrations/20261201_021000_account_links')
    const fill = up.steps.find(({ kind }) => kind === 'backfill')
    const [first = '', last = ''] = [confirmed.id, open.id].sort()
    await database.query(fill && 'sql' in fill ? fill.sql : '', [first, last])
    const { rows } = await database.query(
      `SELECT id, _verificationtoken, reset_password_token, hash IS NULL AS empty FROM users WHERE id IN ($1, $2)`,
      [confirmed.id, open.id],
    )
    const cleared = { _verificationtoken: null, reset_password_token: null }
    expect(rows).toHaveLength(2)
    expect(rows).toContainEqual({ id: confirmed.id, ...cleared, empty: false })
    expect(rows).toContainEqual({ id: open.id, ...cleared, empty: true })
    expect((await login(confirmed.email, testPassword)).status).toBe(200)
    expect((await login(open.email, testPassword)).status).toBe(401)
  })
})
