import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ScheduledSession, ServiceType, User } from '#payload-types'
import type { WaitingKind } from '#desk/today/waiting-lists'
import { createId, createReference } from '#shared/ids'
import { countStatements } from '../../support/count-statements'
import { createConsultant, createCustomer, createServiceType, createUser, iso } from '../../support/fixtures'
import { recordPaidSession } from '../../support/money-records'
import { getTestPayload } from '../../support/payload'

let payload: Payload
let staff: User
let host: User
let consultant: ConsultantProfile
let customer: Customer
let serviceType: ServiceType
let paid: Awaited<ReturnType<typeof recordPaidSession>>

const minute = 60_000
const as = async (user: User): Promise<PayloadRequest> =>
  createLocalReq({ user: { ...user, collection: 'users' } }, payload)

let next = 0
/** Past the gates: only how records stand is of interest here. */
const session = (status: ScheduledSession['status'], startsAt: number, data: Partial<ScheduledSession> = {}) =>
  payload.db.create({
    collection: 'scheduled-sessions',
    data: {
      ...{ reference: createReference('PY'), status, durationMinutes: 30, timeZone: 'UTC' },
      ...{ consultant: consultant.id, customer: customer.id, serviceType: serviceType.id },
      ...{ startsAt: iso(startsAt), endsAt: iso(startsAt + 30 * minute) },
      price: { amount: 0, currency: 'GBP', platformFeeBps: 0, platformFeeAmount: 0, consultantPayoutAmount: 0 },
      ...data,
    },
  })
const ahead = () => Date.now() + ++next * 60 * minute
const request = (status: string) =>
  payload.db.create({
    collection: 'consultation-requests',
    data: {
      ...{ reference: createReference('RQ'), status, requester: customer.id, serviceType: serviceType.id },
      ...{ assignedConsultant: consultant.id, requestedAt: iso(Date.now()), problemTitle: 'Why', timeZone: 'UTC' },
    },
  })
const paidAgain = (data = {}) =>
  recordPaidSession(payload, {
    ...{ consultant, customer, serviceType, amount: 12_000, currency: 'GBP' },
    ...{ startsAt: Date.now() - ++next * 60 * minute, paidAt: Date.now(), data },
  })
const between = () => ({
  ...{ scheduledSession: paid.session.id, payment: paid.payment.id, consultant: consultant.id, customer: customer.id },
})

/** One record that waits, of each kind. */
const make: Record<WaitingKind, () => Promise<unknown>> = {
  disputes: () =>
    payload.db.create({
      collection: 'disputes',
      data: {
        ...between(),
        ...{ reference: createReference('DP'), status: 'needs_response', amount: 100, currency: 'GBP' },
        ...{ openedAt: iso(Date.now()), stripeDisputeId: `dp_${createId()}` },
      },
    }),
  claims: () =>
    payload.db.create({
      collection: 'no-show-claims',
      data: {
        ...{ reference: createReference('NC'), status: 'open', missing: 'customer', statement: 'Nobody came.' },
        ...{ scheduledSession: paid.session.id, consultant: consultant.id, customer: customer.id },
        ...{ deadline: iso(ahead()), raisedBy: 'consultant' },
      },
    }),
  requests_to_assign: () => request('pending_assignment'),
  refunds_to_return: async () => {
    const elsewhere = await paidAgain({ paymentMethod: 'elsewhere', stripe: {} })
    return payload.db.create({
      collection: 'refunds',
      data: {
        ...between(),
        ...{ payment: elsewhere.payment.id, scheduledSession: elsewhere.session.id },
        ...{ reference: createReference('RF'), status: 'requested', amount: 100, currency: 'GBP' },
        requestedAt: iso(Date.now()),
      },
    })
  },
  held_payouts: () => paidAgain({ payout: { status: 'held', heldReason: 'account_incomplete' } }),
  findings: () =>
    payload.db.create({
      collection: 'reconciliation-findings',
      data: {
        ...{ objectId: `ch_${createId()}`, kind: 'amount_differs', status: 'open' },
        ...{ firstSeenAt: iso(Date.now()), lastSeenAt: iso(Date.now()) },
      },
    }),
  reviews: () =>
    payload.db.create({
      collection: 'reviews',
      data: {
        ...{ scheduledSession: paid.session.id, consultant: consultant.id, customer: customer.id, rating: 5 },
        moderation: { status: 'pending' },
      },
    }),
  sessions_to_close: () => session('scheduled', Date.now() - 90 * minute),
  sessions_to_confirm: () => session('pending_confirmation', ahead(), { confirmBy: iso(ahead()) }),
  requests_to_answer: () => request('pending'),
  differences: () =>
    payload.db.create({
      collection: 'calendar-differences',
      data: { consultant: consultant.id, scheduledSession: paid.session.id, kind: 'deleted', status: 'open' },
    }),
  calendars: () =>
    payload.db.create({
      collection: 'calendar-connections',
      data: { consultant: consultant.id, provider: 'google', status: 'needs_reauth', externalAccountId: createId() },
    }),
  unpaid_sessions: () =>
    session('pending_payment', ahead(), { paymentDeadline: iso(ahead()), payment: paid.payment.id }),
  unconfirmed_mails: () => session('pending_confirmation', ahead(), { emailConfirmBy: iso(ahead()) }),
  proposed_times: () => request('pending_confirmation'),
}

beforeAll(async () => {
  payload = await getTestPayload()
  staff = await createUser(payload, ['operations'])
  ;({ profile: consultant, user: host } = await createConsultant(payload))
  ;({ customer } = await createCustomer(payload))
  serviceType = await createServiceType(payload, [consultant])
  paid = await paidAgain()
  for (const add of Object.values(make)) await add()
})

const readFor = async (user: User) => {
  const [{ readWaiting }, req] = await Promise.all([import('#desk/today/read-waiting'), as(user)])
  return readWaiting(req, Date.now())
}

describe('what waits for somebody', () => {
  it('is every kind there is for staff, and each number is that of the list behind it', async () => {
    const { waiting } = await readFor(staff)
    expect(waiting.map(({ kind }) => kind).sort()).toEqual(Object.keys(make).sort())
    const req = await as(staff)
    for (const { kind, count, list } of waiting) {
      const found = await payload.find({ ...list, req, overrideAccess: false, depth: 0, limit: 100 })
      expect({ kind, count }).toEqual({ kind, count: found.totalDocs })
      expect(count).toBeGreaterThan(0)
    }
  })

  it('is theirs alone for consultants, without what is for staff, and without bookings that they have not heard of', async () => {
    const { profile, user } = await createConsultant(payload)
    expect((await readFor(user)).waiting).toEqual([])
    const own = await readFor(host)
    expect(own.stuck).toEqual([])
    expect(own.waiting.map(({ kind }) => kind).sort()).toEqual([
      ...['calendars', 'claims', 'differences', 'proposed_times', 'requests_to_answer'],
      ...['sessions_to_close', 'sessions_to_confirm', 'unpaid_sessions'],
    ])
    expect(own.waiting.every(({ count }) => count === 1)).toBe(true)
    // What they have booked of others is none of their work.
    const { customer: asCustomer } = await createCustomer(payload)
    await payload.update({ collection: 'customers', id: asCustomer.id, data: { user: host.id } })
    const { profile: other } = await createConsultant(payload)
    await session('pending_confirmation', ahead(), {
      ...{ confirmBy: iso(ahead()), consultant: other.id, customer: asCustomer.id },
    })
    const again = await readFor(host)
    expect(again.waiting.map(({ kind, count }) => [kind, count])).toEqual(
      own.waiting.map(({ kind, count }) => [kind, count]),
    )
    const { listNextSessions } = await import('#desk/today/today-queries')
    const heard = await listNextSessions(await as(host), { consultantId: consultant.id, limit: 50 })
    expect(heard.map(({ status }) => status)).toEqual(['pending_confirmation', 'pending_payment'])
    expect(await listNextSessions(await as(user), { consultantId: profile.id, limit: 50 })).toEqual([])
  })

  it('takes two statements, however many kinds there are', async () => {
    const req = await as(staff)
    const { readWaiting } = await import('#desk/today/read-waiting')
    const { data } = await countStatements(payload, () => readWaiting(req, Date.now()))
    expect(data).toHaveLength(2)
  })
})

describe('experts who cannot be booked', () => {
  it('are listed with what stands in the way, until nothing does', async () => {
    const { listUnbookable } = await import('#desk/today/today-queries')
    const { decideUnbookable } = await import('#desk/today/decide-unbookable')
    const { publishSlots } = await import('#directory/published-slots/publish-slots')
    const { profile } = await createConsultant(payload, { name: 'Zed Late' })
    const req = await as(staff)
    const reasonsOf = async () => {
      const found = (await listUnbookable(req, { limit: 100 })).find(({ id }) => id === profile.id)
      return found && decideUnbookable(found)
    }
    expect(await reasonsOf()).toEqual(['no_service'])
    await createServiceType(payload, [profile])
    expect(await reasonsOf()).toEqual(['no_free_time'])
    await publishSlots(payload, profile.id)
    expect(await reasonsOf()).toBeUndefined()
    await payload.update({
      collection: 'consultant-profiles',
      id: profile.id,
      data: { availability: { ...profile.availability, isAvailable: false } },
    })
    expect(await reasonsOf()).toContain('switched_off')
  })
})

describe('money of a day', () => {
  it('is summed by currency and by what it was', async () => {
    const { computeMoneyMoved } = await import('#payments/ledger/compute-money-overview')
    expect(
      computeMoneyMoved([
        { day: '2027-01-01', currency: 'JPY', kind: 'charge', amount: 500 },
        { day: '2027-01-01', currency: 'GBP', kind: 'charge', amount: 12_000 },
        { day: '2027-01-01', currency: 'GBP', kind: 'refund', amount: -2_000 },
        { day: '2027-01-01', currency: 'GBP', kind: 'refund_failed', amount: 500 },
        { day: '2027-01-01', currency: 'GBP', kind: 'transfer', amount: -8_000 },
        { day: '2027-01-01', currency: 'GBP', kind: 'netted_in', amount: 77 },
      ]),
    ).toEqual([
      { currency: 'GBP', collected: 12_000, refunded: 1_500, fees: 0, paidOut: 8_000, disputed: 0 },
      { currency: 'JPY', collected: 500, refunded: 0, fees: 0, paidOut: 0, disputed: 0 },
    ])
  })
})
