import type { Payload, PayloadRequest } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Payment, User } from '#payload-types'
import {
  type DisputeState,
  disputeStateNames,
  type PaymentState,
  paymentStateNames,
  type PayoutState,
  payoutStateNames,
  type RefundState,
  refundStateNames,
  type TransferState,
  transferStateNames,
} from '#payments/payment-states'
import type { ActorRole } from '#shared/actor'
import { createReference } from '#shared/ids'
import { connectTo } from '../../support/database'
import { createConsultant, createCustomer, createServiceType, createUser } from '../../support/fixtures'
import { recordPaidSession } from '../../support/money-records'
import { moneyWays } from '../../support/money-ways'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

const dayMs = 86_400_000

let payload: Payload
let client: pg.Client
let rest: RestClient
let operations: User
let payment: Payment
let ids: Record<'refunds' | 'transfers' | 'disputes' | 'payments', string>

const insert = async (
  collection: 'refunds' | 'transfers' | 'disputes',
  data: Record<string, unknown>,
): Promise<string> => {
  const { scheduledSession, consultant, customer, currency } = payment
  const at = new Date().toISOString()
  const of = {
    payment: payment.id,
    scheduledSession,
    consultant,
    currency,
    amount: 100,
    reference: createReference('RF'),
  }
  const people = collection === 'transfers' ? {} : { customer }
  const { id } = await payload.db.create({
    collection,
    data: { ...of, ...people, requestedAt: at, openedAt: at, ...data },
  })
  return String(id)
}

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  client = await connectTo(opened.database)
  rest = await createRestClient(payload)
  const consultant = (await createConsultant(payload)).profile
  const { customer } = await createCustomer(payload)
  const serviceType = await createServiceType(payload, [consultant])
  const now = Date.now()
  const between = { consultant, customer, serviceType, amount: 10_000, currency: 'GBP' as const }
  payment = (await recordPaidSession(payload, { ...between, startsAt: now - dayMs, paidAt: now - 2 * dayMs })).payment
  ids = {
    payments: payment.id,
    refunds: await insert('refunds', { status: 'requested' }),
    transfers: await insert('transfers', { kind: 'transfer', status: 'requested', recoveredAmount: 0 }),
    disputes: await insert('disputes', { status: 'inquiry', withdrawnAmount: 0, stripeDisputeId: 'dp_1' }),
  }
  operations = await createUser(payload, ['operations'])
})

type Table = keyof typeof ids
type Place = { table: Table; column: string }

const stand = async ({ table, column }: Place, state: string) => {
  await client.query('BEGIN')
  // What the other guards of the money have to say is not asked here.
  await client.query('SET LOCAL session_replication_role = replica')
  await client.query(`UPDATE ${table} SET ${column} = $2 WHERE id = $1`, [ids[table], state])
  await client.query('COMMIT')
}

const read = async ({ table, column }: Place): Promise<unknown> =>
  (await client.query<{ state: string }>(`SELECT ${column}::text AS state FROM ${table} WHERE id = $1`, [ids[table]]))
    .rows[0]?.state

class Undone extends Error {}

/** Whether a store takes the way; whatever it wrote is undone. */
const isTaken = async (
  place: Place,
  step: { from: string; to: string },
  store: (req: PayloadRequest) => Promise<void>,
): Promise<boolean> => {
  const { withTransaction } = await import('#database/transactions')
  await stand(place, step.from)
  try {
    await withTransaction(payload, async (req) => {
      await store(req)
      const { txDb } = await import('#database/transactions')
      const { sql } = await import('@payloadcms/db-postgres')
      const { rows } = await (
        await txDb(req)
      ).execute(sql.raw(`SELECT ${place.column}::text AS state FROM ${place.table} WHERE id = '${ids[place.table]}'`))
      expect(rows[0]?.state).toBe(step.to)
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Undone) return true
    expect(error).toMatchObject({ name: 'IllegalTransition' })
    expect(error instanceof Error ? error.message : '').toContain(`is ${step.from} cannot become ${step.to}`)
    expect(await read(place)).toBe(step.from)
    return false
  }
  return true
}

type Way = keyof typeof moneyWays

/** Every state × state through a store: exactly the ways of the table are taken, and staying where the store allows it. */
const expectMatrix = async <Name extends string>(args: {
  way: Way
  place: Place
  names: readonly Name[]
  roles: readonly ActorRole[]
  mayStay: boolean
  store: (req: PayloadRequest, to: Name, role: ActorRole) => Promise<void>
}): Promise<void> => {
  const { way, place, names, roles, mayStay, store } = args
  for (const role of roles) {
    for (const from of names) {
      for (const to of names) {
        const expected = moneyWays[way](from, to, role) || (mayStay && from === to)
        const taken = await isTaken(place, { from, to }, (req) => store(req, to, role))
        expect(taken, `${from} → ${to} (${role})`).toBe(expected)
      }
    }
  }
}

const payments: Place = { table: 'payments', column: 'status' }

describe('a store of an outcome takes the ways of its table and no other', () => {
  it('of a payment', async () => {
    const { storePaymentOutcome } = await import('#payments/payment-queries')
    await expectMatrix<PaymentState>({
      way: 'payment',
      place: payments,
      names: paymentStateNames,
      roles: ['payment', 'system', 'operations'],
      mayStay: false,
      store: (req, status, role) => storePaymentOutcome(req, payment, { status }, role),
    })
  })

  it('of what its refunds make of a payment', async () => {
    const { storeRefundedAmount } = await import('#payments/payment-queries')
    await expectMatrix<PaymentState>({
      way: 'payment',
      place: payments,
      names: paymentStateNames,
      roles: ['payment'],
      mayStay: true,
      store: (req, status) => storeRefundedAmount(req, payment.id, { refundedAmount: 1, status }),
    })
  })

  it('of a refund', async () => {
    const { storeRefundOutcome } = await import('#payments/refund/refund-queries')
    await expectMatrix<RefundState>({
      way: 'refund',
      place: { table: 'refunds', column: 'status' },
      names: refundStateNames,
      roles: ['payment', 'system', 'operations'],
      mayStay: false,
      store: (req, status, role) =>
        storeRefundOutcome(req, { id: ids.refunds, reference: 'RF-1', paymentId: payment.id }, { status }, role),
    })
  })

  it('of a payout', async () => {
    const { movePayout } = await import('#payments/payout/move-payout')
    await expectMatrix<PayoutState>({
      way: 'payout',
      place: { table: 'payments', column: 'payout_status' },
      names: payoutStateNames,
      roles: ['payment', 'system', 'operations'],
      mayStay: true,
      store: (req, status, role) =>
        movePayout(req, payment, status === 'held' ? { status, heldReason: 'refused' } : { status }, role),
    })
  })

  it('of a transfer', async () => {
    const { storeTransferOutcome } = await import('#payments/payout/transfer-queries')
    await expectMatrix<TransferState>({
      way: 'transfer',
      place: { table: 'transfers', column: 'status' },
      names: transferStateNames.filter((name) => name !== 'requested'),
      roles: ['payment'],
      mayStay: false,
      store: (req, status) =>
        storeTransferOutcome(
          req,
          ids.transfers,
          status === 'failed'
            ? { status, failureCode: null, failureReason: 'refused' }
            : { status: 'succeeded', stripeObjectId: 'tr_9' },
        ),
    })
    for (const to of ['succeeded', 'failed'] as const) {
      const place = { table: 'transfers', column: 'status' } as const
      const outcome =
        to === 'failed'
          ? ({ status: to, failureCode: null, failureReason: 'refused' } as const)
          : ({ status: to, stripeObjectId: 'tr_9' } as const)
      const store = (req: PayloadRequest) => storeTransferOutcome(req, ids.transfers, outcome)
      expect(await isTaken(place, { from: 'requested', to }, store)).toBe(true)
    }
  })

  it('of a dispute', async () => {
    const { storeDispute } = await import('#payments/dispute/dispute-queries')
    await expectMatrix<DisputeState>({
      way: 'dispute',
      place: { table: 'disputes', column: 'status' },
      names: disputeStateNames,
      roles: ['payment'],
      mayStay: true,
      store: (req, status) =>
        storeDispute(req, ids.disputes, {
          status,
          amount: 100,
          reason: 'general',
          evidenceDueBy: null,
          withdrawnAmount: 0,
          isDecided: false,
        }),
    })
  })
})

/** Where the generated API can be asked for each state of each machine. */
const fields = [
  ['payment', 'payments', 'status', paymentStateNames],
  ['refund', 'refunds', 'status', refundStateNames],
  ['transfer', 'transfers', 'status', transferStateNames],
  ['dispute', 'disputes', 'status', disputeStateNames],
] as const

describe('the gate of money', () => {
  it.each(fields)('lets the Local API take the ways of a %s that the system has', async (way, table, column, names) => {
    const { withTransaction } = await import('#database/transactions')
    for (const from of names) {
      for (const to of names) {
        await stand({ table, column }, from)
        const update = withTransaction(payload, async (req) => {
          await payload.update({ collection: table, id: ids[table], data: { [column]: to }, depth: 0, req })
          throw new Undone()
        })
        const isAllowed = from === to || moneyWays[way](from, to, 'system')
        const expected = isAllowed ? {} : { code: 'illegal_transition' }
        const error: unknown = await update.catch((thrown: unknown) => thrown)
        expect(error instanceof Undone, `${from} → ${to}`).toBe(isAllowed)
        expect(error).toMatchObject(expected)
      }
    }
  })

  it('holds for the payout inside a payment as well', async () => {
    await stand({ table: 'payments', column: 'payout_status' }, 'paid')
    const back = payload.update({ collection: 'payments', id: payment.id, data: { payout: { status: 'not_due' } } })
    await expect(back).rejects.toMatchObject({
      code: 'illegal_transition',
      message: 'A payout that is paid cannot become not_due (system). Allowed next: due, held, reversed.',
    })
    await stand({ table: 'payments', column: 'payout_status' }, 'not_due')
  })

  it('says so to REST and GraphQL, with what may follow, and not to an old form', async () => {
    await stand(payments, 'succeeded')
    const staff = await rest.as(operations)
    const answer = await staff.patch(`/payments/${payment.id}`, { status: 'failed' })
    expect(answer.status, answer.text).toBe(409)
    expect(answer.json.errors[0]).toMatchObject({ data: { code: 'illegal_transition' } })
    expect(answer.json.errors[0].message).toBe(
      'A payment that is succeeded cannot become failed (operations). Allowed next, for others: partially_refunded (payment), refunded (payment), disputed (payment), chargeback (payment).',
    )
    const mutation = `mutation { updatePayment(id: "${payment.id}", data: { status: failed }) { id } }`
    const told = await staff.graphql(mutation)
    expect(told.text).toContain('cannot become failed')
    expect(await read(payments)).toBe('succeeded')

    const stale = { status: 'pending', internalNotes: 'Rang them.', updatedAt: '2020-01-01T00:00:00.000Z' }
    const saved = await staff.patch(`/payments/${payment.id}`, stale)
    expect(saved.status, saved.text).toBe(200)
    expect(saved.json.doc).toMatchObject({ status: 'succeeded', internalNotes: 'Rang them.' })
  })

  it('keeps what Stripe said while somebody edits', async () => {
    await stand(payments, 'processing')
    await client.query('BEGIN')
    await client.query(`UPDATE payments SET status = 'succeeded', updated_at = now() WHERE id = $1`, [payment.id])
    const where = { id: { equals: payment.id } }
    const many = payload.update({ collection: 'payments', where, data: { internalNotes: 'Many.' } })
    const one = payload.update({ collection: 'payments', id: payment.id, data: { internalNotes: 'One.' } })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await client.query('COMMIT')
    const { docs, errors } = await many
    expect(docs).toEqual([])
    expect(errors).toMatchObject([{ message: expect.stringContaining('changed meanwhile') }])
    // One by one they wait for each other.
    await expect(one).resolves.toMatchObject({ status: 'succeeded', internalNotes: 'One.' })
    expect(await read(payments)).toBe('succeeded')
  })
})
