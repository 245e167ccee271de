import { describe, expect, it } from 'vitest'
import { parseFeed } from '#calendar/file/parse-feed'

const options = {
  from: Date.parse('2026-12-01T00:00:00Z'),
  until: Date.parse('2027-02-01T00:00:00Z'),
  timeZone: 'Europe/Berlin',
  ownEmails: ['me@parley.example'],
}

const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')

const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:one', 'DTSTAMP:20261101T000000Z', ...lines, 'END:VEVENT']

const read = (...lines: string[]) => {
  const { busy, broken } = parseFeed(calendar(...lines), options)
  return { busy: busy.map(({ start, end }) => `${iso(start)}/${iso(end)}`), broken }
}

const iso = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z')

describe('when the owner of a foreign calendar is busy', () => {
  it.each([
    ['in UTC', ['DTSTART:20261204T090000Z', 'DTEND:20261204T100000Z'], '2026-12-04T09:00Z/2026-12-04T10:00Z'],
    [
      'in a zone by its IANA name',
      ['DTSTART;TZID=America/New_York:20261204T090000', 'DTEND;TZID=America/New_York:20261204T100000'],
      '2026-12-04T14:00Z/2026-12-04T15:00Z',
    ],
    [
      'in a zone by its name in Windows',
      ['DTSTART;TZID=W. Europe Standard Time:20261204T090000', 'DTEND;TZID=W. Europe Standard Time:20261204T093000'],
      '2026-12-04T08:00Z/2026-12-04T08:30Z',
    ],
    [
      'without a zone: in that of the owner',
      ['DTSTART:20261204T090000', 'DURATION:PT45M'],
      '2026-12-04T08:00Z/2026-12-04T08:45Z',
    ],
    [
      'all day: that day in the zone of the owner',
      ['DTSTART;VALUE=DATE:20261204'],
      '2026-12-03T23:00Z/2026-12-04T23:00Z',
    ],
    [
      'for several whole days: the end is not one of them',
      ['DTSTART;VALUE=DATE:20261204', 'DTEND;VALUE=DATE:20261206'],
      '2026-12-03T23:00Z/2026-12-05T23:00Z',
    ],
    [
      'tentatively',
      ['DTSTART:20261204T090000Z', 'DTEND:20261204T100000Z', 'STATUS:TENTATIVE'],
      '2026-12-04T09:00Z/2026-12-04T10:00Z',
    ],
    [
      'where Outlook says so, whatever the transparency',
      ['DTSTART:20261204T090000Z', 'DTEND:20261204T100000Z', 'TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF'],
      '2026-12-04T09:00Z/2026-12-04T10:00Z',
    ],
  ])('%s', (_name, lines, expected) => {
    expect(read(...event(...lines))).toEqual({ busy: [expected], broken: 0 })
  })

  it.each([
    ['cancelled', ['STATUS:CANCELLED']],
    ['transparent', ['TRANSP:TRANSPARENT']],
    ['free in Outlook', ['X-MICROSOFT-CDO-BUSYSTATUS:FREE']],
    ['declined by the owner', ['ATTENDEE;PARTSTAT=DECLINED:mailto:Me@parley.example']],
  ])('not when it is %s', (_name, lines) => {
    expect(read(...event('DTSTART:20261204T090000Z', 'DTEND:20261204T100000Z', ...lines)).busy).toEqual([])
  })

  it('although somebody else declined', () => {
    const lines = ['DTSTART:20261204T090000Z', 'DTEND:20261204T100000Z']
    expect(read(...event(...lines, 'ATTENDEE;PARTSTAT=DECLINED:mailto:you@parley.example')).busy).toHaveLength(1)
  })

  it('follows a series over a change of clocks, with what was left out, moved and cancelled', () => {
    const zone = 'TZID=America/New_York'
    const series = event(
      `DTSTART;${zone}:20261203T090000`,
      `DTEND;${zone}:20261203T100000`,
      'RRULE:FREQ=WEEKLY;COUNT=6',
      `EXDATE;${zone}:20261210T090000`,
    )
    const moved = event(
      `RECURRENCE-ID;${zone}:20261217T090000`,
      `DTSTART;${zone}:20261218T110000`,
      `DTEND;${zone}:20261218T120000`,
    )
    const cancelled = event(
      `RECURRENCE-ID;${zone}:20261224T090000`,
      `DTSTART;${zone}:20261224T090000`,
      `DTEND;${zone}:20261224T100000`,
      'STATUS:CANCELLED',
    )
    expect(read(...series, ...moved, ...cancelled).busy).toEqual([
      '2026-12-03T14:00Z/2026-12-03T15:00Z',
      '2026-12-18T16:00Z/2026-12-18T17:00Z',
      '2026-12-31T14:00Z/2026-12-31T15:00Z',
      '2027-01-07T14:00Z/2027-01-07T15:00Z',
    ])
  })

  it('sees an occurrence that was moved into the time from beyond its end', () => {
    const series = event('DTSTART:20270201T090000Z', 'DTEND:20270201T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=4')
    const moved = event('RECURRENCE-ID:20270208T090000Z', 'DTSTART:20270120T090000Z', 'DTEND:20270120T100000Z')
    expect(read(...series, ...moved).busy).toEqual(['2027-01-20T09:00Z/2027-01-20T10:00Z'])
  })

  it('uses the zone that the calendar defines where its name says nothing', () => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Office', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0530']
    const end = ['TZOFFSETTO:+0530', 'END:STANDARD', 'END:VTIMEZONE']
    expect(read(...zone, ...end, ...event('DTSTART;TZID=Office:20261204T090000', 'DURATION:PT1H')).busy).toEqual([
      '2026-12-04T03:30Z/2026-12-04T04:30Z',
    ])
  })

  it('takes whole days in the zone that the calendar names', () => {
    expect(read('X-WR-TIMEZONE:Asia/Tokyo', ...event('DTSTART;VALUE=DATE:20261204')).busy).toEqual([
      '2026-12-03T15:00Z/2026-12-04T15:00Z',
    ])
  })

  it('reads published free/busy times', () => {
    const lines = ['FREEBUSY;FBTYPE=BUSY:20261204T090000Z/20261204T100000Z,20261205T090000Z/PT30M']
    expect(
      read('BEGIN:VFREEBUSY', ...lines, 'FREEBUSY;FBTYPE=FREE:20261206T090000Z/PT1H', 'END:VFREEBUSY').busy,
    ).toEqual(['2026-12-04T09:00Z/2026-12-04T10:00Z', '2026-12-05T09:00Z/2026-12-05T09:30Z'])
  })

  it('goes on after an entry that makes no sense, and counts it', () => {
    const good = event('DTSTART:20261204T090000Z', 'DTEND:20261204T100000Z')
    expect(read(...event('SUMMARY:No start'), ...good)).toEqual({
      busy: ['2026-12-04T09:00Z/2026-12-04T10:00Z'],
      broken: 1,
    })
  })

  it('leaves out what lies outside of the time, and what takes none', () => {
    const [past, none] = [['DTSTART:20261104T090000Z', 'DTEND:20261104T100000Z'], ['DTSTART:20261204T090000Z']]
    expect(read(...event(...past), ...event(...none)).busy).toEqual([])
  })

  it('ends at a series that never does', () => {
    const { busy } = parseFeed(
      calendar(...event('DTSTART:20261201T000000Z', 'DURATION:PT1M', 'RRULE:FREQ=MINUTELY')),
      options,
    )
    expect(busy).toHaveLength(20_000)
  })
})
