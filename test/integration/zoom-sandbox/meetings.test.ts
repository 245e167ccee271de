import { describe, expect, it } from 'vitest'
import { isFromZoom } from '#meetings/zoom/verify-zoom-webhook'
import { readZoomEvent, zoomEventSchema } from '#meetings/zoom/read-zoom-event'
import { ada, owner, type Received, session, startReceiver, startSuite, webhookSecret } from './support'

const newsIn = ({ body }: Received) => readZoomEvent(zoomEventSchema.parse(JSON.parse(body)))

const isGenuine = ({ body, headers }: Received, secret = webhookSecret): boolean =>
  isFromZoom({
    rawBody: body,
    signature: String(headers['x-zm-signature']),
    timestamp: String(headers['x-zm-request-timestamp']),
    secret,
    now: Date.now(),
  })

describe('holding a meeting', () => {
  it('is told from start to end, signed, in words that Parley understands', async () => {
    const receiver = await startReceiver()
    const { client, control } = await startSuite({ webhookUrl: receiver.url })
    const { id } = await client.createMeeting(ada, session)
    const host = control.join(id, { name: 'Ada Ashe', email: ada })
    const guest = control.join(id, { name: 'Kim', email: 'kim@parley.example' })
    await control.webhooksIdle()
    control.advanceClock(30 * 60_000)
    control.leave(id, guest)
    control.leave(id, host)
    await control.webhooksIdle()
    expect(receiver.names().sort()).toEqual(
      [
        'meeting.started',
        'meeting.participant_joined',
        'meeting.participant_joined',
        'meeting.participant_left',
        'meeting.participant_left',
        'meeting.ended',
      ].sort(),
    )
    expect(receiver.received.every((one) => isGenuine(one))).toBe(true)
    expect(receiver.received.some((one) => isGenuine(one, 'another'))).toBe(false)
    const news = receiver.received.map(newsIn)
    expect(news).toContainEqual({ what: 'started', meetingId: id, at: expect.any(Number) })
    expect(news).toContainEqual({
      what: 'joined',
      meetingId: id,
      at: expect.any(Number),
      participant: { id: control.users()[1]?.id, name: 'Ada Ashe', email: ada, isHost: true },
    })
    expect(news).toContainEqual({
      what: 'left',
      meetingId: id,
      at: expect.any(Number),
      participant: { id: expect.any(String), name: 'Kim', email: 'kim@parley.example', isHost: false },
    })
    const [started, ended] = ['started', 'ended'].map((what) => news.find((one) => one?.what === what))
    expect(started && ended && 'at' in started && 'at' in ended ? ended.at - started.at : 0).toBeGreaterThanOrEqual(
      1_800_000,
    )
  })

  it('waits for the host, unless one may join before', async () => {
    const { client, call, control } = await startSuite()
    const kim = { name: 'Kim' }
    const { body } = await call('POST', '/users/me/meetings', { topic: 'Call', start_time: '2099-01-04T09:00:00Z' })
    const closed = String((body as { id: number }).id)
    expect(() => control.join(closed, kim)).toThrow('host has not started')
    control.start(closed)
    control.join(closed, kim)
    expect(control.present(closed)).toMatchObject([{ name: 'Kim', userId: null }])
    // Parley's meetings open a quarter of an hour before they begin.
    const startsAt = control.now() + 16 * 60_000
    const { id } = await client.createMeeting('me', { ...session, startsAt })
    expect(() => control.join(id, kim)).toThrow('host has not started')
    control.advanceClock(2 * 60_000)
    control.join(id, kim)
    expect(control.meeting(id).heldAs).not.toBeNull()
  })

  it('ends for everybody when the host ends it, and can be held again', async () => {
    const { client, call, control } = await startSuite()
    const { id } = await client.createMeeting('me', session)
    control.join(id, { name: 'Parley Rooms', email: owner })
    control.join(id, { name: 'Kim' })
    control.advanceClock(90_000)
    control.end(id)
    expect(
      control
        .events()
        .map(({ event }) => event)
        .slice(-3),
    ).toEqual(['meeting.participant_left', 'meeting.participant_left', 'meeting.ended'])
    const past = await call('GET', `/past_meetings/${id}/participants`)
    expect(past.body).toMatchObject({
      total_records: 2,
      participants: [
        { name: 'Parley Rooms', user_email: owner, duration: expect.any(Number), internal_user: true },
        { name: 'Kim', user_email: '', id: '' },
      ],
    })
    expect((await call('GET', `/past_meetings/${id}`)).body).toMatchObject({ participants_count: 2, duration: 2 })
    const [first] = control.instances(id)
    control.start(id)
    control.end(id)
    expect(control.instances(id)).toHaveLength(2)
    // An instance is named by its uuid, which may hold slashes: then it comes encoded twice.
    const uuid = encodeURIComponent(encodeURIComponent(first?.uuid ?? ''))
    expect((await call('GET', `/past_meetings/${uuid}/participants`)).body).toMatchObject({ total_records: 2 })
    expect((await call('GET', `/past_meetings/${id}/participants`)).body).toMatchObject({ total_records: 0 })
    expect(() => control.end(id)).toThrow('has not started')
  })

  it('is recorded when somebody does, or when the meeting says so', async () => {
    const receiver = await startReceiver()
    const { client, call, control } = await startSuite({ webhookUrl: receiver.url })
    const { id } = await client.createMeeting('me', session)
    expect(() => control.record(id)).toThrow('no recording')
    control.start(id)
    control.advanceClock(600_000)
    control.end(id)
    control.record(id)
    await control.webhooksIdle()
    const recorded = receiver.received.map(newsIn).find((one) => one?.what === 'recorded')
    // Between ten minutes and eleven, as the clock of this machine goes on meanwhile.
    expect([10, 11]).toContain(recorded?.what === 'recorded' ? recorded.durationMinutes : undefined)
    expect(recorded).toMatchObject({ meetingId: id, recordingId: control.instances(id)[0]?.uuid })
    expect((await call('GET', `/meetings/${id}/recordings`)).body).toMatchObject({
      recording_count: 1,
      share_url: recorded?.what === 'recorded' ? recorded.url : '',
      recording_files: [{ file_type: 'MP4', status: 'completed' }],
    })
    const { body } = await call('POST', '/users/me/meetings', {
      topic: 'Call',
      start_time: '2027-01-04T09:00:00Z',
      settings: { auto_recording: 'cloud' },
    })
    const automatic = (body as { id: number }).id
    control.start(automatic)
    control.end(automatic)
    expect(control.events('recording.completed')).toHaveLength(2)
  })
})

describe('webhooks', () => {
  it('come to an endpoint that has proved that it knows the secret, and to no other', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url, retryDelays: [] })
    const { id } = await suite.client.createMeeting('me', session)
    suite.control.start(id)
    suite.control.end(id)
    await suite.control.webhooksIdle()
    expect([receiver.questions(), receiver.received.length]).toEqual([1, 2])
    expect(await suite.control.validateWebhook()).toEqual({ ok: true })

    const stranger = await startReceiver({ secret: 'another' })
    suite.control.setWebhook({ url: stranger.url, secret: webhookSecret })
    expect(await suite.control.validateWebhook()).toEqual({
      ok: false,
      why: 'encryptedToken was made with another secret.',
    })
    suite.control.start(id)
    await suite.control.webhooksIdle()
    expect(stranger.received).toEqual([])
    expect(suite.control.deliveries().at(-1)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('not validated'),
    })
    suite.control.setWebhook({ url: 'http://127.0.0.1:1/', secret: webhookSecret })
    expect(await suite.control.validateWebhook()).toMatchObject({
      ok: false,
      why: expect.any(String),
    })
  })

  it('come again, byte for byte the same and signed anew, until they are taken', async () => {
    const receiver = await startReceiver({ answer: (n) => (n < 3 ? 500 : 200) })
    const { client, control } = await startSuite({ webhookUrl: receiver.url, retryDelays: [5, 5, 5] })
    const { id } = await client.createMeeting('me', session)
    control.start(id)
    await expect.poll(() => receiver.received.length).toBe(3)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    control.resendEvent(control.events()[0]?.id ?? '')
    await expect.poll(() => receiver.received.length).toBe(4)
    expect(() => control.resendEvent('none')).toThrow('no event')
  })

  it('are given up when the endpoint refuses', async () => {
    const receiver = await startReceiver({ answer: () => 400 })
    const { client, control } = await startSuite({ webhookUrl: receiver.url, retryDelays: [5] })
    const { id } = await client.createMeeting('me', session)
    control.start(id)
    await control.webhooksIdle()
    expect(control.deliveries()).toMatchObject([{ outcome: 'failed', status: 400 }])
    expect(control.events()).toMatchObject([{ isPending: false }])
  })

  it('can be dropped, doubled, late, held back and turned round', async () => {
    const receiver = await startReceiver()
    const { client, control } = await startSuite({ webhookUrl: receiver.url })
    const { id } = await client.createMeeting('me', session)
    control.nextWebhook({ kind: 'drop', topic: 'meeting.started' })
    control.nextWebhook({ kind: 'duplicate', topic: 'meeting.ended', copies: 4 })
    control.start(id)
    control.end(id)
    await control.webhooksIdle()
    expect(receiver.names()).toEqual(Array.from({ length: 5 }, () => 'meeting.ended'))
    control.nextWebhook({ kind: 'delay', delayMs: 20, topic: 'meeting.started' })
    control.start(id)
    control.end(id)
    await expect.poll(() => receiver.names().at(-1)).toBe('meeting.started')
    control.holdWebhooks()
    control.start(id)
    await control.webhooksIdle()
    expect(receiver.received).toHaveLength(7)
    control.releaseWebhooks('reversed')
    await control.webhooksIdle()
    expect(receiver.received).toHaveLength(8)
  })

  it('can look too old', async () => {
    const receiver = await startReceiver()
    const { client, control } = await startSuite({ webhookUrl: receiver.url })
    control.setSignatureAge(301)
    const { id } = await client.createMeeting('me', session)
    control.start(id)
    await control.webhooksIdle()
    expect(receiver.received.map((one) => isGenuine(one))).toEqual([false])
  })
})
