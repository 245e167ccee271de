import type { calendar_v3 } from '@googleapis/calendar'
import { describe, expect, it } from 'vitest'
import { ada, at, ben, monday, refusalOf, startSuite, type Suite } from './support'

const calendarId = 'primary'

const list = async ({ api }: Suite, query: calendar_v3.Params$Resource$Events$List = {}) =>
  (await api.events.list({ calendarId, ...query })).data

const idsOf = ({ items }: calendar_v3.Schema$Events) => items?.map(({ id }) => id)

/** Reads every page, as a client has to. */
const readAll = async (suite: Suite, query: calendar_v3.Params$Resource$Events$List = {}) => {
  const items: calendar_v3.Schema$Event[] = []
  let pages = 0
  for (let pageToken: string | undefined; ;) {
    const page = await list(suite, { ...query, pageToken })
    pages += 1
    items.push(...(page.items ?? []))
    pageToken = page.nextPageToken ?? undefined
    if (!pageToken) return { items, pages, syncToken: page.nextSyncToken ?? undefined, ids: items.map(({ id }) => id) }
    expect(page).not.toHaveProperty('nextSyncToken')
  }
}

const add = (suite: Suite, id: string, start = '2027-01-04T09:00:00Z', end = '2027-01-04T10:00:00Z') =>
  suite.control.addEvent(ada, { id, summary: id, start, end })

describe('a list', () => {
  it('has the events that touch the time, and not those that only meet it', async () => {
    const suite = await startSuite()
    add(suite, 'before', '2027-01-04T08:00:00Z', '2027-01-04T09:00:00Z')
    add(suite, 'over0', '2027-01-04T08:00:00Z', '2027-01-04T12:00:00Z')
    add(suite, 'inside', '2027-01-04T09:15:00Z', '2027-01-04T09:30:00Z')
    add(suite, 'after', '2027-01-04T10:00:00Z', '2027-01-04T11:00:00Z')
    const window = { timeMin: '2027-01-04T09:00:00Z', timeMax: '2027-01-04T10:00:00Z' }
    expect(idsOf(await list(suite, window))).toEqual(['over0', 'inside'])
    expect(idsOf(await list(suite, { timeMin: window.timeMin }))).toEqual(['over0', 'inside', 'after'])
    expect(idsOf(await list(suite, { timeMax: window.timeMax }))).toEqual(['before', 'over0', 'inside'])
  })

  it('places whole days in the zone of the calendar', async () => {
    const suite = await startSuite()
    suite.control.addEvent(ben, { id: 'festa', start: '2027-07-05', end: '2027-07-06' })
    const seen = async (timeMin: string, timeMax: string) =>
      idsOf((await suite.as(ben).events.list({ calendarId, timeMin, timeMax })).data)
    // New York's fifth of July lasts from four to four by UTC.
    expect(await seen('2027-07-05T03:00:00Z', '2027-07-05T04:00:00Z')).toEqual([])
    expect(await seen('2027-07-05T03:00:00Z', '2027-07-05T04:00:01Z')).toEqual(['festa'])
    expect(await seen('2027-07-06T03:59:59Z', '2027-07-06T05:00:00Z')).toEqual(['festa'])
    expect(await seen('2027-07-06T04:00:00Z', '2027-07-06T05:00:00Z')).toEqual([])
    suite.control.setCalendarZone(ben, 'UTC')
    expect(await seen('2027-07-05T03:00:00Z', '2027-07-05T04:00:00Z')).toEqual(['festa'])
  })

  it('says of what it is, and for whom', async () => {
    const suite = await startSuite()
    expect(await list(suite, { timeZone: 'Asia/Tokyo' })).toMatchObject({
      kind: 'calendar#events',
      summary: ada,
      timeZone: 'Asia/Tokyo',
      accessRole: 'owner',
      items: [],
    })
  })

  it('leaves out deleted events unless they are asked for', async () => {
    const suite = await startSuite()
    add(suite, 'kept0')
    add(suite, 'gone0')
    suite.control.deleteEvent(ada, 'gone0')
    expect(idsOf(await list(suite))).toEqual(['kept0'])
    expect((await list(suite, { showDeleted: true })).items).toMatchObject([
      { id: 'kept0' },
      { id: 'gone0', status: 'cancelled', summary: 'gone0' },
    ])
  })

  it('comes in the order that is asked for', async () => {
    const suite = await startSuite()
    add(suite, 'late0', '2027-01-04T12:00:00Z', '2027-01-04T13:00:00Z')
    add(suite, 'first', '2027-01-04T08:00:00Z', '2027-01-04T13:00:00Z')
    suite.control.advanceClock(1_000)
    suite.control.retitleEvent(ada, 'late0', 'Later')
    expect(idsOf(await list(suite))).toEqual(['late0', 'first'])
    expect(idsOf(await list(suite, { orderBy: 'startTime', singleEvents: true }))).toEqual(['first', 'late0'])
    expect(idsOf(await list(suite, { orderBy: 'updated' }))).toEqual(['first', 'late0'])
  })

  it('can be limited to kinds, words, properties and what changed lately', async () => {
    const suite = await startSuite()
    add(suite, 'plain')
    suite.control.addEvent(ada, {
      id: 'focus',
      eventType: 'focusTime',
      start: '2027-01-04T09:00',
      end: '2027-01-04T10:00',
    })
    suite.control.advanceClock(60_000)
    const lately = new Date(suite.control.now()).toISOString()
    suite.control.addEvent(ada, {
      id: 'ours0',
      summary: 'Session with Kim',
      iCalUID: 'ours@parley.example',
      extendedProperties: { private: { parley: '1' }, shared: { kind: 'call' } },
      start: '2027-01-04T09:00',
      end: '2027-01-04T10:00',
    })
    expect(idsOf(await list(suite, { eventTypes: ['focusTime', 'outOfOffice'] }))).toEqual(['focus'])
    expect(idsOf(await list(suite, { q: 'KIM session' }))).toEqual(['ours0'])
    expect(idsOf(await list(suite, { privateExtendedProperty: ['parley=1'] }))).toEqual(['ours0'])
    expect(idsOf(await list(suite, { sharedExtendedProperty: ['kind=call', 'parley=1'] }))).toEqual([])
    expect(idsOf(await list(suite, { iCalUID: 'ours@parley.example' }))).toEqual(['ours0'])
    expect(idsOf(await list(suite, { updatedMin: lately }))).toEqual(['ours0'])
  })

  it('shows broken events, wherever they are looked for', async () => {
    const suite = await startSuite()
    suite.control.plantEvent(ada, { id: 'broken', summary: 'No time' })
    const { items } = await list(suite, { timeMin: '2027-01-01T00:00:00Z', timeMax: '2027-01-02T00:00:00Z' })
    expect(items).toMatchObject([{ id: 'broken', status: 'confirmed' }])
    expect(items?.[0]).not.toHaveProperty('start')
  })

  it.each<[calendar_v3.Params$Resource$Events$List & { expand?: string }, number, string]>([
    [{ timeMin: '2027-01-04' }, 400, 'invalidParameter'],
    [{ timeMin: '2027-01-04T09:00:00' }, 400, 'invalidParameter'],
    [{ timeMin: '2027-01-04T09:00:00Z', timeMax: '2027-01-04T09:00:00Z' }, 400, 'timeRangeEmpty'],
    [{ orderBy: 'startTime' }, 400, 'invalid'],
    [{ orderBy: 'title' }, 400, 'invalidParameter'],
    [{ maxResults: 2501 }, 400, 'invalidParameter'],
    [{ maxResults: 0 }, 400, 'invalidParameter'],
    [{ eventTypes: ['lunch'] }, 400, 'invalidParameter'],
    [{ timeZone: 'Mars/Olympus' }, 400, 'invalidParameter'],
    [{ pageToken: 'made-up' }, 400, 'invalid'],
    [{ syncToken: 'made-up' }, 410, 'fullSyncRequired'],
    [{ updatedMin: '2020-01-01T00:00:00Z' }, 410, 'updatedMinTooLongAgo'],
    [{ expand: 'all' }, 400, 'badRequest'],
  ])('refuses %j', async (query, status, reason) => {
    const suite = await startSuite()
    expect(await refusalOf(list(suite, query))).toMatchObject({ status, reason })
  })

  it('is that of another person only with their leave', async () => {
    const suite = await startSuite()
    expect(await refusalOf(suite.api.events.list({ calendarId: ben }))).toMatchObject({ status: 404 })
    suite.control.shareCalendar(ben, ada, 'reader')
    expect((await suite.api.events.list({ calendarId: ben })).data.accessRole).toBe('reader')
  })
})

describe('pages', () => {
  const addMany = (suite: Suite, count: number) => {
    for (let n = 0; n < count; n++) add(suite, `event${String(n).padStart(3, '0')}`)
  }

  it('follow each other without a gap, and only the last one has a sync token', async () => {
    const suite = await startSuite()
    addMany(suite, 7)
    const all = await readAll(suite, { maxResults: 3 })
    expect(all).toMatchObject({ pages: 3, syncToken: expect.any(String) })
    expect(all.ids).toEqual(suite.control.events(ada).map(({ id }) => id))
    suite.control.limitPages(2)
    expect(await readAll(suite, { maxResults: 3 })).toMatchObject({ pages: 4, ids: all.ids })
  })

  it('have 250 events unless asked otherwise', async () => {
    const suite = await startSuite()
    addMany(suite, 251)
    expect(await readAll(suite)).toMatchObject({ pages: 2 })
    expect(await readAll(suite, { maxResults: 2500 })).toMatchObject({ pages: 1 })
  })

  it('lose nothing that is there all the time, whatever changes between them', async () => {
    const suite = await startSuite()
    addMany(suite, 6)
    const first = await list(suite, { maxResults: 3 })
    suite.control.deleteEvent(ada, 'event000')
    suite.control.retitleEvent(ada, 'event001', 'Renamed')
    add(suite, 'fresh')
    const second = await list(suite, { maxResults: 10, pageToken: first.nextPageToken ?? '' })
    expect(idsOf(second)).toEqual(['event003', 'event004', 'event005', 'fresh'])
    // What changed while the pages were read is told by the next sync.
    const delta = await list(suite, { syncToken: second.nextSyncToken ?? '' })
    expect(idsOf(delta)).toEqual(['event000', 'event001', 'fresh'])
  })

  it('belong to the question that they answer', async () => {
    const suite = await startSuite()
    addMany(suite, 3)
    const { nextPageToken: pageToken } = await list(suite, { maxResults: 1 })
    const other = { status: 400, message: 'Invalid page token value.' }
    expect(await refusalOf(list(suite, { pageToken: pageToken ?? '', singleEvents: true }))).toMatchObject(other)
    const elsewhere = suite.as(ben).events.list({ calendarId, pageToken: pageToken ?? '' })
    expect(await refusalOf(elsewhere)).toMatchObject(other)
  })
})

describe('a sync', () => {
  const start = async (suite: Suite, query: calendar_v3.Params$Resource$Events$List = {}) =>
    (await readAll(suite, query)).syncToken ?? ''

  it('tells what changed since, once', async () => {
    const suite = await startSuite()
    add(suite, 'same0')
    add(suite, 'moved')
    add(suite, 'gone0')
    const first = await start(suite)
    suite.control.moveEvent(ada, 'moved', { start: '2027-01-05T09:00', end: '2027-01-05T10:00' })
    suite.control.deleteEvent(ada, 'gone0')
    add(suite, 'fresh')
    add(suite, 'brief')
    suite.control.deleteEvent(ada, 'brief')
    const delta = await list(suite, { syncToken: first })
    expect(delta.items).toMatchObject([
      { id: 'moved', start: { dateTime: '2027-01-05T09:00:00Z' } },
      { id: 'gone0', status: 'cancelled' },
      { id: 'fresh', status: 'confirmed' },
      { id: 'brief', status: 'cancelled' },
    ])
    // Of a deleted event only the id is sure.
    expect(Object.keys(delta.items?.[1] ?? {}).sort()).toEqual(['etag', 'id', 'kind', 'status'])
    const next = await list(suite, { syncToken: delta.nextSyncToken ?? '' })
    expect(next.items).toEqual([])
    // An old token still tells the same.
    expect(idsOf(await list(suite, { syncToken: first }))).toEqual(idsOf(delta))
  })

  it('comes in pages as well', async () => {
    const suite = await startSuite()
    const syncToken = await start(suite)
    for (const id of ['one00', 'two00', 'three', 'four0', 'five0']) add(suite, id.replaceAll('w', 'v'))
    const delta = await readAll(suite, { syncToken, maxResults: 2 })
    expect(delta).toMatchObject({ pages: 3, ids: ['one00', 'tvo00', 'three', 'four0', 'five0'] })
    expect((await list(suite, { syncToken: delta.syncToken })).items).toEqual([])
  })

  it('may begin within a time, and then tells of changes at any', async () => {
    const suite = await startSuite()
    add(suite, 'inside')
    add(suite, 'later', '2028-01-04T09:00:00Z', '2028-01-04T10:00:00Z')
    const window = { timeMin: '2027-01-01T00:00:00Z', timeMax: '2027-02-01T00:00:00Z' }
    expect((await readAll(suite, window)).ids).toEqual(['inside'])
    const syncToken = await start(suite, window)
    suite.control.moveEvent(ada, 'inside', { start: '2029-01-04T09:00', end: '2029-01-04T10:00' })
    expect(idsOf(await list(suite, { syncToken }))).toEqual(['inside'])
  })

  it.each([
    { orderBy: 'updated' },
    { q: 'tea' },
    { iCalUID: 'x@parley.example' },
    { privateExtendedProperty: ['a=1'] },
    { sharedExtendedProperty: ['a=1'] },
    { updatedMin: new Date().toISOString() },
  ])('cannot begin with %j, nor go on', async (query) => {
    const suite = await startSuite()
    expect(await list(suite, query)).not.toHaveProperty('nextSyncToken')
    const syncToken = await start(suite)
    expect(await refusalOf(list(suite, { ...query, syncToken }))).toMatchObject({ status: 400, reason: 'invalid' })
  })

  it.each([{ timeMin: '2027-01-01T00:00:00Z' }, { timeMax: '2027-01-01T00:00:00Z' }, { showDeleted: false }])(
    'cannot go on with %j',
    async (query) => {
      const suite = await startSuite()
      const syncToken = await start(suite)
      expect(await refusalOf(list(suite, { ...query, syncToken }))).toMatchObject({ status: 400, reason: 'invalid' })
    },
  )

  it('has to begin anew when it is asked for in another way, elsewhere, too late, or because Google says so', async () => {
    const suite = await startSuite()
    const gone = { status: 410, reason: 'fullSyncRequired' }
    const syncToken = await start(suite)
    expect(await refusalOf(list(suite, { syncToken, singleEvents: true }))).toMatchObject(gone)
    expect(await refusalOf(list(suite, { syncToken, eventTypes: ['default'] }))).toMatchObject(gone)
    expect(await refusalOf(suite.as(ben).events.list({ calendarId, syncToken }))).toMatchObject(gone)
    expect((await list(suite, { syncToken, maxResults: 5, showDeleted: true })).items).toEqual([])
    suite.control.expireSyncTokens(ada)
    expect(await refusalOf(list(suite, { syncToken }))).toMatchObject(gone)
    const fresh = await start(suite)
    suite.control.advanceClock(29 * 86_400_000)
    const api = suite.as(ada)
    expect(await refusalOf(api.events.list({ calendarId, syncToken: fresh }))).toMatchObject(gone)
  })

  it('of thousands of events is quick', async () => {
    const suite = await startSuite()
    for (let n = 0; n < 5_000; n++) add(suite, `event${String(n).padStart(4, '0')}`)
    const began = performance.now()
    const all = await readAll(suite, { maxResults: 2500, singleEvents: true })
    expect(all.items).toHaveLength(5_000)
    suite.control.retitleEvent(ada, 'event4999', 'Renamed')
    expect((await list(suite, { syncToken: all.syncToken, singleEvents: true })).items).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('the list of calendars', () => {
  it('has one’s own and those that are shared', async () => {
    const suite = await startSuite()
    suite.control.addCalendar({ owner: ada, summary: 'Old', isHidden: true })
    suite.control.shareCalendar(ben, ada, 'freeBusyReader')
    const read = async (query: calendar_v3.Params$Resource$Calendarlist$List = {}) =>
      (await suite.api.calendarList.list(query)).data.items?.map(({ summary, accessRole }) => [summary, accessRole])
    expect(await read()).toEqual([
      [ada, 'owner'],
      ['Private', 'owner'],
      [ben, 'freeBusyReader'],
    ])
    expect(await read({ minAccessRole: 'writer', showHidden: true })).toEqual([
      [ada, 'owner'],
      ['Private', 'owner'],
      ['Old', 'owner'],
    ])
    const first = (await suite.api.calendarList.list({ maxResults: 1 })).data
    expect(first.items).toMatchObject([{ primary: true, timeZone: 'Europe/London' }])
    expect(await read({ pageToken: first.nextPageToken ?? '' })).toHaveLength(2)
    expect(await refusalOf(suite.api.calendarList.list({ syncToken: 'x' }))).toMatchObject({ status: 400 })
  })

  it('and each calendar can be read by its id', async () => {
    const suite = await startSuite()
    expect((await suite.api.calendarList.get({ calendarId: 'primary' })).data).toMatchObject({ id: ada, primary: true })
    expect((await suite.api.calendars.get({ calendarId: 'primary' })).data).toMatchObject({
      kind: 'calendar#calendar',
      id: ada,
      timeZone: 'Europe/London',
    })
    expect(await refusalOf(suite.api.calendars.get({ calendarId: ben }))).toMatchObject({ status: 404 })
    expect(await refusalOf(suite.api.calendarList.get({ calendarId: ben }))).toMatchObject({ status: 404 })
  })
})

it('inserts through the client stay quick', async () => {
  const suite = await startSuite()
  const began = performance.now()
  for (let n = 0; n < 200; n++)
    await suite.api.events.insert({
      calendarId,
      requestBody: { ...monday, ...at(monday.start.dateTime, monday.end.dateTime) },
    })
  expect(performance.now() - began).toBeLessThan(10_000)
})
