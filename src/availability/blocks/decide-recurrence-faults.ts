import type { FieldError } from '#shared/errors'
import { findRecurrenceFault } from '../rules/compute-recurrence-days'
import { isOnFirstDay, longestRecurringMs } from '../rules/compute-recurring-blocks'
import type { Interval } from '../types'

type Written = { isRecurring?: boolean | null | undefined; recurrenceRule?: string | null | undefined }

/**
 * What has no meaning about how a block comes back, in words that go on after the name of the field. `first` is the time that it takes first (epoch ms),
 * `timeZone` the zone on whose clock it comes back.
 */
export const decideRecurrenceFaults = (
  { isRecurring, recurrenceRule }: Written,
  { first, timeZone }: { first: Interval; timeZone: string },
): FieldError[] => {
  if (!isRecurring && !recurrenceRule) return []
  if (!isRecurring) return [{ path: 'isRecurring', message: 'must be switched on where there is a rule' }]
  const tooLong =
    first.end - first.start > longestRecurringMs
      ? [{ path: 'endsAt', message: 'must be at most a day after the start of a block that comes back' }]
      : []
  const message = ruleFault(recurrenceRule, { first, timeZone })
  return [...tooLong, ...(message === undefined ? [] : [{ path: 'recurrenceRule', message }])]
}

const ruleFault = (
  rule: string | null | undefined,
  { first, timeZone }: { first: Interval; timeZone: string },
): string | undefined => {
  if (!rule) return 'must say when it comes back, for example FREQ=WEEKLY'
  const unreadable = findRecurrenceFault(rule)
  if (unreadable !== undefined) return unreadable
  if (/^\s*DTSTART/i.test(rule)) return 'must not contain DTSTART: it begins with the block'
  if (isOnFirstDay({ ...first, rrule: rule }, timeZone)) return undefined
  return 'must choose the day on which the block first is'
}
