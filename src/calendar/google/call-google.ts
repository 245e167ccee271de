import { callCalendar } from '../call-calendar'
import { GoogleError } from './google-error'

/** The quota of the project is used up, not that of one user. */
const projectReasons = ['quotaExceeded', 'calendarUsageLimitsExceeded']

/**
 * Calls Google within the limits of the project, and of the user where there is one.
 * @throws CalendarError
 */
export const callGoogle = <T>(
  call: { operation: string; subject?: string | undefined },
  run: () => Promise<T>,
): Promise<T> =>
  callCalendar(
    { provider: 'google', ...call },
    run,
    (error) => error instanceof GoogleError && projectReasons.includes(error.reason ?? ''),
  )
