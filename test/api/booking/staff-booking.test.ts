import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ScheduledSession, ServiceType, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createCustomer, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let stripe: StripeSandbox
let api: RestClient
let staff: RestClient
let operations: User
let consultant: ConsultantProfile
let customer: Customer
let paid: ServiceType
let free: ServiceType
let hour = 0

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  api = await createRestClient(payload)
  operations = await createUser(payload, ['operations'])
  staff = await api.as(operations)
  consultant = (await createConsultant(payload)).profile
  const found = (await createCustomer(payload)).customer
  customer = await payload.update({
    collection: 'customers',
    id: found.id,
    data: { timeZone: 'Europe/Vienna', language: 'de' },
  })
  free = await createServiceType(payload, [consultant])
  paid = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 15_000, currency: 'GBP' }],
  })
})

const nextStart = () => hourIn(5 + Math.floor(hour / 20), hour++ % 20)

type Terms = {
  charge?: 'link' | 'elsewhere' | 'none'
  chargeReason?: string
  chargeReference?: string
  outsideOfferedTimes?: { reason: string }
}
type Wish = Terms & { serviceType: ServiceType; start: number }
type Refusal = { status: number; code: string; paths: string[] }
type Outcome = { session: ScheduledSession; refusal?: undefined } | { refusal: Refusal; session?: undefined }

const read = (id: string) => payload.findByID({ collection: 'scheduled-sessions', id, depth: 0 })

const refusalOf = (status: number, code: unknown, errors: { path: string }[] = []): Outcome => ({
  refusal: { status, code: String(code), paths: errors.map(({ path }) => path) },
})

const dataOf = ({ serviceType, start, ...terms }: Wish) => ({
  consultant: consultant.id,
  customer: customer.id,
  serviceType: serviceType.id,
  startsAt: iso(start),
  ...terms,
})

/** Every way on which staff make a session. */
const ways: Record<string, (wish: Wish) => Promise<Outcome>> = {
  'the booking API': async ({ serviceType, start, ...terms }) => {
    const { name, email } = customer
    const { status, json } = await staff.post('/booking/sessions', {
      consultant: consultant.id,
      serviceType: serviceType.id,
      start: iso(start),
      customer: { name, email, timeZone: 'Europe/Vienna', language: 'de' },
      ...terms,
    })
    if (status !== 201) return refusalOf(status, json.code, json.errors)
    const { docs } = await payload.find({
      collection: 'scheduled-sessions',
      where: { reference: { equals: json.session.reference } },
      depth: 0,
    })
    const [session] = docs
    if (!session) throw new Error('The session was not stored.')
    return { session }
  },
  REST: async (wish) => {
    const { status, json } = await staff.post('/scheduled-sessions', dataOf(wish))
    if (status !== 201) return refusalOf(status, json.errors[0].data?.code, json.errors[0].data?.errors)
    return { session: await read(json.doc.id) }
  },
  GraphQL: async (wish) => {
    const mutation = 'mutation ($data: mutationScheduledSessionInput!) { createScheduledSession(data: $data) { id } }'
    const { json } = await staff.graphql(mutation, { data: dataOf(wish) })
    const [error] = json.errors ?? []
    if (error)
      return refusalOf(error.extensions?.statusCode, error.extensions?.data?.code, error.extensions?.data?.errors)
    return { session: await read(json.data.createScheduledSession.id) }
  },
  'the Local API': async (wish) => {
    try {
      const user = { ...operations, collection: 'users' as const }
      const data = dataOf(wish)
      // What a guard fills in may be left out here as everywhere.
      const { id } = await payload.create({ collection: 'scheduled-sessions', data: data as never, user, depth: 0 })
      return { session: await read(id) }
    } catch (error) {
      const { status, code, errors } = error as { status: number; code: string; errors?: { path: string }[] }
      return refusalOf(status, code, errors)
    }
  },
}

const mustBook = async (way: string, wish: Wish): Promise<ScheduledSession> => {
  const { session, refusal } = (await ways[way]?.(wish)) ?? {}
  if (!session) throw new Error(`${way} refused: ${JSON.stringify(refusal)}`)
  return session
}

const paymentOf = async ({ id }: ScheduledSession) =>
  (await payload.find({ collection: 'payments', where: { scheduledSession: { equals: id } }, depth: 0 })).docs

const claimOf = async ({ id }: ScheduledSession) => {
  const where = { scheduledSession: { equals: id } }
  const { docs } = await payload.find({ collection: 'availability-slots', where, depth: 0 })
  return docs.map(({ status }) => status)
}

const minutesAway = (instant: string | null | undefined) =>
  Math.round((Date.parse(instant ?? '') - Date.now()) / 60_000)

describe.each(Object.keys(ways))('staff who book by %s', (way) => {
  it('send a payment link: the session waits for it, holds its time, and ends with its deadline', async () => {
    const session = await mustBook(way, { serviceType: paid, start: nextStart(), charge: 'link' })
    expect(session).toMatchObject({
      status: 'pending_payment',
      charge: 'link',
      price: { amount: 15_000, currency: 'GBP' },
      timeZone: 'Europe/Vienna',
      language: 'de',
    })
    expect(minutesAway(session.paymentDeadline)).toBe(24 * 60)
    const [payment] = await paymentOf(session)
    expect(payment).toMatchObject({ status: 'pending', amount: 15_000 })
    expect(session.payment).toBe(payment?.id)
    expect(await claimOf(session)).toEqual(['held'])

    await runDueJobs(payload, database, { only: ['follow-session'] })
    const { docs } = await payload.find({
      collection: 'notifications',
      where: { scheduledSession: { equals: session.id } },
      depth: 0,
    })
    expect(docs.map(({ kind }) => kind)).toEqual(['booking_pending_payment'])

    await makeJobsDue(database, 'expire-payment')
    await payload.db.updateOne({
      collection: 'scheduled-sessions',
      id: session.id,
      data: { paymentDeadline: iso(Date.now() - 1_000) },
    })
    await runDueJobs(payload, database, { only: ['expire-payment'] })
    expect((await read(session.id)).status).toBe('expired')
    expect(await claimOf(session)).toEqual(['released'])
  })

  it('have it paid by the link: then it is scheduled', async () => {
    const session = await mustBook(way, { serviceType: paid, start: nextStart(), charge: 'link' })
    const opened = await staff.post(`/booking/sessions/${session.reference}/payment`)
    expect(opened.status, opened.text).toBe(200)
    const checkoutId = new URL(opened.json.checkoutUrl).pathname.split('/').pop() ?? ''
    stripe.control.payCheckout(checkoutId)
    await staff.post(`/booking/sessions/${session.reference}/payment/refresh`)
    expect((await read(session.id)).status).toBe('scheduled')
    expect(await claimOf(session)).toEqual(['booked'])
  })

  it('note what was paid elsewhere: scheduled at once, with a payment that has come in', async () => {
    const terms = { charge: 'elsewhere', chargeReference: 'INV-2026-17' } as const
    const session = await mustBook(way, { serviceType: paid, start: nextStart(), ...terms })
    expect(session).toMatchObject({ status: 'scheduled', ...terms, paymentDeadline: null })
    const [payment] = await paymentOf(session)
    expect(payment).toMatchObject({
      ...{ id: session.payment, amount: 15_000, status: 'succeeded', paymentMethod: 'elsewhere' },
      payout: { status: 'held', heldReason: 'paid_elsewhere' },
    })
    const entries = await payload.find({
      collection: 'ledger-entries',
      where: { payment: { equals: payment?.id } },
      sort: 'kind',
      depth: 0,
    })
    expect(entries.docs.map(({ kind, amount, externalReference }) => [kind, amount, externalReference])).toEqual([
      ['charge_elsewhere', 15_000, 'INV-2026-17'],
      ['platform_fee', 2_250, null],
    ])
    expect(payment?.stripe?.checkoutSessionId ?? null).toBeNull()
    expect(await claimOf(session)).toEqual(['booked'])
  })

  it('charge nothing, and say why', async () => {
    const terms = { charge: 'none', chargeReason: 'Goodwill after a lost call' } as const
    const session = await mustBook(way, { serviceType: paid, start: nextStart(), ...terms })
    expect(session).toMatchObject({ status: 'scheduled', ...terms, price: { amount: 0 }, payment: null })
    expect(await paymentOf(session)).toEqual([])
  })

  it('need not speak of money where there is no price', async () => {
    const session = await mustBook(way, { serviceType: free, start: nextStart() })
    expect(session).toMatchObject({ status: 'scheduled', charge: 'none', price: { amount: 0 } })
  })

  it.each<[string, Terms, string]>([
    ['nothing of how it is charged', {}, 'charge'],
    ['no reference of what was paid elsewhere', { charge: 'elsewhere' }, 'chargeReference'],
    ['not why nothing is charged', { charge: 'none' }, 'chargeReason'],
    [
      'a reference where nothing is charged',
      { charge: 'none', chargeReason: 'x', chargeReference: 'y' },
      'chargeReference',
    ],
    ['a reference beside a payment link', { charge: 'link', chargeReference: 'y' }, 'chargeReference'],
    ['a reason beside a payment link', { charge: 'link', chargeReason: 'y' }, 'chargeReason'],
  ])('are refused when they say %s, and nothing is stored', async (_what, terms, path) => {
    const start = nextStart()
    const outcome = await ways[way]?.({ serviceType: paid, start, ...terms })
    expect(outcome?.refusal).toEqual({ status: 400, code: 'invalid_request', paths: [path] })
    const claims = await payload.count({
      collection: 'availability-slots',
      where: { startsAt: { equals: iso(start) } },
    })
    expect(claims.totalDocs).toBe(0)
  })

  it('are told of a time that is not offered, and may book it once they say why', async () => {
    const start = nextStart() + 7 * 60_000
    const wish = { serviceType: free, start }
    const refused = await ways[way]?.(wish)
    expect(refused?.refusal).toEqual({ status: 400, code: 'invalid_request', paths: ['outsideOfferedTimes.reason'] })
    const session = await mustBook(way, { ...wish, outsideOfferedTimes: { reason: 'Agreed by telephone' } })
    expect(session.statusHistory).toMatchObject([
      { to: 'scheduled', reason: 'Outside the offered times: Agreed by telephone' },
    ])
  })

  it('are not noted to have left the offered times where they have not', async () => {
    const reason = { outsideOfferedTimes: { reason: 'Agreed by telephone' } }
    const session = await mustBook(way, { serviceType: free, start: nextStart(), ...reason })
    expect(session.statusHistory).toMatchObject([{ to: 'scheduled', reason: null }])
  })

  it('book on whole minutes', async () => {
    const wish = { serviceType: free, start: nextStart() + 1_500, outsideOfferedTimes: { reason: 'Agreed' } }
    const { refusal } = (await ways[way]?.(wish)) ?? {}
    expect(refusal).toMatchObject({ status: 400, code: 'invalid_request', paths: [expect.stringMatching(/start/)] })
  })

  it('never book over another session, whatever they say', async () => {
    const start = nextStart()
    await mustBook(way, { serviceType: free, start })
    for (const terms of [{}, { outsideOfferedTimes: { reason: 'Agreed' } }]) {
      const { refusal } = (await ways[way]?.({ serviceType: free, start, ...terms })) ?? {}
      expect(refusal).toMatchObject({ status: 409, code: 'slot_taken' })
    }
  })

  it.each([
    ['lies in the past', () => hourIn(-27)],
    ['lies years ahead', () => hourIn(4_000)],
  ])('are refused a session that %s', async (_what, start) => {
    const reason = { outsideOfferedTimes: { reason: 'To keep our records complete' } }
    const outcome = await ways[way]?.({ serviceType: free, start: start(), ...reason })
    const path = way === 'the booking API' ? 'start' : 'startsAt'
    expect(outcome?.refusal).toEqual({ status: 400, code: 'invalid_request', paths: [path] })
  })

  it('do not book for a customer who is suspended', async () => {
    const change = (status: 'active' | 'suspended') =>
      payload.update({ collection: 'customers', id: customer.id, data: { status } })
    await change('suspended')
    try {
      const outcome = await ways[way]?.({ serviceType: free, start: nextStart() })
      expect(outcome?.refusal).toMatchObject({ status: 403, code: 'forbidden' })
    } finally {
      await change('active')
    }
  })
})

it.each<[string, object, string]>([
  ['a charge that there is not', { charge: 'later' }, 'charge'],
  ['a reason that is no text', { charge: 'none', chargeReason: 7 }, 'chargeReason'],
  ['a reference that is no text', { charge: 'elsewhere', chargeReference: { a: 1 } }, 'chargeReference'],
  ['a price that is no number', { charge: 'link', price: { amount: '12', currency: 'GBP' } }, 'price.amount'],
  ['a part of a penny', { charge: 'link', price: { amount: 1_000.5, currency: 'GBP' } }, 'price.amount'],
  ['a currency that nothing is sold in', { price: { amount: 1_000, currency: 'XYZ' } }, 'price.currency'],
  ['no amount in another currency', { charge: 'link', price: { currency: 'JPY' } }, 'price.amount'],
  ['a state that there is not', { charge: 'link', status: 'later' }, 'status'],
  ['a start of which nobody knows where', { charge: 'link', startsAt: '2031-03-01T10:00:00' }, 'startsAt'],
  ['answers that are none', { charge: 'link', answers: 'hello' }, 'answers'],
  ['an answer to nothing that was asked', { charge: 'link', answers: { nothing: 'x' } }, 'answers.nothing'],
  [
    'a reason for the time that is no text',
    { charge: 'link', outsideOfferedTimes: { reason: 5 } },
    'outsideOfferedTimes.reason',
  ],
])('is refused over REST when it has %s', async (_what, terms, path) => {
  const refused = await staff.post('/scheduled-sessions', {
    ...dataOf({ serviceType: paid, start: nextStart() }),
    ...terms,
  })
  expect(refused.status, refused.text).toBe(400)
  expect(refused.json.errors[0].data).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
})

it('takes what was left empty for what is known of the customer, also later', async () => {
  const empty = { timeZone: '', language: '', outsideOfferedTimes: null, meeting: null }
  const data = { ...dataOf({ serviceType: free, start: nextStart() }), ...empty }
  const created = await staff.post('/scheduled-sessions', data)
  expect(created.status, created.text).toBe(201)
  expect(created.json.doc).toMatchObject({ timeZone: 'Europe/Vienna', language: 'de' })
  const changed = await staff.patch(`/scheduled-sessions/${created.json.doc.id}`, { ...empty, price: null })
  expect(changed.status, changed.text).toBe(200)
  expect(changed.json.doc).toMatchObject({ timeZone: 'Europe/Vienna', language: 'de', price: { amount: 0 } })
})

it('knows the language of a customer who does not say it again', async () => {
  const { name, email } = customer
  const order = { consultant: consultant.id, serviceType: free.id, start: iso(nextStart()) }
  const { json } = await api.post('/booking/sessions', {
    ...order,
    customer: { name, email, timeZone: 'Europe/Vienna' },
  })
  const where = { reference: { equals: json.session.reference } }
  expect((await payload.find({ collection: 'scheduled-sessions', where })).docs).toMatchObject([{ language: 'de' }])
})

it('is copied by nobody: what was agreed and paid is of that one session', async () => {
  const session = await mustBook('REST', { serviceType: free, start: nextStart() })
  const copied = await staff.post(`/scheduled-sessions/${session.id}/duplicate`, { startsAt: iso(nextStart()) })
  expect(copied.status, copied.text).toBe(404)
  const graphql = await staff.graphql(`mutation { duplicateScheduledSession(id: "${session.id}") { id } }`)
  expect(graphql.json.errors).toHaveLength(1)
})

it('takes a hold for the time that was offered, and no reason for another', async () => {
  const hold = { consultant: consultant.slug, serviceType: free.slug, start: iso(nextStart()) }
  const { json } = await api.post('/booking/holds', hold)
  const { name, email } = customer
  const order = { holdToken: json.token, customer: { name, email, timeZone: 'UTC' } }
  const refused = await api.post('/booking/sessions', { ...order, outsideOfferedTimes: { reason: 'Please' } })
  expect(refused.json).toMatchObject({ status: 400, errors: [{ path: 'outsideOfferedTimes' }] })
})

it.each([['foo'], [5], [{ a: 1 }]])('changes into no state that there is not (%j)', async (status) => {
  const session = await mustBook('REST', { serviceType: free, start: nextStart() })
  const refused = await staff.patch(`/scheduled-sessions/${session.id}`, { status })
  expect(refused.status, refused.text).toBe(400)
})

describe('a price that staff name', () => {
  const create = (data: object) =>
    staff.post('/scheduled-sessions', { ...dataOf({ serviceType: paid, start: nextStart() }), ...data })

  it('is charged in place of the offered one', async () => {
    const created = await create({ charge: 'link', price: { amount: 9_900, currency: 'GBP' } })
    expect(created.json.doc).toMatchObject({ status: 'pending_payment', price: { amount: 9_900 } })
  })

  it.each<[string, object, string, string]>([
    ['is more than can be charged', { amount: 99_999_999_999, currency: 'GBP' }, 'link', 'price.amount'],
    ['is less than can be charged', { amount: 1, currency: 'GBP' }, 'link', 'price.amount'],
    ['is none while a link is sent', { amount: 0, currency: 'GBP' }, 'link', 'charge'],
    ['is one while nothing is charged', { amount: 500, currency: 'GBP' }, 'none', 'price.amount'],
  ])('is refused when it %s', async (_what, price, charge, path) => {
    const refused = await create({ charge, ...(charge === 'none' ? { chargeReason: 'x' } : {}), price })
    expect(refused.status, refused.text).toBe(400)
    expect(refused.json.errors[0].data.errors).toMatchObject([{ path }])
  })

  it('never changes afterwards: neither amount, currency nor split', async () => {
    const session = await mustBook('REST', { serviceType: paid, start: nextStart(), charge: 'link' })
    for (const price of [{ amount: 1_000 }, { currency: 'EUR' }]) {
      const refused = await staff.patch(`/scheduled-sessions/${session.id}`, { price })
      expect(refused.status, refused.text).toBe(400)
      expect(refused.json.errors[0].data).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: `price.${Object.keys(price)[0] ?? ''}`, message: 'cannot be changed' }],
      })
    }
  })
})

it('says of a state that contradicts the charge which one it begins in', async () => {
  const data = { ...dataOf({ serviceType: paid, start: nextStart(), charge: 'link' }), status: 'scheduled' }
  const refused = await staff.post('/scheduled-sessions', data)
  expect(refused.status, refused.text).toBe(409)
  expect(refused.json.errors[0].data).toMatchObject({
    code: 'illegal_transition',
    errors: [{ path: 'status', message: 'must be pending_payment or left out' }],
  })
})

it('leaves how a booking is charged, and which times are taken, to staff', async () => {
  const { name, email } = customer
  const order = {
    consultant: consultant.id,
    serviceType: paid.id,
    start: iso(nextStart()),
    customer: { name, email, timeZone: 'UTC' },
  }
  for (const client of [api, await api.as((await createCustomer(payload)).user)]) {
    const uncharged = await client.post('/booking/sessions', { ...order, charge: 'none', chargeReason: 'Please' })
    expect(uncharged.json).toMatchObject({
      status: 403,
      code: 'forbidden',
      errors: [{ path: 'charge' }, { path: 'chargeReason' }],
    })
    const outside = await client.post('/booking/sessions', { ...order, outsideOfferedTimes: { reason: 'Please' } })
    expect(outside.json).toMatchObject({ status: 403, code: 'forbidden', errors: [{ path: 'outsideOfferedTimes' }] })
  }
})

describe('a session that staff move', () => {
  it('is moved outside the offered times only with a reason, each time anew', async () => {
    const session = await mustBook('REST', { serviceType: free, start: nextStart() })
    const url = `/scheduled-sessions/${session.id}`
    const move = (start: number, more: object = {}) => staff.patch(url, { startsAt: iso(start), ...more })
    const outside = () => nextStart() + 7 * 60_000
    const refused = await move(outside())
    expect(refused.status, refused.text).toBe(400)
    expect(refused.json.errors[0].data.errors).toMatchObject([{ path: 'outsideOfferedTimes.reason' }])
    const moved = await move(outside(), { outsideOfferedTimes: { reason: 'Agreed by mail' } })
    expect(moved.status, moved.text).toBe(200)
    expect(moved.json.doc.statusHistory.at(-1).reason).toContain('Outside the offered times: Agreed by mail')
    expect((await move(outside())).status).toBe(400)
  })

  it('is moved neither into the past nor years ahead', async () => {
    const session = await mustBook('REST', { serviceType: free, start: nextStart() })
    for (const start of [hourIn(-3), hourIn(4_000)]) {
      const refused = await staff.patch(`/scheduled-sessions/${session.id}`, {
        startsAt: iso(start),
        outsideOfferedTimes: { reason: 'Agreed' },
      })
      expect(refused.status, refused.text).toBe(400)
      expect(refused.json.errors[0].data.errors).toMatchObject([{ path: 'startsAt' }])
    }
  })
})

describe('a session that waits for a yes', () => {
  const jobsOf = async (key: string): Promise<string[]> => {
    const client = await connectTo(database)
    const { rows } = await client.query<{ at: Date }>('SELECT run_at AS at FROM graphile_worker.jobs WHERE key = $1', [
      key,
    ])
    return rows.map(({ at }) => at.toISOString())
  }

  it.each([
    ['staff', 'REST'],
    ['a guest', undefined],
  ])(
    'made by %s waits until one moment: in the session, its claim, its job, its mails and the sweep',
    async (_who, way) => {
      const confirmed = await createServiceType(payload, [consultant], { requiresConfirmation: true })
      const start = nextStart()
      let session: ScheduledSession
      if (way === undefined) {
        const { name, email } = customer
        const answer = await api.post('/booking/sessions', {
          ...{ consultant: consultant.id, serviceType: confirmed.id, start: iso(start) },
          customer: { name, email, timeZone: 'UTC' },
        })
        const where = { reference: { equals: answer.json.session.reference } }
        session = (await payload.find({ collection: 'scheduled-sessions', where, depth: 0 }))
          .docs[0] as ScheduledSession
      } else {
        session = await mustBook(way, { serviceType: confirmed, start })
      }
      const { confirmBy, id } = session
      expect(session.status).toBe('pending_confirmation')
      expect(minutesAway(confirmBy)).toBe(72 * 60)

      const { docs } = await payload.find({
        collection: 'availability-slots',
        where: { scheduledSession: { equals: id } },
        depth: 0,
      })
      expect(docs).toMatchObject([{ status: 'held', holdExpiresAt: confirmBy }])
      expect(await jobsOf(`expire-confirmation:${id}`)).toEqual([confirmBy])
      await runDueJobs(payload, database, { only: ['follow-session'] })
      const told = await payload.find({
        collection: 'notifications',
        where: { scheduledSession: { equals: id } },
        depth: 0,
      })
      expect(told.docs.map(({ kind }) => kind)).toEqual([
        'booking_awaiting_confirmation',
        'booking_awaiting_confirmation',
      ])
      for (const { metadata } of told.docs)
        expect(metadata).toMatchObject({ data: { deadline: Date.parse(confirmBy ?? '') } })

      const { sweep } = await import('#worker/sweep')
      await sweep(payload)
      expect(await jobsOf(`sweep:expire-confirmation:${id}`)).toEqual([])
      await payload.db.updateOne({
        collection: 'scheduled-sessions',
        id,
        data: { confirmBy: iso(Date.now() - 120_000) },
        returning: false,
      })
      await sweep(payload)
      expect(await jobsOf(`sweep:expire-confirmation:${id}`)).toHaveLength(1)
    },
  )
})

it('keeps its history and what was derived, also from our own code', async () => {
  const session = await mustBook('REST', { serviceType: paid, start: nextStart(), charge: 'link' })
  const data = {
    statusHistory: [],
    rescheduleHistory: [],
    payment: null,
    charge: 'none' as const,
  }
  await payload.update({ collection: 'scheduled-sessions', id: session.id, data })
  const after = await read(session.id)
  expect(after).toMatchObject({ payment: session.payment, charge: 'link' })
  expect(after.statusHistory).toEqual(session.statusHistory)
})

it('keeps the books sound', () => expectSoundBooks(payload))
