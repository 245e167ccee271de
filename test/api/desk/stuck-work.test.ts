import type pg from 'pg'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, createUser, iso } from '../../support/fixtures'
import { book, follow, type MessageWorld, openMessageWorld, work } from '../../support/message-world'
import { recordPaidSession } from '../../support/money-records'
import type { RestAnswer, RestClient } from '../../support/rest-client'

let world: MessageWorld
let sql: pg.Client
let olivia: User
let staff: RestClient
let colleague: RestClient
let consultant: ConsultantProfile
let host: User
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  const { payload, database, api } = world
  sql = await connectTo(database)
  olivia = await createUser(payload, ['operations'], { name: 'Olivia Operations' })
  staff = await api.as(olivia)
  colleague = await api.as(await createUser(payload, ['admin'], { name: 'Ada Admin' }))
  ;({ profile: consultant, user: host } = await createConsultant(payload))
  serviceType = await createServiceType(payload, [consultant])
  await work(world)
})

beforeEach(async () => {
  await world.resend.control.clear()
  await sql.query(`
    DELETE FROM notifications; DELETE FROM stripe_events; DELETE FROM parley.meeting_events;
    DELETE FROM parley.meeting_rooms; DELETE FROM calendar_events; DELETE FROM calendar_connections;
    DELETE FROM parley.work_decisions; DELETE FROM parley.errands; DELETE FROM graphile_worker._private_jobs`)
})

type Item = {
  kind: string
  id: string
  title: string
  why: string
  noted: string | null
  isOver: boolean
  records: { collection: string; title: string }[]
  actions: { tryAgain: { isAllowed: boolean; text: string }; giveUp: { isAllowed: boolean; text: string } } | null
  givenUp: { reason: string; by: string | null; at: string } | null
}

const list = async (query = '', client = staff): Promise<Item[]> => {
  const answer = await client.get(`/operations/work${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json.work
}

const only = async (query = ''): Promise<Item> => {
  const [item, ...others] = await list(query)
  expect(others).toEqual([])
  if (!item) throw new Error('Nothing is stuck.')
  return item
}

const retry = ({ kind, id }: Pick<Item, 'kind' | 'id'>, client = staff): Promise<RestAnswer> =>
  client.post(`/operations/work/${kind}/${id}/retry`)
const giveUp = ({ kind, id }: Pick<Item, 'kind' | 'id'>, reason = 'It is too late.', client = staff) =>
  client.post(`/operations/work/${kind}/${id}/give-up`, { reason })

const done = (answer: RestAnswer) => expect(answer.status, answer.text).toBe(200)
const refused = ({ status, json }: RestAnswer) => [status, json.code, json.detail]

/** A booking whose confirmation Resend has refused. */
const bookRefused = async () => {
  const booking = await book(world, { consultant, serviceType })
  await follow(world)
  world.resend.control.fail({ kind: 'refuse', to: booking.customer.email })
  await work(world)
  return booking
}

/** A job that has been tried as often as it is. */
const failedJob = async (task: string, payload: object, error: string): Promise<string> => {
  const { rows } = await sql.query(`SELECT id FROM graphile_worker.add_job($1, $2, max_attempts => 3)`, [task, payload])
  await sql.query(`UPDATE graphile_worker._private_jobs SET attempts = 3, last_error = $2 WHERE id = $1`, [
    rows[0].id,
    error,
  ])
  return String(rows[0].id)
}

const jobsThatGaveUp = async (): Promise<number> => {
  const { rows } = await sql.query(`SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE attempts >= max_attempts`)
  return rows[0].n
}

/** How many jobs of a task there are when the sweep has looked. */
const sweptJobs = async (task: string): Promise<number> => {
  const { sweep } = await import('#worker/sweep')
  await sweep(world.payload)
  return (await sql.query(`SELECT FROM graphile_worker.jobs WHERE task_identifier = $1`, [task])).rowCount ?? 0
}

describe('what is stuck', () => {
  it('is seen and mended by staff alone', async () => {
    const { payload, api } = world
    const clients = [await api.as(host), await api.as(await createUser(payload, ['customer']))]
    const item = { kind: 'job', id: await failedJob('publish-slots', { consultantId: consultant.id }, 'Error: no') }
    const ask = (client: RestClient) => [
      client.get('/operations/work'),
      retry(item, client),
      giveUp(item, 'No.', client),
      client.post('/operations/work/retry', { items: [item] }),
      client.post('/operations/work/give-up', { items: [item], reason: 'No.' }),
    ]
    for (const answer of await Promise.all(ask(api))) {
      expect(refused(answer)).toEqual([401, 'unauthenticated', 'Log in to do that.'])
    }
    for (const answer of await Promise.all(clients.flatMap(ask))) {
      expect(refused(answer)).toEqual([403, 'forbidden', 'This is for staff alone.'])
    }
    expect(await only()).toMatchObject(item)
  })

  it('is listed whole, whatever a job names', async () => {
    await failedJob('publish-slots', { consultantId: 'ID' }, 'Error: no')
    await failedJob('publish-slots', { consultantId: consultant.id }, 'Error: no')
    const items = await list()
    expect(items.map(({ records }) => records.length).toSorted((a, b) => a - b)).toEqual([0, 1])
  })

  it('a mail that was refused: says why and whose it is, and goes out when it is tried again', async () => {
    const { reference, customer, mails, notifications } = await bookRefused()
    const item = await only()
    expect(item).toMatchObject({
      kind: 'message',
      provider: { name: 'resend', label: 'Resend' },
      tries: 1,
      isOver: true,
      nextAt: null,
      why: 'Resend refused this mail. As a rule the address does not exist or is mistyped.',
      noted: '422 validation_error: Invalid `to` field.',
    })
    expect(item.records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ collection: 'scheduled-sessions', title: reference }),
        expect.objectContaining({ collection: 'customers', title: customer.name }),
      ]),
    )
    for (const search of [reference, reference.toLowerCase(), customer.email]) {
      expect(await list(`?search=${encodeURIComponent(search)}`)).toHaveLength(1)
    }
    expect(await list('?search=PY-NOTHING')).toEqual([])
    expect(await list('?kind=job')).toEqual([])
    expect(await list('?provider=stripe')).toEqual([])
    done(await retry(item))
    await work(world)
    expect(mails()).toHaveLength(1)
    expect((await notifications()).find(({ id }) => id === item.id)?.delivery).toMatchObject({
      state: 'sent',
      attempts: 2,
    })
    expect(await list()).toEqual([])
  })

  it('a mail that is given up is not counted any more, and says by whom and why', async () => {
    await bookRefused()
    const item = await only()
    const empty = await giveUp(item, ' ')
    expect(refused(empty)[1]).toBe('invalid_request')
    done(await giveUp(item, 'The customer has no mailbox.'))
    expect(await list()).toEqual([])
    expect((await staff.get('/operations/work')).json.counts).toEqual([])
    const givenUp = await only('?shown=given_up')
    expect(givenUp).toMatchObject({
      id: item.id,
      givenUp: { reason: 'The customer has no mailbox.', by: 'Olivia Operations' },
    })
    expect(givenUp.actions).toMatchObject({ tryAgain: { isAllowed: true }, giveUp: { isAllowed: false } })
    const meanwhile = 'It was given up meanwhile: “The customer has no mailbox.” Load the list again.'
    expect(refused(await giveUp(item))).toEqual([409, 'conflict', meanwhile])
    expect(refused(await retry(item, colleague))).toEqual([409, 'conflict', meanwhile])
    // Somebody who has seen that thinks better of it.
    done(await colleague.post(`/operations/work/message/${item.id}/retry`, { isGivenUp: true }))
    expect(await list('?shown=given_up')).toEqual([])
  })

  it('a mail that waits is given up for good', async () => {
    const booking = await book(world, { consultant, serviceType })
    await follow(world)
    world.resend.control.fail({ kind: 'quota', to: booking.customer.email })
    await work(world)
    const item = await only()
    expect(item).toMatchObject({ isOver: false, why: "The account's quota at Resend is used up." })
    done(await giveUp(item, 'He knows.'))
    await work(world)
    expect(booking.mails()).toEqual([])
    expect((await booking.notifications()).find(({ id }) => id === item.id)?.delivery).toMatchObject({
      state: 'skipped',
      error: 'Given up by operations: He knows.',
    })
  })

  it('a job that gave up: shows nothing of the statement, and the alert is green once it is given up', async () => {
    const error =
      'Failed query: select "token" from users where email = $1\nparams: ada@example.org,sk_live_abcdef123456'
    const id = await failedJob('publish-slots', { consultantId: consultant.id }, error)
    const item = await only()
    expect(item).toMatchObject({ kind: 'job', id, title: 'Publishing the times of an expert', noted: 'Failed query' })
    expect(item.records).toEqual([{ collection: 'consultant-profiles', id: consultant.id, title: consultant.name }])
    expect(await jobsThatGaveUp()).toBe(1)
    done(await giveUp(item, 'The night does it.'))
    expect(await jobsThatGaveUp()).toBe(0)
    expect(await only('?shown=given_up')).toMatchObject({
      title: 'Publishing the times of an expert',
      actions: null,
      givenUp: { reason: 'The night does it.', by: 'Olivia Operations' },
    })
  })

  it('a job that follows what has happened says what, and takes that with it when it is given up', async () => {
    const errandId = olivia.id
    const id = await failedJob('handle-event', { errandId }, 'Error: no')
    const event = { name: 'consultant.published', data: { consultantId: consultant.id } }
    await sql.query(`INSERT INTO parley.errands (id, task, facts, job_id) VALUES ($1, 'handle-event', $2, $3)`, [
      ...[errandId, { event, handler: '1' }, id],
    ])
    const item = await only()
    expect(item).toMatchObject({
      title: 'Following an event in an extension: consultant.published',
      records: [{ collection: 'consultant-profiles', title: consultant.name }],
    })
    done(await giveUp(item))
    expect((await sql.query(`SELECT FROM parley.errands`)).rowCount).toBe(0)
  })

  it('a job that is tried again is done by the worker', async () => {
    const id = await failedJob('publish-slots', { consultantId: consultant.id }, 'Error: Connection terminated')
    done(await retry(await only()))
    const { rows } = await sql.query(
      `SELECT attempts, run_at <= now() AS due FROM graphile_worker._private_jobs WHERE id = $1`,
      [id],
    )
    expect(rows).toEqual([{ attempts: 0, due: true }])
    expect(await list()).toEqual([])
    expect(refused(await retry({ kind: 'job', id }))).toEqual([
      409,
      'conflict',
      'It is not stuck any more: it was done, or somebody decided meanwhile. Load the list again.',
    ])
  })

  it('what no worker takes says so, and is not touched', async () => {
    await sql.query(`SELECT graphile_worker.add_job('sweep', '{}', run_at => now() - interval '6 minutes')`)
    const item = await only()
    expect(item).toMatchObject({ why: 'No worker has taken it yet.', title: 'Looking for what jobs missed' })
    expect(refused(await giveUp(item))).toEqual([
      409,
      'illegal_transition',
      'It was not tried yet: it waits for a worker. Start one.',
    ])
  })

  it('of two who press at once one does it, and the other hears that it was done', async () => {
    await bookRefused()
    const item = await only()
    const answers = await Promise.all([
      retry(item),
      retry(item, colleague),
      giveUp(item, 'No.'),
      giveUp(item, 'No.', colleague),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    const { rows } = await sql.query(`SELECT count(*)::int AS n FROM parley.work_decisions`)
    expect(rows).toEqual([{ n: 1 }])
  })

  it('what the worker has done meanwhile is left alone', async () => {
    const { mails } = await bookRefused()
    const item = await only()
    await sql.query(
      `UPDATE notifications SET delivery_state = 'queued', delivery_next_attempt_at = NULL WHERE id = $1`,
      [item.id],
    )
    const { tasks } = await import('#worker/tasks')
    await tasks['deliver-notification'](world.payload, { notificationId: item.id })
    expect(mails()).toHaveLength(1)
    for (const answer of [await retry(item), await giveUp(item)]) expect(refused(answer)[1]).toBe('conflict')
    await work(world)
    expect(mails()).toHaveLength(1)
  })

  it('the same key is the same decision', async () => {
    const item = { kind: 'job', id: await failedJob('publish-all-slots', {}, 'Error: no') }
    const press = () =>
      staff.post(`/operations/work/job/${item.id}/give-up`, { reason: 'No.' }, { 'Idempotency-Key': 'once' })
    const [first, second] = [await press(), await press()]
    done(first)
    expect(second.text).toBe(first.text)
  })

  it('several are mended together, each on its own', async () => {
    const ids = [
      await failedJob('publish-all-slots', {}, 'Error: no'),
      await failedJob('reconcile', { runId: olivia.id }, 'ProviderError: 503'),
    ]
    const items = [...ids, '999999999'].map((id) => ({ kind: 'job', id }))
    const { json } = await staff.post('/operations/work/give-up', { items, reason: 'An outage.' })
    const of = (id: string) => json.results.find((one: { id: string }) => one.id === id)
    expect(ids.map((id) => of(id).isDone)).toEqual([true, true])
    expect(of('999999999')).toMatchObject({ isDone: false, detail: expect.stringContaining('not stuck any more') })
    const tooMany = Array.from({ length: 51 }, (_, index) => ({ kind: 'job', id: String(index) }))
    expect((await staff.post('/operations/work/retry', { items: tooMany })).json.code).toBe('invalid_request')
  })

  it('comes in pages, longest first, and is counted', async () => {
    for (let index = 0; index < 28; index++) await failedJob('publish-all-slots', {}, 'Error: no')
    const first = (await staff.get('/operations/work')).json
    const second = (await staff.get(`/operations/work?cursor=${first.next}`)).json
    expect([first.work.length, second.work.length, second.next]).toEqual([25, 3, null])
    const all = [...first.work, ...second.work] as { id: string; since: string }[]
    expect(new Set(all.map(({ id }) => id)).size).toBe(28)
    expect(all.map(({ since }) => since)).toEqual(all.map(({ since }) => since).toSorted())
    expect(first.counts).toEqual([{ kind: 'job', label: 'Jobs', provider: null, count: 28 }])
  })
})

describe('what is stuck with rooms and calendars', () => {
  const insertReport = async (status: string): Promise<string> => {
    const { rows } = await sql.query(
      `INSERT INTO parley.meeting_events (id, provider, event_key, type, payload, status, attempts, error)
       VALUES (gen_random_uuid(), 'zoom', gen_random_uuid(), 'meeting.started', '{}', $1, 3, 'TypeError: no') RETURNING id`,
      [status],
    )
    return rows[0].id
  }

  it('a report of a meeting is read again, or given up', async () => {
    const id = await insertReport('failed')
    const item = await only()
    expect(item).toMatchObject({ id, kind: 'meeting-report', title: 'Report of a meeting: meeting.started' })
    done(await retry(item))
    expect(await list()).toEqual([])
    expect((await sql.query(`SELECT status FROM parley.meeting_events`)).rows).toEqual([{ status: 'received' }])
    await sql.query(
      `UPDATE parley.meeting_events SET received_at = now() - interval '1 hour', opened_at = now() - interval '1 hour'`,
    )
    done(await giveUp(item))
    expect(await sweptJobs('process-meeting-event')).toBe(0)
    done(await staff.post(`/operations/work/meeting-report/${id}/retry`, { isGivenUp: true }))
    await sql.query(`DELETE FROM graphile_worker._private_jobs`)
    expect(await sweptJobs('process-meeting-event')).toBe(1)
  })

  it('a room that its provider refused is asked for again, or the session stays where it is', async () => {
    const { id } = await (await book(world, { consultant, serviceType })).find()
    await sql.query(`DELETE FROM graphile_worker._private_jobs`)
    await sql.query(
      `INSERT INTO parley.meeting_rooms (session_id, provider, desired_version, delivered_version, tries, last_error)
       VALUES ($1, 'zoom', 2, 2, 1, 'Zoom answered 400: no')`,
      [id],
    )
    const versions = async () =>
      (await sql.query(`SELECT desired_version AS wanted, delivered_version AS done FROM parley.meeting_rooms`)).rows[0]
    const item = await only()
    expect(item).toMatchObject({
      id,
      kind: 'meeting-room',
      isOver: true,
      records: [{ collection: 'scheduled-sessions' }, {}],
    })
    done(await retry(item))
    expect(await versions()).toEqual({ wanted: 3, done: 2 })
    expect(await list()).toEqual([])
    await sql.query(`UPDATE parley.meeting_rooms SET last_error = 'Zoom did not answer within 90 seconds.'`)
    done(await giveUp(item))
    expect(await versions()).toEqual({ wanted: 3, done: 3 })
    expect(await list()).toEqual([])
    // It breaks anew: that is another matter.
    await sql.query(`UPDATE parley.meeting_rooms SET desired_version = 4, updated_at = clock_timestamp()`)
    expect(await list()).toHaveLength(1)
  })

  it('a calendar that must be connected again says who can do that, and what waits for it', async () => {
    const { payload } = world
    const session = (await (await book(world, { consultant, serviceType })).find()).id
    const connection = await payload.db.create({
      collection: 'calendar-connections',
      data: { consultant: consultant.id, provider: 'google', status: 'needs_reauth', accountEmail: 'e@example.org' },
    })
    await payload.db.create({
      collection: 'calendar-events',
      data: {
        ...{ consultant: consultant.id, connection: connection.id, scheduledSession: session, eventId: 'abc' },
        ...{ state: 'queued', desiredVersion: 2, deliveredVersion: 1, failures: 2, lastError: 'Google answered 500' },
      },
    })
    const calendar = await only('?kind=calendar-connection')
    expect(calendar).toMatchObject({ why: 'The calendar does not let Parley in any more.', isOver: true })
    expect(refused(await retry(calendar))).toEqual([
      409,
      'illegal_transition',
      'Only its owner can connect it again, under “My calendar”. They were told once; ask them.',
    ])
    expect(refused(await retry(await only('?kind=calendar-entry')))[1]).toBe('illegal_transition')
    await sql.query(`UPDATE calendar_connections SET status = 'connected'`)
    const entry = await only()
    expect(entry).toMatchObject({ kind: 'calendar-entry', why: 'Google Calendar has a fault of its own.' })
    done(await retry(entry))
    expect(await list()).toEqual([])
    await sql.query(`UPDATE calendar_events SET last_error = 'Google answered 500'`)
    done(await giveUp(entry))
    expect((await sql.query(`SELECT state FROM calendar_events`)).rows).toEqual([{ state: 'abandoned' }])
  })
})

describe('how processes and providers fare', () => {
  it('is said in words, to staff alone', async () => {
    const { api } = world
    expect((await api.get('/operations/health')).json.code).toBe('unauthenticated')
    expect((await (await api.as(host)).get('/operations/health')).json.code).toBe('forbidden')
    await sql.query(`DELETE FROM parley.provider_health`)
    await sql.query(`INSERT INTO parley.provider_health (provider, last_success_at, failing_since, last_error) VALUES
      ('stripe', now(), NULL, NULL), ('resend', now() - interval '1 hour', now(), 'It does not take our key.')`)
    await bookRefused()
    const { status, text, json } = await staff.get('/operations/health')
    expect(status, text).toBe(200)
    const of = (name: string) => json.providers.find((provider: { name: string }) => provider.name === name)
    expect(of('stripe')).toMatchObject({ state: 'working', waiting: 0 })
    expect(of('resend')).toMatchObject({ state: expect.stringMatching(/working|failing/), waiting: 1 })
    expect(of('google')).toMatchObject({
      state: 'not_set_up',
      text: 'Missing: GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET.',
    })
    expect(of('ics')).toMatchObject({ state: 'unused' })
    expect(of('jitsi')).toMatchObject({ state: 'working', text: 'Nobody else is called for it.' })
    expect(json.processes.map(({ name }: { name: string }) => name)).toEqual([
      'database',
      'migrations',
      'worker',
      'queue',
    ])
    expect(json.processes[0]).toMatchObject({ ok: true })
    expect(json.processes[2]).toMatchObject({ ok: false, text: 'None was ever seen. Start one.' })
  })
})

describe('what is stuck with Stripe', () => {
  it('an event is replayed, or given up and not tried again', async () => {
    const created = await world.payload.db.create({
      collection: 'stripe-events',
      data: {
        ...{ eventId: 'evt_1', type: 'charge.updated', status: 'failed', payload: {}, attempts: 2 },
        ...{ error: 'NotVisibleYet: no payment', receivedAt: iso(Date.now() - 60_000) },
      },
    })
    const state = async () => (await sql.query(`SELECT status FROM stripe_events`)).rows[0].status
    expect(await only('?search=evt_1')).toMatchObject({
      ...{ id: created.id, kind: 'stripe-event', title: 'Stripe event charge.updated' },
      why: 'Stripe speaks of a record that is not here.',
    })
    done(await retry(await only()))
    expect(await state()).toBe('received')
    expect(await list()).toEqual([])
    await sql.query(`UPDATE stripe_events SET updated_at = now() - interval '6 minutes'`)
    done(await giveUp(await only(), 'Of another installation.'))
    expect(await state()).toBe('failed')
    await sql.query(`UPDATE stripe_events SET updated_at = now() - interval '2 days'`)
    expect(await sweptJobs('process-stripe-event')).toBe(0)
    const { rows } = await sql.query(`
      SELECT count(*)::int AS n FROM stripe_events e WHERE status = 'failed'
        AND NOT EXISTS (SELECT FROM parley.given_up g WHERE g.kind = 'stripe-event' AND g.work_id = e.id::text)`)
    expect(rows).toEqual([{ n: 0 }])
  })

  it('money that is still to be returned is not given up; a refund that failed is, and the books stay as they are', async () => {
    const { payload } = world
    const now = Date.now()
    const customer = (await (await book(world, { consultant, serviceType })).find()).customer
    const { payment, session } = await recordPaidSession(payload, {
      ...{ consultant, customer: { id: customer } as never, serviceType },
      ...{ amount: 5_000, currency: 'GBP', startsAt: now + 86_400_000, paidAt: now - 86_400_000 },
    })
    const refund = await payload.db.create({
      collection: 'refunds',
      data: {
        ...{ reference: 'RF-STUCK1', payment: payment.id, scheduledSession: session.id, consultant: consultant.id },
        ...{ customer, status: 'requested', amount: 1_000, currency: 'GBP', reason: 'By policy', attempt: 1 },
        ...{ requestedAt: iso(now - 3_600_000), idempotencyKey: 'stuck-1' },
      },
    })
    await sql.query(`UPDATE refunds SET updated_at = now() - interval '1 hour' WHERE id = $1`, [refund.id])
    const waiting = await only('?kind=refund&search=RF-STUCK1')
    expect(waiting.actions?.giveUp).toEqual({
      isAllowed: false,
      text: 'This money is still to be returned, so it cannot be given up here. To keep it, cancel the refund on the page of its payment.',
    })
    expect(refused(await giveUp(waiting))).toEqual([409, 'illegal_transition', waiting.actions?.giveUp.text])
    await sql.query(`UPDATE refunds SET status = 'failed', failure_reason = 'expired_or_canceled_card' WHERE id = $1`, [
      refund.id,
    ])
    const failed = await only('?kind=refund')
    expect(failed).toMatchObject({ why: "The customer's card or bank does not take the money back.", isOver: true })
    done(await giveUp(failed, 'Returned by bank transfer, 4 May.'))
    expect(await list('?kind=refund')).toEqual([])
    expect((await sql.query(`SELECT status FROM refunds WHERE id = $1`, [refund.id])).rows).toEqual([
      { status: 'failed' },
    ])
  })
})
