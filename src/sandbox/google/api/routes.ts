import { calendarListRoutes } from '../resources/calendar-list'
import { calendarRoutes } from '../resources/calendars'
import { channelRoutes } from '../resources/channels'
import { eventRoutes } from '../resources/events'
import { freeBusyRoutes } from '../resources/free-busy'
import type { Route } from './route'

/** The whole Calendar API of the sandbox. A call that is not here is refused, as Google refuses what it does not have. */
export const routes: readonly Route[] = [
  ...calendarListRoutes,
  ...calendarRoutes,
  ...eventRoutes,
  ...freeBusyRoutes,
  ...channelRoutes,
]
