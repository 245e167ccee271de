import type { Answer, Schema } from '../../../_api/api-types'

export type CalendarsView = Answer<'listCalendarConnections'>
export type ConnectionView = Schema<'CalendarConnection'>
export type CalendarView = Schema<'ConnectedCalendar'>
export type DifferenceView = Schema<'CalendarDifference'>
