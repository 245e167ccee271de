import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DomainEvent } from '#events/domain-events'
import { publish, ask } from '../../api/requests/request-world'
import { type CalendarWorld, connect, createExpert, entriesOf } from '../../support/calendar-world'
import {
  alwaysOpen,
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  hourIn,
  iso,
} from '../../support/fixtures'
import { followEvents } from '../../support/follow-events'
import { openGoogleSandbox } from '../../support/google-sandbox'
import { expectQuiet, letMinutesPass, loseJobs, loseJobsAndSweep, sweepOnce, workAll } from '../../support/lose-jobs'
import { book, type MessageWorld } from '../../support/message-world'
import { openTestPayload } from '../../support/payload'
import { bookPaid, createPayee, type PayoutWorld } from '../../support/payout-world'
import { openProviderGate } from '../../support/provider-gate'
import { openResendSandbox } from '../../support/resend-sandbox'
import { createRestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

type World = MessageWorld & CalendarWorld & PayoutWorld

let world: World

beforeAll(async () => {
  const [mail, money, calendars] = await Promise.all([openResendSandbox(), openStripeSandbox(), openGoogleSandbox()])
  const gate = await openProviderGate(mail.resend.url)
  const { payload, database } = await openTestPayload({
    ...mail.env,
    ...money.env,
    ...calendars.env,
    RESEND_BASE_URL: gate.url,
  })
  const [api, operations] = await Promise.all([
    createRestClient(payload),
    createUser(payload, ['operations']),
    payload.updateGlobal({ slug: 'booking-settings', data: { payoutDelayHours: 0 } }),
    import('#worker/tasks'),
  ])
  const staff = await api.as(operations)
  const { resend } = mail
  world = { payload, database, api, resend, gate, stripe: money.stripe, google: calendars.google, staff, operations }
})

const query = async (statement: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return (await poolDb(world.payload).execute(statement)).rows
}

/** What people were told about a session or a request, in no order. What is not true any more is not sent, sooner or later. */
const toldOf = async (column: 'scheduled_session_id' | 'request_id', id: string): Promise<string[]> => {
  const rows = await query(sql`
    SELECT kind || ' → ' || audience || CASE WHEN delivery_state = 'sent' THEN '' ELSE ' (not sent)' END AS told FROM notifications
    WHERE ${sql.identifier(column)} = ${id} ORDER BY 1`)
  return rows.map(({ told }) => String(told))
}

/** What one history leaves behind, apart from names, ids and times. */
type Left = Record<string, unknown>

const leftOfSession = async (reference: string): Promise<Left> => {
  const [session] = await query(sql`
    SELECT s.id, s.status, p.status AS payment, p.payout_status AS payout, e.state AS entry,
      e.delivered_version >= e.desired_version AS "isWritten",
      (SELECT json_agg(l.kind || ' ' || l.amount ORDER BY l.kind, l.amount) FROM ledger_entries l WHERE l.payment_id = p.id) AS books,
      (SELECT json_agg(kind ORDER BY kind) FROM invoices i WHERE i.payment_id = p.id) AS documents
    FROM scheduled_sessions s LEFT JOIN payments p ON p.id = s.payment_id
    LEFT JOIN calendar_events e ON e.scheduled_session_id = s.id WHERE s.reference = ${reference}`)
  const { id, ...left } = session ?? {}
  return { ...left, told: await toldOf('scheduled_session_id', String(id)) }
}

const bookingsOf = async (consultantId: string) => {
  const { statistics } = await world.payload.findByID({ collection: 'consultant-profiles', id: consultantId, depth: 0 })
  return [statistics?.totalBookings, statistics?.totalEarnings]
}

let day = 9

const price = [{ durationMinutes: 30, amount: 10_000, currency: 'GBP' as const }]

type History = (afterEachStep: () => Promise<unknown>) => Promise<Left>

/** Books, pays, moves and cancels; what was paid is returned. */
const cancelBooking: History = async (afterEachStep) => {
  const host = await createExpert(world, { serviceType: { isFree: false, prices: price } })
  await connect(world, host)
  const start = hourIn(day++, 9)
  const booking = await book(world, { consultant: host.profile, serviceType: host.serviceType, start })
  await afterEachStep()
  await booking.pay()
  await afterEachStep()
  await booking.move(start + 3_600_000, 'Something came up.')
  await afterEachStep()
  const placed = entriesOf(world, host).map((entry) => entry.start - start)
  await booking.cancel('It is settled.')
  await afterEachStep()
  return {
    ...(await leftOfSession(booking.reference)),
    placed,
    entries: entriesOf(world, host).length,
    bookings: await bookingsOf(host.profile.id),
    sent: world.resend.control.emails(booking.customer.email).map(({ subject }) => subject.split(/[:£]/)[0]),
  }
}

/** A session is held and paid out, and returned afterwards. */
const returnHeld: History = async (afterEachStep) => {
  const { consultant } = await createPayee(world)
  const held = await bookPaid(world, consultant)
  await afterEachStep()
  await held.complete()
  await afterEachStep()
  expect((await held.find()).payout?.status).toBe('paid')
  await held.refund()
  await afterEachStep()
  return { ...(await leftOfSession(held.session)), bookings: await bookingsOf(consultant.id) }
}

/** Somebody asks, is proposed times, and takes one. */
const acceptTimes: History = async (afterEachStep) => {
  const host = await createExpert(world)
  await connect(world, host)
  await publish(world.payload, host.profile)
  const asked = await ask(world.api, { serviceType: host.serviceType.slug })
  expect(asked.answer.status, asked.answer.text).toBe(201)
  await afterEachStep()
  const at = hourIn(day++, 12)
  const proposed = await host.api.post(`${asked.url}/propose`, { times: [{ start: iso(at), durationMinutes: 30 }] })
  expect(proposed.status, proposed.text).toBe(200)
  await afterEachStep()
  const accepted = await world.api.post(`${asked.url}/accept`, { start: iso(at) }, asked.token)
  expect(accepted.status, accepted.text).toBeLessThan(300)
  await afterEachStep()
  const [request] = await query(sql`
    SELECT r.id, r.status, s.reference FROM consultation_requests r LEFT JOIN scheduled_sessions s ON s.request_id = r.id
    WHERE r.reference = ${asked.reference}`)
  return {
    request: request?.status,
    asked: await toldOf('request_id', String(request?.id)),
    ...(await leftOfSession(String(request?.reference))),
    entries: entriesOf(world, host).length,
  }
}

describe('a history of which every job is lost leaves behind what the same leaves of which none is', () => {
  const histories: [string, History, Left][] = [
    ['booked, paid, moved, cancelled', cancelBooking, { status: 'cancelled_by_user', payment: 'refunded', entries: 0 }],
    ['held, paid out, returned', returnHeld, { status: 'refunded', payment: 'refunded', payout: 'reversed' }],
    ['asked, proposed, accepted', acceptTimes, { status: 'scheduled', request: 'scheduled', entries: 1 }],
  ]

  it.each(histories)('%s', async (_, play, end) => {
    const usual = await play(() => workAll(world))
    const lost = await play(() => loseJobsAndSweep(world))
    expect(usual).toMatchObject(end)
    expect(lost).toEqual(usual)
    await expectQuiet(world)
    expect(await query(sql`SELECT task, facts FROM parley.errands`)).toEqual([])
  })
})

describe('lost and found again', () => {
  it('an event that an installation follows', async () => {
    const heard: DomainEvent[] = []
    await followEvents({ 'session.created': ({ event }) => heard.push(event) })
    const { profile } = await createConsultant(world.payload)
    await book(world, { consultant: profile, serviceType: await createServiceType(world.payload, [profile]) })
    expect(await loseJobsAndSweep(world)).toContainEqual(expect.stringMatching('^sweep:handle-event:'))
    expect(heard).toHaveLength(1)
    await expectQuiet(world)
    expect(heard).toHaveLength(1)
    await followEvents({})
  })

  it('a mail about a login, without its token having been anywhere else', async () => {
    const user = await createUser(world.payload, ['customer'])
    await world.api.post('/users/forgot-password', { email: user.email })
    const [link] = await query(sql`SELECT id FROM parley.account_links WHERE address = ${user.email}`)
    const { accountLinkToken } = await import('#accounts/links/account-link-token')
    const token = accountLinkToken(String(link?.id))
    const [written] = await query(
      sql`SELECT facts::text AS facts FROM parley.errands WHERE task = 'deliver-account-mail'`,
    )
    expect(written?.facts).toContain(link?.id)
    expect(written?.facts).not.toContain(token)
    await loseJobsAndSweep(world)
    expect(world.resend.control.emails(user.email)).toMatchObject([{ text: expect.stringContaining(token) as string }])
    await expectQuiet(world)
    expect(world.resend.control.emails(user.email)).toHaveLength(1)
  })

  it('a mail of Payload’s own', async () => {
    const to = 'somebody@parley.example'
    await world.payload.sendEmail({ to, subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' })
    await loseJobsAndSweep(world)
    expect(world.resend.control.emails(to)).toHaveLength(1)
    await expectQuiet(world)
    expect(world.resend.control.emails(to)).toHaveLength(1)
  })

  it('what Stripe calls a customer', async () => {
    const { customer } = await createCustomer(world.payload)
    const { ensureStripeCustomer } = await import('#payments/cards/ensure-stripe-customer')
    const stripeId = await ensureStripeCustomer(world.payload, customer.id)
    for (const name of ['Another Name', 'A Third Name'])
      await world.payload.update({ collection: 'customers', id: customer.id, data: { name } })
    const found = await loseJobsAndSweep(world)
    // The latest counts, once.
    expect(found.filter((key) => key.startsWith('sweep:tell-stripe-of-customer'))).toHaveLength(1)
    expect(world.stripe.control.tables().customers[stripeId]).toMatchObject({ name: 'A Third Name' })
    await expectQuiet(world)
  })

  it('what a payout account needs', async () => {
    const { consultant } = await createPayee(world)
    const { withTransaction } = await import('#database/transactions')
    const { enqueue } = await import('#outbox/enqueue')
    const [account] = await query(sql`SELECT id FROM payout_accounts WHERE consultant_id = ${consultant.id}`)
    const errand = { payoutAccountId: String(account?.id), news: 'can_be_paid' as const, occasion: 'now' }
    await withTransaction(world.payload, (req) => enqueue(req, { task: 'follow-payout-account', errand }))
    await loseJobsAndSweep(world)
    const count = sql`SELECT count(*)::int AS told FROM notifications WHERE kind = 'payout_account_ready'
      AND recipient_id = (SELECT user_id FROM consultant_profiles WHERE id = ${consultant.id})`
    expect(await query(count)).toEqual([{ told: 1 }])
    await expectQuiet(world)
    expect(await query(count)).toEqual([{ told: 1 }])
  })

  it('published time: after a claim, and after a change of rules', async () => {
    const { profile } = await createConsultant(world.payload, {
      availability: { ...alwaysOpen, maxAdvanceBookingDays: 5 },
    })
    const serviceType = await createServiceType(world.payload, [profile])
    await publish(world.payload, profile)
    const rowsAt = (start: number) =>
      query(sql`
      SELECT id FROM availability_slots WHERE consultant_id = ${profile.id} AND status = 'available' AND starts_at = ${iso(start)}`)
    const start = hourIn(3, 10)
    expect(await rowsAt(start)).toHaveLength(1)
    await letMinutesPass(world)
    await book(world, { consultant: profile, serviceType, start })
    expect(await rowsAt(start)).toHaveLength(1)
    expect(await loseJobsAndSweep(world, { publishes: true })).toContain(`sweep:publish-slots:${profile.id}`)
    expect(await rowsAt(start)).toEqual([])
    await world.payload.update({
      collection: 'consultant-profiles',
      id: profile.id,
      data: { availability: { ...profile.availability, isAvailable: false } },
    })
    expect(await loseJobsAndSweep(world, { publishes: true })).toContain(`sweep:publish-slots:${profile.id}`)
    expect(await rowsAt(start + 3_600_000)).toEqual([])
    await expectQuiet(world, { publishes: true })
  })
})

describe('a reminder whose job was lost', () => {
  /** A session that starts in so many minutes and was agreed so many days ago. */
  const agreed = async (minutes: number, days: number) => {
    const { profile } = await createConsultant(world.payload)
    const booking = await book(world, {
      consultant: profile,
      serviceType: await createServiceType(world.payload, [profile]),
    })
    await workAll(world)
    const { id } = await booking.find()
    await query(sql`
      UPDATE scheduled_sessions SET starts_at = now() + ${minutes} * interval '1 minute', created_at = created_at - ${days} * interval '1 day',
        ends_at = now() + ${minutes + 30} * interval '1 minute' WHERE id = ${id}`)
    await query(sql`
      UPDATE scheduled_sessions_status_history SET at = at - ${days} * interval '1 day' WHERE _parent_id = ${id}`)
    await loseJobs(world)
    const reminders = async () =>
      (await toldOf('scheduled_session_id', id)).filter((told) => told.startsWith('booking_reminder')).length
    return { id, reminders }
  }

  it('is sent, to each side once', async () => {
    const { id, reminders } = await agreed(23 * 60, 3)
    expect(await loseJobsAndSweep(world)).toContain(`sweep:remind-session:day:${id}`)
    expect(await reminders()).toBe(2)
    await expectQuiet(world)
    expect(await reminders()).toBe(2)
  })

  it('is the late one alone when both are due', async () => {
    const { id, reminders } = await agreed(30, 3)
    const found = await loseJobsAndSweep(world)
    expect(found).toContain(`sweep:remind-session:hour:${id}`)
    expect(found).not.toContain(`sweep:remind-session:day:${id}`)
    expect(await reminders()).toBe(2)
  })

  it('is not made up for when the session was agreed after its moment', async () => {
    const { reminders } = await agreed(23 * 60, 0)
    await loseJobsAndSweep(world)
    expect(await reminders()).toBe(0)
  })
})

describe('jobs of the sweep', () => {
  const jobsOf = (key: string) =>
    query(sql`SELECT key, attempts, max_attempts, run_at > now() AS waits FROM graphile_worker.jobs WHERE key = ${key}`)

  /** A mail that cannot be sent for now, whose job is lost. */
  const loseMail = async () => {
    const to = `down-${String(Math.random()).slice(2)}@parley.example`
    world.gate.set('down')
    await world.payload.sendEmail({ to, subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' })
    const [errand] = await query(sql`SELECT id FROM parley.errands WHERE facts->>'to' = ${to}`)
    return { to, id: String(errand?.id), key: `sweep:deliver-mail:${String(errand?.id)}` }
  }

  it('keep their pauses while they fail, and begin anew, once, when they have given up and the last pause is over', async () => {
    const { to, id, key } = await loseMail()
    await loseJobs(world)
    await letMinutesPass(world)
    await sweepOnce(world)
    expect(await jobsOf(key)).toMatchObject([{ attempts: 1, waits: true }])
    await sweepOnce(world)
    expect(await jobsOf(key)).toMatchObject([{ attempts: 1, waits: true }])

    await query(sql`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${key}`)
    await sweepOnce(world)
    expect(await jobsOf(key)).toMatchObject([{ attempts: 8, waits: true }])
    await query(sql`UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second' WHERE key = ${key}`)
    world.gate.release()
    await sweepOnce(world)
    expect(world.resend.control.emails(to)).toHaveLength(1)
    expect(await query(sql`SELECT FROM graphile_worker._private_jobs WHERE payload->>'errandId' = ${id}`)).toEqual([])
  })

  it('are not for what its own job still waits for; they are for what that hangs in, or has given up', async () => {
    const { id, key } = await loseMail()
    await letMinutesPass(world)
    const { findOverdue } = await import('#outbox/overdue-queries')
    const { overdue } = await import('#worker/all-work')
    const keys = async () => (await findOverdue(world.payload, overdue)).map((job) => job.key)
    const set = (change: ReturnType<typeof sql>) =>
      query(sql`UPDATE graphile_worker._private_jobs SET ${change} WHERE payload->>'errandId' = ${id}`)
    expect(await keys()).not.toContain(key)
    await set(sql`locked_by = 'w', locked_at = now() - interval '14 minutes'`)
    expect(await keys()).not.toContain(key)
    await set(sql`locked_at = now() - interval '16 minutes'`)
    expect(await keys()).toContain(key)
    await set(sql`locked_by = NULL, locked_at = NULL, attempts = max_attempts`)
    expect(await keys()).toContain(key)
    await query(sql`DELETE FROM parley.errands WHERE id = ${id}`)
    await loseJobs(world)
    world.gate.release()
  })

  it('are as many as one sweep can do, and those that fail keep no others from being found', async () => {
    await query(sql`
      INSERT INTO parley.errands (id, task, facts, job_id, happened_at)
      SELECT gen_random_uuid(), 'follow-request', json_build_object('requestId', gen_random_uuid()), 0, now() - interval '1 hour'
      FROM generate_series(1, 450)`)
    const { enqueueOverdue } = await import('#outbox/enqueue-overdue')
    const { overdue } = await import('#worker/all-work')
    const count = async () =>
      (
        await query(sql`
      SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE key LIKE 'sweep:follow-request:%'`)
      )[0]?.n
    for (const expected of [200, 400, 450, 450]) {
      await enqueueOverdue(world.payload, overdue)
      expect(await count()).toBe(expected)
      await query(
        sql`UPDATE graphile_worker._private_jobs SET attempts = 3, run_at = now() + interval '1 minute' WHERE key LIKE 'sweep:%'`,
      )
    }
    await query(sql`DELETE FROM parley.errands`)
    await loseJobs(world)
  })

  it('that gave up a day ago are removed', async () => {
    await query(
      sql`SELECT graphile_worker.add_job('sweep', job_key => 'old'), graphile_worker.add_job('sweep', job_key => 'young')`,
    )
    await query(sql`
      UPDATE graphile_worker._private_jobs SET attempts = max_attempts, run_at = now() - CASE key WHEN 'old' THEN interval '25 hours' ELSE interval '23 hours' END`)
    await sweepOnce(world)
    expect(await query(sql`SELECT key FROM graphile_worker.jobs WHERE key IN ('old', 'young')`)).toEqual([
      { key: 'young' },
    ])
    await loseJobs(world)
  })
})

describe('an errand', () => {
  it('is followed once, although it has two jobs at the same time', async () => {
    const { profile } = await createConsultant(world.payload)
    const booking = await book(world, {
      consultant: profile,
      serviceType: await createServiceType(world.payload, [profile]),
    })
    const { id } = await booking.find()
    const [errand] = await query(sql`SELECT id FROM parley.errands WHERE facts->>'sessionId' = ${id}`)
    const { followSession } = await import('#sessions/messages/follow-session')
    const job = { errandId: String(errand?.id) }
    await Promise.all([followSession(world.payload, job), followSession(world.payload, job)])
    expect(await toldOf('scheduled_session_id', id)).toHaveLength(2)
    expect(await query(sql`SELECT FROM parley.errands WHERE id = ${job.errandId}`)).toEqual([])
  })

  it('of which the rest is left says nothing again, and counts', async () => {
    const { profile } = await createConsultant(world.payload)
    const booking = await book(world, {
      consultant: profile,
      serviceType: await createServiceType(world.payload, [profile]),
    })
    const { id } = await booking.find()
    await query(sql`UPDATE parley.errands SET taken_at = now() WHERE facts->>'sessionId' = ${id}`)
    await loseJobsAndSweep(world)
    expect(await toldOf('scheduled_session_id', id)).toEqual([])
    const counted = await world.payload.findByID({ collection: 'consultant-profiles', id: profile.id, depth: 0 })
    expect(counted.statistics?.totalBookings).toBe(1)
  })

  it('as jobs of an older release hold it themselves is followed too', async () => {
    const { profile } = await createConsultant(world.payload)
    const booking = await book(world, {
      consultant: profile,
      serviceType: await createServiceType(world.payload, [profile]),
    })
    const { id } = await booking.find()
    await query(sql`DELETE FROM parley.errands`)
    await loseJobs(world)
    await query(
      sql`SELECT graphile_worker.add_job('follow-session', json_build_object('sessionId', ${id}::text, 'event', 'scheduled'))`,
    )
    await workAll(world)
    expect(await toldOf('scheduled_session_id', id)).toHaveLength(2)
  })
})
