import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type pg from 'pg'
import type { User } from '#payload-types'
import { newestAccountToken } from '../../support/account-links'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, createUser, guest } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { type HostileIssuer, openHostileIssuer } from '../../support/hostile-issuer'
import { runDueJobs } from '../../support/jobs'
import { kindOf } from '../../support/resend-sandbox'
import { book, type MessageWorld, openMessageWorld } from '../../support/message-world'
import { createOpenidBrowser, type OpenidBrowser } from '../../support/openid-browser'
import { openOpenidProvider, type OpenidPerson, type TestOpenidProvider } from '../../support/openid-provider'
import { codeOf, enrol } from '../../support/second-factor'
import { tokenFor } from '../../support/token-for'

const serverUrl = 'http://localhost:3000'

let world: MessageWorld
let database: pg.Client
let provider: TestOpenidProvider
let hostile: HostileIssuer

beforeAll(async () => {
  provider = await openOpenidProvider()
  provider.register([`${serverUrl}/api/account/openid/oidc/callback`])
  hostile = await openHostileIssuer('google-client')
  world = await openMessageWorld({
    env: {
      RATE_LIMIT_FACTOR: '0',
      SERVER_URL: serverUrl,
      CORS_ORIGINS: 'https://front.example',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_LABEL: 'Example Works',
      // What is called Google here gives out whatever a test wants.
      GOOGLE_SIGN_IN: '1',
      GOOGLE_CLIENT_ID: 'google-client',
      GOOGLE_CLIENT_SECRET: 'google-secret',
      GOOGLE_API_BASE: hostile.issuer,
    },
  })
  database = await connectTo(world.database)
})
beforeEach(() => hostile.fail(undefined))

let number = 0
const newPerson = (more: Partial<OpenidPerson> = {}): Required<Pick<OpenidPerson, 'sub' | 'email'>> & OpenidPerson => {
  const name = `person-${++number}`
  return { sub: name, email: `${name}@works.example`, email_verified: true, name: 'Pat Person', ...more }
}

const newBrowser = () => createOpenidBrowser(world.api, serverUrl)
const start = (name = 'oidc', query = '') => `${serverUrl}/api/account/openid/${name}/start${query}`
const callback = /\/api\/account\/openid\/\w+\/callback\?/

/** Goes to the provider and back, as this person. */
const signIn = async (person: OpenidPerson | undefined, browser = newBrowser(), query = '') => {
  provider.be(person)
  const { address, answer } = await browser.go(start('oidc', query))
  return { browser, address, answer, problem: new URL(address).searchParams.get('problem') }
}

/** The same at the hostile issuer, whose page is not looked at: it would lead back with the state at once. */
const signInWithHostile = async (
  claims: Record<string, unknown>,
  {
    signed,
    browser = newBrowser(),
    query,
  }: { signed?: 'well' | 'none' | 'wrong-key' | 'hmac'; browser?: OpenidBrowser; query?: string } = {},
) => {
  const begun = await browser.open(start('google', query))
  const asked = new URL(begun.headers.get('location') ?? '')
  const nonce = asked.searchParams.get('nonce')
  hostile.give({ claims: { nonce, ...claims }, ...(signed ? { signed } : {}) })
  const state = asked.searchParams.get('state') ?? ''
  const { address, answer } = await browser.go(
    `${serverUrl}/api/account/openid/google/callback?code=any&state=${state}`,
  )
  return { browser, asked, answer, problem: new URL(address).searchParams.get('problem') }
}

const usersWith = async (email: string): Promise<User[]> =>
  (await world.payload.find({ collection: 'users', where: { email: { equals: email } }, depth: 0 })).docs
const identitiesOf = async (email: string): Promise<{ issuer: string; subject: string }[]> =>
  (
    await database.query(
      `SELECT issuer, subject FROM parley.openid_identities i JOIN users u ON u.id = i.user_id WHERE u.email = $1`,
      [email],
    )
  ).rows

/** A browser in which this user is logged in, as by a password. */
const browserOf = async (user: User): Promise<OpenidBrowser> => {
  const cookie = { 'payload-token': await tokenFor(world.payload, user) }
  const browser = newBrowser()
  browser.put(cookie)
  return browser
}

const connect = async (browser: OpenidBrowser, person: OpenidPerson) => {
  provider.be(person)
  browser.leaveOthers()
  const begun = await browser.post('/account/openid/oidc/connect')
  expect(begun.status, begun.text).toBe(200)
  const { address, answer } = await browser.go(begun.json.url)
  return { answer, problem: new URL(address).searchParams.get('problem') }
}

describe('a provider that is not set up', () => {
  const missing = '/account/openid/no-such-provider/start'

  it('leads a browser to a page that says so, and refuses programs', async () => {
    const shown = await world.api.get(missing, { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect(shown.status).toBe(302)
    expect(shown.headers.get('location')).toBe(`${serverUrl}/account/login?problem=not_offered`)
    for (const Accept of ['application/json', '*/*']) {
      const refused = await world.api.get(missing, { Accept })
      expect(refused.status).toBe(404)
      expect(refused.headers.get('content-type')).toContain('application/problem+json')
      expect(refused.json).toMatchObject({ code: 'not_found' })
    }
  })
})

describe('somebody who has no account', () => {
  it('is given one as a customer, with what they booked as a guest, and is logged in like everybody else', async () => {
    const consultant = (await createConsultant(world.payload)).profile
    const serviceType = await createServiceType(world.payload, [consultant])
    const booking = await book(world, {
      consultant,
      serviceType,
      customer: guest({ name: 'Gwen' }),
      isConfirmed: false,
    })
    const { email } = booking.customer
    const person = newPerson({ email: email.toUpperCase(), locale: 'de' })

    const { browser, answer } = await signIn(person)
    expect(answer?.status, answer?.text).toBe(200)
    expect(answer?.text).toContain(`url=${serverUrl}/account"`)
    expect(await browser.who()).toBe(email)
    expect(await usersWith(email)).toMatchObject([{ roles: ['customer'], _verified: true, name: 'Pat Person' }])
    const mine = await browser.get('/scheduled-sessions')
    expect(mine.json.docs.map(({ reference }: { reference: string }) => reference)).toEqual([booking.reference])
    const sessions = await browser.get('/account/sessions')
    expect(sessions.json.sessions).toMatchObject([{ isCurrent: true, device: 'Firefox' }])
    expect(Object.keys(Object.fromEntries(cookiePairs(browser)))).toEqual(['parley-devices', 'payload-token'])
    const [user] = await usersWith(email)
    expect(user?.lastLoginAt).toBeTruthy()

    const ways = await browser.get('/account/login-ways')
    expect(ways.json).toMatchObject({
      hasPassword: false,
      connected: [{ provider: 'oidc', label: 'Example Works', email }],
    })
    // Nobody knows a password of it, the one that Payload was given above all.
    for (const password of ['', testPassword]) {
      expect((await world.api.post('/users/login', { email, password })).status).toBeGreaterThanOrEqual(400)
    }

    const again = await signIn({ ...person, email: 'moved@works.example' })
    expect(await again.browser.who()).toBe(email)
    expect(await usersWith('moved@works.example')).toEqual([])
  })

  it('ends open links of the address: it needs none any more', async () => {
    const person = newPerson()
    await world.api.post('/users', { name: 'A stranger', email: person.email })
    await runDueJobs(world.payload, world.database, { only: ['deliver-account-mail'] })
    const token = await newestAccountToken(database, person.email)
    await signIn(person)
    const opened = await world.api.post('/account/confirm', { token, password: testPassword })
    expect([opened.status, opened.json.code]).toEqual([410, 'link_expired'])
  })

  it('is made once, also by many sign-ins at the same time', async () => {
    const person = newPerson()
    const control = newPerson()
    await signIn(control)
    expect(await usersWith(control.email)).toHaveLength(1)
    provider.be(person)
    const browsers = Array.from({ length: 6 }, newBrowser)
    const back = await Promise.all(browsers.map((browser) => browser.go(start(), callback)))
    await Promise.all(browsers.map((browser, index) => browser.go(back[index]?.address ?? '')))
    expect(await Promise.all(browsers.map((browser) => browser.who()))).toEqual(Array(6).fill(person.email))
    expect(await usersWith(person.email)).toHaveLength(1)
    expect(await identitiesOf(person.email)).toHaveLength(1)
  })

  it.each([
    ['has not seen that the address is theirs', { email_verified: false }],
    ['does not say whether it has', { email_verified: undefined }],
    ['says it in its own words', { email_verified: 'yes' }],
  ])('is refused when the provider %s', async (_what, more) => {
    const person = newPerson(more)
    const { browser, problem } = await signIn(person)
    expect(problem).toBe('address')
    expect(await browser.who()).toBeUndefined()
    expect(await usersWith(person.email)).toEqual([])
  })

  it('is refused when the provider names no address', async () => {
    const { sub } = newPerson()
    expect((await signIn({ sub })).problem).toBe('address')
  })

  it('is told so when they say no', async () => {
    const { browser, problem } = await signIn(undefined)
    expect(problem).toBe('denied')
    expect(await browser.who()).toBeUndefined()
  })
})

describe('an account that is there', () => {
  it.each(['customer', 'consultant', 'operations', 'admin'] as const)(
    'of a %s is opened by nobody with its address, but by what its owner has connected',
    async (role) => {
      const user = await createUser(world.payload, [role])
      const person = newPerson({ email: user.email })
      const stranger = await signIn(person)
      expect(stranger.problem).toBe('known')
      expect(await stranger.browser.who()).toBeUndefined()
      expect(await identitiesOf(user.email)).toEqual([])

      const owner = await browserOf(user)
      expect((await connect(owner, { ...person, email: 'another@works.example' })).answer?.status).toBe(200)
      const { browser, answer } = await signIn(person)
      expect(await browser.who()).toBe(user.email)
      expect(answer?.text).toContain(`url=${serverUrl}${role === 'customer' ? '/account' : '/admin'}"`)
    },
  )

  it.each([
    ['customer', '/account/second-factor?redirect=%2Faccount'],
    ['operations', '/admin/second-factor?redirect=%2Fadmin'],
  ] as const)('of a %s is asked for its second factor on %s', async (role, page) => {
    const user = await createUser(world.payload, [role])
    const person = newPerson({ email: user.email })
    expect((await connect(await browserOf(user), person)).answer?.status).toBe(200)
    await enrol(world.payload, world.api, user)
    const { browser, answer } = await signIn(person)
    expect(await browser.who()).toBeUndefined()
    expect(answer?.text).toContain(`url=${serverUrl}${page}"`)
  })

  it('that was invited and not confirmed is not opened, nor its password left to whoever typed it', async () => {
    const user = await createUser(world.payload, ['customer'], { _verified: false })
    expect((await signIn(newPerson({ email: user.email }))).problem).toBe('known')
    expect(await usersWith(user.email)).toMatchObject([{ _verified: false }])
  })

  it('that is switched off is refused, connected or not', async () => {
    const person = newPerson()
    const { browser } = await signIn(person)
    const [user] = await usersWith(person.email)
    await world.payload.update({ collection: 'users', id: user?.id ?? '', data: { isActive: false } })
    expect(await browser.who()).toBeUndefined()
    const again = await signIn(person)
    expect(again.problem).toBe('refused')
    expect(await again.browser.who()).toBeUndefined()
    expect((await signIn(newPerson({ email: person.email }))).problem).toBe('refused')
  })

  it('is not opened by somebody of another issuer who has the same name there', async () => {
    const person = newPerson()
    await signIn(person)
    const { browser, problem } = await signInWithHostile({ sub: person.sub, email: person.email, email_verified: true })
    expect(problem).toBe('known')
    expect(await browser.who()).toBeUndefined()
  })

  it('takes nobody who opens the account of somebody else', async () => {
    const person = newPerson()
    await signIn(person)
    const owner = await browserOf(await createUser(world.payload, ['customer']))
    expect((await connect(owner, person)).problem).toBe('taken')
    expect((await owner.get('/account/login-ways')).json.connected).toEqual([])
  })

  it('is joined to nothing once its owner has logged out', async () => {
    const user = await createUser(world.payload, ['customer'])
    const owner = await browserOf(user)
    provider.be(newPerson())
    const begun = await owner.post('/account/openid/oidc/connect')
    await owner.post('/users/logout')
    const { address } = await owner.go(begun.json.url)
    expect(address).toBe(`${serverUrl}/account?problem=expired`)
    expect(await identitiesOf(user.email)).toEqual([])
  })

  it('is joined only by a page of ours, and only by whoever is logged in', async () => {
    const owner = await browserOf(await createUser(world.payload, ['customer']))
    const nobody = await world.api.post('/account/openid/oidc/connect')
    expect([nobody.status, nobody.json.code]).toEqual([401, 'unauthenticated'])
    const foreign = await world.api.post(
      '/account/openid/oidc/connect',
      {},
      { ...owner.cookies(), Origin: 'https://evil.example' },
    )
    expect(foreign.status).toBeGreaterThanOrEqual(401)
    expect(foreign.headers.getSetCookie()).toEqual([])
  })

  it('is connected and disconnected only a short while after a login, and its owner is told of both', async () => {
    const user = await createUser(world.payload, ['customer'])
    const owner = await browserOf(user)
    const told = async () => {
      await runDueJobs(world.payload, world.database, { only: ['deliver-login-news'] })
      return world.resend.control.emails(user.email).map(kindOf)
    }
    const person = newPerson()
    expect((await connect(owner, person)).problem).toBeNull()
    expect((await connect(owner, person)).problem).toBeNull()
    expect(await told()).toEqual(['provider_connected/account'])

    await database.query(`UPDATE users_sessions SET created_at = now() - interval '16 minutes' WHERE _parent_id = $1`, [
      user.id,
    ])
    const [{ id }] = (await owner.get('/account/login-ways')).json.connected
    const answers = [await owner.post('/account/openid/oidc/connect'), await owner.del(`/account/login-ways/${id}`)]
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual(
      answers.map(() => [403, 'fresh_login_required']),
    )
    expect(await identitiesOf(user.email)).toHaveLength(1)

    const fresh = await browserOf(user)
    expect((await fresh.del(`/account/login-ways/${id}`)).status).toBe(204)
    expect((await told()).toSorted()).toEqual(['provider_connected/account', 'provider_disconnected/account'])
  })

  it('is disconnected by its owner, but for the last way to log in', async () => {
    const person = newPerson()
    const { browser } = await signIn(person)
    const idsOf = async () =>
      (await browser.get('/account/login-ways')).json.connected.map(({ id }: { id: string }) => id) as string[]
    const [only] = await idsOf()
    const refused = await browser.del(`/account/login-ways/${only ?? ''}`)
    expect([refused.status, refused.json.code]).toEqual([409, 'illegal_transition'])
    expect(await idsOf()).toEqual([only])

    const stranger = await browserOf(await createUser(world.payload, ['customer']))
    const other = await stranger.del(`/account/login-ways/${only ?? ''}`)
    expect([other.status, other.json.code]).toEqual([404, 'not_found'])

    const second = newPerson()
    await connect(browser, second)
    const ids = await idsOf()
    expect(ids).toHaveLength(2)
    // Both at once: one of them stays.
    const answers = await Promise.all(ids.map((id) => browser.del(`/account/login-ways/${id}`)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409])
    expect(await idsOf()).toHaveLength(1)
  })

  it('belongs to who reads its mails: a new password ends every other way in', async () => {
    const person = newPerson()
    const { browser } = await signIn(person)
    await world.api.post('/users/forgot-password', { email: person.email })
    await runDueJobs(world.payload, world.database, { only: ['deliver-account-mail'] })
    const token = await newestAccountToken(database, person.email)
    const chosen = await world.api.post('/account/password', { token, password: 'a-password-of-their-own' })
    expect(chosen.status, chosen.text).toBe(200)
    expect(await browser.who()).toBeUndefined()
    expect((await signIn(person)).problem).toBe('known')
    expect(await identitiesOf(person.email)).toEqual([])
  })
})

describe('a login by a provider', () => {
  const secondsAgo = (seconds: number) => Math.round(Date.now() / 1_000) - seconds
  /** What takes a fresh login is answered. */
  const isFresh = async (browser: OpenidBrowser): Promise<boolean> => {
    const { status, json, text } = await browser.post('/account/openid/oidc/connect')
    expect([200, 403], text).toContain(status)
    if (status === 403) expect(json.code).toBe('fresh_login_required')
    return status === 200
  }
  const somebody = () => {
    const { sub, email } = newPerson()
    return { sub, email, email_verified: true }
  }

  it.each([
    ['just now', { auth_time: secondsAgo(0) }, true],
    ['a while ago', { auth_time: secondsAgo(16 * 60) }, false],
    ['tomorrow, which counts as now', { auth_time: secondsAgo(-86_400) }, true],
    ['when it does not say', {}, false],
  ])('is as fresh as what the provider has asked them: %s', async (_what, claims, fresh) => {
    const { browser, asked } = await signInWithHostile({ ...somebody(), ...claims })
    expect(Number(asked.searchParams.get('max_age'))).toBeGreaterThan(86_400)
    expect(await browser.who()).toBeDefined()
    expect(await isFresh(browser)).toBe(fresh)
    expect((await browser.get('/account/second-factor')).json.mayChange).toBe(fresh)
  })

  it('is asked for anew: whoever is logged in at the provider is asked there all the same', async () => {
    const { browser } = await signIn(newPerson())
    const before = provider.asked()
    expect((await browser.go(start())).answer?.status).toBe(200)
    expect(provider.asked()).toBe(before)
    const again = await browser.go(start('oidc', '?prompt=login&returnTo=https://front.example/on'))
    expect(provider.asked()).toBe(before + 1)
    expect(again.answer?.text).toContain('url=https://front.example/on"')
    expect(await isFresh(browser)).toBe(true)
    expect((await browser.get('/account/sessions')).json.sessions).toMatchObject([{ isCurrent: true }])
  })

  it.each([
    ['says that it has not asked', { auth_time: secondsAgo(10 * 60) }],
    ['does not say whether it has', {}],
  ])('that is asked for anew is none when the provider %s', async (_what, claims) => {
    const who = somebody()
    const query = `?prompt=login&returnTo=${serverUrl}/account?a=b`
    await signInWithHostile(who)
    const { browser, asked, answer } = await signInWithHostile({ ...who, ...claims }, { query })
    expect(asked.searchParams.get('max_age')).toBe('0')
    expect(asked.searchParams.has('prompt')).toBe(false)
    expect(answer?.text).toContain(
      `url=${serverUrl}/account/login?again=1&#38;problem=not_anew&#38;redirect=%2Faccount%3Fa%3Db"`,
    )
    expect(await browser.who()).toBe(who.email)
    if (!('auth_time' in claims)) expect(await isFresh(browser)).toBe(false)

    const { browser: other, answer: good } = await signInWithHostile({ ...who, auth_time: secondsAgo(0) }, { query })
    expect(good?.text).toContain(`url=${serverUrl}/account?a=b"`)
    expect(await isFresh(other)).toBe(true)
  })

  it('that is asked for anew is fresh by a second factor, whatever the provider says', async () => {
    const user = await createUser(world.payload, ['customer'])
    const who = somebody()
    const owner = await browserOf(user)
    const begun = await owner.post('/account/openid/google/connect')
    const asked = new URL(begun.json.url)
    hostile.give({ claims: { ...who, nonce: asked.searchParams.get('nonce') } })
    await owner.go(
      `${serverUrl}/api/account/openid/google/callback?code=any&state=${asked.searchParams.get('state') ?? ''}`,
    )
    const { secret } = await enrol(world.payload, world.api, user)
    const { browser, answer } = await signInWithHostile(who, { query: '?prompt=login' })
    expect(answer?.text).toContain(`url=${serverUrl}/account/second-factor?redirect=%2Faccount"`)
    expect((await browser.post('/account/second-factor', { code: codeOf(secret, 1) })).status).toBe(200)
    expect(await isFresh(browser)).toBe(true)
  })
})

describe('an account with a second factor', () => {
  /** Of staff, with an app, and connected with a provider. */
  const withFactor = async () => {
    const user = await createUser(world.payload, ['operations'])
    const owner = newBrowser()
    const { token, secret } = await enrol(world.payload, world.api, user)
    owner.put({ 'payload-token': token })
    const person = newPerson()
    expect((await connect(owner, person)).problem).toBeNull()
    return { user, secret, person }
  }

  const sessionsOf = async ({ id }: User): Promise<{ bySecondFactor: boolean }[]> =>
    (
      await database.query(
        `SELECT second_factor_at IS NOT NULL AS "bySecondFactor" FROM users_sessions WHERE _parent_id = $1`,
        [id],
      )
    ).rows

  it.each([
    ['to our own page for it', '', `${serverUrl}/admin/second-factor?redirect=%2Fadmin`],
    ['to a front end that asks for it itself', '?returnTo=https://front.example/in', 'https://front.example/in'],
  ])('is opened by a provider only once that was shown: whoever comes back is led %s', async (_what, query, url) => {
    const { user, secret, person } = await withFactor()
    const before = await sessionsOf(user)
    const { browser, answer } = await signIn(person, newBrowser(), query)
    expect(answer?.status, answer?.text).toBe(200)
    expect(answer?.text).toContain(`url=${url}"`)
    expect(await browser.who()).toBeUndefined()
    expect((await browser.get('/account/second-factor')).json).toMatchObject({ waitsFor: 'second_factor', factors: [] })
    expect((await browser.get('/customers')).json.docs ?? []).toEqual([])
    expect(await sessionsOf(user)).toEqual(before)

    const wrong = await browser.post('/account/second-factor', { code: codeOf(secret, 5) })
    expect([wrong.status, wrong.json.code]).toEqual([401, 'second_factor_required'])
    const done = await browser.post('/account/second-factor', { code: codeOf(secret, 1) })
    expect(done.status, done.text).toBe(200)
    expect(await browser.who()).toBe(user.email)
    const after = await sessionsOf(user)
    expect(after).toHaveLength(before.length + 1)
    expect(after.every(({ bySecondFactor }) => bySecondFactor)).toBe(true)
  })

  it('that is demanded and not there yet is set up first', async () => {
    const user = await createUser(world.payload, ['operations'])
    const person = newPerson()
    await connect(await browserOf(user), person)
    const { browser, answer } = await whileDemanded(() => signIn(person))
    expect(answer?.text).toContain(`url=${serverUrl}/admin/second-factor?redirect=%2Fadmin"`)
    expect(await browser.who()).toBeUndefined()
    expect((await browser.get('/account/second-factor')).json).toMatchObject({ waitsFor: 'enrolment' })
  })

  const whileDemanded = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const demand = (staffFrom: string | null) =>
      world.payload.updateGlobal({ slug: 'booking-settings', data: { secondFactor: { staffFrom } } })
    await demand(new Date(Date.now() - 1_000).toISOString())
    try {
      return await run()
    } finally {
      await demand(null)
    }
  }
})

describe('what does not come from where it was begun', () => {
  /** As far as the provider leads back, in a browser of their own. */
  const begin = async (person = newPerson(), query = '') => {
    const browser = newBrowser()
    provider.be(person)
    const { address } = await browser.go(start('oidc', query), callback)
    return { browser, person, address }
  }

  it.each([
    ['another state', (address: string) => address.replace(/state=[^&]+/, 'state=made-up')],
    ['no state', (address: string) => address.replace(/&?state=[^&]+/, '')],
    ['another provider', (address: string) => address.replace('/oidc/', '/google/')],
    ['a provider that is not set up', (address: string) => address.replace('/oidc/', '/github/')],
  ])('is refused: %s', async (_what, change) => {
    const { browser, person, address } = await begin()
    const { address: shown } = await browser.go(change(address))
    expect(shown).toBe(`${serverUrl}/account/login?problem=expired`)
    expect(await usersWith(person.email)).toEqual([])
  })

  it('is refused in another browser, which could be the victim of who began it', async () => {
    const { person, address } = await begin()
    for (const victim of [newBrowser(), (await begin()).browser]) {
      expect((await victim.go(address)).address).toBe(`${serverUrl}/account/login?problem=expired`)
      expect(await victim.who()).toBeUndefined()
    }
    expect(await usersWith(person.email)).toEqual([])
  })

  it('works once', async () => {
    const { browser, person, address } = await begin()
    const cookies = browser.cookies()
    await browser.go(address)
    expect(await browser.who()).toBe(person.email)
    const path = address.slice(`${serverUrl}/api`.length)
    const again = await world.api.get(path, cookies)
    expect(again.headers.get('location')).toBe(`${serverUrl}/account/login?problem=expired`)
    expect(again.headers.getSetCookie().some((cookie) => cookie.startsWith('payload-token'))).toBe(false)
  })

  it('works once, also twice at the same time', async () => {
    const { browser, address } = await begin()
    const path = address.slice(`${serverUrl}/api`.length)
    const answers = await Promise.all([0, 1, 2].map(() => world.api.get(path, browser.cookies())))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 302, 302])
  })

  it('is refused with a code that was exchanged before, or one of somebody else', async () => {
    const first = await begin()
    await first.browser.go(first.address)
    const second = await begin()
    const used = second.address.replace(/code=[^&]+/, /code=[^&]+/.exec(first.address)?.[0] ?? '')
    expect((await second.browser.go(used)).address).toBe(`${serverUrl}/account/login?problem=provider`)
    const third = await begin()
    const fourth = await begin()
    const swapped = fourth.address.replace(/code=[^&]+/, /code=[^&]+/.exec(third.address)?.[0] ?? '')
    expect((await fourth.browser.go(swapped)).address).toBe(`${serverUrl}/account/login?problem=provider`)
    expect(await fourth.browser.who()).toBeUndefined()
  })

  it('goes on only to addresses of ours', async () => {
    const good = await signIn(newPerson(), newBrowser(), '?returnTo=https://front.example/welcome')
    expect(good.answer?.text).toContain('url=https://front.example/welcome"')
    for (const returnTo of [
      'https://evil.example/',
      '//evil.example',
      '/account',
      'https://front.example@evil.example/',
    ]) {
      const answer = await newBrowser().open(start('oidc', `?returnTo=${encodeURIComponent(returnTo)}`))
      expect(answer.status, returnTo).toBe(400)
    }
  })
})

describe('what a provider answers', () => {
  const person = () => {
    const { sub, email } = newPerson()
    return { sub, email, email_verified: true }
  }

  it('is believed when it holds', async () => {
    const who = person()
    const { browser, problem } = await signInWithHostile(who)
    expect(problem).toBeNull()
    expect(await browser.who()).toBe(who.email)
  })

  it('is believed with new keys at once, when it shows no others', async () => {
    const who = person()
    await signInWithHostile(who)
    hostile.rotate()
    expect((await signInWithHostile(who)).problem).toBeNull()
  })

  it.each<[string, Record<string, unknown>, ('none' | 'wrong-key' | 'hmac')?]>([
    ['is not signed', {}, 'none'],
    ['is signed with another key', {}, 'wrong-key'],
    ['is signed with what everybody knows', {}, 'hmac'],
    ['has another nonce', { nonce: 'another' }],
    ['has no nonce', { nonce: undefined }],
    ['is for somebody else', { aud: 'another-client' }],
    ['is of another issuer', { iss: 'https://accounts.google.com' }],
    ['has run out', { exp: Math.round(Date.now() / 1_000) - 300 }],
    ['is of tomorrow', { nbf: Math.round(Date.now() / 1_000) + 86_400 }],
    ['names nobody', { sub: undefined }],
    ['says in words when they logged in', { auth_time: 'just now' }],
  ])('is not believed when it %s', async (_what, claims, signed) => {
    const who = person()
    const { browser, problem } = await signInWithHostile({ ...who, ...claims }, signed ? { signed } : {})
    expect(problem).toBe('provider')
    expect(await browser.who()).toBeUndefined()
    expect(await usersWith(who.email)).toEqual([])
  })

  it('may be a minute off', async () => {
    const seconds = Math.round(Date.now() / 1_000)
    expect((await signInWithHostile({ ...person(), exp: seconds - 30, nbf: seconds - 60 })).problem).toBeNull()
    expect((await signInWithHostile({ ...person(), nbf: seconds + 30 })).problem).toBeNull()
  })

  it('names hostile people as text, or not at all', async () => {
    const who = person()
    await signInWithHostile({ ...who, name: 'Pat\u202E<script>' })
    expect(await usersWith(who.email)).toMatchObject([{ name: who.email.split('@')[0] }])
  })

  it.each(['silent', 'html'] as const)('may be nothing (%s): whoever wanted to log in is told so', async (how) => {
    const browser = newBrowser()
    const asked = new URL((await browser.open(start('google'))).headers.get('location') ?? '')
    hostile.fail(how)
    const state = asked.searchParams.get('state') ?? ''
    const { address } = await browser.go(`${serverUrl}/api/account/openid/google/callback?code=any&state=${state}`)
    expect(address).toBe(`${serverUrl}/account/login?problem=provider`)
  })
})

describe('the providers', () => {
  it('are listed for front ends, without what is secret', async () => {
    const { json, text } = await world.api.get('/account/openid')
    expect(json.providers).toEqual([
      { name: 'google', label: 'Google' },
      { name: 'oidc', label: 'Example Works' },
    ])
    expect(text).not.toContain('secret')
  })

  it('are those that are set up', async () => {
    expect((await world.api.get('/account/openid/github/start')).status).toBe(404)
  })
})

const cookiePairs = (browser: OpenidBrowser): [string, string][] =>
  (browser.cookies().Cookie ?? '')
    .split('; ')
    .map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=')
      return [name, value]
    })
    .toSorted()
