import type { calendar_v3 } from '@googleapis/calendar'
import { describe, expect, it } from 'vitest'
import { ada, ben, refusalOf, startSuite, type Suite } from './support'

const day = { timeMin: '2027-01-04T00:00:00Z', timeMax: '2027-01-05T00:00:00Z' }

const query = async ({ api }: Suite, changes: calendar_v3.Schema$FreeBusyRequest = {}) =>
  (await api.freebusy.query({ requestBody: { ...day, items: [{ id: 'primary' }], ...changes } })).data

const busyIn = async (suite: Suite, changes: calendar_v3.Schema$FreeBusyRequest = {}) =>
  (await query(suite, changes)).calendars?.primary?.busy?.map(({ start, end }) => `${start ?? ''} ${end ?? ''}`)

const add = (suite: Suite, start: string, end: string, changes: calendar_v3.Schema$Event = {}) =>
  suite.control.addEvent(ada, { ...changes, start: `2027-01-04T${start}`, end: `2027-01-04T${end}` })

describe('busy times', () => {
  it('are joined where they touch, in order, and cut to the question', async () => {
    const suite = await startSuite()
    add(suite, '11:00', '12:00')
    add(suite, '09:00', '10:00')
    add(suite, '09:30', '11:00')
    add(suite, '14:00', '15:00')
    suite.control.addEvent(ada, { start: '2027-01-04T23:00', end: '2027-01-05T02:00' })
    expect(await busyIn(suite)).toEqual([
      '2027-01-04T09:00:00Z 2027-01-04T12:00:00Z',
      '2027-01-04T14:00:00Z 2027-01-04T15:00:00Z',
      '2027-01-04T23:00:00Z 2027-01-05T00:00:00Z',
    ])
    expect(await busyIn(suite, { timeMin: '2027-01-04T14:30:00Z', timeZone: 'Europe/Berlin' })).toEqual([
      '2027-01-04T15:30:00+01:00 2027-01-04T16:00:00+01:00',
      '2027-01-05T00:00:00+01:00 2027-01-05T01:00:00+01:00',
    ])
  })

  it('leave out what does not take time', async () => {
    const suite = await startSuite()
    add(suite, '01:00', '02:00', { transparency: 'transparent' })
    const invitation = { organizer: { email: 'boss@parley.example' }, attendees: [{ email: ada }] }
    const declined = add(suite, '02:00', '03:00', invitation)
    suite.control.respondToEvent(ada, declined.id ?? '', 'declined')
    const deleted = add(suite, '03:00', '04:00')
    suite.control.deleteEvent(ada, deleted.id ?? '')
    add(suite, '04:00', '05:00', {
      eventType: 'workingLocation',
      visibility: 'public',
      transparency: 'transparent',
      workingLocationProperties: { type: 'homeOffice' },
    })
    suite.control.plantEvent(ada, { id: 'broken' })
    expect(await busyIn(suite)).toEqual([])
    add(suite, '05:00', '06:00', invitation)
    add(suite, '07:00', '08:00', { status: 'tentative' })
    add(suite, '09:00', '10:00', { eventType: 'outOfOffice' })
    add(suite, '11:00', '12:00', { eventType: 'focusTime' })
    expect(await busyIn(suite)).toHaveLength(4)
  })

  it('know occurrences, their changes, and whole days in the zone of the calendar', async () => {
    const suite = await startSuite()
    add(suite, '09:00', '10:00', { id: 'routine', recurrence: ['RRULE:FREQ=DAILY;COUNT=5'] })
    const week = { timeMax: '2027-01-11T00:00:00Z' }
    expect(await busyIn(suite, week)).toHaveLength(5)
    suite.control.deleteEvent(ada, 'routine_20270105T090000Z')
    suite.control.moveEvent(ada, 'routine_20270106T090000Z', { start: '2027-01-10T09:00', end: '2027-01-10T10:00' })
    expect((await busyIn(suite, week))?.map((time) => time.slice(0, 10))).toEqual([
      '2027-01-04',
      '2027-01-07',
      '2027-01-08',
      '2027-01-10',
    ])
    const bens = suite.as(ben)
    suite.control.addEvent(ben, { start: '2027-01-04', end: '2027-01-05' })
    const { data } = await bens.freebusy.query({ requestBody: { ...day, items: [{ id: ben }] } })
    expect(data.calendars?.[ben]?.busy).toEqual([{ start: '2027-01-04T05:00:00Z', end: '2027-01-05T00:00:00Z' }])
  })
})

describe('an error of one calendar', () => {
  it('stands beside the times of the others', async () => {
    const suite = await startSuite()
    add(suite, '09:00', '10:00')
    const broken = suite.control.addCalendar({ owner: ada, summary: 'Broken' })
    suite.control.breakFreeBusy(broken, 'internalError')
    const { calendars } = await query(suite, { items: [{ id: ada }, { id: ben }, { id: broken }] })
    expect(calendars).toEqual({
      [ada]: { busy: [{ start: '2027-01-04T09:00:00Z', end: '2027-01-04T10:00:00Z' }] },
      [ben]: { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] },
      [broken]: { errors: [{ domain: 'global', reason: 'internalError' }], busy: [] },
    })
    suite.control.breakFreeBusy(broken, null)
    suite.control.shareCalendar(ben, ada, 'freeBusyReader')
    const after = await query(suite, { items: [{ id: ben }, { id: broken }] })
    expect(after.calendars).toEqual({ [ben]: { busy: [] }, [broken]: { busy: [] } })
  })
})

describe('a query', () => {
  it.each<[calendar_v3.Schema$FreeBusyRequest & { calendars?: string[] }, string]>([
    [{ timeMin: undefined }, 'required'],
    [{ timeMax: '2027-01-04T00:00:00Z' }, 'timeRangeEmpty'],
    [{ timeMax: '2027-05-04T00:00:00Z' }, 'timeRangeTooLong'],
    [{ timeMax: '2027-01-05' }, 'invalid'],
    [{ timeZone: 'Mars/Olympus' }, 'invalid'],
    [{ calendarExpansionMax: 51 }, 'invalid'],
    [{ items: Array.from({ length: 51 }, (_, n) => ({ id: `c${n}` })) }, 'tooManyCalendarsRequested'],
    [{ calendars: ['primary'] }, 'badRequest'],
  ])('with %j is refused', async (changes, reason) => {
    const suite = await startSuite()
    expect(await refusalOf(query(suite, changes))).toMatchObject({ status: 400, reason })
  })

  it('takes fifty calendars and ninety days', async () => {
    const suite = await startSuite()
    const items = Array.from({ length: 50 }, (_, n) => ({ id: `c${n}` }))
    const { calendars } = await query(suite, { items, timeMax: '2027-04-04T00:00:00Z' })
    expect(Object.keys(calendars ?? {})).toHaveLength(50)
  })

  it('needs a scope for it', async () => {
    const suite = await startSuite()
    const as = (name: string) => suite.as(ada, [`https://www.googleapis.com/auth/${name}`])
    const ask = (name: string) => as(name).freebusy.query({ requestBody: { ...day, items: [] } })
    expect(await refusalOf(ask('calendar.events'))).toMatchObject({ status: 403, reason: 'insufficientPermissions' })
    for (const name of ['calendar.freebusy', 'calendar.events.freebusy', 'calendar.readonly']) {
      expect((await ask(name)).status).toBe(200)
    }
  })
})
