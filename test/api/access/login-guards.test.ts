import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient

beforeAll(async () => {
  payload = (await openTestPayload({ RATE_LIMIT_FACTOR: '0' })).payload
  api = await createRestClient(payload)
})

let networks = 0
const newNetwork = () => `198.51.100.${++networks}`

type From = { address?: string; cookie?: string }

const login = (email: string, password: string, { address = '203.0.113.9', cookie }: From = {}): Promise<RestAnswer> =>
  api.post('/users/login', { email, password }, { 'X-Forwarded-For': address, ...(cookie ? { Cookie: cookie } : {}) })

const fail = (email: string, from?: From) => login(email, 'a-wrong-password', from)

/** Without the hashes of passwords. */
const failWithoutWork = async (email: string, from: { address?: string; times?: number } = {}) => {
  const { countLoginAttempt } = await import('#access/login-guards')
  for (let n = 0; n < (from.times ?? 1); n++) {
    await countLoginAttempt({ account: email, network: from.address ?? newNetwork(), device: undefined })
  }
}

const letStrangersFail = async (email: string) => {
  for (let n = 0; n < 100; n++) await failWithoutWork(email, { address: `2001:db8:0:${n.toString(16)}::/64` })
}

/** The cookie of a browser after a login. */
const cookieOf = (answer: RestAnswer): string =>
  answer.headers
    .getSetCookie()
    .filter((cookie) => cookie.startsWith('parley-devices='))
    .map((cookie) => cookie.split(';', 1)[0])
    .join('')

const expectIn = (answer: RestAnswer): void => expect(answer.status, answer.text).toBe(200)
const newUser = (): Promise<User> => createUser(payload, ['customer'])

describe('who fails ten times to log in to an account', () => {
  it('waits, and nobody else does', async () => {
    const { email } = await newUser()
    const [address, other] = [newNetwork(), newNetwork()]
    await failWithoutWork(email, { address, times: 9 })
    expect((await fail(email, { address })).status).toBe(401)
    const refused = await login(email, testPassword, { address })
    expect(refused.status).toBe(429)
    expect(refused.json.errors[0].data).toEqual({ code: 'rate_limited' })
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(500)
    expectIn(await login(email, testPassword, { address: other }))
    expectIn(await login((await newUser()).email, testPassword, { address }))
  })

  it('waits as long for an account that there is not', async () => {
    const { email } = await newUser()
    const answers = []
    for (const account of [email, 'nobody@parley.example']) {
      const address = newNetwork()
      await failWithoutWork(account, { address, times: 10 })
      const { status, text } = await fail(account, { address })
      answers.push({ status, text: text.replaceAll(/\d+ s/g, '… s') })
    }
    expect(answers[0]).toMatchObject({ status: 429 })
    expect(answers[1]).toEqual(answers[0])
  })

  it('is counted however the address is written', async () => {
    const { email } = await newUser()
    await failWithoutWork(email, { address: '2001:db8:9:9::/64', times: 10 })
    expect((await fail(`  ${email.toUpperCase()} `, { address: '2001:DB8:9:9::5' })).status).toBe(429)
  })

  it('is not let past by trying at once', async () => {
    const { email } = await newUser()
    const address = newNetwork()
    await failWithoutWork(email, { address, times: 6 })
    const answers = await Promise.all(Array.from({ length: 7 }, () => fail(email, { address })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([401, 401, 401, 401, 429, 429, 429])
  })

  it('is forgiven by a login', async () => {
    const { email } = await newUser()
    const address = newNetwork()
    await failWithoutWork(email, { address, times: 9 })
    expectIn(await login(email, testPassword, { address }))
    await failWithoutWork(email, { address, times: 9 })
    expectIn(await login(email, testPassword, { address }))
  })

  it.each<[string, (client: RestClient, user: User) => Promise<RestAnswer>, number]>([
    ['unlocking', (client, { email }) => client.post('/users/unlock', { email }), 200],
    ['an operation', (client, { id }) => client.post(`/operations/users/${id}/forgive-logins`), 204],
  ])('is forgiven by staff, whom alone it is asked of: %s', async (_way, forgive, status) => {
    const user = await newUser()
    const address = newNetwork()
    await failWithoutWork(user.email, { address, times: 10 })
    await letStrangersFail(user.email)
    expect((await forgive(await api.as(await newUser()), user)).status).toBe(403)
    expect((await login(user.email, testPassword, { address })).status).toBe(429)
    const operations = await api.as(await createUser(payload, ['operations']))
    expect((await forgive(operations, user)).status).toBe(status)
    expectIn(await login(user.email, testPassword, { address }))
  })
})

describe('when strangers fail from everywhere', () => {
  it('a browser that was logged in before still logs in, and no other does', async () => {
    const { email } = await newUser()
    const cookie = cookieOf(await login(email, testPassword))
    await letStrangersFail(email)
    expect((await login(email, testPassword, { address: newNetwork() })).status).toBe(401)
    expectIn(await login(email, testPassword, { address: newNetwork(), cookie }))
  })

  it('so does one that they share a network with', async () => {
    const { email } = await newUser()
    const address = newNetwork()
    const cookie = cookieOf(await login(email, testPassword, { address }))
    await failWithoutWork(email, { address, times: 10 })
    expect((await login(email, testPassword, { address })).status).toBe(429)
    expectIn(await login(email, testPassword, { address, cookie }))
  })

  it('a browser that was logged in to another account is a stranger, and so is a made up one', async () => {
    const { email } = await newUser()
    const cookie = cookieOf(await login(email, testPassword))
    const others = cookieOf(await login((await newUser()).email, testPassword))
    await letStrangersFail(email)
    const forged = cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    for (const one of [others, forged]) {
      expect((await login(email, testPassword, { address: newNetwork(), cookie: one })).status).toBe(401)
    }
  })

  it('one network alone does not keep others out', async () => {
    const { email } = await newUser()
    const address = newNetwork()
    await failWithoutWork(email, { address, times: 10 })
    for (let n = 0; n < 100; n++) await expect(failWithoutWork(email, { address })).rejects.toThrow('Too many requests')
    expectIn(await login(email, testPassword, { address: newNetwork() }))
  })

  it('who logs in from ever new browsers uses nothing up', async () => {
    const { email } = await newUser()
    for (let n = 0; n < 99; n++) await failWithoutWork(email, { address: `2001:db8:1:${n.toString(16)}::/64` })
    for (let n = 0; n < 3; n++) expectIn(await login(email, testPassword, { address: newNetwork() }))
  })
})

describe('a browser that is known', () => {
  it('guesses no more than any other', async () => {
    const { email } = await newUser()
    const cookie = cookieOf(await login(email, testPassword))
    const answers = []
    for (let n = 0; n < 11; n++) answers.push((await fail(email, { address: newNetwork(), cookie })).status)
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  })

  it('is told by a cookie that no script reads and no other site sends', async () => {
    const answer = await login((await newUser()).email, testPassword)
    const [cookie = ''] = answer.headers.getSetCookie().filter((one) => one.startsWith('parley-devices='))
    expect(cookie).toMatch(/; Path=\/api; HttpOnly; SameSite=Lax$/)
    // The login itself.
    expect(answer.headers.getSetCookie().some((one) => one.startsWith('payload-token='))).toBe(true)
  })

  it('is made so by GraphQL as well', async () => {
    const { email } = await newUser()
    const answer = await api.graphql(`mutation { loginUser(email: "${email}", password: "${testPassword}") { token } }`)
    expect(
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split('=', 1)[0])
        .toSorted(),
    ).toEqual(['parley-devices', 'payload-token'])
    await letStrangersFail(email)
    expectIn(await login(email, testPassword, { address: newNetwork(), cookie: cookieOf(answer) }))
  })
})
