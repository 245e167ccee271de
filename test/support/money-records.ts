import type { Payload } from 'payload'
import type { ConsultantProfile, Customer, LedgerEntry, Payment, ScheduledSession, ServiceType } from '#payload-types'
import { createId, createReference } from '#shared/ids'
import { splitPrice } from '#shared/money'

type Kind = LedgerEntry['kind']

export type PaidSession = { session: ScheduledSession; payment: Payment }

/** Past hooks and Stripe, for what is about records alone: a session that was paid at `paidAt` (epoch ms), with its entries. */
export const recordPaidSession = async (
  payload: Payload,
  {
    consultant,
    customer,
    serviceType,
    amount,
    currency,
    startsAt,
    paidAt,
    data = {},
  }: {
    consultant: Pick<ConsultantProfile, 'id'>
    customer: Pick<Customer, 'id'>
    serviceType: Pick<ServiceType, 'id'>
    amount: number
    currency: Payment['currency']
    startsAt: number
    paidAt: number
    data?: Partial<Payment>
  },
): Promise<PaidSession> => {
  const split = { amount, currency, ...splitPrice({ amount, currency, feeBps: 1_500 }) }
  const between = { consultant: consultant.id, customer: customer.id }
  const session = (await payload.db.create({
    collection: 'scheduled-sessions',
    data: {
      ...between,
      reference: createReference('PY'),
      serviceType: serviceType.id,
      status: 'completed',
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 1_800_000).toISOString(),
      durationMinutes: 30,
      timeZone: 'UTC',
      price: { ...split, platformFeeBps: 1_500 },
    },
  })) as ScheduledSession
  const payment = (await payload.db.create({
    collection: 'payments',
    data: {
      ...between,
      ...split,
      reference: createReference('PM'),
      scheduledSession: session.id,
      status: 'succeeded',
      refundedAmount: 0,
      payout: { status: 'not_due' },
      stripe: { chargeId: `ch_${createId()}`, paymentIntentId: `pi_${createId()}` },
      succeededAt: new Date(paidAt).toISOString(),
      ...data,
    },
  })) as Payment
  await recordEntry(payload, payment, { kind: 'charge', amount, at: paidAt, objectId: `ch_${session.id}` })
  await recordEntry(payload, payment, {
    kind: 'platform_fee',
    amount: split.platformFeeAmount,
    at: paidAt,
    objectId: `ch_${session.id}`,
  })
  return { session, payment }
}

const idOf = (value: string | { id: string }): string => (typeof value === 'string' ? value : value.id)

/** One movement of a payment in the ledger, signed as the ledger is. */
export const recordEntry = async (
  payload: Payload,
  payment: Payment,
  { kind, amount, at, objectId = createId() }: { kind: Kind; amount: number; at: number; objectId?: string },
): Promise<void> => {
  await payload.db.create({
    collection: 'ledger-entries',
    data: {
      kind,
      amount,
      currency: payment.currency,
      stripeObjectId: objectId,
      payment: payment.id,
      scheduledSession: idOf(payment.scheduledSession),
      consultant: idOf(payment.consultant),
      customer: idOf(payment.customer),
      occurredAt: new Date(at).toISOString(),
    },
  })
}
