import { sql } from '@payloadcms/db-postgres'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType } from '../../support/fixtures'
import {
  book as bookIn,
  follow as followIn,
  makeMailsDue,
  type MessageWorld,
  openMessageWorld,
  work as workIn,
} from '../../support/message-world'

let world: MessageWorld
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  consultant = (await createConsultant(world.payload)).profile
  serviceType = await createServiceType(world.payload, [consultant])
})
beforeEach(() => world.resend.control.clear())

const work = () => workIn(world)
const execute = async (query: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return poolDb(world.payload).execute(query)
}
const deliver = async (id: string) => {
  const { tasks } = await import('#worker/tasks')
  await tasks['deliver-notification'](world.payload, { notificationId: id })
}

/** A booking whose messages are recorded, and of which none was sent. */
const bookQuietly = async () => {
  const booking = await bookIn(world, { consultant, serviceType })
  await followIn(world)
  const toCustomer = async () => {
    const found = (await booking.notifications()).find(({ audience }) => audience === 'customer')
    if (!found) throw new Error('Nothing was recorded for the customer.')
    return found
  }
  const { id } = await toCustomer()
  return { ...booking, id, toCustomer }
}

describe('delivering a notification', () => {
  it('goes out once, however many try at the same time', async () => {
    const { id, toCustomer, mails } = await bookQuietly()
    await Promise.all([deliver(id), deliver(id), deliver(id)])
    expect(mails()).toHaveLength(1)
    expect(mails()[0]?.idempotencyKey).toMatch(/^notification\/[\w-]{43}$/)
    expect((await toCustomer()).delivery).toMatchObject({ state: 'sent', attempts: 1 })
  })

  it('a refusal ends it, with the reason, and is not tried again', async () => {
    const { id, toCustomer, mails, customer } = await bookQuietly()
    world.resend.control.fail({ kind: 'refuse', to: customer.email })
    await deliver(id)
    expect((await toCustomer()).delivery).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.stringContaining('422'),
      nextAttemptAt: null,
    })
    await makeMailsDue(world)
    await work()
    await deliver(id)
    expect(mails()).toEqual([])
  })

  it.each([
    ['server_error', '500'],
    ['rate_limit', '429'],
    ['quota', '429'],
    ['concurrent', '409'],
    ['disconnect', 'no answer'],
  ] as const)('%s: waits, says why and when, and goes out later', async (kind, reason) => {
    const { id, toCustomer, mails, customer } = await bookQuietly()
    world.resend.control.fail({ kind, to: customer.email })
    await deliver(id)
    const waiting = (await toCustomer()).delivery
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringContaining(reason) })
    expect(Date.parse(waiting?.nextAttemptAt ?? '')).toBeGreaterThan(Date.now())
    await deliver(id)
    expect(mails()).toEqual([])
    await makeMailsDue(world)
    await work()
    expect(mails()).toHaveLength(1)
    expect((await toCustomer()).delivery).toMatchObject({ state: 'sent', attempts: 2, error: null })
  })

  it('an answer that got lost: the mail arrived once, and the second try finds that out', async () => {
    const { id, toCustomer, mails, customer } = await bookQuietly()
    world.resend.control.fail({ kind: 'lose', to: customer.email })
    await deliver(id)
    expect(mails()).toHaveLength(1)
    expect((await toCustomer()).delivery).toMatchObject({ state: 'queued' })
    await makeMailsDue(world)
    await work()
    expect(mails()).toHaveLength(1)
    expect((await toCustomer()).delivery).toMatchObject({ state: 'sent', providerMessageId: mails()[0]?.id })
  })

  it('a worker that dies while it sends: the mail stays claimed for a moment, then somebody else sends it', async () => {
    const { id, toCustomer, mails } = await bookQuietly()
    const { claimNotification } = await import('#notifications/notification-queries')
    const { localRequest } = await import('#database/local-request')
    expect(await claimNotification(await localRequest(world.payload), id, 60)).toMatchObject({ id, attempts: 1 })
    // The job of the dead worker was given back: it comes again when the claim has run out.
    await deliver(id)
    expect(mails()).toEqual([])
    const { rows } = await execute(sql`
      SELECT run_at > now() + interval '50 seconds' AS later FROM graphile_worker.jobs WHERE key = ${`deliver-notification:${id}`}`)
    expect(rows).toEqual([{ later: true }])
    // As if the minute, and the two of the sweep, were over, and that job gone.
    await execute(
      sql`UPDATE notifications SET delivery_next_attempt_at = now() - interval '3 minutes' WHERE id = ${id}`,
    )
    await execute(sql`SELECT graphile_worker.remove_job(${`deliver-notification:${id}`})`)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await work()
    expect(mails()).toHaveLength(1)
    expect((await toCustomer()).delivery).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('goes to the address that the customer has now, and to nobody who was deleted', async () => {
    const moved = await bookQuietly()
    await execute(sql`UPDATE customers SET email = 'new@parley.example' WHERE email = ${moved.customer.email}`)
    await deliver(moved.id)
    expect(world.resend.control.emails('new@parley.example')).toHaveLength(1)
    const gone = await bookQuietly()
    await execute(sql`UPDATE customers SET status = 'deleted' WHERE email = ${gone.customer.email}`)
    await deliver(gone.id)
    expect(gone.mails()).toEqual([])
    expect((await gone.toCustomer()).delivery).toMatchObject({ state: 'skipped' })
  })

  it('uses the words of operations, also for what is queued already', async () => {
    const { id, mails } = await bookQuietly()
    await world.payload.updateGlobal({
      slug: 'message-templates',
      data: {
        templates: [
          { kind: 'booking_confirmation', language: 'en', audience: 'customer', subject: 'Yes, {{recipientName}}!' },
        ],
      },
    })
    await deliver(id)
    expect(mails()[0]?.subject).toBe('Yes, Ada Guest!')
    await world.payload.updateGlobal({ slug: 'message-templates', data: { templates: [] } })
  })

  it('a row that nothing can be written from fails at once, and says why', async () => {
    const { id, toCustomer } = await bookQuietly()
    await execute(sql`UPDATE notifications SET metadata = '{"data":{}}' WHERE id = ${id}`)
    await deliver(id)
    expect((await toCustomer()).delivery).toMatchObject({ state: 'failed', error: expect.stringContaining('session') })
  })

  it('gives up after three days', async () => {
    const { id, toCustomer, customer } = await bookQuietly()
    await execute(sql`UPDATE notifications SET created_at = now() - interval '73 hours' WHERE id = ${id}`)
    world.resend.control.fail({ kind: 'server_error', to: customer.email })
    await deliver(id)
    expect((await toCustomer()).delivery).toMatchObject({ state: 'failed', error: expect.stringContaining('Given up') })
  })
})
