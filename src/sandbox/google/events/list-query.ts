import { z } from 'zod'
import { boolean, instant, integer, text, timeZone } from '../api/params'
import { invalid, Refusal } from '../refusal'
import { syncTokenLifetime } from './list-tokens'

const eventTypes = ['default', 'outOfOffice', 'focusTime', 'workingLocation', 'birthday', 'fromGmail'] as const

/** The parameters of `events.list`, which a watch takes as well. */
export const listQuery = z.strictObject({
  alwaysIncludeEmail: boolean.optional(),
  eventTypes: z.array(z.enum(eventTypes)).optional(),
  iCalUID: text.optional(),
  maxAttendees: integer(1, 1000).optional(),
  maxResults: integer(1, 2500).optional(),
  orderBy: z.enum(['startTime', 'updated']).optional(),
  pageToken: text.optional(),
  privateExtendedProperty: z.array(text).optional(),
  q: z.string().optional(),
  sharedExtendedProperty: z.array(text).optional(),
  showDeleted: boolean.optional(),
  showHiddenInvitations: boolean.optional(),
  singleEvents: boolean.optional(),
  syncToken: text.optional(),
  timeMax: instant.optional(),
  timeMin: instant.optional(),
  timeZone: timeZone.optional(),
  updatedMin: instant.optional(),
})

export type ListQuery = z.output<typeof listQuery>

export const repeatedInListQuery = ['eventTypes', 'privateExtendedProperty', 'sharedExtendedProperty'] as const

/** What a sync cannot be limited by: a list with one of these has no sync token, and with a sync token they are refused. */
const notWithSync = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'updatedMin',
] as const

export const canBeSynced = (query: ListQuery): boolean => notWithSync.every((name) => query[name] === undefined)

/** Whether the parameters make sense together. @throws Refusal */
export const assertListQuery = (query: ListQuery, now: number): void => {
  if (query.syncToken !== undefined) {
    const wrong = [...notWithSync, 'timeMin' as const, 'timeMax' as const].find((name) => query[name] !== undefined)
    if (wrong) {
      throw invalid(`Sync token cannot be used with the parameter ${wrong}.`, {
        location: wrong,
        locationType: 'parameter',
      })
    }
    if (query.showDeleted === false) {
      throw invalid('Sync token cannot be used with showDeleted=false.', {
        location: 'showDeleted',
        locationType: 'parameter',
      })
    }
  }
  if (query.orderBy === 'startTime' && !query.singleEvents) {
    throw invalid('The requested ordering is not available for the particular query.', {
      location: 'orderBy',
      locationType: 'parameter',
    })
  }
  if (query.timeMin !== undefined && query.timeMax !== undefined && query.timeMax <= query.timeMin) {
    throw new Refusal({
      status: 400,
      domain: 'calendar',
      reason: 'timeRangeEmpty',
      message: 'The specified time range is empty.',
      location: 'timeMax',
      locationType: 'parameter',
    })
  }
  if (query.updatedMin !== undefined && query.updatedMin < now - syncTokenLifetime) {
    throw new Refusal({
      status: 410,
      domain: 'calendar',
      reason: 'updatedMinTooLongAgo',
      message: 'The requested minimum modification time lies too far in the past.',
      location: 'updatedMin',
      locationType: 'parameter',
    })
  }
}
