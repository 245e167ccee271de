import type pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { claimStates, slotStates } from '#availability/slot-states'
import { chargedSessions, sessionStates, stateCancelledBy, waitingSessions } from '#sessions/session-states'
import { differenceStates, knownConflicts, undecidedDifferences } from '#calendar/entries/event-states'
import {
  collectedPayments,
  countedRefunds,
  disputeStates,
  everCollectedPayments,
  openDisputes,
  paymentStates,
  payoutStates,
  refundStates,
  refundsUnderWay,
  unpaidPayments,
  unsettledPayments,
} from '#payments/payment-states'
import { statesWhere } from '#shared/state-table'
import { connectTo } from '../../support/database'
import { openTestPayload } from '../../support/payload'

let client: pg.Client

beforeAll(async () => {
  client = await connectTo((await openTestPayload()).database)
})

/**
 * The lists that old migrations wrote into the database, each as the tables have it today. One that is neither a list of the tables nor
 * said here why it differs is a fault of a migration that is missing.
 */
const known: readonly (readonly string[])[] = [
  claimStates,
  waitingSessions,
  chargedSessions,
  collectedPayments,
  everCollectedPayments,
  unpaidPayments,
  refundsUnderWay,
  countedRefunds,
  openDisputes,
  undecidedDifferences,
  knownConflicts,
  // A debit that is under way is decided by the bank in days; until then nothing of it is overdue.
  unsettledPayments.filter((state) => paymentStates[state].money !== 'under_way'),
  // Everything goes back, whatever the policy says: the customer had no part in it.
  statesWhere(sessionStates, 'price', 'returned').filter((state) => state !== stateCancelledBy('customer')),
  // What a payout says that goes by its transfers alone.
  Object.keys(payoutStates).filter((state) => state !== 'due' && state !== 'held'),
]

const machines = [sessionStates, slotStates, paymentStates, refundStates, payoutStates, disputeStates, differenceStates]
const isOfStates = (names: string[]): boolean =>
  names.length > 1 && machines.some((table) => names.every((name) => Object.hasOwn(table, name)))

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name))

/** Everything that PostgreSQL itself knows by heart: views, functions, constraints, indexes. */
const definitions = `
  SELECT 'view ' || schemaname || '.' || viewname AS name, definition FROM pg_views WHERE schemaname IN ('public', 'parley')
  UNION ALL
  SELECT 'function ' || p.proname, pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = 'parley' AND p.prokind = 'f'
  UNION ALL
  SELECT 'constraint ' || conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype IN ('c', 'x')
  UNION ALL
  SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname IN ('public', 'parley')`

/** As PostgreSQL spells `x IN (…)` back, and as a function's source has it. */
const lists = /ARRAY\[([^\]]+)\]|\bIN \(([^()]+)\)/g

it('every list of states in the database is one of the tables', async () => {
  const { rows } = await client.query<{ name: string; definition: string }>(definitions)
  const found = rows.flatMap(({ name, definition }) =>
    [...definition.matchAll(lists)]
      .map(([, array = '', list = '']) => [...(array || list).matchAll(/'([a-z_]+)'/g)].map(([, state]) => state ?? ''))
      .filter(isOfStates)
      .map((states) => ({ name, states })),
  )
  expect(new Set(found.map(({ name }) => name)).size).toBeGreaterThan(5)
  expect(found.filter(({ states }) => !known.some((list) => same(list, states)))).toEqual([])
})
