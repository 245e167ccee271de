import { createHash, randomUUID } from 'node:crypto'
import { solveChallenge } from 'altcha-lib/v1'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Challenge, Problem } from '#shared/errors'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createTestDatabase, type TestDatabase } from '../support/database'
import {
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  guest,
  hourIn,
  iso,
} from '../support/fixtures'
import { openTestPayload, type TestPayload } from '../support/payload'
import { startWebProcess, type WebProcess } from '../support/servers'
import { tokenFor } from '../support/token-for'

// Limits are off: what is shown here holds all the same.
const env = { RATE_LIMIT_FACTOR: '0', PAYLOAD_SECRET: 'a-secret-that-both-processes-and-the-test-have' }

// Three quarters of eight are six.
const set = { callerTimes: 8, callerShare: 100, inboxTimes: 4, strangersShare: 100 }

let payload: TestPayload['payload']
let database: TestDatabase
let web: [WebProcess, WebProcess]
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  database = await createTestDatabase()
  ;({ payload } = await openTestPayload(env, database))
  await payload.updateGlobal({
    slug: 'booking-settings',
    data: { bounds: set },
  })
  ;({ profile: consultant } = await createConsultant(payload))
  serviceType = await createServiceType(payload, [consultant], { durations: [60], defaultDurationMinutes: 60 })
  const processes = await Promise.all(
    [0, 1].map(() =>
      startWebProcess({ database, env: { ...env, TRUSTED_PROXIES: '1', CORS_ORIGINS: 'https://pages.example' } }),
    ),
  )
  const [one, other] = processes
  if (!one || !other) throw new Error('Two processes are needed.')
  web = [one, other]
}, 300_000)

type Answer = { status: number; headers: Headers; body: Record<string, unknown> & Partial<Problem> }
type Asked = { from: string; on?: number; headers?: Record<string, string> }

const post = async (path: string, body: unknown, { from, on = 0, headers = {} }: Asked): Promise<Answer> => {
  const answer = await fetch(`${web[on % 2]?.url}/api${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from, ...headers },
    body: JSON.stringify(body),
  })
  // What the API answers; the tests look into it.
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] }
}

let nextHour = 48
/** No two tests want the same time. */
const time = (of: ConsultantProfile = consultant) => ({
  consultant: of.slug ?? '',
  serviceType: serviceType.slug ?? '',
  start: iso(hourIn(0, 0) + nextHour++ * 3_600_000),
})

const headerOf = (challenge: Challenge, number: number | undefined): Record<string, string> => ({
  'Parley-Challenge': Buffer.from(JSON.stringify({ ...challenge, number })).toString('base64'),
})

/** ALTCHA's own solver waits for a promise for each number; most of these tests are not about it. */
const solve = (challenge: Challenge | undefined): Record<string, string> => {
  if (!challenge) throw new Error('There is nothing to solve.')
  const { challenge: wanted, salt, maxnumber } = challenge
  for (let number = 0; number <= maxnumber; number++) {
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === wanted) return headerOf(challenge, number)
  }
  throw new Error('No number solves it.')
}

/** As a page does: asks, solves what it is asked for, and asks again. */
const postSolving = async (path: string, body: unknown, asked: Asked): Promise<Answer> => {
  const first = await post(path, body, asked)
  if (first.body.code !== 'challenge_required') return first
  return post(path, body, { ...asked, headers: { ...asked.headers, ...solve(first.body.challenge) } })
}

const outcomes = (answers: readonly Answer[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status, body }) => body.code ?? String(status))].map(([what, all]) => [
      what,
      all.length,
    ]),
  )

/** Fills what an address has without being asked anything. */
const holdSix = async (from: string) => {
  const answers: Answer[] = []
  for (let n = 0; n < 6; n++) answers.push(await post('/booking/holds', time(), { from, on: n }))
  return answers
}

describe('one visitor', () => {
  it('holds times one after another up to the bound, and solves a challenge for the last quarter', async () => {
    const from = '198.51.100.1'
    expect(outcomes(await holdSix(from))).toEqual({ 201: 6 })
    const asked = await post('/booking/holds', time(), { from })
    expect(asked).toMatchObject({
      status: 429,
      body: { code: 'challenge_required', challenge: { algorithm: 'SHA-256', maxnumber: 100_000 } },
    })
    const two = [
      await postSolving('/booking/holds', time(), { from }),
      await postSolving('/booking/holds', time(), { from }),
    ]
    expect(outcomes(two)).toEqual({ 201: set.callerTimes - 6 })
    const refused = await postSolving('/booking/holds', time(), { from, on: 1 })
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    const wait = Number(refused.headers.get('Retry-After'))
    // The first hold runs out in ten minutes.
    expect(wait).toBeGreaterThan(500)
    expect(wait).toBeLessThanOrEqual(600)

    const given = await fetch(`${web[0].url}/api/booking/holds/${String(two[0]?.body.token)}`, { method: 'DELETE' })
    expect(given.status).toBe(204)
    expect((await postSolving('/booking/holds', time(), { from })).status).toBe(201)
  })

  it('gets no more by asking for all at once, of two processes', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => postSolving('/booking/holds', time(), { from: '198.51.100.2', on: n })),
    )
    expect(outcomes(all)).toEqual({ 201: 8, rate_limited: 12 })
  })

  it('is a network of IPv6, however many addresses it has', async () => {
    const answers: Answer[] = []
    for (let n = 1; n <= 9; n++)
      answers.push(await postSolving('/booking/holds', time(), { from: `2001:db8:7:7::${n}` }))
    expect(outcomes(answers)).toEqual({ 201: 8, rate_limited: 1 })
    expect((await post('/booking/holds', time(), { from: '2001:db8:7:8::1' })).status).toBe(201)
  })

  it('has no more free bookings, of however many addresses', async () => {
    const from = '198.51.100.3'
    const answers: Answer[] = []
    for (let n = 0; n < 9; n++) {
      answers.push(await postSolving('/booking/sessions', { ...time(), customer: guest() }, { from }))
    }
    expect(outcomes(answers)).toEqual({ 201: 8, rate_limited: 1 })
  })

  it('books what they hold at the bound, without another challenge', async () => {
    const from = '198.51.100.4'
    const holds = await holdSix(from)
    for (let n = 0; n < 2; n++) holds.push(await postSolving('/booking/holds', time(), { from }))
    const booked = await post('/booking/sessions', { holdToken: holds[7]?.body.token, customer: guest() }, { from })
    expect(booked).toMatchObject({ status: 201, body: { session: { status: 'scheduled' } } })
  })
})

describe('one e-mail address', () => {
  it('has so many bookings, wherever they come from and whatever follows a plus', async () => {
    const name = `victim-${randomUUID()}`
    const answers: Answer[] = []
    for (let n = 0; n < 5; n++) {
      const customer = guest({ email: `${name}+${n}@parley.example` })
      answers.push(await postSolving('/booking/sessions', { ...time(), customer }, { from: `203.0.113.${n + 1}` }))
    }
    expect(outcomes(answers)).toEqual({ 201: set.inboxTimes, rate_limited: 1 })
  })
})

describe('all strangers together', () => {
  it('leave some of the time of a consultant to people who are known', async () => {
    const { profile } = await createConsultant(payload, {
      availability: { ...consultant.availability, timeZone: 'UTC', maxAdvanceBookingDays: 10 },
    })
    await payload.update({
      collection: 'service-types',
      id: serviceType.id,
      data: { consultants: [consultant.id, profile.id] },
    })
    const { bounds } = await payload.findGlobal({ slug: 'booking-settings' })
    // Of eleven days a percent is less than ten times, which are possible in any case.
    await payload.updateGlobal({ slug: 'booking-settings', data: { bounds: { ...bounds, strangersShare: 1 } } })
    let n = 0
    const hold = async () => (await postSolving('/booking/holds', time(profile), { from: `192.0.2.${++n}` })).body.code
    // Processes read settings anew after five seconds; ten times are held by then.
    await expect.poll(hold, { timeout: 20_000, interval: 400 }).toBe('rate_limited')
    expect(n).toBeGreaterThan(10)
    const { user } = await createCustomer(payload)
    const headers = { Authorization: `JWT ${await tokenFor(payload, user)}` }
    expect((await post('/booking/holds', time(profile), { from: '192.0.2.1', headers })).status).toBe(201)
    await payload.updateGlobal({ slug: 'booking-settings', data: { bounds } })
    for (const on of [0, 1]) {
      const again = async () => (await post('/booking/holds', time(profile), { from: `192.0.2.${++n}`, on })).status
      await expect.poll(again, { timeout: 20_000, interval: 400 }).toBe(201)
    }
  })
})

describe('people who are known', () => {
  it('are not asked to solve anything, and are bounded by their login', async () => {
    const { user } = await createCustomer(payload)
    const headers = { Authorization: `JWT ${await tokenFor(payload, user)}` }
    const answers: Answer[] = []
    for (let n = 0; n < 9; n++) {
      answers.push(await post('/booking/holds', time(), { from: `203.0.113.${100 + n}`, headers }))
    }
    expect(outcomes(answers)).toEqual({ 201: 8, rate_limited: 1 })
  })

  it('are not bounded as staff', async () => {
    const staff = await createUser(payload, ['operations'])
    const headers = { Authorization: `JWT ${await tokenFor(payload, staff)}` }
    const answers: Answer[] = []
    for (let n = 0; n < 9; n++) answers.push(await post('/booking/holds', time(), { from: '198.51.100.5', headers }))
    expect(outcomes(answers)).toEqual({ 201: 9 })
  })
})

describe('a solution', () => {
  const near = async (from: string) => {
    await holdSix(from)
    const body = time()
    const { body: problem } = await post('/booking/holds', body, { from })
    return { body, challenge: problem.challenge }
  }

  it('is good once, over all processes', async () => {
    const from = '198.51.100.10'
    const { challenge } = await near(from)
    const headers = solve(challenge)
    expect((await post('/booking/holds', time(), { from, headers })).status).toBe(201)
    expect(await post('/booking/holds', time(), { from, on: 1, headers })).toMatchObject({
      status: 429,
      body: { code: 'challenge_required', detail: expect.stringContaining('used already') },
    })
  })

  it('is not used up by what comes to nothing', async () => {
    const from = '198.51.100.11'
    const { body, challenge } = await near(from)
    const headers = solve(challenge)
    const taken = time()
    expect((await post('/booking/holds', taken, { from: '203.0.113.200' })).status).toBe(201)
    expect((await post('/booking/holds', taken, { from, headers })).body.code).toBe('slot_taken')
    expect((await post('/booking/holds', body, { from, headers })).status).toBe(201)
  })

  it('is of no use when it is forged, too old, for something else or of somebody else', async () => {
    const from = '198.51.100.12'
    const { body, challenge } = await near(from)
    if (!challenge) throw new Error('No challenge was asked for.')
    const { createChallengeFor } = await import('#challenge/create-challenge')
    const purpose = (path: string, network = from) => `POST /api/booking/${path} ${network}`
    const bad: Record<string, Record<string, string>> = {
      'of a number that is not it': headerOf(challenge, 100_001),
      'no solution at all': { 'Parley-Challenge': 'what is this' },
      'signed by somebody else': solve({ ...challenge, signature: '0'.repeat(64) }),
      'too old': solve(await createChallengeFor(purpose('holds'), Date.now() - 3_600_000)),
      'for something else': solve(await createChallengeFor(purpose('sessions'), Date.now())),
      'of somebody else': solve(await createChallengeFor(purpose('holds', '198.51.100.99'), Date.now())),
    }
    for (const [what, headers] of Object.entries(bad)) {
      const answer = await post('/booking/holds', body, { from, headers })
      expect({ what, code: answer.body.code }).toEqual({ what, code: 'challenge_required' })
    }
    // The control: one that is made in the same way, and right.
    const headers = solve(await createChallengeFor(purpose('holds'), Date.now()))
    expect((await post('/booking/holds', body, { from, headers })).status).toBe(201)
  })

  it('of ALTCHA’s own solver goes with the same Idempotency-Key as the request that was answered with the challenge', async () => {
    const from = '198.51.100.13'
    await holdSix(from)
    const body = time()
    const asked = { from, headers: { 'Idempotency-Key': randomUUID() } }
    const { challenge } = (await post('/booking/holds', body, asked)).body
    if (!challenge) throw new Error('No challenge was asked for.')
    const { promise } = solveChallenge(challenge.challenge, challenge.salt, challenge.algorithm, challenge.maxnumber)
    const headers = { ...asked.headers, ...headerOf(challenge, (await promise)?.number) }
    const first = await post('/booking/holds', body, { from, headers })
    expect(first.status).toBe(201)
    // The answer of that key, without another solution.
    expect((await post('/booking/holds', body, { ...asked, on: 1 })).body).toEqual(first.body)
  })

  it('may be sent by pages of other origins', async () => {
    const headers = { Origin: 'https://pages.example', 'Access-Control-Request-Method': 'POST' }
    const answer = await fetch(`${web[0].url}/api/booking/holds`, { method: 'OPTIONS', headers })
    expect(answer.headers.get('Access-Control-Allow-Headers')).toContain('Parley-Challenge')
  })
})

describe('writes that take no time', () => {
  it.each([
    ['register', '/users', () => ({ name: 'Ada', email: `${randomUUID()}@parley.example` }), 202],
    ['forgotPassword', '/users/forgot-password', () => ({ email: `${randomUUID()}@parley.example` }), 200],
    [
      'createRequest',
      '/booking/requests',
      () => ({ serviceType: serviceType.slug, customer: guest(), problem: { description: 'Help, please.' } }),
      201,
    ],
  ] as const)('ask for a solution after many within the hour, and end: %s', async (name, path, body, done) => {
    const from = '198.51.100.20'
    const { guardedWrites } = await import('#challenge/guard-write')
    const { guardStore } = await import('#database/limit-store')
    const { hashLimitKey } = await import('#access/hash-limit-key')
    const { free, most, seconds } = guardedWrites[name]
    expect((await post(path, body(), { from })).status).toBe(done)
    const use = async (part: string, points: number) => {
      const key = hashLimitKey(`write:${part}:${name}:address:${from}`)
      while ((await guardStore.take(key, { most: points, seconds })) === undefined);
    }
    await use('free', free)
    expect((await post(path, body(), { from })).body.code).toBe('challenge_required')
    expect((await postSolving(path, body(), { from })).status).toBe(done)
    await use('challenged', most - free)
    expect(await postSolving(path, body(), { from })).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
  })
})
