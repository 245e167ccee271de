import { groupByLocalDate } from '#availability/slots/group-by-local-date'
import { parseWindow } from '#availability/slots/parse-window'
import { custom, daily, dates, monthly, openWindow, rulesOf, slotsOf, weekly } from './make-rules'

/** Run in a process of its own by server-zone.test.ts: prints what the engine answers, whatever TZ is. */

const zones = ['Africa/Cairo', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Europe/Berlin']
const rules = zones.map((timeZone) =>
  rulesOf({
    timeZone,
    workingHours: daily('21:30-03:00'),
    breaks: [{ weekday: null, date: '2026-03-30', recurring: false, startTime: '22:00', endTime: '23:00' }],
    unavailableDates: [dates('2026-04-02')],
    schedules: [
      weekly(
        { friday: [openWindow('00:00-24:00', 45)] },
        { id: 'a', appliedFrom: '2026-04-05', appliedTo: '2026-04-20' },
      ),
      monthly('FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231T230000Z', [openWindow('10:00-14:00')], {
        appliedFrom: '2026-04-21',
        appliedTo: '2026-04-25',
      }),
      custom([{ date: '2026-04-26', isAvailable: true, windows: [openWindow('08:00-09:00', 20)] }], {
        appliedFrom: '2026-04-26',
      }),
    ],
  }),
)

process.stdout.write(
  JSON.stringify({
    hoursFromUtc: new Date(Date.UTC(2026, 0, 15)).getTimezoneOffset() / -60,
    answers: rules.map((rule) => {
      const { start, end } = parseWindow({ start: '2026-03-27', end: '2026-04-30', timeZone: rule.timeZone })
      return groupByLocalDate(slotsOf(rule, ['2026-03-27'], { from: start, to: end }), 'America/St_Johns')
    }),
  }),
)
