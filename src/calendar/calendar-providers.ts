import type { CalendarConnection } from '#payload-types'
import { openTable } from '#shared/open-table'
import type { CalendarProvider } from './calendar-provider'
import { calendarFile } from './file/calendar-file'
import { googleCalendar } from './google/google-calendar'

/** What a consultant can connect, by the name that connections have. */
export type CalendarProviderName = CalendarConnection['provider']

const byName = (providers: readonly CalendarProvider[]): Record<string, CalendarProvider> => {
  const names = providers.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Two calendar providers are called "${twice}".`)
  return Object.fromEntries(providers.map((provider) => [provider.name, provider]))
}

export const calendarProviders = openTable<CalendarProvider, CalendarProviderName>(
  'calendar provider',
  byName([googleCalendar, calendarFile]),
)

/** Adds the providers of an installation. @throws Error when a name is taken or is not a name. */
export const extendCalendarProviders = (added: readonly CalendarProvider[]): void =>
  calendarProviders.extend(byName(added))

/** The names of those that can do something. */
export const calendarProvidersWith = (can: (provider: CalendarProvider) => boolean): CalendarProviderName[] =>
  calendarProviders.entries().flatMap(([name, provider]) => (can(provider) ? [name] : []))
