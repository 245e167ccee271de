import { beforeAll, describe, expect, it } from 'vitest'
import type { ScheduledSession } from '#payload-types'
import { countStatements } from '../../support/count-statements'
import { killedAfter, plantDatabaseSteps } from '../../support/crash'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { runDueJobs } from '../../support/jobs'
import { book, deliver, openRefundWorld, type RefundWorld } from '../../support/refund-world'

let world: RefundWorld

beforeAll(async () => {
  world = await openRefundWorld()
  plantDatabaseSteps(world.payload)
})

/** A booking that is paid, with its event in the inbox. */
const receivePaid = async () => {
  const booking = await book(world)
  booking.payAtStripe()
  const event = world.stripe.control
    .events('checkout.session.completed')
    .find(({ data }) => 'id' in data.object && data.object.id === booking.checkoutId)
  if (!event) throw new Error('Stripe has no event of that.')
  await deliver(world, event)
  const where = { eventId: { equals: event.id } }
  const stored = async () => {
    const [found] = (await world.payload.find({ collection: 'stripe-events', where, depth: 0, limit: 1 })).docs
    if (!found) throw new Error('The event is not in the inbox.')
    return found
  }
  const session = async (): Promise<ScheduledSession> => {
    const { docs } = await world.payload.find({
      collection: 'scheduled-sessions',
      where: { reference: { equals: booking.reference } },
      depth: 0,
      limit: 1,
    })
    if (!docs[0]) throw new Error('There is no such session.')
    return docs[0]
  }
  return { booking, stored, session }
}

const fulfil = () => runDueJobs(world.payload, world.database, { only: ['process-stripe-event'] })

const jobsOf = async (task: string): Promise<number> => {
  const { poolDb } = await import('#database/transactions')
  const { sql } = await import('@payloadcms/db-postgres')
  const { rows } = await poolDb(world.payload).execute(
    sql`SELECT count(*)::int AS number FROM graphile_worker.jobs WHERE task_identifier = ${task} AND run_at <= now()`,
  )
  return Number(rows[0]?.number)
}

describe('a paid checkout', () => {
  it('is one transaction: the session, the books, the invoice and what came of the event', async () => {
    await receivePaid()
    await fulfil()
    await receivePaid()
    const { data, transactions } = await countStatements(world.payload, fulfil)
    expect(transactions).toBe(1)
    expect(data.length, data.map((text) => text.slice(0, 90)).join('\n')).toBeLessThanOrEqual(23)
    await expectSoundBooks(world.payload)
  })

  it('publishes no time: what is paid takes the time that it took before', async () => {
    await runDueJobs(world.payload, world.database, { only: ['publish-slots'] })
    const { booking } = await receivePaid()
    await runDueJobs(world.payload, world.database, { only: ['publish-slots'] })
    await fulfil()
    expect(await jobsOf('publish-slots')).toBe(0)
    const { directoryOverdue } = await import('#directory/directory-overdue-queries')
    const { poolDb } = await import('#database/transactions')
    const { sql } = await import('@payloadcms/db-postgres')
    const db = poolDb(world.payload)
    // Later, as far as the sweep can see.
    await db.execute(sql`UPDATE availability_slots SET updated_at = updated_at - interval '5 minutes',
      booked_at = booked_at - interval '5 minutes', created_at = created_at - interval '10 minutes' WHERE status = 'booked'`)
    await db.execute(sql`UPDATE parley.directory SET published_at = now() - interval '6 minutes'`)
    const [published] = directoryOverdue
    if (!published) throw new Error('The sweep does not look at published time.')
    expect((await db.execute(published.select)).rows).toEqual([])
    await world.api.post(`${booking.url}/cancel`, {}, booking.auth)
    expect(await jobsOf('publish-slots')).toBe(1)
  })

  it('keeps its history in order', async () => {
    const { session } = await receivePaid()
    await fulfil()
    const { statusHistory } = await session()
    expect(statusHistory?.map(({ from, to }) => [from, to])).toEqual([
      [null, 'pending_payment'],
      ['pending_payment', 'scheduled'],
    ])
    const { poolDb } = await import('#database/transactions')
    const { sql } = await import('@payloadcms/db-postgres')
    const { rows } = await poolDb(world.payload).execute(
      sql`SELECT _order FROM scheduled_sessions_status_history WHERE _parent_id = ${(await session()).id} ORDER BY at`,
    )
    expect(rows.map(({ _order }) => _order)).toEqual([1, 2])
  })

  it('is fulfilled once, wherever the worker is killed, and never without its event', async () => {
    const { processStripeEvent } = await import('#checkout/stripe-events/process-stripe-event')
    const seen = new Set<string>()
    for (let steps = 1; ; steps++) {
      const { booking, stored, session } = await receivePaid()
      const { id } = await stored()
      const isKilled = await killedAfter(steps, () => processStripeEvent(world.payload, id)).then(
        () => false,
        () => true,
      )
      const [{ status }, { status: outcome }] = [await session(), await stored()]
      seen.add(`${status}, ${outcome}`)
      await fulfil()
      expect(await session()).toMatchObject({ status: 'scheduled' })
      expect(await stored()).toMatchObject({ status: 'processed' })
      expect(await booking.payment()).toMatchObject({ status: 'succeeded' })
      await expectSoundBooks(world.payload)
      if (!isKilled) break
    }
    expect([...seen].sort()).toEqual(['pending_payment, received', 'scheduled, processed'])
  })
})
