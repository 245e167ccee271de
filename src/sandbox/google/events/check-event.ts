import { spanOf } from '../calendars/times'
import type { EventBody, StoredCalendar } from '../records'
import { invalid, Refusal, required } from '../refusal'
import { assertPlan, planOf } from './series'

const emptyRange = () =>
  new Refusal({
    status: 400,
    domain: 'calendar',
    reason: 'timeRangeEmpty',
    message: 'The specified time range is empty.',
    location: 'timeMax',
    locationType: 'parameter',
  })

const ruleOf: Readonly<Record<string, RegExp>> = { birthday: /^RRULE:FREQ=YEARLY/ }

/** What Google asks of the special kinds of events. @throws Refusal */
const assertType = (body: EventBody, calendar: StoredCalendar): void => {
  const type = body.eventType ?? 'default'
  if (type === 'default' || type === 'fromGmail') return
  if (!calendar.isPrimary) throw invalid(`Events of type ${type} can only be created on primary calendars.`)
  const isAllDay = Boolean(body.start?.date)
  if ((type === 'outOfOffice' || type === 'focusTime') && isAllDay) {
    throw invalid(`An event of type ${type} cannot take whole days.`, { reason: 'malformedEvent' })
  }
  if ((type === 'outOfOffice' || type === 'focusTime') && body.transparency === 'transparent') {
    throw invalid(`An event of type ${type} must be opaque.`, { reason: 'malformedEvent' })
  }
  if (type === 'workingLocation') {
    if (!body.workingLocationProperties?.type) throw required('Missing working location properties.')
    if (body.transparency !== 'transparent' || body.visibility !== 'public') {
      throw invalid('A working location event must be transparent and public.', { reason: 'malformedEvent' })
    }
  }
  if (type === 'birthday') {
    const isYearly = body.recurrence?.some((line) => ruleOf[type]?.test(line)) ?? Boolean(body.recurringEventId)
    if (!isAllDay || !isYearly || body.transparency !== 'transparent' || body.visibility !== 'private') {
      throw invalid('A birthday must be a private, transparent, yearly all-day event.', { reason: 'malformedEvent' })
    }
  }
}

/**
 * Whether an event makes sense as a whole.
 * @param body with times as they are stored.
 * @throws Refusal 400
 */
export const assertEvent = (body: EventBody, calendar: StoredCalendar): void => {
  if (Boolean(body.start?.date) !== Boolean(body.end?.date)) {
    throw invalid('Start and end times must either both be date or both be dateTime.')
  }
  const span = spanOf(body, calendar.timeZone)
  if (span && (span.end < span.start || (body.start?.date && span.end === span.start))) throw emptyRange()
  const plan = planOf(body)
  if (plan) assertPlan(plan)
  assertType(body, calendar)
}
