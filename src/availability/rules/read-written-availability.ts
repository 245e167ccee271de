import { dateOf, rangeOf, recordOf, rowsOf } from './read-written-schedule'
import { type AvailabilityRules, type Break, weekdays } from '../types'
import { zoneOffsets } from './zone-offsets'

/**
 * The rules of a consultant with the hours, breaks and absences of a profile that is being written, by the names of the collection's fields: rows that are
 * not complete, and what nobody can read, are left out or stay as `stored` has them.
 */
export const readWrittenAvailability = (stored: AvailabilityRules, availability: unknown): AvailabilityRules => {
  const written = recordOf(availability)
  const hours = recordOf(written.workingHours)
  const hoursOf = (weekday: (typeof weekdays)[number]) => {
    const day = recordOf(hours[weekday])
    return { ...(rangeOf(day) ?? stored.workingHours[weekday]), enabled: day.enabled === true }
  }
  return {
    ...stored,
    timeZone: zoneOf(written.timeZone) ?? stored.timeZone,
    isAvailable: written.isAvailable !== false,
    workingHours: {
      monday: hoursOf('monday'),
      tuesday: hoursOf('tuesday'),
      wednesday: hoursOf('wednesday'),
      thursday: hoursOf('thursday'),
      friday: hoursOf('friday'),
      saturday: hoursOf('saturday'),
      sunday: hoursOf('sunday'),
    },
    breaks: rowsOf(written.breakTimes).flatMap(breakOf),
    unavailableDates: rowsOf(written.unavailableDates).flatMap(({ date, lastDate }) => {
      const firstDate = dateOf(date)
      return firstDate === undefined ? [] : [{ firstDate, lastDate: dateOf(lastDate) ?? firstDate }]
    }),
  }
}

const breakOf = ({ day, date, recurring, ...times }: Readonly<Record<string, unknown>>): Break[] => {
  const range = rangeOf(times)
  if (!range) return []
  const weekday = weekdays.find((one) => one === day) ?? null
  return [{ ...range, weekday, date: dateOf(date) ?? null, recurring: recurring !== false }]
}

const zoneOf = (zone: unknown): string | undefined => {
  if (typeof zone !== 'string' || zone === '') return undefined
  try {
    zoneOffsets(zone)
    return zone
  } catch {
    return undefined
  }
}
