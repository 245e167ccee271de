import { describe, expect, it } from 'vitest'
import { ada, at, ben, monday, refusalOf, startSuite, type Suite } from './support'

const calendarId = 'primary'

const insert = async ({ api }: Suite, event: object = {}, query: object = {}) =>
  (await api.events.insert({ calendarId, requestBody: { summary: 'Session', ...monday, ...event }, ...query })).data

describe('inserting', () => {
  it('answers the whole event, with what Google adds', async () => {
    const suite = await startSuite()
    const event = await insert(suite, {
      id: 'session0001',
      transparency: 'opaque',
      visibility: 'default',
      description: '',
    })
    expect(event).toMatchObject({
      kind: 'calendar#event',
      id: 'session0001',
      status: 'confirmed',
      summary: 'Session',
      iCalUID: 'session0001@google.com',
      sequence: 0,
      eventType: 'default',
      creator: { email: ada, self: true },
      organizer: { email: ada, self: true },
      start: { dateTime: '2027-01-04T09:00:00Z', timeZone: 'Europe/London' },
      reminders: { useDefault: true },
    })
    expect(event.etag).toMatch(/^"\d+"$/)
    // What is the default, or says nothing, is left out, as at Google.
    for (const name of ['transparency', 'visibility', 'description', 'attendees'])
      expect(event).not.toHaveProperty(name)
    expect((await suite.api.events.get({ calendarId, eventId: 'session0001' })).data).toEqual(event)
  })

  it('gives an id to an event that brings none', async () => {
    const suite = await startSuite()
    expect((await insert(suite)).id).toMatch(/^[a-v0-9]{26}$/)
  })

  it.each(['abcd', 'UPPERCASE', 'with-dash', 'wxyzwxyz', `a${'0'.repeat(1024)}`, 'a_b_c_d'])(
    'refuses the id %s',
    async (id) => {
      const suite = await startSuite()
      expect(await refusalOf(insert(suite, { id }))).toMatchObject({ status: 400, reason: 'invalid' })
    },
  )

  it('refuses an id that was ever used, deleted or not', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'taken' })
    const duplicate = { status: 409, reason: 'duplicate', message: 'The requested identifier already exists.' }
    expect(await refusalOf(insert(suite, { id: 'taken' }))).toEqual(duplicate)
    await suite.api.events.delete({ calendarId, eventId: 'taken' })
    expect(await refusalOf(insert(suite, { id: 'taken' }))).toEqual(duplicate)
    // Another calendar has ids of its own.
    const other = suite.control.addCalendar({ owner: ada, summary: 'Work' })
    await suite.api.events.insert({ calendarId: other, requestBody: { id: 'taken', ...monday } })
  })

  it.each([
    [{ start: undefined }, 'required', 'Missing start time.'],
    [{ end: undefined }, 'required', 'Missing end time.'],
    [{ end: { date: '2027-01-05' } }, 'invalid', 'both be date'],
    [{ end: { dateTime: '2027-01-04T08:00:00Z' } }, 'timeRangeEmpty', 'time range is empty'],
    [{ start: { date: '2027-01-04' }, end: { date: '2027-01-04' } }, 'timeRangeEmpty', 'time range is empty'],
    [{ start: { dateTime: '2027-01-04T09:00:00' } }, 'required', 'Missing time zone definition'],
    [{ start: { dateTime: '2027-02-30T09:00:00Z' } }, 'invalid', 'Invalid start time.'],
    [{ start: { dateTime: '4 January' } }, 'invalid', 'Invalid start time.'],
    [{ start: { date: '2027-01-04', dateTime: '2027-01-04T09:00:00Z' } }, 'invalid', 'Invalid start time.'],
    [{ start: { dateTime: '2027-01-04T09:00:00Z', timeZone: 'Mars/Olympus' } }, 'invalid', 'time zone'],
    [{ status: 'cancelled' }, 'invalid', 'cannot be cancelled'],
    [{ status: 'maybe' }, 'invalid', "at 'status'"],
    [{ colour: 'red' }, 'badRequest', 'Unknown name "colour": Cannot find field.'],
    [{ start: { dateTime: '2027-01-04T09:00:00Z', zone: 'UTC' } }, 'badRequest', 'Unknown name "zone" at \'start\''],
    [{ attendees: [{ email: 'nobody' }] }, 'invalid', "at 'attendees[0].email'"],
    [{ extendedProperties: { private: { ['n'.repeat(45)]: '1' } } }, 'invalid', 'extendedProperties'],
    [{ eventType: 'fromGmail' }, 'invalid', 'fromGmail'],
  ])('refuses %j', async (changes, reason, message) => {
    const suite = await startSuite()
    const refusal = await refusalOf(insert(suite, changes))
    expect(refusal).toMatchObject({ status: 400, reason })
    expect(refusal.message).toContain(message)
    expect(suite.control.events(ada)).toEqual([])
  })

  it('refuses parameters that it does not know or that cannot be', async () => {
    const suite = await startSuite()
    expect(await refusalOf(insert(suite, {}, { sendMails: 'all' }))).toMatchObject({
      status: 400,
      reason: 'badRequest',
    })
    expect(await refusalOf(insert(suite, {}, { sendUpdates: 'some' }))).toMatchObject({ reason: 'invalidParameter' })
    expect(await refusalOf(insert(suite, {}, { conferenceDataVersion: 2 }))).toMatchObject({
      reason: 'invalidParameter',
    })
  })

  it('reads a wall-clock time in its zone, and shows it in the zone that is asked for', async () => {
    const suite = await startSuite()
    const { id = '' } = await insert(suite, at('2027-07-05T09:00:00', '2027-07-05T10:00:00', 'America/New_York'))
    const shown = async (timeZone?: string) =>
      (await suite.api.events.get({ calendarId, eventId: id ?? '', timeZone })).data.start
    expect(await shown()).toEqual({ dateTime: '2027-07-05T14:00:00+01:00', timeZone: 'America/New_York' })
    expect(await shown('Asia/Kolkata')).toMatchObject({ dateTime: '2027-07-05T18:30:00+05:30' })
    expect(await shown('UTC')).toMatchObject({ dateTime: '2027-07-05T13:00:00Z' })
  })

  it('takes what an event may say besides, and gives it back', async () => {
    const suite = await startSuite()
    const event = await insert(suite, {
      transparency: 'transparent',
      visibility: 'private',
      colorId: '7',
      location: 'Online',
      extendedProperties: { private: { parley: 'session-1' }, shared: { kind: 'call' } },
      reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] },
      source: { title: 'Parley', url: 'https://parley.example/s/1' },
      attendees: [{ email: ada }, { email: 'guest@parley.example', responseStatus: 'declined', optional: true }],
      guestsCanModify: true,
    })
    expect(event).toMatchObject({
      transparency: 'transparent',
      visibility: 'private',
      colorId: '7',
      extendedProperties: { private: { parley: 'session-1' }, shared: { kind: 'call' } },
      reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] },
      attendees: [
        { email: ada, self: true, organizer: true, responseStatus: 'needsAction' },
        { email: 'guest@parley.example', responseStatus: 'declined', optional: true },
      ],
      guestsCanModify: true,
    })
  })
})

describe('the kinds of events', () => {
  it.each([
    [{ eventType: 'outOfOffice', outOfOfficeProperties: { autoDeclineMode: 'declineNone' } }],
    [{ eventType: 'focusTime', focusTimeProperties: { chatStatus: 'doNotDisturb' } }],
    [
      {
        eventType: 'workingLocation',
        visibility: 'public',
        transparency: 'transparent',
        workingLocationProperties: { type: 'homeOffice', homeOffice: {} },
      },
    ],
    [
      {
        eventType: 'birthday',
        start: { date: '2027-01-04' },
        end: { date: '2027-01-05' },
        recurrence: ['RRULE:FREQ=YEARLY'],
        visibility: 'private',
        transparency: 'transparent',
        birthdayProperties: { type: 'birthday' },
      },
    ],
  ])('can be made: %j', async (event) => {
    const suite = await startSuite()
    expect(await insert(suite, event)).toMatchObject(event)
  })

  it.each([
    [{ eventType: 'outOfOffice', start: { date: '2027-01-04' }, end: { date: '2027-01-05' } }],
    [{ eventType: 'focusTime', transparency: 'transparent' }],
    [{ eventType: 'workingLocation', workingLocationProperties: { type: 'homeOffice' } }],
    [{ eventType: 'birthday', visibility: 'private', transparency: 'transparent' }],
  ])('have their rules: %j', async (event) => {
    const suite = await startSuite()
    expect(await refusalOf(insert(suite, event))).toMatchObject({ status: 400, reason: 'malformedEvent' })
  })

  it('stay as they are, and stand in primary calendars alone', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'plain' })
    const change = suite.api.events.patch({ calendarId, eventId: 'plain', requestBody: { eventType: 'focusTime' } })
    expect(await refusalOf(change)).toMatchObject({ status: 400, message: 'Event type cannot be changed.' })
    const other = suite.control.addCalendar({ owner: ada, summary: 'Work' })
    const elsewhere = suite.api.events.insert({ calendarId: other, requestBody: { eventType: 'focusTime', ...monday } })
    expect(await refusalOf(elsewhere)).toMatchObject({ status: 400 })
  })
})

describe('updating', () => {
  it('replaces all that was said', async () => {
    const suite = await startSuite()
    const before = await insert(suite, { id: 'event', description: 'Agenda', location: 'Online' })
    const { data } = await suite.api.events.update({
      calendarId,
      eventId: 'event',
      requestBody: { ...before, description: undefined, summary: 'Renamed' },
    })
    expect(data).toMatchObject({ summary: 'Renamed', location: 'Online', sequence: 0, created: before.created })
    expect(data).not.toHaveProperty('description')
    expect(data.etag).not.toBe(before.etag)
    const missing = suite.api.events.update({ calendarId, eventId: 'event', requestBody: { summary: 'Only' } })
    expect(await refusalOf(missing)).toMatchObject({ status: 400, message: 'Missing end time.' })
  })

  it('counts changes of time, and refuses to count back', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'event' })
    const move = (requestBody: object) => suite.api.events.patch({ calendarId, eventId: 'event', requestBody })
    expect((await move(at('2027-01-04T11:00:00Z', '2027-01-04T12:00:00Z'))).data.sequence).toBe(1)
    expect((await move({ summary: 'Renamed' })).data.sequence).toBe(1)
    expect((await move({ sequence: 5 })).data.sequence).toBe(5)
    expect((await refusalOf(move({ sequence: 3 }))).message).toContain('Invalid sequence value.')
  })

  it('insists on the version that the caller has read', async () => {
    const suite = await startSuite()
    const { etag } = await insert(suite, { id: 'event' })
    const write = (ifMatch: string, summary: string) =>
      suite.api.events.patch(
        { calendarId, eventId: 'event', requestBody: { summary } },
        { headers: { 'If-Match': ifMatch } },
      )
    const { data } = await write(etag ?? '', 'First')
    expect(await refusalOf(write(etag ?? '', 'Second'))).toEqual({
      status: 412,
      reason: 'conditionNotMet',
      message: 'Precondition Failed',
    })
    expect((await write(data.etag ?? '', 'Third')).data.summary).toBe('Third')
    expect((await write('*', 'Fourth')).data.summary).toBe('Fourth')
    const remove = suite.api.events.delete({ calendarId, eventId: 'event' }, { headers: { 'If-Match': etag ?? '' } })
    expect(await refusalOf(remove)).toMatchObject({ status: 412 })
  })

  it('need not answer what the caller has already', async () => {
    const suite = await startSuite()
    const { etag } = await insert(suite, { id: 'event' })
    const read = () =>
      suite.api.events.get({ calendarId, eventId: 'event' }, { headers: { 'If-None-Match': etag ?? '' } })
    expect((await read()).status).toBe(304)
    suite.control.retitleEvent(ada, 'event', 'Renamed')
    expect((await read()).status).toBe(200)
  })
})

describe('patching', () => {
  it('changes what is named, merges objects, replaces lists and removes with null', async () => {
    const suite = await startSuite()
    await insert(suite, {
      id: 'event',
      location: 'Online',
      attendees: [{ email: 'a@parley.example' }],
      extendedProperties: { private: { one: '1', two: '2' } },
    })
    const { data } = await suite.api.events.patch({
      calendarId,
      eventId: 'event',
      requestBody: {
        location: null,
        attendees: [{ email: 'b@parley.example' }],
        extendedProperties: { private: { one: null, three: '3' } } as object,
      },
    })
    expect(data).toMatchObject({ summary: 'Session', extendedProperties: { private: { two: '2', three: '3' } } })
    expect(data.extendedProperties?.private).not.toHaveProperty('one')
    expect(data).not.toHaveProperty('location')
    expect(data.attendees).toMatchObject([{ email: 'b@parley.example' }])
  })

  it('turns an hour into whole days only when the hour is removed', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'event' })
    const patch = (requestBody: object) => suite.api.events.patch({ calendarId, eventId: 'event', requestBody })
    const days = { start: { date: '2027-01-04' }, end: { date: '2027-01-06' } }
    expect(await refusalOf(patch(days))).toMatchObject({ status: 400, message: 'Invalid start time.' })
    const { data } = await patch({
      start: { ...days.start, dateTime: null, timeZone: null },
      end: { ...days.end, dateTime: null, timeZone: null },
    })
    expect(data).toMatchObject(days)
  })

  it('refuses what it does not know', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'event' })
    const patch = suite.api.events.patch({ calendarId, eventId: 'event', requestBody: { colour: null } as object })
    expect(await refusalOf(patch)).toMatchObject({ status: 400, reason: 'badRequest' })
  })
})

describe('deleting', () => {
  it('is soft: the event can be read and comes back', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'event' })
    expect((await suite.api.events.delete({ calendarId, eventId: 'event' })).status).toBe(204)
    const deleted = await suite.api.events.get({ calendarId, eventId: 'event' })
    expect(deleted.data).toMatchObject({ status: 'cancelled', summary: 'Session' })
    const again = suite.api.events.delete({ calendarId, eventId: 'event' })
    expect(await refusalOf(again)).toEqual({ status: 410, reason: 'deleted', message: 'Resource has been deleted' })
    const restored = await suite.api.events.patch({
      calendarId,
      eventId: 'event',
      requestBody: { status: 'confirmed' },
    })
    expect(restored.data.status).toBe('confirmed')
    await suite.api.events.patch({ calendarId, eventId: 'event', requestBody: { status: 'cancelled' } })
    expect(suite.control.event(ada, 'event').status).toBe('cancelled')
  })

  it('is 404 for an event that never was', async () => {
    const suite = await startSuite()
    expect(await refusalOf(suite.api.events.delete({ calendarId, eventId: 'never' }))).toMatchObject({
      status: 404,
      reason: 'notFound',
    })
  })
})

describe('guests', () => {
  it('get mail from Google only when the caller wants it', async () => {
    const suite = await startSuite()
    const attendees = [{ email: ada }, { email: 'guest@parley.example' }]
    await insert(suite, { id: 'quiet', attendees })
    await insert(suite, { id: 'silent', attendees }, { sendUpdates: 'none' })
    expect(suite.control.invitations()).toEqual([])
    await insert(suite, { id: 'aloud', attendees }, { sendUpdates: 'all' })
    await suite.api.events.delete({ calendarId, eventId: 'aloud', sendUpdates: 'all' })
    expect(suite.control.invitations()).toMatchObject([
      { eventId: 'aloud', to: 'guest@parley.example', about: 'created' },
      { eventId: 'aloud', to: 'guest@parley.example', about: 'cancelled' },
    ])
  })
})

describe('conferences', () => {
  const ask = (requestId: string, type = 'hangoutsMeet') => ({
    conferenceData: { createRequest: { requestId, conferenceSolutionKey: { type } } },
  })
  const version1 = { conferenceDataVersion: 1 }

  it('are ignored unless the caller understands them', async () => {
    const suite = await startSuite()
    expect(await insert(suite, ask('r1'))).not.toHaveProperty('conferenceData')
  })

  it('come with the event, the same for the same request', async () => {
    const suite = await startSuite()
    const event = await insert(suite, { id: 'event', ...ask('r1') }, version1)
    expect(event.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/)
    expect(event.conferenceData).toMatchObject({
      createRequest: { requestId: 'r1', status: { statusCode: 'success' } },
      entryPoints: [{ entryPointType: 'video', uri: event.hangoutLink }],
      conferenceSolution: { key: { type: 'hangoutsMeet' } },
    })
    const patch = async (requestBody: object, query: object = version1) =>
      (await suite.api.events.patch({ calendarId, eventId: 'event', requestBody, ...query })).data.hangoutLink
    expect(await patch(ask('r1'))).toBe(event.hangoutLink)
    expect(await patch({ summary: 'Renamed' })).toBe(event.hangoutLink)
    expect(await patch({ summary: 'Again' }, {})).toBe(event.hangoutLink)
    expect(await patch(ask('r2'))).not.toBe(event.hangoutLink)
    expect(await patch({ conferenceData: null })).toBeUndefined()
  })

  it('are lost by an update that does not say them, unless it does not understand them', async () => {
    const suite = await startSuite()
    const { conferenceData, ...event } = await insert(suite, { id: 'event', ...ask('r1') }, version1)
    const update = async (requestBody: object, query: object) =>
      (await suite.api.events.update({ calendarId, eventId: 'event', requestBody, ...query })).data.hangoutLink
    expect(await update(event, {})).toBe(event.hangoutLink)
    expect(await update({ ...event, conferenceData }, version1)).toBe(event.hangoutLink)
    expect(await update(event, version1)).toBeUndefined()
  })

  it('may take a while, or fail', async () => {
    const suite = await startSuite()
    suite.control.nextConference('pending')
    suite.control.nextConference('failure')
    const pending = await insert(suite, { id: 'later1', ...ask('r1') }, version1)
    const failed = await insert(suite, { id: 'never1', ...ask('r1') }, version1)
    const statusOf = (event: typeof pending) => event.conferenceData?.createRequest?.status?.statusCode
    expect([statusOf(pending), pending.hangoutLink]).toEqual(['pending', undefined])
    expect([statusOf(failed), failed.hangoutLink]).toEqual(['failure', undefined])
    suite.control.advanceClock(5_000)
    const ready = (await suite.api.events.get({ calendarId, eventId: 'later1' })).data
    expect([statusOf(ready), ready.hangoutLink]).toEqual(['success', expect.stringContaining('meet.google.com')])
    expect(ready.etag).not.toBe(pending.etag)
  })

  it('are of the kind that the calendar allows', async () => {
    const suite = await startSuite()
    expect(await refusalOf(insert(suite, ask('r1', 'eventHangout'), version1))).toMatchObject({
      status: 400,
      message: 'Invalid conference type value.',
    })
  })
})

describe('who may', () => {
  it('see and change what', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'event', visibility: 'private' })
    const bens = suite.as(ben)
    const read = () => bens.events.get({ calendarId: ada, eventId: 'event' })
    const write = () => bens.events.patch({ calendarId: ada, eventId: 'event', requestBody: { summary: 'Mine' } })
    expect(await refusalOf(read())).toMatchObject({ status: 404 })
    suite.control.shareCalendar(ada, ben, 'freeBusyReader')
    expect((await read()).data).not.toHaveProperty('summary')
    suite.control.shareCalendar(ada, ben, 'reader')
    expect((await read()).data).not.toHaveProperty('summary')
    expect(await refusalOf(write())).toMatchObject({ status: 403, reason: 'requiredAccessLevel' })
    suite.control.shareCalendar(ada, ben, 'writer')
    expect((await write()).data.summary).toBe('Mine')
    suite.control.shareCalendar(ada, ben, null)
    expect(await refusalOf(read())).toMatchObject({ status: 404 })
  })

  it('with which scope', async () => {
    const suite = await startSuite()
    const scoped = (name: string) => suite.as(ada, [`https://www.googleapis.com/auth/${name}`])
    const write = (name: string) => refusalOf(scoped(name).events.insert({ calendarId, requestBody: monday }))
    expect(await write('calendar.events.readonly')).toMatchObject({ status: 403, reason: 'insufficientPermissions' })
    expect(await write('calendar.freebusy')).toMatchObject({ status: 403, reason: 'insufficientPermissions' })
    expect((await scoped('calendar.events').events.insert({ calendarId, requestBody: monday })).status).toBe(200)
    expect((await scoped('calendar.events.owned').events.insert({ calendarId, requestBody: monday })).status).toBe(200)
    suite.control.shareCalendar(ben, ada, 'writer')
    const shared = scoped('calendar.events.owned').events.insert({ calendarId: ben, requestBody: monday })
    expect(await refusalOf(shared)).toMatchObject({ status: 403, reason: 'requiredAccessLevel' })
  })
})

describe('what it does not know', () => {
  it.each([
    ['events.move', (api: Suite['api']) => api.events.move({ calendarId, eventId: 'event', destination: ben })],
    ['events.quickAdd', (api: Suite['api']) => api.events.quickAdd({ calendarId, text: 'Tea at four' })],
    ['acl.list', (api: Suite['api']) => api.acl.list({ calendarId })],
  ])('is 404: %s', async (_, call) => {
    const suite = await startSuite()
    expect(await refusalOf(call(suite.api))).toMatchObject({ status: 404, reason: 'notFound' })
  })

  it('is no other form of answer', async () => {
    const suite = await startSuite()
    expect(await refusalOf(suite.api.events.list({ calendarId, alt: 'csv' }))).toMatchObject({ status: 400 })
  })

  it('is no broken JSON', async () => {
    const suite = await startSuite()
    const { accessToken } = suite.control.grantAccess(ada, ['https://www.googleapis.com/auth/calendar'])
    const post = async (body: string, type: string) => {
      const response = await fetch(`${suite.url}/calendar/v3/calendars/primary/events`, {
        method: 'POST',
        body,
        headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': type },
      })
      return [
        response.status,
        ((await response.json()) as { error: { errors: { reason: string }[] } }).error.errors[0]?.reason,
      ]
    }
    expect(await post('{"summary":', 'application/json')).toEqual([400, 'parseError'])
    expect(await post('summary=Tea', 'application/x-www-form-urlencoded')).toEqual([400, 'badContent'])
  })
})

describe('partial answers', () => {
  it('have the fields that are asked for', async () => {
    const suite = await startSuite()
    await insert(suite, { id: 'event' })
    const list = async (fields: string) => (await suite.api.events.list({ calendarId, fields })).data
    expect(await list('items(id,start/dateTime)')).toEqual({
      items: [{ id: 'event', start: { dateTime: '2027-01-04T09:00:00Z' } }],
    })
    expect(await list('kind,items/id,items/status')).toEqual({
      kind: 'calendar#events',
      items: [{ id: 'event', status: 'confirmed' }],
    })
    expect(await list('items/*/timeZone')).toEqual({
      items: [expect.objectContaining({ start: { timeZone: 'Europe/London' } })],
    })
    for (const wrong of ['items(id', 'items/', 'items)', '', ',']) {
      expect((await refusalOf(list(wrong))).status).toBe(400)
    }
  })
})
