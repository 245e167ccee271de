import type { calendar_v3 } from '@googleapis/calendar'
import { describe, expect, it } from 'vitest'
import { ada, ben, calendarScope, refusalOf, startReceiver, startSuite, type Suite } from './support'

const calendarId = 'primary'

const watch = async ({ api }: Suite, address: string, changes: calendar_v3.Schema$Channel = {}) =>
  (
    await api.events.watch({
      calendarId,
      requestBody: { id: 'channel-1', type: 'web_hook', address, token: 'the-secret', ...changes },
    })
  ).data

const add = (suite: Suite, calendar = ada) =>
  suite.control.addEvent(calendar, { start: '2027-01-04T09:00', end: '2027-01-04T10:00' })

const numbersOf = ({ received }: Awaited<ReturnType<typeof startReceiver>>): number[] =>
  received.map(({ headers }) => Number(headers['x-goog-message-number']))

describe('a channel', () => {
  it('begins with a message that says so, then tells of changes in growing numbers', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite()
    const channel = await watch(suite, receiver.url)
    expect(channel).toMatchObject({
      kind: 'api#channel',
      id: 'channel-1',
      token: 'the-secret',
      resourceUri: `${suite.url}/calendar/v3/calendars/ada%40parley.example/events?alt=json`,
    })
    const lifetime = Number(channel.expiration) - suite.control.now()
    expect(lifetime).toBeGreaterThan(7 * 86_400_000 - 10_000)
    await suite.control.notificationsIdle()
    expect(receiver.received[0]).toMatchObject({
      body: '',
      headers: {
        'x-goog-channel-id': 'channel-1',
        'x-goog-channel-token': 'the-secret',
        'x-goog-channel-expiration': new Date(Number(channel.expiration)).toUTCString(),
        'x-goog-resource-id': channel.resourceId,
        'x-goog-resource-uri': channel.resourceUri,
        'x-goog-resource-state': 'sync',
        'x-goog-message-number': '1',
      },
    })
    const event = add(suite)
    await suite.control.notificationsIdle()
    suite.control.retitleEvent(ada, event.id ?? '', 'Renamed')
    await suite.control.notificationsIdle()
    suite.control.deleteEvent(ada, event.id ?? '')
    await suite.control.notificationsIdle()
    expect(receiver.received.map(({ headers }) => headers['x-goog-resource-state'])).toEqual([
      'sync',
      'exists',
      'exists',
      'exists',
    ])
    const numbers = numbersOf(receiver)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(4)
  })

  it('is about one calendar, and tells of what the API’s callers do as well', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite()
    await watch(suite, receiver.url)
    add(suite, ben)
    await suite.control.notificationsIdle()
    expect(receiver.received).toHaveLength(1)
    await suite.api.events.insert({
      calendarId,
      requestBody: { start: { date: '2027-01-04' }, end: { date: '2027-01-05' } },
    })
    await suite.control.notificationsIdle()
    expect(receiver.received).toHaveLength(2)
  })

  it('ends when it is stopped, and its id is never free again', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite()
    const { id, resourceId } = await watch(suite, receiver.url)
    const stop = (body: calendar_v3.Schema$Channel, api = suite.api) => api.channels.stop({ requestBody: body })
    expect(await refusalOf(stop({ id, resourceId: 'another' }))).toMatchObject({ status: 404, reason: 'notFound' })
    expect(await refusalOf(stop({ id, resourceId }, suite.as(ben)))).toMatchObject({ status: 404 })
    expect(await refusalOf(stop({ id }))).toMatchObject({ status: 400, reason: 'required' })
    expect((await stop({ id, resourceId })).status).toBe(204)
    add(suite)
    await suite.control.notificationsIdle()
    expect(receiver.received).toHaveLength(1)
    expect(await refusalOf(stop({ id, resourceId }))).toMatchObject({ status: 404 })
    expect(await refusalOf(watch(suite, receiver.url))).toMatchObject({ status: 400, reason: 'channelIdNotUnique' })
  })

  it('ends by itself, as late as it asked for and no later than a month', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite()
    const now = suite.control.now()
    const lifetimeOf = async (id: string, changes: calendar_v3.Schema$Channel) =>
      Math.round((Number((await watch(suite, receiver.url, { id, ...changes })).expiration) - now) / 60_000)
    expect(await lifetimeOf('short', { params: { ttl: '3600' } })).toBe(60)
    expect(await lifetimeOf('said', { expiration: String(now + 7_200_000) })).toBe(120)
    expect(await lifetimeOf('long', { params: { ttl: '31536000' } })).toBe(30 * 24 * 60)
    suite.control.advanceClock(3_700_000)
    expect(suite.control.channels(ada).map(({ id }) => id)).toEqual(['said', 'long'])
    add(suite)
    await suite.control.notificationsIdle()
    expect(receiver.received.map(({ headers }) => headers['x-goog-channel-id']).sort()).toEqual(
      ['short', 'said', 'long', 'said', 'long'].sort(),
    )
  })

  it.each<[calendar_v3.Schema$Channel & { colour?: string }, string]>([
    [{ id: undefined }, 'required'],
    [{ id: 'with a space' }, 'channelIdInvalid'],
    [{ id: 'x'.repeat(65) }, 'channelIdInvalid'],
    [{ type: 'email' }, 'channelUnknown'],
    [{ address: undefined }, 'required'],
    [{ address: 'nowhere' }, 'invalid'],
    [{ address: 'http://parley.example/notifications' }, 'push.webhookUrlNotHttps'],
    [{ token: 'x'.repeat(257) }, 'invalid'],
    [{ expiration: '1000' }, 'invalid'],
    [{ params: { size: '1' } }, 'badRequest'],
    [{ colour: 'red' }, 'badRequest'],
  ])('with %j is refused', async (changes, reason) => {
    const suite = await startSuite()
    const refusal = await refusalOf(watch(suite, 'http://localhost:1/notifications', changes))
    expect(refusal).toMatchObject({ status: 400, reason })
    expect(suite.control.channels()).toEqual([])
  })

  it('needs a calendar that can be read', async () => {
    const suite = await startSuite()
    const requestBody = { id: 'channel-1', type: 'web_hook', address: 'https://parley.example/' }
    expect(await refusalOf(suite.api.events.watch({ calendarId: ben, requestBody }))).toMatchObject({ status: 404 })
    const narrow = suite.as(ada, [calendarScope.replace('calendar', 'calendar.freebusy')])
    expect(await refusalOf(narrow.events.watch({ calendarId, requestBody }))).toMatchObject({ status: 403 })
  })
})

describe('notifications', () => {
  it('come again when the receiver is in trouble, and are given up when it refuses', async () => {
    const answers = [200, 503, 500, 204, 404]
    const receiver = await startReceiver((n) => answers[n - 1] ?? 200)
    const suite = await startSuite({ retryDelays: [5, 5, 5] })
    await watch(suite, receiver.url)
    await suite.control.notificationsIdle()
    add(suite)
    await expect.poll(() => receiver.received.length).toBe(4)
    const [, first, second, third] = numbersOf(receiver)
    expect([second, third]).toEqual([first, first])
    add(suite)
    await suite.control.notificationsIdle()
    expect(suite.control.notifications().at(-1)).toMatchObject({ outcome: 'failed', status: 404, attempt: 1 })
    expect(receiver.received).toHaveLength(5)
  })

  it('can be lost, doubled, late, held back and turned round', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite()
    await watch(suite, receiver.url)
    await suite.control.notificationsIdle()
    suite.control.nextNotification({ kind: 'drop' })
    suite.control.nextNotification({ kind: 'duplicate', copies: 2 })
    add(suite)
    add(suite)
    await suite.control.notificationsIdle()
    expect(receiver.received).toHaveLength(4)
    expect(new Set(numbersOf(receiver).slice(1)).size).toBe(1)
    expect(suite.control.notifications().filter(({ outcome }) => outcome === 'dropped')).toHaveLength(1)

    suite.control.holdNotifications()
    add(suite)
    add(suite)
    expect(suite.control.heldNotifications()).toBe(2)
    await suite.control.notificationsIdle()
    expect(receiver.received).toHaveLength(4)
    suite.control.releaseNotifications('reversed')
    await suite.control.notificationsIdle()
    const attempts = suite.control.notifications().slice(-2)
    expect(attempts.map(({ message }) => message.messageNumber)).toHaveLength(2)
    expect(receiver.received).toHaveLength(6)

    suite.control.nextNotification({ kind: 'delay', delayMs: 20, topic: 'channel-1' })
    add(suite)
    await suite.control.notificationsIdle()
    expect(receiver.received).toHaveLength(6)
    await expect.poll(() => receiver.received.length).toBe(7)
  })
})
