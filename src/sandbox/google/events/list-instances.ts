import type { calendar_v3 } from '@googleapis/calendar'
import type { OpenCalendar } from '../calendars/find-calendar'
import { instantOf, parseInstant, spanOf } from '../calendars/times'
import type { StoredEvent } from '../records'
import { invalid } from '../refusal'
import { exceptionsOf, findEvent, nowOf, type World } from '../world'
import { etagOf, presentEvent } from './present-event'
import { occurrencesFrom, planOf, toOccurrenceBody } from './series'

type InstancesQuery = {
  maxAttendees?: number | undefined
  maxResults?: number | undefined
  originalStart?: string | undefined
  pageToken?: string | undefined
  showDeleted?: boolean | undefined
  timeMax?: number | undefined
  timeMin?: number | undefined
  timeZone?: string | undefined
}

const longAgo = Date.UTC(0, 0, 1)

/** One page of `events.instances`: the occurrences of a series, in the order of their planned starts. @throws Refusal */
export const listInstances = (
  world: World,
  { calendar, role }: OpenCalendar,
  series: StoredEvent,
  query: InstancesQuery,
): calendar_v3.Schema$Events => {
  const plan = planOf(series.body)
  if (!plan) throw invalid('The event is not recurring.')
  const timeZone = query.timeZone ?? calendar.timeZone
  const plannedStart = ({ body }: StoredEvent): number => instantOf(body.originalStartTime, calendar.timeZone) ?? 0
  const originalStart = query.originalStart === undefined ? undefined : parseInstant(query.originalStart)
  const instances = occurrencesFrom(series.id, plan, longAgo, nowOf(world))
    .filter(({ id }) => !findEvent(world, calendar.id, id))
    .map((occurrence): StoredEvent => ({ ...series, id: occurrence.id, body: toOccurrenceBody(series, occurrence) }))
    .concat(exceptionsOf(world, series))
    .filter((event) => {
      const span = spanOf(event.body, calendar.timeZone)
      if (event.body.status === 'cancelled' && !query.showDeleted) return false
      if (originalStart !== undefined && plannedStart(event) !== originalStart) return false
      return (
        !span ||
        ((query.timeMin === undefined || span.end > query.timeMin) &&
          (query.timeMax === undefined || span.start < query.timeMax))
      )
    })
    .sort((a, b) => plannedStart(a) - plannedStart(b))
  const start = query.pageToken === undefined ? 0 : instances.findIndex(({ id }) => id === query.pageToken)
  if (start < 0) throw invalid('Invalid page token value.', { location: 'pageToken', locationType: 'parameter' })
  const end = start + Math.min(query.maxResults ?? 250, world.knobs.pageLimit)
  const next = instances[end]
  return {
    kind: 'calendar#events',
    etag: etagOf(series),
    summary: calendar.summary,
    description: '',
    updated: series.body.updated ?? '',
    timeZone,
    accessRole: role,
    defaultReminders: [],
    ...(next ? { nextPageToken: next.id } : {}),
    items: instances
      .slice(start, end)
      .map((event) => presentEvent(event, { role, timeZone, maxAttendees: query.maxAttendees })),
  }
}
