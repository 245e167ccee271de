import type { CalendarProvider } from '#calendar/calendar-provider'

/** What an installation adds to the product or changes in it. `docs/extending.md` tells each with an example. */
export type ParleyOptions = {
  /** Kinds of calendars that consultants can connect, beside Google's and calendar files. */
  calendars?: readonly CalendarProvider[]
}
