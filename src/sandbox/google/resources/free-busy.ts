import type { calendar_v3 } from '@googleapis/calendar'
import { z } from 'zod'
import { route } from '../api/route'
import { findCalendar } from '../calendars/find-calendar'
import { isTimeZone } from '../../shared/is-time-zone'
import { parseInstant, toZonedText } from '../calendars/times'
import { busyTimes } from '../events/busy-times'
import { invalid, Refusal, required } from '../refusal'

const instant = z
  .string()
  .transform((value) => parseInstant(value))
  .refine((value) => value !== undefined, 'not an RFC 3339 timestamp with an offset')

/** Google refuses longer ones; where it draws the line is not documented. */
const longestRangeMs = 92 * 86_400_000
const mostCalendars = 50

const rangeRefusal = (reason: string, message: string): Refusal =>
  new Refusal({ status: 400, domain: 'calendar', reason, message, location: 'timeMax', locationType: 'parameter' })

const error = (reason: string): calendar_v3.Schema$FreeBusyCalendar => ({
  errors: [{ domain: 'global', reason }],
  busy: [],
})

/** When calendars are busy, without what is in them. */
export const freeBusyRoutes = [
  route({
    operation: 'freebusy.query',
    method: 'POST',
    path: '/freeBusy',
    scopes: ['calendar', 'calendar.readonly', 'calendar.freebusy', 'calendar.events.freebusy'],
    body: z.strictObject({
      timeMin: instant.optional(),
      timeMax: instant.optional(),
      timeZone: z.string().refine(isTimeZone, 'not a time zone').optional(),
      groupExpansionMax: z.int().min(1).max(100).optional(),
      calendarExpansionMax: z.int().min(1).max(mostCalendars).optional(),
      items: z.array(z.strictObject({ id: z.string().min(1) })).optional(),
    }),
    handle: (world, { caller, body }) => {
      const { timeMin, timeMax, timeZone = 'UTC', items = [] } = body
      if (timeMin === undefined) throw required('Missing timeMin parameter.')
      if (timeMax === undefined) throw required('Missing timeMax parameter.')
      if (timeMax <= timeMin) throw rangeRefusal('timeRangeEmpty', 'The specified time range is empty.')
      if (timeMax - timeMin > longestRangeMs) {
        throw rangeRefusal('timeRangeTooLong', 'The requested time range is too long.')
      }
      if (items.length > (body.calendarExpansionMax ?? mostCalendars)) {
        throw invalid('The number of calendars requested is too large for a single query.', {
          domain: 'calendar',
          reason: 'tooManyCalendarsRequested',
        })
      }
      const answerFor = (id: string): calendar_v3.Schema$FreeBusyCalendar => {
        const found = findCalendar(world, caller.email, id)
        if (!found) return error('notFound')
        if (found.calendar.busyError) return error(found.calendar.busyError)
        return {
          busy: busyTimes(world, found.calendar, { start: timeMin, end: timeMax }).map(({ start, end }) => ({
            start: toZonedText(start, timeZone),
            end: toZonedText(end, timeZone),
          })),
        }
      }
      const resource: calendar_v3.Schema$FreeBusyResponse = {
        kind: 'calendar#freeBusy',
        timeMin: new Date(timeMin).toISOString(),
        timeMax: new Date(timeMax).toISOString(),
        calendars: Object.fromEntries(items.map(({ id }) => [id, answerFor(id)])),
      }
      return { resource }
    },
  }),
]
