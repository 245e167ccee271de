import type { CalendarConnection } from '#payload-types'
import type { MeetingProvider } from '#meetings/meeting-provider'
import { openTable, rowsByName } from '#shared/open-table'
import { boundCalendarProvider } from './bound-calendar-provider'
import type { CalendarProvider } from './calendar-provider'
import { calendarFile } from './file/calendar-file'
import { googleCalendar } from './google/google-calendar'

/** What a consultant can connect, by the name that connections have. */
export type CalendarProviderName = CalendarConnection['provider']

const what = 'calendar provider'

export const calendarProviders = openTable<CalendarProvider, CalendarProviderName>(
  what,
  rowsByName(what, [googleCalendar, calendarFile]),
)

/** Adds the providers of an installation. @throws Error when a name is taken or is not a name. */
export const extendCalendarProviders = (added: readonly CalendarProvider[]): void =>
  calendarProviders.extend(
    rowsByName(
      what,
      added.map((provider) => boundCalendarProvider(provider)),
    ),
  )

/** The names of those that can do something. */
export const calendarProvidersWith = (can: (provider: CalendarProvider) => boolean): CalendarProviderName[] =>
  calendarProviders.entries().flatMap(([name, provider]) => (can(provider) ? [name] : []))

/** Whose meeting rooms come with the entries in such a calendar; null: nobody's. */
export const roomsOfEntries = (provider: string): MeetingProvider | null =>
  (calendarProviders.has(provider) && calendarProviders.row(provider).entries?.room) || null
