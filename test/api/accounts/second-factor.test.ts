import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { connectTo } from '../../support/database'
import { createConsultant, createCustomer, createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { runDueJobs } from '../../support/jobs'
import { type MessageWorld, openMessageWorld } from '../../support/message-world'
import { kindOf } from '../../support/resend-sandbox'
import { as, codeOf, enrol, type Enrolled, waitingTokenFor } from '../../support/second-factor'
import { createSoftwarePasskey } from '../../support/software-passkey'
import { tokenFor } from '../../support/token-for'

let world: MessageWorld
let database: pg.Client

beforeAll(async () => {
  world = await openMessageWorld({ env: { RATE_LIMIT_FACTOR: '0' } })
  database = await connectTo(world.database)
})

const login = ({ email }: User) => world.api.post('/users/login', { email, password: testPassword })
const show = (token: string, proof: object, headers: Record<string, string> = {}) =>
  world.api.post('/account/second-factor', proof, { ...as(token), ...headers })
const statusOf = async (token: string) => (await world.api.get('/account/second-factor', as(token))).json
const isIn = async (token: string): Promise<boolean> => (await world.api.get('/users/me', as(token))).json.user !== null
const enrolled = async (...roles: User['roles']): Promise<Enrolled> =>
  enrol(world.payload, world.api, await createUser(world.payload, roles))
const waitingFor = ({ user }: { user: User }) => waitingTokenFor(world.payload, user)

/** Payload's own addresses say it in their form. */
const codeOfGenerated = ({ json }: { json: { errors: { data?: { code?: string } }[] } }) => json.errors[0]?.data?.code

/** As if the app showed new codes. */
const forgetSteps = (user: User) =>
  database.query('UPDATE parley.second_factors SET last_step = NULL WHERE user_id = $1', [user.id])

const mailsTo = async (user: User): Promise<(string | undefined)[]> => {
  await runDueJobs(world.payload, world.database, { only: ['deliver-login-news'] })
  return world.resend.control.emails(user.email).map(kindOf).toSorted()
}

describe('a login whose account has a second factor', () => {
  it('waits, and is let in by a code of the app, with another token', async () => {
    const { user, secret } = await enrolled('operations')
    const answer = await login(user)
    expect([answer.status, answer.json]).toMatchObject([200, { user: null, waitsFor: 'second_factor' }])
    const { token, exp } = answer.json
    expect(exp * 1_000 - Date.now()).toBeLessThanOrEqual(5 * 60_000)
    expect(answer.headers.getSetCookie().filter((cookie) => cookie.startsWith('parley-devices'))).toEqual([])
    expect(await statusOf(token)).toMatchObject({
      waitsFor: 'second_factor',
      ways: ['totp', 'recovery_code'],
      factors: [],
      recoveryCodesLeft: null,
    })

    const done = await show(token, { code: codeOf(secret, 1) })
    expect(done.status, done.text).toBe(200)
    expect(done.json).toMatchObject({ user: { id: user.id, email: user.email }, recoveryCodesLeft: 10 })
    expect(
      done.headers
        .getSetCookie()
        .map((cookie) => cookie.split('=')[0])
        .toSorted(),
    ).toEqual(['parley-devices', 'payload-token'])
    expect([await isIn(token), await isIn(done.json.token)]).toEqual([false, true])
    const { json } = await world.api.get('/account/sessions', as(done.json.token))
    expect(json.sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toMatchObject({
      hasSecondFactor: true,
    })
  })

  it('is let in by its cookie as well, and by a recovery code however it is written, once', async () => {
    const { user, recoveryCodes } = await enrolled('consultant')
    const [first = ''] = recoveryCodes
    const token = await waitingFor({ user })
    const typed = first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
    const done = await world.api.post(
      '/account/second-factor',
      { recoveryCode: typed },
      { Cookie: `payload-token=${token}` },
    )
    expect([done.status, done.json.recoveryCodesLeft]).toEqual([200, 9])
    const again = await show(await waitingFor({ user }), { recoveryCode: first })
    expect([again.status, again.json.code]).toEqual([401, 'second_factor_required'])
    expect(await mailsTo(user)).toEqual(['recovery_code_used/account', 'second_factor_added/account'])
  })

  it('is not let in by a code that was used, is wrong, or of another time', async () => {
    const { user, secret } = await enrolled('operations')
    const other = await enrolled('operations')
    const token = await waitingFor({ user })
    const wrong = [
      { code: codeOf(secret) },
      { code: codeOf(secret, 3) },
      { code: codeOf(secret, -3) },
      { code: codeOf(other.secret, 1) },
      { code: '' },
      { recoveryCode: other.recoveryCodes[0] },
      { recoveryCode: '' },
    ]
    for (const proof of wrong) {
      const answer = await show(token, proof)
      expect([answer.status, answer.json.code], JSON.stringify(proof)).toEqual([401, 'second_factor_required'])
    }
    // Sequentially first: it is the codes that were wrong, and not the login that was over.
    expect((await show(token, { code: codeOf(secret, 1) })).status).toBe(200)
    expect((await show(token, { code: codeOf(secret, 1) })).json.code).toBe('unauthenticated')
  })

  it('ends by itself, by a new password, when it is switched off, and when it is given up', async () => {
    const { user, secret } = await enrolled('operations')
    const attempt = async (end: (token: string) => Promise<unknown>) => {
      const token = await waitingFor({ user })
      await forgetSteps(user)
      await end(token)
      const answer = await show(token, { code: codeOf(secret) })
      return [answer.status, answer.json.code]
    }
    const over = [401, 'unauthenticated']
    const ends = `UPDATE parley.waiting_logins SET expires_at = now() - interval '1 second' WHERE user_id = $1`
    expect(await attempt(() => database.query(ends, [user.id]))).toEqual(over)
    const update = (data: Partial<User>) => world.payload.update({ collection: 'users', id: user.id, data })
    expect(await attempt(() => update({ password: 'another-long-password' }))).toEqual(over)
    expect(await attempt(() => world.api.post('/account/second-factor/give-up', {}))).toEqual([200, undefined])
    expect(await attempt((token) => world.api.post('/account/second-factor/give-up', {}, as(token)))).toEqual(over)
    expect(await attempt(() => update({ isActive: false }))).toEqual(over)
  })

  it('waits after a new password by mail, too', async () => {
    const { user } = await enrolled('customer')
    const { insertAccountLink, lockAddress } = await import('#accounts/links/account-link-queries')
    const { accountLinkToken } = await import('#accounts/links/account-link-token')
    const { withTransaction } = await import('#database/transactions')
    const link = { purpose: 'reset', userId: null, address: user.email, name: '', language: null } as const
    const id = await withTransaction(world.payload, async (req) => {
      await lockAddress(req, user.email)
      return insertAccountLink(req, link)
    })
    const password = 'quite-another-password'
    const set = await world.api.post('/account/password', { token: accountLinkToken(id ?? ''), password })
    expect(set.status, set.text).toBe(200)
    const answer = await world.api.post('/users/login', { email: user.email, password })
    expect(answer.json).toMatchObject({ user: null, waitsFor: 'second_factor' })
  })

  it('is no session that anything else can write', async () => {
    const { user } = await enrolled('operations')
    const insert = `INSERT INTO users_sessions (_order, _parent_id, id, created_at, expires_at) VALUES (9, $1, 'made-up', now(), now() + interval '1 hour')`
    await expect(database.query(insert, [user.id])).rejects.toThrow('This account has a second factor.')
    await database.query(insert, [(await createUser(world.payload, ['customer'])).id])
  })
})

describe('what happens at the same time', () => {
  it('one code lets one login in', async () => {
    const { user, secret } = await enrolled('operations')
    const tokens = [(await login(user)).json.token, (await login(user)).json.token]
    const answers = await Promise.all(tokens.map((token) => show(token, { code: codeOf(secret, 1) })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
    const token = tokens[answers.findIndex(({ status }) => status === 401)] ?? ''
    await forgetSteps(user)
    expect((await show(token, { code: codeOf(secret) })).status).toBe(200)
  })

  it('one recovery code lets one login in, and one login is let in once', async () => {
    const { user, recoveryCodes } = await enrolled('operations')
    const [one = '', two = '', three = ''] = recoveryCodes
    const tokens = [(await login(user)).json.token, (await login(user)).json.token]
    const answers = await Promise.all(tokens.map((token) => show(token, { recoveryCode: one })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
    const token = tokens[answers.findIndex(({ status }) => status === 401)] ?? ''
    const both = await Promise.all([two, three].map((recoveryCode) => show(token, { recoveryCode })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401])
    expect(both.find(({ status }) => status === 401)?.json.code).toBe('unauthenticated')
    // What did not let anybody in is not used up.
    const { rows } = await database.query(
      'SELECT FROM parley.recovery_codes WHERE user_id = $1 AND used_at IS NOT NULL',
      [user.id],
    )
    expect(rows).toHaveLength(2)
  })

  it('the last two factors are not both removed while one is demanded', async () => {
    const { token } = await enrolled('operations')
    const passkey = createSoftwarePasskey({ origin: 'http://localhost:3000', host: 'localhost' })
    const { options } = (await world.api.post('/account/second-factor/passkeys/options', {}, as(token))).json
    const added = await world.api.post(
      '/account/second-factor/passkeys',
      { credential: passkey.make(options) },
      as(token),
    )
    expect(added.status, added.text).toBe(200)
    const { factors } = await statusOf(token)
    expect(factors).toHaveLength(2)
    await demand('staffFrom')
    const answers = await Promise.all(
      factors.map(({ id }: { id: string }) => world.api.del(`/account/second-factor/factors/${id}`, as(token))),
    )
    await demand(null)
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 422])
  })
})

/** From an hour ago; null: of nobody. */
const demand = async (of: 'staffFrom' | 'consultantsFrom' | null): Promise<void> => {
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
  const none = { staffFrom: null, consultantsFrom: null }
  const secondFactor = of === null ? none : { ...none, [of]: hourAgo }
  await world.payload.updateGlobal({ slug: 'booking-settings', data: { secondFactor } })
}

describe('guessing', () => {
  it('is bounded by account and network, and keeps nobody else out', async () => {
    const { user, secret } = await enrolled('operations')
    const tokens = [await waitingFor({ user })]
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    const token = tokens[0] ?? ''
    for (let n = 0; n < 10; n++) {
      expect((await show(token, { code: '000000' }, from('198.51.100.1'))).json.code).toBe('second_factor_required')
    }
    const refused = await show(token, { code: codeOf(secret, 1) }, from('198.51.100.1'))
    expect([refused.status, refused.json.code]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await show(token, { code: codeOf(secret, 1) }, from('203.0.113.99'))).status).toBe(200)

    const operations = await world.api.as(await createUser(world.payload, ['operations']))
    expect((await operations.post(`/operations/users/${user.id}/forgive-logins`)).status).toBe(204)
    await forgetSteps(user)
    const again = await show(await waitingFor({ user }), { code: codeOf(secret) }, from('198.51.100.1'))
    expect(again.status).toBe(200)
  })

  it('with the right password counts against passwords until the second factor is shown', async () => {
    const { user, secret } = await enrolled('operations')
    const tokens: string[] = []
    for (let n = 0; n < 10; n++) tokens.push((await login(user)).json.token)
    expect((await login(user)).status).toBe(429)
    expect((await show(tokens.at(-1) ?? '', { code: codeOf(secret, 1) })).status).toBe(200)
    expect((await login(user)).status).toBe(200)
  })
})

describe('passkeys', () => {
  const here = { origin: 'http://localhost:3000', host: 'localhost' }
  const optionsFor = async (token: string) =>
    (await world.api.post('/account/second-factor/passkey-options', {}, as(token))).json.options
  const makeFor = async (token: string, name: string, wrong = {}) => {
    const passkey = createSoftwarePasskey(here)
    const { options } = (await world.api.post('/account/second-factor/passkeys/options', {}, as(token))).json
    const credential = passkey.make(options, wrong)
    const answer = await world.api.post('/account/second-factor/passkeys', { name, credential }, as(token))
    return { passkey, answer, credential, options }
  }

  it('let in, several of them, and are removed by name', async () => {
    const user = await createUser(world.payload, ['consultant'])
    const token = await tokenFor(world.payload, user)
    const [laptop, key] = [await makeFor(token, 'My laptop'), await makeFor(token, 'Blue key')]
    expect([laptop.answer.json.recoveryCodes.length, key.answer.json.recoveryCodes]).toEqual([10, null])
    expect(key.options.excludeCredentials).toHaveLength(1)
    expect(key.options.authenticatorSelection.userVerification).toBe('required')
    for (const { passkey } of [laptop, key]) {
      const waiting = await waitingFor({ user })
      const done = await show(waiting, { passkey: passkey.sign(await optionsFor(waiting)) })
      expect(done.status, done.text).toBe(200)
    }
    const last = await tokenOf(user, key.passkey)
    const { factors } = await statusOf(last)
    expect(factors.map(({ name }: { name: string }) => name)).toEqual(['My laptop', 'Blue key'])
    expect((await world.api.del(`/account/second-factor/factors/${factors[0].id}`, as(last))).status).toBe(204)
    const waiting = await waitingFor({ user })
    const gone = await show(waiting, { passkey: laptop.passkey.sign(await optionsFor(waiting)) })
    expect(gone.json.code).toBe('second_factor_required')
    expect(await mailsTo(user)).toEqual([
      'second_factor_added/account',
      'second_factor_added/account',
      'second_factor_removed/account',
    ])
  })

  const tokenOf = async (user: User, passkey: ReturnType<typeof createSoftwarePasskey>): Promise<string> => {
    const waiting = await waitingFor({ user })
    return (await show(waiting, { passkey: passkey.sign(await optionsFor(waiting)) })).json.token
  }

  it('do not let in with what was signed for another challenge, site or login, twice, without a finger, or by a copy', async () => {
    const user = await createUser(world.payload, ['consultant'])
    const { passkey } = await makeFor(await tokenFor(world.payload, user), 'Key')
    const waiting = await waitingFor({ user })
    const attempts: [string, () => Promise<object>][] = [
      ['another challenge', async () => (await optionsFor(waiting), passkey.sign({ challenge: 'bm90LXRoaXM' }))],
      ['no challenge', () => Promise.resolve(passkey.sign({ challenge: 'bm90LXRoaXM' }))],
      ['another origin', async () => passkey.sign(await optionsFor(waiting), { origin: 'https://evil.example' })],
      ['another host', async () => passkey.sign(await optionsFor(waiting), { host: 'evil.example' })],
      ['no finger', async () => passkey.sign(await optionsFor(waiting), { isUserVerified: false })],
      ['a copy', async () => passkey.sign(await optionsFor(waiting), { counter: 1 })],
      ['another key', async () => createSoftwarePasskey(here).sign(await optionsFor(waiting))],
    ]
    for (const [what, prepare] of attempts) {
      const answer = await show(waiting, { passkey: await prepare() })
      expect([answer.status, answer.json.code], what).toEqual([401, 'second_factor_required'])
    }
    const options = await optionsFor(waiting)
    const other = await createUser(world.payload, ['consultant'])
    await makeFor(await tokenFor(world.payload, other), 'Key')
    const theirs = await show(await waitingFor({ user: other }), { passkey: passkey.sign(options) })
    expect(theirs.json.code).toBe('second_factor_required')
    const signed = passkey.sign(options)
    expect((await show(waiting, { passkey: signed })).status).toBe(200)
    expect((await show(await waitingFor({ user }), { passkey: signed })).json.code).toBe('second_factor_required')
  })

  it('are not added when they were made for something else, or belong to somebody', async () => {
    const token = await tokenFor(world.payload, await createUser(world.payload, ['consultant']))
    for (const wrong of [{ origin: 'https://evil.example' }, { host: 'evil.example' }, { isUserVerified: false }]) {
      const { answer } = await makeFor(token, 'Key', wrong)
      expect([answer.status, answer.json.code], JSON.stringify(wrong)).toEqual([400, 'invalid_request'])
    }
    const { answer, credential, passkey } = await makeFor(token, 'Key')
    expect(answer.status).toBe(200)
    const used = await world.api.post('/account/second-factor/passkeys', { credential }, as(token))
    expect(used.json.code).toBe('invalid_request')
    const other = await tokenFor(world.payload, await createUser(world.payload, ['consultant']))
    const { options } = (await world.api.post('/account/second-factor/passkeys/options', {}, as(other))).json
    const theirs = await world.api.post(
      '/account/second-factor/passkeys',
      { credential: passkey.make(options) },
      as(other),
    )
    expect([theirs.status, theirs.json.code]).toEqual([409, 'conflict'])
  })
})

describe('changing what one proves oneself with', () => {
  it('counts once a code was shown, ends all other sessions, and mails the owner', async () => {
    const user = await createUser(world.payload, ['operations'])
    const here = await tokenFor(world.payload, user)
    const elsewhere = await login(user)
    const begun = await world.api.post('/account/second-factor/authenticator', {}, as(here))
    expect(begun.json.uri).toMatch(/^otpauth:\/\/totp\/localhost:/)
    expect((await statusOf(here)).factors).toEqual([])
    const confirm = (code: string) => world.api.post('/account/second-factor/authenticator/confirm', { code }, as(here))
    const wrong = await confirm('000000')
    expect([wrong.status, wrong.json.code]).toEqual([400, 'invalid_request'])
    expect(await isIn(elsewhere.json.token)).toBe(true)
    const done = await confirm(codeOf(begun.json.secret))
    expect(done.json).toMatchObject({ login: null })
    expect(new Set(done.json.recoveryCodes).size).toBe(10)
    expect([await isIn(here), await isIn(elsewhere.json.token)]).toEqual([true, false])
    expect(await mailsTo(user)).toEqual(['second_factor_added/account'])
  })

  it('keeps nothing of it that can be read', async () => {
    const { user, secret, recoveryCodes } = await enrolled('operations')
    const { rows } = await database.query(
      `SELECT string_agg(t::text, ' ') AS text FROM (
        SELECT f::text FROM parley.second_factors f WHERE user_id = $1 UNION ALL
        SELECT c::text FROM parley.recovery_codes c WHERE user_id = $1) t`,
      [user.id],
    )
    const stored = String((rows as { text: string }[])[0]?.text)
    expect(stored).not.toContain(secret)
    for (const code of recoveryCodes) expect(stored).not.toContain(code.slice(0, 9))
  })

  it('needs a login of a short while ago', async () => {
    const { user, token } = await enrolled('operations')
    await database.query(`UPDATE users_sessions SET created_at = now() - interval '16 minutes' WHERE _parent_id = $1`, [
      user.id,
    ])
    const { factors, mayChange } = await statusOf(token)
    expect(mayChange).toBe(false)
    const post = (path: string, body: object = {}) => world.api.post(`/account/second-factor/${path}`, body, as(token))
    const answers = [
      await post('authenticator'),
      await post('authenticator/confirm', { code: '000000' }),
      await post('passkeys/options'),
      await post('recovery-codes'),
      await world.api.del(`/account/second-factor/factors/${factors[0].id}`, as(token)),
    ]
    expect(answers.map(({ json }) => json.code)).toEqual(answers.map(() => 'fresh_login_required'))
  })

  it('needs the second factor that there is', async () => {
    const { user } = await enrolled('operations')
    const token = await waitingFor({ user })
    const answers = [
      await world.api.post('/account/second-factor/authenticator', {}, as(token)),
      await world.api.post('/account/second-factor/passkeys/options', {}, as(token)),
      await world.api.post('/account/second-factor/recovery-codes', {}, as(token)),
    ]
    expect(answers.map(({ json }) => json.code)).toEqual(answers.map(() => 'second_factor_required'))
  })

  it('makes new recovery codes, which end the old ones, and removes all with the last factor', async () => {
    const { user, token, recoveryCodes } = await enrolled('operations')
    const renewed = await world.api.post('/account/second-factor/recovery-codes', {}, as(token))
    expect(renewed.json.recoveryCodes).toHaveLength(10)
    const waiting = await waitingFor({ user })
    expect((await show(waiting, { recoveryCode: recoveryCodes[0] })).status).toBe(401)
    const [first] = renewed.json.recoveryCodes
    const { token: here } = (await show(waiting, { recoveryCode: first })).json
    const { factors } = await statusOf(here)
    const stranger = await enrolled('operations')
    const del = (by: string) => world.api.del(`/account/second-factor/factors/${factors[0].id}`, as(by))
    expect((await del(stranger.token)).status).toBe(404)
    expect((await del(here)).status).toBe(204)
    expect(await statusOf(here)).toMatchObject({ factors: [], ways: [], recoveryCodesLeft: 0 })
    expect((await world.api.post('/account/second-factor/recovery-codes', {}, as(here))).json.code).toBe(
      'illegal_transition',
    )
    expect((await login(user)).json.user.id).toBe(user.id)
  })
})

describe('a second factor that is demanded', () => {
  it('is set up at the next login, which can do nothing else before', async () => {
    const user = await createUser(world.payload, ['consultant'])
    const before = await tokenFor(world.payload, user)
    await demand('consultantsFrom')
    const answer = await login(user)
    expect(answer.json).toMatchObject({ user: null, waitsFor: 'enrolment' })
    const { token } = answer.json
    expect(await isIn(token)).toBe(false)
    expect((await show(token, { code: '000000' })).json.code).toBe('illegal_transition')
    // Who was logged in goes on until that ends, and is not prolonged.
    const refreshed = await world.api.post('/users/refresh-token', {}, as(before))
    expect([refreshed.status, codeOfGenerated(refreshed)]).toEqual([401, 'second_factor_required'])
    expect(await isIn(before)).toBe(true)
    const done = await enrol(world.payload, world.api, user, token)
    expect([await isIn(token), await isIn(before), await isIn(done.token)]).toEqual([false, false, true])
    expect((await world.api.post('/users/refresh-token', {}, as(done.token))).status).toBe(200)
    const { factors } = await statusOf(done.token)
    const removed = await world.api.del(`/account/second-factor/factors/${factors[0].id}`, as(done.token))
    expect([removed.status, removed.json.code]).toEqual([422, 'outside_policy'])
    await demand(null)
    expect((await world.api.del(`/account/second-factor/factors/${factors[0].id}`, as(done.token))).status).toBe(204)
  })

  it('is demanded of whom the settings say, and from then on', async () => {
    const [operations, admin, consultant, customer] = [
      await createUser(world.payload, ['operations']),
      await createUser(world.payload, ['customer', 'admin']),
      await createUser(world.payload, ['consultant']),
      await createUser(world.payload, ['customer']),
    ]
    const { findWait } = await import('#database/waiting-logins')
    const { poolDb } = await import('#database/transactions')
    const waits = () =>
      Promise.all([operations, admin, consultant, customer].map(({ id }) => findWait(poolDb(world.payload), id)))
    await demand('staffFrom')
    expect(await waits()).toEqual(['enrolment', 'enrolment', undefined, undefined])
    await demand('consultantsFrom')
    expect(await waits()).toEqual([undefined, undefined, 'enrolment', undefined])
    const staffFrom = new Date(Date.now() + 3_600_000).toISOString()
    await world.payload.updateGlobal({
      slug: 'booking-settings',
      data: { secondFactor: { staffFrom, consultantsFrom: null } },
    })
    expect(await waits()).toEqual([undefined, undefined, undefined, undefined])
    await demand(null)
  })

  it('is demanded only by somebody who has one', async () => {
    const without = await world.api.as(await createUser(world.payload, ['admin']))
    const secondFactor = { consultantsFrom: new Date(Date.now() + 86_400_000).toISOString() }
    const refused = await without.post('/globals/booking-settings', { secondFactor })
    expect([refused.status, codeOfGenerated(refused)]).toEqual([422, 'outside_policy'])
    const { token } = await enrolled('admin')
    const set = await world.api.post('/globals/booking-settings', { secondFactor }, as(token))
    expect(set.status, set.text).toBe(200)
    // Whoever saves something else beside it changes nothing of it.
    const kept = await without.post('/globals/booking-settings', { secondFactor, holdMinutes: 11 })
    expect(kept.status, kept.text).toBe(200)
    await demand(null)
  })
})

describe('an administrator who changes how somebody logs in', () => {
  const letAge = ({ id }: User) =>
    database.query(`UPDATE users_sessions SET created_at = now() - interval '16 minutes' WHERE _parent_id = $1`, [id])
  const loginOf = async ({ id }: User) =>
    (
      await database.query(
        `SELECT email, hash, _verified, (SELECT array_agg(value::text) FROM users_roles WHERE parent_id = users.id) AS roles
          FROM users WHERE id = $1`,
        [id],
      )
    ).rows[0]
  const told = async (address: string) => {
    await runDueJobs(world.payload, world.database, { only: ['deliver-login-news'] })
    return world.resend.control.emails(address).map(kindOf)
  }

  it('has logged in a short while ago, whatever it is and however it is sent', async () => {
    const [admin, other, unconfirmed] = [
      await createUser(world.payload, ['admin']),
      (await enrolled('consultant')).user,
      await createUser(world.payload, ['customer'], { _verified: false }),
    ]
    const client = await world.api.as(admin)
    await letAge(admin)
    const before = await Promise.all([admin, other, unconfirmed].map(loginOf))
    const email = 'eve@works.example'
    const account = { email, name: 'Eve', password: 'a-password-of-eves' }
    const single = [
      await client.patch(`/users/${other.id}`, { email }),
      await client.patch(`/users/${other.id}`, { password: account.password }),
      await client.patch(`/users/${other.id}`, { roles: ['consultant', 'admin'] }),
      await client.patch(`/users/${admin.id}`, { email }),
      await client.patch(`/users/${unconfirmed.id}`, { _verified: true, password: account.password }),
      await client.post('/users', { ...account, roles: ['operations'] }),
      await client.post('/users', { ...account, _verified: true }),
    ]
    for (const answer of single) {
      expect([answer.status, codeOfGenerated(answer)], answer.text).toEqual([403, 'fresh_login_required'])
    }
    const reset = await client.post(`/operations/users/${other.id}/reset-second-factor`)
    expect([reset.status, reset.json.code]).toEqual([403, 'fresh_login_required'])
    const many = await client.patch(`/users?where[id][equals]=${other.id}`, { email })
    expect([many.json.docs, many.json.errors.length], many.text).toEqual([[], 1])
    const graphql = await client.graphql(
      `mutation { updateUser(id: "${other.id}", data: { email: "${email}" }) { id } }`,
    )
    expect(graphql.json.errors[0].extensions).toMatchObject({ statusCode: 403, data: { code: 'fresh_login_required' } })
    expect(await Promise.all([admin, other, unconfirmed].map(loginOf))).toEqual(before)

    // What changes nothing of it is saved, with all that a form sends along; so is a customer who is mailed an invitation.
    const whole = { name: 'Renamed', email: other.email, roles: other.roles, _verified: true }
    expect((await client.patch(`/users/${other.id}`, whole)).status).toBe(200)
    expect((await client.post('/users', { email: `new-${other.email}`, name: 'New' })).status).toBe(201)
  })

  it('has the owner told, of another address at the one that they had', async () => {
    const client = await world.api.as(await createUser(world.payload, ['admin']))
    const moved = await createUser(world.payload, ['consultant'])
    const email = `moved-${moved.email}`
    const answer = await client.patch(`/users/${moved.id}`, { email })
    expect(answer.status, answer.text).toBe(200)
    expect([await told(moved.email), await told(email)]).toEqual([['login_address_changed/account'], []])
    expect(world.resend.control.emails(moved.email)[0]?.text).not.toContain('/account/password')
    expect((await client.patch(`/users/${moved.id}`, { password: 'set-by-the-admin' })).status).toBe(200)
    expect(await told(email)).toEqual(['login_password_set/account'])
    expect(await told(moved.email)).toHaveLength(1)
  })

  it('gives what belongs to somebody to another login, who is told of it', async () => {
    const staff = await createUser(world.payload, ['operations'])
    const client = await world.api.as(staff)
    const thief = await createUser(world.payload, ['customer'])
    const { customer, user } = await createCustomer(world.payload)
    const consultant = await createConsultant(world.payload)
    await database.query('DELETE FROM customers WHERE user_id = $1', [thief.id])
    const give = (path: string) => client.patch(path, { user: thief.id })
    const records = [`/customers/${customer.id}`, `/consultant-profiles/${consultant.profile.id}`]

    await letAge(staff)
    for (const path of records) {
      const refused = await give(path)
      expect([refused.status, codeOfGenerated(refused)], refused.text).toEqual([403, 'fresh_login_required'])
    }
    const saved = await client.patch(`/customers/${customer.id}`, { user: user.id, name: 'Renamed' })
    expect(saved.status, saved.text).toBe(200)
    expect(await told(user.email)).toEqual([])

    const fresh = await world.api.as(staff)
    for (const path of records) expect((await fresh.patch(path, { user: thief.id })).status).toBe(200)
    expect(await told(user.email)).toEqual(['login_record_given/account'])
    expect(await told(consultant.user.email)).toEqual(['login_record_given/account'])
    expect(await told(thief.email)).toEqual([])
    expect(world.resend.control.emails(user.email)[0]?.text).not.toContain('/account/password')
  })

  it('gives what a guest has booked to another login: they are told where the address is known to be theirs', async () => {
    const client = await world.api.as(await createUser(world.payload, ['operations']))
    const giveGuest = async (emailVerified: boolean) => {
      const { email, user } = {
        email: `guest-${emailVerified}@works.example`,
        user: await createUser(world.payload, ['customer']),
      }
      await database.query('DELETE FROM customers WHERE user_id = $1', [user.id])
      const data = {
        email,
        name: 'Gwen',
        emailVerified,
        timeZone: 'UTC',
        language: 'de' as const,
        status: 'active' as const,
      }
      const { id } = await world.payload.create({ collection: 'customers', data })
      expect((await client.patch(`/customers/${id}`, { user: user.id })).status).toBe(200)
      return told(email)
    }
    expect(await giveGuest(true)).toEqual(['login_record_given/account'])
    expect(await giveGuest(false)).toEqual([])
  })

  it('has nobody told whose address may be a stranger’s', async () => {
    const client = await world.api.as(await createUser(world.payload, ['admin']))
    const user = await createUser(world.payload, ['customer'], { _verified: false })
    expect((await client.patch(`/users/${user.id}`, { email: `right-${user.email}` })).status).toBe(200)
    expect([await told(user.email), await told(`right-${user.email}`)]).toEqual([[], []])
  })
})

describe('somebody who has lost everything', () => {
  it('is helped by staff, is logged out everywhere, and told', async () => {
    const { user, token } = await enrolled('consultant')
    const [operations, admin] = [await createUser(world.payload, ['operations']), await enrolled('admin')]
    const reset = async (by: User, id: string) =>
      (await world.api.as(by)).post(`/operations/users/${id}/reset-second-factor`)
    expect((await reset(await createUser(world.payload, ['consultant']), user.id)).status).toBe(403)
    expect((await reset(operations, admin.user.id)).status).toBe(403)
    const own = await world.api.post(`/operations/users/${admin.user.id}/reset-second-factor`, {}, as(admin.token))
    expect([own.status, own.json.code]).toEqual([403, 'forbidden'])
    const answer = await reset(operations, user.id)
    expect([answer.status, answer.json]).toEqual([200, { removed: 1 }])
    expect(await isIn(token)).toBe(false)
    expect((await login(user)).json.user.id).toBe(user.id)
    expect(await mailsTo(user)).toEqual(['second_factor_added/account', 'second_factor_reset/account'])
    expect((await reset(operations, user.id)).json).toEqual({ removed: 0 })
  })

  it('is helped from the command line, where nobody else can', async () => {
    const { user } = await enrolled('admin')
    const { resetByAddress } = await import('#server/reset-second-factor')
    expect(await resetByAddress(world.payload, ` ${user.email.toUpperCase()}`)).toContain('no second factor any more')
    expect(await resetByAddress(world.payload, user.email)).toContain('Nothing was changed')
    expect((await login(user)).json.user.id).toBe(user.id)
    await expect(resetByAddress(world.payload, 'nobody@parley.example')).rejects.toThrow('There is no user')
  })
})
