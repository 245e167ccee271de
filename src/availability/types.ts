/** The availability engine's vocabulary: plain data, no Payload types. Instants are epoch milliseconds. */

/** Half open: `start` belongs to it, `end` does not. */
export type Interval = { start: number; end: number }

/**
 * Time in which sessions may take place. `start` is also where its grid of start times begins; `stepMinutes` is the
 * grid's step in elapsed minutes, null = the length of the session that is asked for.
 */
export type OpenInterval = Interval & { stepMinutes: number | null }

/** Monday first, as in ISO 8601. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

/**
 * Wall-clock times `HH:MM`, 00:00 to 24:00. An end that is not after the start is on the next day; 00:00–00:00 is a
 * whole day.
 */
export type TimeRange = { startTime: string; endTime: string }

/** `slotDurationMinutes` is the step of the grid; a window that is not available is taken out of the others. */
export type ScheduleWindow = TimeRange & { slotDurationMinutes: number | null; isAvailable: boolean }

/** Recurring: on every such weekday (null = every day). Otherwise only on `date`, a YYYY-MM-DD. */
export type Break = TimeRange & { weekday: Weekday | null; date: string | null; recurring: boolean }

/** Whole days, YYYY-MM-DD, both included. */
export type DateRange = { firstDate: string; lastDate: string }

/** What differs from a schedule's pattern on one date (YYYY-MM-DD). */
export type DateException = { date: string; isAvailable: boolean; windows: ScheduleWindow[] }

export type Schedule = {
  id: string
  type: 'weekly' | 'monthly' | 'custom'
  /** First and last date (YYYY-MM-DD, both included) on which the schedule applies; null = without end. */
  appliedFrom: string | null
  appliedTo: string | null
  /** Used by weekly schedules. */
  weeklyPattern: Record<Weekday, { enabled: boolean; windows: ScheduleWindow[] }>
  /** Used by monthly schedules: iCalendar rules that choose dates. */
  recurrences: { rrule: string; windows: ScheduleWindow[] }[]
  dateExceptions: DateException[]
}

/** A block by hand that comes back: where it first is, and an iCalendar rule that chooses its dates from there on. */
export type RecurringBlock = Interval & {
  rrule: string
  /** In which its times of day and dates are meant; otherwise that of the rules. */
  timeZone?: string
}

/** All that decides when a consultant can be booked, but claims, busy times and the booking window. */
export type AvailabilityRules = {
  /** IANA zone in which every date and wall-clock time here is meant. */
  timeZone: string
  /** False: cannot be booked at all. */
  isAvailable: boolean
  workingHours: Record<Weekday, TimeRange & { enabled: boolean }>
  breaks: Break[]
  unavailableDates: DateRange[]
  recurringBlocks: RecurringBlock[]
  /** The active ones. */
  schedules: Schedule[]
}
