import { z } from 'zod'
import { calendarProviders } from '#calendar/calendar-providers'
import { connectionStates } from '#calendar/connections/connection-states'
import {
  type DifferenceDecision,
  differenceDecisions,
  type DifferenceKind,
  differenceKinds,
  undecidedDifferences,
} from '#calendar/entries/event-states'
import { dateTime } from '../support/schemas'

/** What a consultant can answer to a difference, of whatever kind. */
export const differenceDecision = z
  .enum([...new Set<DifferenceDecision>(Object.values(differenceDecisions).flat())])
  .meta({ id: 'CalendarDifferenceDecision' })

const calendar = z
  .object({
    id: z.uuid(),
    name: z.string(),
    isPrimary: z.boolean(),
    isWritable: z.boolean(),
    isTarget: z.boolean().describe('Sessions are written to it'),
    countsAsBusy: z.boolean(),
    syncedAt: dateTime.nullable(),
    staleSince: dateTime.nullable(),
    reading: z.int().nullable().describe('Events read so far while it is read from the beginning'),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'ConnectedCalendar' })

const { disconnected: _gone, ...shownStates } = connectionStates

// Object.keys gives string[]; the tables' keys are exactly the names (the same below).
const connection = z
  .object({
    id: z.uuid(),
    provider: z.lazy(() => z.enum(calendarProviders.names())),
    providerLabel: z.string(),
    hasCalendars: z.boolean().describe('It is an account with calendars to choose from'),
    account: z.string(),
    status: z.enum(Object.keys(shownStates) as (keyof typeof shownStates)[]),
    connectedAt: dateTime.nullable(),
    syncedAt: dateTime.nullable(),
    staleSince: dateTime.nullable(),
    lastError: z.string().nullable(),
    waiting: z.int().describe('Sessions whose entry is still to be written or removed'),
    calendars: z.array(calendar),
  })
  .meta({ id: 'CalendarConnection' })

const difference = z
  .object({
    id: z.uuid(),
    kind: z.enum(Object.keys(differenceKinds) as DifferenceKind[]),
    status: z.enum(undecidedDifferences),
    reference: z.string().describe('Of the session'),
    serviceType: z.string(),
    customer: z.string(),
    start: dateTime,
    end: dateTime,
    externalStart: dateTime.nullable().describe('What stands in the calendar; null for another day, or nothing'),
    externalEnd: dateTime.nullable(),
    decisions: z.array(differenceDecision).describe('What can be decided'),
  })
  .meta({ id: 'CalendarDifference' })

export const connectionsAnswer = z
  .object({
    canConnectGoogle: z.boolean(),
    connections: z.array(connection),
    differences: z.array(difference).describe('To be decided, or proposed to the customer'),
  })
  .meta({ id: 'Calendars' })
