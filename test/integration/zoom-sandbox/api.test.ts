import { describe, expect, it, onTestFinished } from 'vitest'
import { createZoomClient } from '#meetings/zoom/zoom-client'
import { ZoomError } from '#meetings/zoom/zoom-error'
import { onProviderCall } from '#providers/provider-call'
import { ada, app, askToken, owner, session, startSuite } from './support'

const meeting = { topic: 'Call', start_time: '2027-01-04T09:00:00Z', duration: 45 }

it('credentials that Zoom does not take are a failure of the provider, not of one call', async () => {
  const { url } = await startSuite()
  const outcomes: string[] = []
  const stop = onProviderCall(({ operation, outcome }) => outcomes.push(`${operation} ${outcome}`))
  onTestFinished(() => {
    stop()
  })
  const client = createZoomClient({ ...app, clientSecret: 'wrong', apiBase: url })
  await expect(client.getMeeting('1')).rejects.toThrow('Zoom gave no access token')
  expect(outcomes).toEqual(['token failed'])
})

describe('a token', () => {
  it('is given to the app for its account', async () => {
    const { url } = await startSuite()
    expect(await askToken(url)).toMatchObject({
      status: 200,
      body: { token_type: 'bearer', expires_in: 3599, api_url: url, scope: expect.stringContaining('meeting:write') },
    })
  })

  it.each([
    [{}, 'client-1:wrong', 'invalid_client'],
    [{}, 'other:secret-1', 'invalid_client'],
    [{ grant_type: 'client_credentials' }, undefined, 'unsupported_grant_type'],
    [{ account_id: 'other' }, undefined, 'invalid_request'],
  ])('is refused for %j and %s', async (changes, credentials, error) => {
    const { url } = await startSuite()
    expect(await askToken(url, changes, credentials)).toMatchObject({
      status: 400,
      body: { error, reason: expect.any(String) },
    })
  })

  it('ends after an hour, and is needed', async () => {
    const { url, control } = await startSuite()
    const { access_token: token } = (await askToken(url)).body as { access_token: string }
    const list = async (headers: Record<string, string>) => {
      const response = await fetch(`${url}/v2/users/me/meetings`, { headers })
      return [response.status, await response.json()]
    }
    expect((await list({ Authorization: `Bearer ${token}` }))[0]).toBe(200)
    control.advanceClock(3_600_000)
    expect(await list({ Authorization: `Bearer ${token}` })).toEqual([
      401,
      { code: 124, message: 'Access token is expired.' },
    ])
    expect(await list({ Authorization: 'Bearer made-up' })).toEqual([
      401,
      { code: 124, message: 'Invalid access token.' },
    ])
    expect(await list({})).toMatchObject([401, { code: 124 }])
  })

  it('that ended before its time is asked for again by Parley', async () => {
    const { client, control } = await startSuite()
    const { id } = await client.createMeeting('me', session)
    control.expireTokens()
    expect(await client.getMeeting(id)).toMatchObject({ id })
    expect(control.calls('meetings.get').map(({ status }) => status)).toEqual([401, 200])
  })
})

describe('a meeting', () => {
  it('is made, read, found by its agenda, moved and removed by Parley', async () => {
    const { client, control, url } = await startSuite()
    const made = await client.createMeeting(ada, session)
    expect(made).toEqual({
      id: expect.stringMatching(/^\d{11}$/),
      hostId: control.users()[1]?.id,
      joinUrl: expect.stringContaining(`${url}/j/${made.id}?pwd=`),
      startUrl: expect.stringContaining(`${url}/s/${made.id}?zak=`),
    })
    expect(await client.getMeeting(made.id)).toMatchObject({ id: made.id, joinUrl: made.joinUrl })
    expect(await client.findMeeting(ada, session.marker)).toMatchObject({ id: made.id })
    expect(await client.findMeeting('me', session.marker)).toBeUndefined()
    await client.moveMeeting(made.id, { startsAt: Date.UTC(2027, 0, 5, 9), durationMinutes: 60 })
    expect(control.meeting(made.id)).toMatchObject({
      startTime: '2027-01-05T09:00:00Z',
      duration: 60,
      topic: 'Strategy call',
    })
    await client.deleteMeeting(made.id)
    await expect(client.deleteMeeting(made.id)).rejects.toMatchObject({ outcome: 'gone', code: 3001 })
    await expect(client.getMeeting(made.id)).rejects.toBeInstanceOf(ZoomError)
  })

  it('answers as Zoom does', async () => {
    const { call, url } = await startSuite()
    const { status, body } = await call('POST', `/users/${ada}/meetings`, {
      ...meeting,
      settings: { waiting_room: true },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      id: expect.any(Number),
      uuid: expect.any(String),
      host_email: ada,
      type: 2,
      status: 'waiting',
      start_time: '2027-01-04T09:00:00Z',
      duration: 45,
      timezone: 'Europe/London',
      password: expect.stringMatching(/^\d{6}$/),
      settings: { waiting_room: true, join_before_host: false, approval_type: 2 },
    })
    const { id } = body as { id: number }
    expect((await call('PATCH', `/meetings/${id}`, { topic: 'Renamed', settings: { jbh_time: 5 } })).status).toBe(204)
    expect((await call('GET', `/meetings/${id}`)).body).toMatchObject({
      topic: 'Renamed',
      settings: { waiting_room: true, jbh_time: 5 },
    })
    const text = await fetch(`${url}/v2/meetings/${id}`, {
      headers: { Authorization: `Bearer ${((await askToken(url)).body as { access_token: string }).access_token}` },
    })
    expect(await text.text()).toMatch(/"id":\d{11},/)
  })

  it('may be planned by the wall clock of a zone', async () => {
    const { call } = await startSuite()
    const start = async (changes: object) =>
      ((await call('POST', '/users/me/meetings', { ...meeting, ...changes })).body as { start_time: string }).start_time
    expect(await start({ start_time: '2027-07-05T09:00:00', timezone: 'America/New_York' })).toBe(
      '2027-07-05T13:00:00Z',
    )
    expect(await start({ start_time: '2027-07-05T09:00:00Z', timezone: 'America/New_York' })).toBe(
      '2027-07-05T09:00:00Z',
    )
  })

  it.each([
    [{ start_time: '2027-01-04T09:00:00.000Z' }, 'start_time'],
    [{ start_time: '4 January' }, 'start_time'],
    [{ start_time: undefined }, 'start_time'],
    [{ duration: 0 }, 'duration'],
    [{ duration: '45' }, 'duration'],
    [{ topic: 'x'.repeat(201) }, 'topic'],
    [{ type: 8 }, 'type'],
    [{ timezone: 'Mars/Olympus' }, 'timezone'],
    [{ colour: 'red' }, 'colour'],
    [{ settings: { jbh_time: 20 } }, 'settings.jbh_time'],
    [{ settings: { colour: 'red' } }, 'settings.colour'],
    [{ password: 'longer than ten' }, 'password'],
  ])('with %j is refused', async (changes, field) => {
    const { call, control } = await startSuite()
    expect(await call('POST', '/users/me/meetings', { ...meeting, ...changes })).toMatchObject({
      status: 400,
      body: { code: 300, message: 'Validation Failed.', errors: [{ field, message: expect.any(String) }] },
    })
    expect(control.meetings()).toEqual([])
  })

  it('cannot be removed while it is being held', async () => {
    const { client, control } = await startSuite()
    const { id } = await client.createMeeting('me', session)
    control.start(id)
    await expect(client.deleteMeeting(id)).rejects.toMatchObject({ outcome: 'not_processed', code: 3002 })
    control.end(id)
    await client.deleteMeeting(id)
  })
})

describe('what it does not know', () => {
  it.each([
    ['GET', '/meetings/80000000000', 404, 3001, 'Meeting does not exist: 80000000000.'],
    ['GET', '/meetings/abc', 400, 300, 'Invalid meeting id.'],
    ['GET', '/users/nobody@parley.example', 404, 1001, 'User does not exist: nobody@parley.example.'],
    ['GET', '/users/nobody@parley.example/meetings', 404, 1001, 'User does not exist: nobody@parley.example.'],
    ['GET', '/past_meetings/80000000000/participants', 404, 3001, 'This meeting is not available or ID is not valid.'],
    ['GET', '/meetings/80000000000/recordings', 404, 3301, 'There is no recording for this meeting: 80000000000.'],
    ['GET', '/webinars/1', 404, 2300, 'This API endpoint is not recognized: /v2/webinars/1.'],
    ['GET', '/users/me/meetings?page_size=301', 400, 300, 'Validation Failed.'],
    ['GET', '/users/me/meetings?colour=red', 400, 300, 'Validation Failed.'],
    ['GET', '/users/me/meetings?next_page_token=made-up', 400, 300, 'Validation Failed.'],
  ])('%s %s is refused', async (method, path, status, code, message) => {
    const { call } = await startSuite()
    expect(await call(method, path)).toMatchObject({ status, body: { code, message } })
  })

  it('is no body but JSON', async () => {
    const { url } = await startSuite()
    const { access_token: token } = (await askToken(url)).body as { access_token: string }
    const response = await fetch(`${url}/v2/users/me/meetings`, {
      method: 'POST',
      body: 'topic=Call',
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(await response.json()).toEqual({ code: 300, message: 'Request Body should be a valid JSON object.' })
  })
})

describe('lists', () => {
  it('come in pages, with an agenda that is cut off', async () => {
    const { client, call } = await startSuite()
    for (let n = 0; n < 5; n++) {
      await client.createMeeting('me', { ...session, marker: `${n}`.padEnd(300, 'x') })
    }
    type Page = { meetings: { agenda: string }[]; next_page_token: string; total_records: number }
    const read = async (query: string) =>
      (await call('GET', `/users/${owner}/meetings?page_size=2${query}`)).body as Page
    const first = await read('')
    expect(first).toMatchObject({ total_records: 5, meetings: [{}, {}] })
    expect(first.meetings[0]?.agenda).toHaveLength(250)
    const second = await read(`&next_page_token=${first.next_page_token}`)
    const third = await read(`&next_page_token=${second.next_page_token}`)
    expect([third.meetings.length, third.next_page_token]).toEqual([1, ''])
  })

  it('tell planned meetings from those that are held', async () => {
    const { client, control, call } = await startSuite()
    const { id } = await client.createMeeting('me', session)
    await client.createMeeting('me', { ...session, startsAt: Date.UTC(2020, 0, 1) })
    const count = async (type: string) =>
      ((await call('GET', `/users/me/meetings?type=${type}`)).body as { total_records: number }).total_records
    expect([await count('scheduled'), await count('upcoming'), await count('live')]).toEqual([2, 1, 0])
    control.start(id)
    expect([await count('live'), await count('previous_meetings')]).toEqual([1, 1])
  })
})

describe('faults', () => {
  it.each([
    ['server_error', 'unknown'],
    ['unavailable', 'unknown'],
    ['rate_limit', 'not_processed'],
    ['daily_limit', 'not_processed'],
    ['missing_scope', 'refused'],
    ['html', 'unknown'],
    ['disconnect', 'unknown'],
  ] as const)('%s is %s to Parley, and nothing was done', async (kind, outcome) => {
    const { client, control } = await startSuite()
    control.failNext({ kind, operation: 'meetings.create' })
    await expect(client.createMeeting('me', session)).rejects.toMatchObject({ outcome })
    expect(control.meetings()).toEqual([])
    await client.createMeeting('me', session)
  })

  it('say when to come again: in seconds, or as a date', async () => {
    const { call, control } = await startSuite()
    control.failNext({ kind: 'rate_limit', operation: 'meetings.create', retryAfterSeconds: 3 })
    control.failNext({ kind: 'daily_limit', operation: 'meetings.create' })
    const first = await call('POST', '/users/me/meetings', meeting)
    const second = await call('POST', '/users/me/meetings', meeting)
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '3'])
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/T00:00:00Z$/)])
  })

  it.each(['disconnect', 'hang', 'server_error'] as const)(
    '%s after the meeting was made: it is found again',
    async (kind) => {
      const { client, control, url } = await startSuite()
      const impatient = createZoomClient({ ...app, apiBase: url, timeoutMs: 2_000 })
      control.failNext({ kind, operation: 'meetings.create', applied: true })
      await expect(impatient.createMeeting('me', session)).rejects.toMatchObject({ outcome: 'unknown' })
      expect(control.meetings()).toHaveLength(1)
      expect(await client.findMeeting('me', session.marker)).toMatchObject({ id: String(control.meetings()[0]?.id) })
    },
  )

  it('hit the token as well, and can be forgotten', async () => {
    const { client, control } = await startSuite()
    control.failNext({ kind: 'server_error', operation: 'oauth.token', times: 2 })
    await expect(client.createMeeting('me', session)).rejects.toMatchObject({ outcome: 'not_processed' })
    control.clearFaults()
    await client.createMeeting('me', session)
    expect(control.calls().map(({ operation, status }) => [operation, status])).toEqual([
      ['oauth.token', 500],
      ['oauth.token', 200],
      ['meetings.create', 201],
    ])
  })
})

describe('starting', () => {
  it('wants an app, and a secret for its webhooks', async () => {
    await expect(startSuite({ clientSecret: ' ' })).rejects.toThrow('client id')
    await expect(startSuite({ webhookUrl: 'http://localhost:1', webhookSecret: '' })).rejects.toThrow('webhook secret')
    const suite = await startSuite({ publicUrl: 'https://zoom.parley.example/' })
    expect(suite.url).toBe('https://zoom.parley.example')
  })
})
