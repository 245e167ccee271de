import { createHash } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import type { Job } from '#outbox/enqueue'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { book as bookIn, follow, type MessageWorld, openMessageWorld } from '../../support/message-world'
import { openBounds } from '../../support/open-bounds'
import { repetitions } from '../../support/repetitions'
import { startWorkerProcess } from '../../support/servers'

const isLong = repetitions({ usual: 0, long: 1 }) === 1
const mails = repetitions({ usual: 12, long: 600 })
// What Parley keeps to is all that the provider takes, however unevenly calls leave a machine that has other things to do.
const rate = isLong ? 2 : 6

let world: MessageWorld
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld({
    mailsPerSecond: rate,
    env: { RESEND_PER_SECOND: String(rate), RATE_LIMIT_FACTOR: '0' },
  })
  await openBounds(world.payload)
  consultant = (await createConsultant(world.payload)).profile
  serviceType = await createServiceType(world.payload, [consultant])
})

const execute = async (query: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return (await poolDb(world.payload).execute(query)).rows
}
const enqueue = async (...jobs: Job[]) => {
  const [{ withTransaction }, outbox] = await Promise.all([import('#database/transactions'), import('#outbox/enqueue')])
  await withTransaction(world.payload, (req) => outbox.enqueue(req, ...jobs))
}
const startHere = async () => (await import('#worker/run-worker')).runWorker(world.payload, { concurrency: 1 })
const startProcess = () =>
  startWorkerProcess({
    database: world.database,
    env: {
      RESEND_API_KEY: 're_test',
      RESEND_BASE_URL: world.gate.url,
      RESEND_PER_SECOND: String(rate),
    },
  })
const startWorkers = async () => {
  const workers = await Promise.all(isLong ? [startProcess(), startProcess()] : [startHere(), startHere()])
  return () => Promise.all(workers.map((worker) => worker.stop()))
}
const forgetLimits = () => execute(sql`DELETE FROM parley.provider_limits`)
const noJobs = () => execute(sql`DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL`)
const health = async () =>
  (
    await execute(sql`
      SELECT last_success_at IS NOT NULL AS succeeded, failing_since IS NOT NULL AS failing, last_error AS error,
        refused_until > now() AS refused FROM parley.provider_health WHERE provider = 'resend'`)
  )[0]

afterEach(async () => {
  world.resend.control.forgetCalls()
  await noJobs()
  await forgetLimits()
})

describe('mails, with two workers', () => {
  it(
    'go out as fast as the provider takes them, none is refused, confirmations before reminders before the rest',
    async () => {
      for (let n = 0; n < mails / 2; n++) await bookIn(world, { consultant, serviceType })
      await follow(world)
      await noJobs()
      const rows = await execute(
        sql`SELECT id, dedupe_key AS key FROM notifications WHERE delivery_state = 'queued' ORDER BY id`,
      )
      expect(rows).toHaveLength(mails)
      const { deliveryJob } = await import('#notifications/deliver/delivery-job')
      const kinds = ['session_started', 'booking_reminder', 'booking_confirmation'] as const
      const planned = rows.map(({ id, key }, index) => ({
        id: String(id),
        key: createHash('sha256').update(String(key)).digest('base64url'),
        kind: kinds[Math.floor((index * 3) / mails)] ?? 'session_started',
      }))
      const kindOf = new Map(planned.map(({ key, kind }) => [key, kind]))
      const stop = await startWorkers()
      await enqueue(...planned.map(({ id, kind }) => deliveryJob({ id, channel: 'email', kind })))
      const begun = Date.now()
      const { control } = world.resend
      await vi.waitFor(() => expect(control.emails()).toHaveLength(mails), {
        timeout: isLong ? 400_000 : 80_000,
        interval: 20,
      })
      const seconds = (Date.now() - begun) / 1_000
      await stop()

      const answers = control.calls('emails.send').map(({ status }) => status)
      const refused = answers.filter((status) => status === 429).length
      if (isLong) process.stdout.write(`${mails} mails in ${seconds.toFixed(1)} s, ${refused} refused\n`)
      expect(refused).toBe(0)
      expect(answers).toHaveLength(mails)
      // All of a second may go at once.
      expect(seconds).toBeGreaterThan(mails / rate - 1)
      if (isLong) expect(seconds).toBeLessThan(305)
      const sent = control.emails().map(({ idempotencyKey }) => kindOf.get(idempotencyKey?.split('/')[1] ?? ''))
      // What was under way already is not overtaken.
      const underWay = isLong ? 8 : 2
      const third = mails / 3
      expect(sent.lastIndexOf('booking_confirmation')).toBeLessThan(third + underWay)
      expect(sent.indexOf('booking_reminder')).toBeGreaterThanOrEqual(third - underWay)
      expect(sent.lastIndexOf('booking_reminder')).toBeLessThan(2 * third + underWay)
      expect(sent.indexOf('session_started')).toBeGreaterThanOrEqual(2 * third - underWay)
    },
    isLong ? 900_000 : 120_000,
  )
})

describe('a limit', () => {
  const bucket = { name: 'resend', spacing: 10, tolerance: 0 }

  it('gives no two calls the same turn, whoever counts them, and none to whoever cannot wait', async () => {
    const { countCalls } = await import('#providers/provider-queries')
    const count = (mostSeconds: number) =>
      countCalls(world.payload, { buckets: [bucket], calls: 1, mostSeconds, furthestSeconds: 1e8 })
    const counted = await Promise.all(Array.from({ length: 5 }, () => count(1_000)))
    const turns = counted.map((one) => (one.isTaken ? Math.round((one.ahead.get('resend') ?? 0) / 10) : 0))
    expect(turns.sort()).toEqual([1, 2, 3, 4, 5])
    const refused = await count(20)
    expect(refused).toMatchObject({ isTaken: false })
    expect(await count(1_000)).toMatchObject({ isTaken: true })
  })

  it('of one user who must wait takes no turn from the others, and lets go at once what may come at once', async () => {
    const { countCalls } = await import('#providers/provider-queries')
    const all = { name: 'google', spacing: 30, tolerance: 90 }
    const count = (...names: string[]) =>
      countCalls(world.payload, {
        buckets: [...names.map((name) => ({ ...all, name, tolerance: 0 })), all],
        calls: 1,
        mostSeconds: 10,
        furthestSeconds: 1e8,
      })
    expect((await count('google:jo')).isTaken).toBe(true)
    for (let n = 0; n < 5; n++) expect((await count('google:jo')).isTaken).toBe(false)
    const others = [await count('google:al'), await count('google:bo'), await count('google:cy')]
    expect(others.map(({ isTaken }) => isTaken)).toEqual([true, true, true])
    const late = await count('google:di')
    expect(late.isTaken ? 0 : late.seconds).toBeGreaterThan(25)
    expect(late.isTaken ? 0 : late.seconds).toBeLessThanOrEqual(30)
  })

  it('is never moved so far by those who do not wait that the others stay away for long', async () => {
    const { countCalls } = await import('#providers/provider-queries')
    const many = { buckets: [bucket], calls: 1_000, mostSeconds: 1e8, furthestSeconds: 900 }
    await countCalls(world.payload, many)
    await execute(sql`UPDATE parley.provider_limits SET next_at = now() WHERE bucket = 'resend'`)
    for (let n = 0; n < 3; n++) await countCalls(world.payload, many)
    const [row] = await execute(
      sql`SELECT round(extract(epoch FROM next_at - now()))::int AS ahead FROM parley.provider_limits WHERE bucket = 'resend'`,
    )
    expect(row?.ahead).toBe(900)
  })

  it('puts a job back that has no turn in time, which is no attempt', async () => {
    const { holdCalls } = await import('#providers/provider-queries')
    await holdCalls(world.payload, bucket, 600)
    await bookIn(world, { consultant, serviceType })
    await follow(world)
    const mail = { to: 'jo@parley.example', subject: 'S', html: '<p>T</p>', text: 'T', key: 'put-back' }
    await enqueue({ task: 'deliver-mail', errand: mail, key: 'put-back' })
    const worker = await startHere()
    await vi.waitFor(
      async () => {
        const [job] = await execute(sql`
          SELECT attempts, locked_at, extract(epoch FROM run_at - now()) > 500 AS later FROM graphile_worker.jobs
          WHERE key = 'put-back'`)
        expect(job).toEqual({ attempts: 0, locked_at: null, later: true })
        const waiting = await execute(sql`
          SELECT DISTINCT delivery_attempts::int AS attempts, delivery_state AS state,
            delivery_next_attempt_at > now() + interval '500 seconds' AS later
          FROM notifications WHERE delivery_state = 'queued'`)
        expect(waiting).toEqual([{ attempts: 0, state: 'queued', later: true }])
      },
      { timeout: 15_000, interval: 50 },
    )
    await worker.stop()
    expect(world.resend.control.calls()).toEqual([])
    await execute(sql`UPDATE notifications SET delivery_state = 'skipped' WHERE delivery_state = 'queued'`)
  })

  it('is pushed for all by an answer that asks for a pause; a person waits for none of it', async () => {
    const [{ callProvider }, { onProviderCall }, { asWorker }] = await Promise.all([
      import('#providers/call-provider'),
      import('#providers/provider-call'),
      import('#providers/caller'),
    ])
    const reports: { outcome: string; waitedSeconds: number }[] = []
    const stop = onProviderCall((report) => reports.push(report))
    const call = (status: number) => () =>
      callProvider<number>(
        {
          provider: 'resend',
          operation: 'emails.send',
          judge: () => (status === 429 ? { outcome: 'limited', retryAfterSeconds: 60 } : { outcome: 'ok' }),
        },
        () => Promise.resolve(status),
      )
    expect(await asWorker(call(429))).toBe(429)
    await vi.waitFor(async () => expect(await health()).toMatchObject({ refused: true }), { timeout: 5_000 })
    await expect(asWorker(call(200))).rejects.toMatchObject({ name: 'ProviderLimited', provider: 'resend' })
    expect(await call(200)()).toBe(200)
    expect(reports.map(({ outcome }) => outcome)).toEqual(['limited', 'ok'])
    expect(reports[1]?.waitedSeconds).toBeLessThan(30)
    await vi.waitFor(async () => expect(await health()).toMatchObject({ refused: null }), { timeout: 5_000 })
    stop()
  })
})

describe('an exact limit', () => {
  const bucket = { name: 'resend', spacing: 5, tolerance: 0, window: { calls: 2, seconds: 10 } }
  const count = async (mostSeconds = 0.1) => {
    const { countCalls } = await import('#providers/provider-queries')
    const counted = await countCalls(world.payload, { buckets: [bucket], calls: 1, mostSeconds, furthestSeconds: 1e8 })
    return counted.isTaken ? { turn: counted.turns[0] } : { inSeconds: Math.round(counted.seconds) }
  }

  it('takes as many as its window does at once, whoever counts them, and the next when the first makes room', async () => {
    const counted = await Promise.all([count(), count(), count()])
    expect(counted.filter(({ turn }) => turn)).toHaveLength(2)
    expect(counted.find(({ turn }) => !turn)).toEqual({ inSeconds: 10 })
    await execute(sql`UPDATE parley.provider_limits SET next_at = next_at - interval '10 seconds',
      rooms = ARRAY(SELECT room - interval '10 seconds' FROM unnest(rooms) AS room)`)
    expect((await Promise.all([count(), count()])).map(({ turn }) => turn !== undefined)).toEqual([true, true])
    expect(await count()).toEqual({ inSeconds: 10 })
  })

  it('waits for a call that was late, and for that one alone', async () => {
    const { postponeRoom } = await import('#providers/provider-queries')
    const [late] = [await count(), await count()]
    if (!late.turn) throw new Error('It has no turn.')
    await postponeRoom(world.payload, late.turn, 7)
    expect(await count()).toEqual({ inSeconds: 10 })
    expect(await count(10)).toHaveProperty('turn')
    expect(await count()).toEqual({ inSeconds: 17 })
    // It was taken by another one meanwhile.
    expect(await count(17)).toHaveProperty('turn')
    await postponeRoom(world.payload, late.turn, 100)
    expect(await count()).toEqual({ inSeconds: 20 })
  })

  it('holds for all when the provider asks for a pause, and for another number of calls', async () => {
    const { countCalls, holdCalls } = await import('#providers/provider-queries')
    await count()
    await holdCalls(world.payload, bucket, 30)
    expect(await count()).toEqual({ inSeconds: 30 })
    const wider = { ...bucket, window: { calls: 3, seconds: 10 } }
    const wide = () => countCalls(world.payload, { buckets: [wider], calls: 1, mostSeconds: 31, furthestSeconds: 1e8 })
    expect([await wide(), await wide(), await wide(), await wide()].map(({ isTaken }) => isTaken)).toEqual([
      ...[true, true, true],
      false,
    ])
  })
})

describe('a mail that is no notification', () => {
  it('is tried once where the provider refuses it for good, and stands with what is stuck until it is tried again', async () => {
    const staff = await world.api.as(await createUser(world.payload, ['operations']))
    const to = 'mistyped@parley.example'
    world.resend.control.fail({ kind: 'refuse', to })
    await enqueue({
      task: 'deliver-mail',
      errand: { to, subject: 'S', html: '<p>T</p>', text: 'T', key: 'refused' },
      maxAttempts: 25,
    })
    const worker = await startHere()
    const stuck = await vi.waitFor(
      async () => {
        const { json } = await staff.get('/operations/work')
        const item = json.work.find(({ kind }: { kind: string }) => kind === 'job')
        expect(item).toMatchObject({
          tries: 1,
          isOver: true,
          why: 'Resend refused this mail. As a rule the address does not exist or is mistyped.',
        })
        return item
      },
      { timeout: 15_000, interval: 50 },
    )
    expect(JSON.stringify(stuck)).not.toContain('mistyped@')
    const again = await staff.post(`/operations/work/job/${String(stuck.id)}/retry`)
    expect(again.status, again.text).toBe(200)
    await vi.waitFor(() => expect(world.resend.control.emails(to)).toHaveLength(1), { timeout: 15_000, interval: 50 })
    await worker.stop()
  })
})

describe('the health of a provider', () => {
  it('is noted with the reason in words, and since when', async () => {
    const { sendMail } = await import('#notifications/channels/email/deliver-mail')
    const send = (key: string) =>
      sendMail(world.payload, {
        ...{ to: 'jo@parley.example', subject: 'S', html: '<p>T</p>', text: 'T', key, tags: { kind: 'other' } },
      })
    await send('well')
    await vi.waitFor(async () => expect(await health()).toMatchObject({ succeeded: true, failing: false }))
    world.resend.control.fail({ kind: 'server_error' })
    await expect(send('down')).rejects.toThrow('500')
    await vi.waitFor(async () =>
      expect(await health()).toMatchObject({ failing: true, error: 'Resend answered 500 internal_server_error.' }),
    )
    await send('well again')
    await vi.waitFor(async () => expect(await health()).toMatchObject({ failing: false }))
  })
})

describe('jobs that fail together', () => {
  it('do not come again together', async () => {
    world.gate.set('down')
    for (const key of ['a', 'b', 'c']) {
      const mail = { to: 'jo@parley.example', subject: 'S', html: '<p>T</p>', text: 'T', key }
      await enqueue({ task: 'deliver-mail', errand: mail, key: `spread:${key}` })
    }
    const worker = await startHere()
    const pauses = await vi.waitFor(
      async () => {
        const rows = await execute(sql`
          SELECT extract(epoch FROM run_at - updated_at)::float8 AS pause, extract(epoch FROM run_at - created_at)::float8 AS after
          FROM graphile_worker.jobs WHERE key LIKE 'spread:%' AND attempts = 1 AND locked_at IS NULL`)
        expect(rows).toHaveLength(3)
        return rows.map(({ after }) => Number(after))
      },
      { timeout: 15_000, interval: 20 },
    )
    await worker.stop()
    world.gate.release()
    // All three were put into the outbox at about the same moment, and the queue alone would let each come after exp(1) seconds.
    expect(new Set(pauses.map((pause) => pause.toFixed(2))).size).toBe(3)
  })
})

describe('a worker', () => {
  it('listens on one connection, however many lanes it has', async () => {
    const listening = async () =>
      Number(
        (
          await execute(sql`
            SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE '%LISTEN %"jobs:insert"%'
              AND pid <> pg_backend_pid()`)
        )[0]?.count,
      )
    const worker = await startHere()
    await vi.waitFor(async () => expect(await listening()).toBe(1), { timeout: 5_000 })
    await worker.stop()
  })

  it('does the rest while a provider of mails does not answer', async () => {
    world.gate.set('hold')
    const worker = await startHere()
    await bookIn(world, { consultant, serviceType })
    await vi.waitFor(() => expect(world.gate.waiting()).toBe(1), { timeout: 15_000, interval: 20 })
    await bookIn(world, { consultant, serviceType })
    await vi.waitFor(
      async () =>
        expect(
          await execute(sql`
            SELECT DISTINCT task_identifier AS task FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts`),
        ).toEqual([{ task: 'deliver-notification' }]),
      { timeout: 15_000, interval: 50 },
    )
    expect(world.gate.waiting()).toBe(1)
    world.gate.release()
    await worker.stop()
  })
})
