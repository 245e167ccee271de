import type pg from 'pg'
import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { deleteInBatches } from '#database/delete-in-batches'
import { readKeptDays } from '#desk/storage/read-kept-days'
import { tableGroups } from '#desk/storage/table-groups'
import { createId } from '#shared/ids'
import { type KeptDays, retentionNames, retentionSettings } from '#shared/retention'
import { connectTo } from '../../support/database'
import {
  bookPaid,
  bookPaidOut,
  createPayee,
  hearFromStripe,
  openPayoutWorld,
  type PayoutWorld,
} from '../../support/payout-world'

let world: PayoutWorld
let db: pg.Client
let tidyAll: () => Promise<void>

beforeAll(async () => {
  world = await openPayoutWorld()
  db = await connectTo(world.database)
  const { tidying } = await import('#worker/all-work')
  tidyAll = async () => {
    const kept = await readKeptDays(world.payload)
    for (const tidy of tidying) await tidy(world.payload, kept)
  }
})

type Row = Readonly<Record<string, unknown>>

const insert = async (table: string, row: Row): Promise<string> => {
  const columns = Object.keys(row)
  const places = columns.map((_, n) => `$${n + 1}`)
  const { rows } = await db.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')}) RETURNING id::text`,
    Object.values(row),
  )
  return String(rows[0].id)
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

/** Which of the rows are there, by the names that the test gave them. */
const left = async (table: string, ids: Readonly<Record<string, string>>): Promise<string[]> => {
  const { rows } = await db.query(`SELECT id::text FROM ${table} WHERE id::text = ANY ($1)`, [Object.values(ids)])
  const found = new Set(rows.map(({ id }) => id))
  return Object.entries(ids).flatMap(([name, id]) => (found.has(id) ? name : []))
}

const keep = async (days: Partial<KeptDays>) => {
  const retention = await readKeptDays(world.payload)
  await world.payload.updateGlobal({ slug: 'booking-settings', data: { retention: { ...retention, ...days } } })
}

const giveUp = (kind: string, workId: string) =>
  insert('parley.work_decisions', {
    ...{ id: createId(), kind, work_id: workId, decision: 'give_up', reason: 'Nobody needs it.' },
    ...{ decided_by_role: 'operations', decided_at: new Date(), work: '{}' },
  })

describe('every table', () => {
  it('is named once, with for how long it is kept', async () => {
    const { rows } = await db.query(`
      SELECT CASE schemaname WHEN 'public' THEN tablename ELSE schemaname || '.' || tablename END AS name
      FROM pg_tables WHERE schemaname IN ('public', 'parley', 'graphile_worker')`)
    const named = Object.values(tableGroups).flatMap(({ tables }): readonly string[] => tables)
    expect(named.toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  })

  it('that has a setting is tidied by it: each setting is heeded by one of them', () => {
    const heeded = Object.values(tableGroups).flatMap(({ kept }) => ('setting' in kept ? kept.setting : []))
    expect(heeded.toSorted()).toEqual(retentionNames.toSorted())
  })
})

describe('what is older than what it is kept for', () => {
  it('are messages, but not those that wait, of a session that is not over, or in an open dispute', async () => {
    const { consultant } = await createPayee(world)
    const [over, disputed] = [await bookPaidOut(world, consultant), await bookPaidOut(world, consultant)]
    const coming = await bookPaid(world, consultant)
    world.stripe.control.disputePayment(disputed.chargeId)
    await hearFromStripe(world)
    const message = (days: number, more: Row = {}) =>
      insert('notifications', {
        ...{ id: createId(), type: 'booking_confirmation', kind: 'booking_confirmation', title: 'Booked' },
        ...{ delivery_state: 'sent', created_at: daysAgo(days), ...more },
      })
    const ids = {
      old: await message(31),
      oldAndFailed: await message(31, { delivery_state: 'failed' }),
      oldOfOver: await message(31, { scheduled_session_id: over.sessionId }),
      young: await message(29),
      waiting: await message(31, { delivery_state: 'queued', delivery_next_attempt_at: daysAgo(-1) }),
      ofComing: await message(31, { scheduled_session_id: coming.sessionId }),
      ofDisputed: await message(31, { scheduled_session_id: disputed.sessionId }),
    }
    await tidyAll()
    expect(await left('notifications', ids)).toEqual(['young', 'waiting', 'ofComing', 'ofDisputed'])
  })

  it('is so by the setting: a longer one keeps, a shorter one takes', async () => {
    const message = (days: number) =>
      insert('notifications', {
        ...{ id: createId(), type: 'booking_confirmation', title: 'Booked', delivery_state: 'sent' },
        created_at: daysAgo(days),
      })
    const ids = { eight: await message(8), sixty: await message(60), ninety: await message(90) }
    const { sweep } = await import('#worker/sweep')
    await keep({ messagesDays: 70 })
    await sweep(world.payload)
    expect(await left('notifications', ids)).toEqual(['eight', 'sixty'])
    await keep({ messagesDays: 7 })
    await sweep(world.payload)
    expect(await left('notifications', ids)).toEqual([])
    await expect(keep({ messagesDays: 6 })).rejects.toThrow(/Messages, days/)
    await keep({ messagesDays: retentionSettings.messagesDays.usual })
  })

  it('are events of Stripe and reports of rooms that were dealt with or given up', async () => {
    await keep({ stripeEventsDays: 45, meetingReportsDays: 20 })
    const event = (status: string, days: number) =>
      insert('stripe_events', {
        ...{ id: createId(), event_id: `evt_${createId()}`, account: '', type: 'charge.succeeded', status },
        ...{ payload: '{}', received_at: daysAgo(days) },
      })
    const events = {
      processed: await event('processed', 46),
      ignored: await event('ignored', 46),
      givenUp: await event('failed', 46),
      young: await event('processed', 44),
      failed: await event('failed', 46),
      received: await event('received', 46),
    }
    await giveUp('stripe-event', events.givenUp)
    const report = (status: string, days: number) =>
      insert('parley.meeting_events', {
        ...{ id: createId(), provider: 'zoom', event_key: createId(), type: 'meeting.ended', payload: '{}', status },
        received_at: daysAgo(days),
      })
    const reports = {
      processed: await report('processed', 21),
      givenUp: await report('failed', 21),
      young: await report('processed', 19),
      failed: await report('failed', 21),
      received: await report('received', 21),
    }
    await giveUp('meeting-report', reports.givenUp)
    await tidyAll()
    expect(await left('stripe_events', events)).toEqual(['young', 'failed', 'received'])
    expect(await left('parley.meeting_events', reports)).toEqual(['young', 'failed', 'received'])
  })

  it('are answers to commands, lapsed holds, comparisons with Stripe, and that somebody edits a record', async () => {
    await keep({ commandAnswersDays: 4, lapsedHoldsDays: 20, reconciliationDays: 400 })
    const key = (days: number) =>
      insert('parley.idempotency_keys', { id: createId(), fingerprint: 'f', created_at: daysAgo(days) })
    const keys = { old: await key(5), young: await key(3) }
    const { consultant } = await createPayee(world)
    const hold = (status: string, days: number) =>
      insert('availability_slots', {
        ...{ id: createId(), consultant_id: consultant.id, status, updated_at: daysAgo(days) },
        ...{ starts_at: daysAgo(days), ends_at: daysAgo(days - 0.1), occupied_from: daysAgo(days) },
        ...{ occupied_until: daysAgo(days - 0.1), duration_minutes: 30 },
      })
    const holds = {
      released: await hold('released', 21),
      expired: await hold('expired', 21),
      young: await hold('released', 19),
      ofSession: await hold('released', 22),
      blocked: await hold('blocked', 23),
    }
    const { sessionId } = await bookPaid(world, consultant)
    await db.query('UPDATE scheduled_sessions SET slot_id = $1 WHERE id = $2', [holds.ofSession, sessionId])
    const run = (status: string, days: number) =>
      insert('reconciliation_runs', {
        ...{ id: createId(), status, trigger: 'nightly', started_at: daysAgo(days), '"from"': daysAgo(days + 1) },
        until: daysAgo(days),
      })
    const runs = {
      failed: await run('failed', 401),
      finished: await run('finished', 402),
      newest: await run('finished', 401),
    }
    const finding = (status: string, days: number) =>
      insert('reconciliation_findings', {
        ...{ id: createId(), kind: 'missing_here', object_id: createId(), status, first_seen_at: daysAgo(days) },
        last_seen_at: daysAgo(days),
      })
    const findings = {
      resolved: await finding('resolved', 401),
      young: await finding('resolved', 399),
      open: await finding('open', 401),
    }
    const lock = (days: number) =>
      insert('payload_locked_documents', { id: createId(), updated_at: daysAgo(days), created_at: daysAgo(days) })
    const locks = { old: await lock(2), young: await lock(0) }
    await tidyAll()
    expect(await left('parley.idempotency_keys', keys)).toEqual(['young'])
    expect(await left('availability_slots', holds)).toEqual(['young', 'ofSession', 'blocked'])
    expect(await left('reconciliation_runs', runs)).toEqual(['newest'])
    expect(await left('reconciliation_findings', findings)).toEqual(['young', 'open'])
    expect(await left('payload_locked_documents', locks)).toEqual(['young'])
  })

  it('are past appointments, and calendar entries of sessions long over that are as they should be', async () => {
    await keep({ pastAppointmentsDays: 5, pastEntriesDays: 100 })
    const { consultant } = await createPayee(world)
    const connection = await insert('calendar_connections', {
      ...{ id: createId(), consultant_id: consultant.id, provider: 'google', status: 'connected' },
    })
    const calendar = await insert('connected_calendars', {
      ...{
        id: createId(),
        consultant_id: consultant.id,
        connection_id: connection,
        calendar_id: 'c',
        reading: 'events',
      },
    })
    const busy = (days: number) =>
      insert('busy_times', {
        ...{
          id: createId(),
          consultant_id: consultant.id,
          calendar_id: calendar,
          source_id: createId(),
          generation: 0,
        },
        ...{ starts_at: daysAgo(days + 0.1), ends_at: daysAgo(days) },
      })
    const appointments = { old: await busy(6), young: await busy(4), coming: await busy(-3) }
    const entryOf = async (ended: number, more: Row = {}) => {
      const { sessionId } = await bookPaid(world, consultant)
      await db.query(
        `UPDATE scheduled_sessions SET starts_at = $1::timestamptz - interval '30 minutes', ends_at = $1 WHERE id = $2`,
        [daysAgo(ended), sessionId],
      )
      await db.query('DELETE FROM calendar_events WHERE scheduled_session_id = $1', [sessionId])
      const id = await insert('calendar_events', {
        ...{ id: createId(), consultant_id: consultant.id, connection_id: connection, scheduled_session_id: sessionId },
        ...{ event_id: createId(), state: 'delivered', desired_version: 1, delivered_version: 1 },
        ...{ updated_at: daysAgo(ended), ...more },
      })
      return { id, sessionId }
    }
    const [old, young, undelivered, undecided] = [
      await entryOf(101),
      await entryOf(99),
      await entryOf(101, { delivered_version: 0 }),
      await entryOf(101),
    ]
    const difference = ({ id, sessionId }: typeof old, status: string) =>
      insert('calendar_differences', {
        ...{ id: createId(), consultant_id: consultant.id, scheduled_session_id: sessionId, calendar_event_id: id },
        ...{ kind: 'moved', status },
      })
    const differences = { settled: await difference(old, 'settled'), open: await difference(undecided, 'open') }
    await tidyAll()
    expect(await left('busy_times', appointments)).toEqual(['young', 'coming'])
    expect(await left('calendar_differences', differences)).toEqual(['open'])
    const entries = { old: old.id, young: young.id, undelivered: undelivered.id, undecided: undecided.id }
    expect(await left('calendar_events', entries)).toEqual(['young', 'undelivered', 'undecided'])
  })

  it('goes in batches, each on its own, and what a stopped one leaves is taken by the next', async () => {
    await db.query(`INSERT INTO parley.idempotency_keys (id, fingerprint, created_at)
      SELECT 'batch-' || n, 'f', now() - interval '40 days' FROM generate_series(1, 25) n`)
    const counts = async () =>
      (await db.query(`SELECT count(*)::int AS n FROM parley.idempotency_keys WHERE id LIKE 'batch-%'`)).rows[0].n
    const limits: number[] = []
    const statement = (limit: number) => {
      limits.push(limit)
      return sql`DELETE FROM parley.idempotency_keys WHERE id IN (
        SELECT id FROM parley.idempotency_keys WHERE id LIKE 'batch-%' LIMIT ${limit})`
    }
    expect(await deleteInBatches(world.payload, statement, { batch: 10, patience: 0 })).toBe(10)
    expect(await counts()).toBe(15)
    expect(await deleteInBatches(world.payload, statement, { batch: 10 })).toBe(15)
    expect([limits, await counts()]).toEqual([[10, 10, 10], 0])
  })
})

describe('the sizes of the database', () => {
  it('count small tables that PostgreSQL has not looked at yet', async () => {
    await db.query(`
      CREATE TABLE notes_of_mine (id int) WITH (autovacuum_enabled = false);
      INSERT INTO notes_of_mine SELECT generate_series(1, 3)`)
    const rowsOf = async () =>
      (await world.staff.get('/operations/storage')).json.groups.find(({ name }: { name: string }) => name === 'others')
        ?.rows
    expect(await rowsOf()).toBe(3)
    await db.query('DROP TABLE notes_of_mine')
  })

  it('are told to staff, by what it holds and for how long it is kept, without counting', async () => {
    const counted = (await db.query('SELECT count(*)::int AS n FROM scheduled_sessions')).rows[0].n
    // What connections have written they tell the statistics a little later.
    const { json, status } = await vi.waitFor(
      async () => {
        await db.query('ANALYZE')
        const answer = await world.staff.get('/operations/storage')
        expect(answer.json.bookings).toBe(counted)
        return answer
      },
      { timeout: 60_000, interval: 500 },
    )
    expect(status).toBe(200)
    const groups: { name: string; bytes: number; kept: { days: number | null } }[] = json.groups
    const bytes = groups.map((group) => group.bytes)
    expect(bytes).toEqual(bytes.toSorted((a, b) => b - a))
    const group = (name: string) => groups.find((one) => one.name === name)
    expect(json).toMatchObject({
      bookings: counted,
      databaseBytes: expect.any(Number),
      bytesPerBooking: expect.any(Number),
    })
    expect(group('sessions')).toMatchObject({
      ...{ rows: counted, recentRows: counted, oldestAt: expect.any(String), bytesPerBooking: expect.any(Number) },
      kept: { days: null, isSetting: false },
    })
    const kept: KeptDays = await readKeptDays(world.payload)
    expect(group('messages')?.kept).toMatchObject({ days: kept.messagesDays, isSetting: true })
    expect(group('times')?.kept).toMatchObject({
      ...{ days: kept.lapsedHoldsDays, part: 'Lapsed holds', isSetting: true },
      text: expect.stringContaining(
        'A free time is removed when it has passed, and a booked one stays with its session.',
      ),
    })
    expect(group('others')).toBeUndefined()
    expect((await world.api.get('/operations/storage')).status).toBe(401)
    const { user } = await createPayee(world)
    expect((await (await world.api.as(user)).get('/operations/storage')).json.code).toBe('forbidden')
  })
})
