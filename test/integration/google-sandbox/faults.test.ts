import { createServer, type IncomingMessage } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ada, calendarScope, createCalendarClient, monday, refusalOf, startSuite, type Suite } from './support'

const calendarId = 'primary'

const insert = ({ api }: Suite, id = 'event', options: object = {}) =>
  api.events.insert({ calendarId, requestBody: { id, ...monday } }, options)

const countOf = ({ control }: Suite): number => control.events(ada).length

describe('errors of the API', () => {
  it.each([
    ['server_error', 500, 'backendError'],
    ['unavailable', 503, 'backendError'],
    ['rate_limit', 403, 'rateLimitExceeded'],
    ['user_rate_limit', 403, 'userRateLimitExceeded'],
    ['too_many_requests', 429, 'rateLimitExceeded'],
    ['quota', 403, 'quotaExceeded'],
    ['unauthorized', 401, 'authError'],
  ] as const)('%s comes once, before anything is done', async (kind, status, reason) => {
    const suite = await startSuite()
    suite.control.failNext({ kind })
    expect(await refusalOf(insert(suite))).toMatchObject({ status, reason })
    expect(countOf(suite)).toBe(0)
    expect((await insert(suite)).status).toBe(200)
  })

  it('may come after the call was carried out', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'server_error', applied: true })
    expect(await refusalOf(insert(suite))).toMatchObject({ status: 500 })
    expect(countOf(suite)).toBe(1)
    expect(await refusalOf(insert(suite))).toMatchObject({ status: 409 })
  })

  it('say when to come again', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'too_many_requests', retryAfterSeconds: 7 })
    const { accessToken } = suite.control.grantAccess(ada, [calendarScope])
    const response = await fetch(`${suite.url}/calendar/v3/users/me/calendarList`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
  })

  it('hit the calls that are named, as often as is said, until they are forgotten', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'unavailable', operation: 'events.insert', times: 3 })
    suite.control.failNext({ kind: 'server_error', operation: 'oauth.token' })
    expect((await suite.api.calendarList.list()).status).toBe(200)
    expect(await refusalOf(insert(suite))).toMatchObject({ status: 503 })
    expect(await refusalOf(insert(suite))).toMatchObject({ status: 503 })
    suite.control.clearFaults()
    expect((await insert(suite)).status).toBe(200)
  })

  it('also hit the refreshing of tokens', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'server_error', operation: 'oauth.token' })
    suite.oauth.setCredentials({ refresh_token: suite.control.grantAccess(ada, [calendarScope]).refreshToken })
    await expect(suite.oauth.refreshAccessToken()).rejects.toMatchObject({ status: 500 })
    await suite.oauth.refreshAccessToken()
  })
})

describe('faults of the transport', () => {
  it.each([false, true])('a page of HTML instead of an answer; carried out: %s', async (applied) => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'html', applied })
    await expect(insert(suite)).rejects.toMatchObject({
      status: 502,
      response: { data: expect.stringContaining('<h1>') },
    })
    expect(countOf(suite)).toBe(applied ? 1 : 0)
  })

  it.each([false, true])('a connection that breaks; carried out: %s', async (applied) => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'disconnect', applied })
    await expect(insert(suite)).rejects.not.toHaveProperty('response.status')
    expect(countOf(suite)).toBe(applied ? 1 : 0)
  })

  it.each([false, true])('no answer at all; carried out: %s', async (applied) => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'hang', applied })
    await expect(insert(suite, 'event', { timeout: 200 })).rejects.toMatchObject({
      message: expect.stringMatching(/abort|timeout/i),
    })
    expect(countOf(suite)).toBe(applied ? 1 : 0)
  })

  it('an answer that is late to a call that was carried out at once', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'delay', delayMs: 100, applied: true })
    const call = insert(suite)
    await expect.poll(() => countOf(suite)).toBe(1)
    expect(suite.control.calls('events.insert')).toMatchObject([{ status: null, fault: 'delay' }])
    expect((await call).status).toBe(200)
  })

  it('a call that arrives late, after its caller has gone', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'delay', delayMs: 150 })
    await expect(insert(suite, 'event', { timeout: 30 })).rejects.toThrow()
    expect(countOf(suite)).toBe(0)
    await expect.poll(() => countOf(suite)).toBe(1)
  })
})

describe('the ledger', () => {
  it('counts every call, with who made it and what came of it', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'disconnect', operation: 'events.insert' })
    await insert(suite).catch(() => undefined)
    await insert(suite)
    await refusalOf(insert(suite))
    await suite.api.calendarList.list()
    expect(suite.control.calls('events.insert')).toMatchObject([
      { number: 1, status: null, fault: 'disconnect', method: 'POST', path: '/calendar/v3/calendars/primary/events' },
      { number: 2, status: 200, account: ada, fault: null },
      { number: 3, status: 409, account: ada },
    ])
    expect(
      suite.control
        .calls()
        .map(({ operation }) => operation)
        .at(-1),
    ).toBe('calendarList.list')
    suite.control.forgetCalls()
    expect(suite.control.calls()).toEqual([])
  })
})

describe('the client', () => {
  it('that is told not to repeat a call does not', async () => {
    const suite = await startSuite()
    suite.control.failNext({ kind: 'unavailable', times: 2 })
    expect(await refusalOf(suite.api.events.list({ calendarId }))).toMatchObject({ status: 503 })
    expect(suite.control.calls('events.list')).toHaveLength(1)
  })

  it('reaches every endpoint at the address that it is given, and no other', async () => {
    const seen: string[] = []
    const server = createServer((request: IncomingMessage, response) => {
      seen.push(request.url ?? '')
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const api = createCalendarClient(`http://127.0.0.1:${port ?? 0}`, 'token')
    await api.freebusy.query({ requestBody: {} }).catch(() => undefined)
    await api.channels.stop({ requestBody: {} }).catch(() => undefined)
    await api.events.get({ calendarId: 'a@b', eventId: 'c' }).catch(() => undefined)
    expect(seen).toEqual([
      '/calendar/v3/freeBusy',
      '/calendar/v3/channels/stop',
      '/calendar/v3/calendars/a%40b/events/c',
    ])
  })
})
