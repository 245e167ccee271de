import type { calendar_v3 } from '@googleapis/calendar'
import { describe, expect, it } from 'vitest'
import { ada, at, refusalOf, startSuite, type Suite } from './support'

const calendarId = 'primary'

/** Mondays at nine in London; the clock changes on 28 March 2027. */
const weekly = {
  id: 'series',
  summary: 'Weekly',
  start: '2027-03-15T09:00',
  end: '2027-03-15T10:00',
  recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'],
}

const occurrences = async ({ api }: Suite, query: calendar_v3.Params$Resource$Events$List = {}) =>
  ((await api.events.list({ calendarId, singleEvents: true, orderBy: 'startTime', ...query })).data.items ?? []).map(
    ({ id, start, status, summary }) => ({ id, start: start?.dateTime ?? start?.date, status, summary }),
  )

const startsOf = async (suite: Suite, query: calendar_v3.Params$Resource$Events$List = {}) =>
  (await occurrences(suite, query)).map(({ start }) => start)

const addSeries = (suite: Suite, changes: object = {}) => suite.control.addEvent(ada, { ...weekly, ...changes })

const second = 'series_20270322T090000Z'

describe('a series', () => {
  it('keeps its wall-clock time over a change of the clock', async () => {
    const suite = await startSuite()
    addSeries(suite)
    expect(await startsOf(suite)).toEqual([
      '2027-03-15T09:00:00Z',
      '2027-03-22T09:00:00Z',
      '2027-03-29T09:00:00+01:00',
      '2027-04-05T09:00:00+01:00',
    ])
    const { items } = (await suite.api.events.list({ calendarId })).data
    expect(items).toMatchObject([{ id: 'series', recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] }])
  })

  it('has occurrences that can be read by their ids', async () => {
    const suite = await startSuite()
    addSeries(suite)
    const { data } = await suite.api.events.get({ calendarId, eventId: 'series_20270329T080000Z' })
    expect(data).toMatchObject({
      id: 'series_20270329T080000Z',
      recurringEventId: 'series',
      iCalUID: 'series@google.com',
      originalStartTime: { dateTime: '2027-03-29T09:00:00+01:00', timeZone: 'Europe/London' },
      start: { dateTime: '2027-03-29T09:00:00+01:00' },
      end: { dateTime: '2027-03-29T10:00:00+01:00' },
    })
    expect(data).not.toHaveProperty('recurrence')
    for (const eventId of [
      'series_20270323T090000Z',
      'series_20270412T080000Z',
      'series_20270322',
      'other_20270322T090000Z',
    ]) {
      expect(await refusalOf(suite.api.events.get({ calendarId, eventId }))).toMatchObject({ status: 404 })
    }
  })

  it('leaves out and adds dates', async () => {
    const suite = await startSuite()
    addSeries(suite, {
      recurrence: [
        'RRULE:FREQ=WEEKLY;COUNT=3',
        'EXDATE;TZID=Europe/London:20270322T090000',
        'RDATE:20270324T120000Z,20270325T120000Z',
      ],
    })
    expect(await startsOf(suite)).toEqual([
      '2027-03-15T09:00:00Z',
      '2027-03-24T12:00:00Z',
      '2027-03-25T12:00:00Z',
      '2027-03-29T09:00:00+01:00',
    ])
  })

  it('can be of whole days', async () => {
    const suite = await startSuite()
    suite.control.addEvent(ada, {
      id: 'leave',
      start: '2027-03-27',
      end: '2027-03-29',
      recurrence: ['RRULE:FREQ=MONTHLY;UNTIL=20270601', 'EXDATE;VALUE=DATE:20270427'],
    })
    expect(await occurrences(suite)).toMatchObject([
      { id: 'leave_20270327', start: '2027-03-27' },
      { id: 'leave_20270527', start: '2027-05-27' },
    ])
    expect(await startsOf(suite, { timeMin: '2027-05-28T12:00:00Z', timeMax: '2027-05-28T13:00:00Z' })).toEqual([
      '2027-05-27',
    ])
  })

  it('without an end reaches as far as the window, or about two years of days ahead', async () => {
    const suite = await startSuite()
    addSeries(suite, { recurrence: ['RRULE:FREQ=DAILY'] })
    expect(await startsOf(suite, { timeMin: '2031-01-01T00:00:00Z', timeMax: '2031-01-03T00:00:00Z' })).toHaveLength(2)
    const all = (await suite.api.events.list({ calendarId, singleEvents: true, maxResults: 2500 })).data.items
    expect(all).toHaveLength(730)
    const later = { singleEvents: true, timeMin: '2031-01-01T00:00:00Z', maxResults: 2500 }
    expect((await suite.api.events.list({ calendarId, ...later })).data.items).toHaveLength(730)
  })

  it.each([
    ['RRULE:FREQ=SOMETIMES'],
    ['RRULE:FREQ=WEEKLY;BYDAY=XX'],
    ['RRULE:FREQ=WEEKLY;COUNT=2;UNTIL=20270401T000000Z'],
    ['RRULE:FREQ=WEEKLY;UNTIL=20270401'],
    ['RRULE:FREQ=WEEKLY', 'RRULE:FREQ=DAILY'],
    ['EXDATE:20270322T090000Z'],
    ['EXRULE:FREQ=WEEKLY'],
    ['DTSTART:20270322T090000Z', 'RRULE:FREQ=WEEKLY'],
    ['RRULE:FREQ=WEEKLY', 'EXDATE:20270322'],
    ['RRULE:FREQ=WEEKLY', 'EXDATE:soon'],
    ['weekly'],
  ])('refuses %j', async (...recurrence) => {
    const suite = await startSuite()
    const insert = suite.api.events.insert({
      calendarId,
      requestBody: { ...at('2027-03-15T09:00:00Z', '2027-03-15T10:00:00Z', 'Europe/London'), recurrence },
    })
    expect(await refusalOf(insert)).toMatchObject({ status: 400, message: 'Invalid recurrence rule.' })
  })

  it('needs a zone to recur in', async () => {
    const suite = await startSuite()
    const insert = suite.api.events.insert({
      calendarId,
      requestBody: { ...at('2027-03-15T09:00:00Z', '2027-03-15T10:00:00Z'), recurrence: ['RRULE:FREQ=WEEKLY'] },
    })
    expect(await refusalOf(insert)).toMatchObject({ status: 400, reason: 'required' })
  })
})

describe('one occurrence', () => {
  it('can be moved, even out of the time of the others', async () => {
    const suite = await startSuite()
    addSeries(suite)
    const { data } = await suite.api.events.patch({
      calendarId,
      eventId: second,
      requestBody: { ...at('2027-06-01T09:00:00Z', '2027-06-01T10:00:00Z'), summary: 'Moved' },
    })
    expect(data).toMatchObject({
      id: second,
      recurringEventId: 'series',
      originalStartTime: { dateTime: '2027-03-22T09:00:00Z' },
      start: { dateTime: '2027-06-01T10:00:00+01:00' },
      sequence: 1,
    })
    expect(await startsOf(suite)).toEqual([
      '2027-03-15T09:00:00Z',
      '2027-03-29T09:00:00+01:00',
      '2027-04-05T09:00:00+01:00',
      '2027-06-01T10:00:00+01:00',
    ])
    expect(await startsOf(suite, { timeMin: '2027-05-01T00:00:00Z', timeMax: '2027-07-01T00:00:00Z' })).toHaveLength(1)
    expect(await startsOf(suite, { timeMin: '2027-03-22T00:00:00Z', timeMax: '2027-03-23T00:00:00Z' })).toEqual([])
  })

  it('can be cancelled, and is then told to those who expand the series themselves', async () => {
    const suite = await startSuite()
    addSeries(suite)
    await suite.api.events.delete({ calendarId, eventId: second })
    expect(await refusalOf(suite.api.events.delete({ calendarId, eventId: second }))).toMatchObject({ status: 410 })
    expect(await startsOf(suite)).toHaveLength(3)
    const { items } = (await suite.api.events.list({ calendarId })).data
    expect(items).toMatchObject([
      { id: 'series' },
      {
        id: second,
        status: 'cancelled',
        recurringEventId: 'series',
        originalStartTime: { dateTime: '2027-03-22T09:00:00Z' },
      },
    ])
    expect(items?.[1]).not.toHaveProperty('start')
    const shown = await occurrences(suite, { showDeleted: true, orderBy: undefined })
    expect(shown.filter(({ status }) => status === 'cancelled')).toMatchObject([{ id: second }])
    suite.control.restoreEvent(ada, second)
    expect(await startsOf(suite)).toHaveLength(4)
  })

  it('cannot recur itself', async () => {
    const suite = await startSuite()
    addSeries(suite)
    const patch = suite.api.events.patch({
      calendarId,
      eventId: second,
      requestBody: { recurrence: ['RRULE:FREQ=DAILY'] },
    })
    expect(await refusalOf(patch)).toMatchObject({ status: 400 })
  })

  it('can be declined alone', async () => {
    const suite = await startSuite()
    addSeries(suite, { organizer: { email: 'boss@parley.example' }, attendees: [{ email: ada }] })
    suite.control.respondToEvent(ada, second, 'declined')
    expect(suite.control.event(ada, second).attendees).toMatchObject([
      { email: ada, self: true, responseStatus: 'declined' },
    ])
    expect(suite.control.event(ada, 'series').attendees).toMatchObject([{ responseStatus: 'needsAction' }])
  })
})

describe('instances', () => {
  it('are listed with their changes, in pages', async () => {
    const suite = await startSuite()
    addSeries(suite)
    suite.control.deleteEvent(ada, second)
    suite.control.moveEvent(ada, 'series_20270329T080000Z', { start: '2027-03-30T15:00', end: '2027-03-30T16:00' })
    const list = async (query: object = {}) =>
      (await suite.api.events.instances({ calendarId, eventId: 'series', ...query })).data
    expect((await list()).items?.map(({ start }) => start?.dateTime)).toEqual([
      '2027-03-15T09:00:00Z',
      '2027-03-30T15:00:00+01:00',
      '2027-04-05T09:00:00+01:00',
    ])
    expect((await list({ showDeleted: true })).items).toHaveLength(4)
    expect((await list({ originalStart: '2027-03-29T09:00:00+01:00' })).items).toMatchObject([
      { start: { dateTime: '2027-03-30T15:00:00+01:00' } },
    ])
    expect((await list({ timeMin: '2027-04-01T00:00:00Z' })).items).toHaveLength(1)
    const first = await list({ maxResults: 2 })
    expect((await list({ pageToken: first.nextPageToken })).items).toHaveLength(1)
    suite.control.addEvent(ada, { id: 'single', start: '2027-03-15', end: '2027-03-16' })
    const single = suite.api.events.instances({ calendarId, eventId: 'single' })
    expect(await refusalOf(single)).toMatchObject({ status: 400 })
  })
})

describe('a sync of occurrences', () => {
  const begin = async ({ api }: Suite): Promise<string> =>
    (await api.events.list({ calendarId, singleEvents: true, maxResults: 2500 })).data.nextSyncToken ?? ''
  const goOn = async ({ api }: Suite, syncToken: string) =>
    ((await api.events.list({ calendarId, singleEvents: true, maxResults: 2500, syncToken })).data.items ?? []).map(
      ({ id, status }) => `${id ?? ''} ${status ?? ''}`,
    )

  it('tells of one that changed, alone', async () => {
    const suite = await startSuite()
    addSeries(suite)
    const token = await begin(suite)
    suite.control.retitleEvent(ada, second, 'Renamed')
    expect(await goOn(suite, token)).toEqual([`${second} confirmed`])
    suite.control.deleteEvent(ada, second)
    expect(await goOn(suite, token)).toEqual([`${second} cancelled`])
  })

  it('tells of all of a series that is new, or changed in what it says', async () => {
    const suite = await startSuite()
    const token = await begin(suite)
    addSeries(suite)
    expect(await goOn(suite, token)).toHaveLength(4)
    const next = await begin(suite)
    suite.control.retitleEvent(ada, 'series', 'Renamed')
    expect(await goOn(suite, next)).toHaveLength(4)
  })

  it('tells of those that are no more when a series moves or ends', async () => {
    const suite = await startSuite()
    addSeries(suite)
    const token = await begin(suite)
    suite.control.moveEvent(ada, 'series', { start: '2027-03-16T09:00', end: '2027-03-16T10:00' })
    expect((await goOn(suite, token)).sort()).toEqual(
      [
        'series_20270316T090000Z confirmed',
        'series_20270323T090000Z confirmed',
        'series_20270330T080000Z confirmed',
        'series_20270406T080000Z confirmed',
        'series_20270315T090000Z cancelled',
        'series_20270322T090000Z cancelled',
        'series_20270329T080000Z cancelled',
        'series_20270405T080000Z cancelled',
      ].sort(),
    )
    const next = await begin(suite)
    suite.control.deleteEvent(ada, 'series')
    expect((await goOn(suite, next)).filter((one) => one.endsWith('cancelled'))).toHaveLength(4)
    expect(await goOn(suite, await begin(suite))).toEqual([])
  })

  it('tells of about half a year of those that end with an endless series, and no more', async () => {
    const suite = await startSuite()
    const start = new Date(suite.control.now()).toISOString().slice(0, 10)
    suite.control.addEvent(ada, {
      id: 'routine',
      start: `${start}T09:00`,
      end: `${start}T10:00`,
      recurrence: ['RRULE:FREQ=DAILY'],
    })
    const token = await begin(suite)
    suite.control.deleteEvent(ada, 'routine')
    const told = await goOn(suite, token)
    expect(told.length).toBeGreaterThan(180)
    expect(told.length).toBeLessThan(186)
  })

  it('ends the changed occurrences of a series that ends or does not have them any more', async () => {
    const suite = await startSuite()
    addSeries(suite)
    suite.control.retitleEvent(ada, second, 'Special')
    suite.control.changeEvent(ada, 'series', { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=1'] })
    expect(suite.control.event(ada, second).status).toBe('cancelled')
    expect(await startsOf(suite)).toEqual(['2027-03-15T09:00:00Z'])
  })
})
