import { beforeAll, describe, expect, it, vi } from 'vitest'
import type pg from 'pg'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType } from '../../support/fixtures'
import { book as bookIn, type MessageWorld, openMessageWorld } from '../../support/message-world'
import type { ProviderGate } from '../../support/provider-gate'
import { repetitions } from '../../support/repetitions'
import { kindOf } from '../../support/resend-sandbox'
import { startWorkerProcess } from '../../support/servers'

/** What a worker has done nothing of is the easier case of the two. */
const isLong = repetitions({ usual: 0, long: 1 }) === 1

let world: MessageWorld
let gate: ProviderGate
let client: pg.Client
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  gate = world.gate
  client = await connectTo(world.database)
  consultant = (await createConsultant(world.payload)).profile
  serviceType = await createServiceType(world.payload, [consultant])
})

const startWorker = () =>
  startWorkerProcess({ database: world.database, env: { RESEND_API_KEY: 're_test', RESEND_BASE_URL: gate.url } })
/** Another one, in this process: as good as one on another machine, and at once there. */
const startSecondWorker = async () => {
  const { runWorker } = await import('#worker/run-worker')
  return runWorker(world.payload)
}
const book = () => bookIn(world, { consultant, serviceType })
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 40_000, interval: 100 })

/** As if minutes had passed since anything was locked, claimed or heard of. */
const letTimePass = async () => {
  await client.query(`UPDATE parley.facts SET updated_at = updated_at - interval '10 minutes' WHERE key LIKE 'worker%'`)
  await client.query(`UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '10 minutes'`)
  await client.query(
    `UPDATE notifications SET delivery_next_attempt_at = delivery_next_attempt_at - interval '10 minutes'
     WHERE delivery_state = 'queued'`,
  )
  await client.query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE task_id =
       (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'deliver-notification')`,
  )
}

const sentOf = async (booking: Awaited<ReturnType<typeof book>>) =>
  (await booking.notifications()).map(({ delivery }) => delivery?.state)

describe('a worker process', () => {
  it.each([
    ...(isLong ? ([['before the provider has heard of the mail', 'hold']] as const) : []),
    ['after the provider has taken the mail, but before its answer', 'hold-answers'],
  ] as const)('killed %s: another one delivers, and each mail arrives once', async (_when, mode) => {
    gate.set(mode)
    const first = await startWorker()
    const booking = await book()
    await until(() => expect(gate.waiting()).toBe(2))
    await first.kill()
    gate.release()
    await letTimePass()
    const second = await startSecondWorker()
    await until(async () => expect(await sentOf(booking)).toEqual(['sent', 'sent']))
    await second.stop()
    expect(booking.mails().map(kindOf)).toEqual(['booking_confirmation/customer'])
    const mailId = booking.mails()[0]?.id
    const told = (await booking.notifications()).find(({ delivery }) => delivery?.providerMessageId === mailId)
    expect(told?.delivery).toMatchObject({ attempts: 2 })
    const { rows } = await client.query(`SELECT id FROM graphile_worker.jobs WHERE locked_at IS NOT NULL`)
    expect(rows).toEqual([])
  })

  it('told to stop finishes the mail that it is sending, and ends in order', async () => {
    gate.set('hold')
    const worker = await startWorker()
    const booking = await book()
    await until(() => expect(gate.waiting()).toBe(2))
    const stopped = worker.stop()
    gate.release()
    expect(await stopped, worker.output()).toBe(0)
    expect(await sentOf(booking)).toEqual(['sent', 'sent'])
    expect((await booking.notifications())[0]?.delivery?.attempts).toBe(1)
    const { rows } = await client.query(`SELECT id FROM graphile_worker.jobs WHERE locked_at IS NOT NULL`)
    expect(rows).toEqual([])
  })
})

describe('without', () => {
  it('the provider: bookings go on, and the mails arrive when it is back', async () => {
    gate.set('down')
    const worker = await startSecondWorker()
    const booking = await book()
    await until(async () => expect((await booking.notifications())[0]?.delivery?.error).toBeTruthy())
    const other = await book()
    expect((await other.find()).status).toBe('scheduled')
    gate.release()
    await until(async () => {
      await letTimePass()
      expect([...(await sentOf(booking)), ...(await sentOf(other))]).toEqual(['sent', 'sent', 'sent', 'sent'])
    })
    await worker.stop()
    expect(booking.mails()).toHaveLength(1)
    expect(other.mails()).toHaveLength(1)
  })

  it('any worker: bookings go on, and the mails arrive when one starts', async () => {
    const booking = await book()
    expect(await booking.notifications()).toEqual([])
    const workers = await Promise.all([startSecondWorker(), startSecondWorker()])
    await until(async () => expect(await sentOf(booking)).toEqual(['sent', 'sent']))
    await Promise.all(workers.map((worker) => worker.stop()))
    expect(booking.mails()).toHaveLength(1)
    expect((await booking.notifications())[0]?.delivery?.attempts).toBe(1)
  })
})
