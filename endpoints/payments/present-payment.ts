import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import type { SessionRow } from '#sessions/session-queries'
import { sessionStates } from '#sessions/session-states'
import {
  computePaymentActions,
  computeRefundActions,
  paymentActions,
  refundActions,
} from '#payments/compute-payment-actions'
import { computePaymentTimeline, type PaymentViewer, type TimelineItem } from '#payments/compute-payment-timeline'
import { type LedgerRecord, type PaymentFacts, readPaymentRecords } from '#payments/payment-record-queries'
import { stripeDashboardLink } from '#payments/stripe/stripe-dashboard-link'
import { settings } from '#settings'
import { actorRole, dateTime, heldReason, money, paymentStatus, payoutStatus, sessionStatus } from '../support/schemas'
import { refundStatus } from './present-refund'
import { iso, isoOrNull } from '#shared/time'

export const paymentAnswer = z
  .object({
    payment: z.object({
      reference: z.string(),
      status: paymentStatus,
      amount: money,
      refunded: money,
      refundable: money.describe('What is neither returned nor on its way back'),
      method: z.string().nullable().describe('`elsewhere`: the money came outside of Stripe'),
      receiptUrl: z.string().nullable(),
      session: z.object({ reference: z.string(), status: sessionStatus, start: dateTime }),
      consultant: z.object({ slug: z.string(), name: z.string() }),
      customer: z.object({ name: z.string() }),
    }),
    elsewhere: z
      .object({
        reference: z.string().nullable().describe('Where the money can be looked up'),
        recordedBy: z.object({ role: actorRole, name: z.string().nullable() }).nullable(),
      })
      .nullable()
      .describe('Staff only, of a payment that was made outside of Stripe'),
    split: z
      .object({ platformFee: money, consultantShare: money, stripeFee: money.nullable().describe('Staff only') })
      .nullable()
      .describe('For staff and the consultant'),
    payout: z
      .object({
        status: payoutStatus,
        dueAt: dateTime.nullable(),
        paid: money,
        reversed: money,
        setOff: money,
        heldReason: heldReason.nullable(),
        heldNote: z.string().nullable(),
        isHeldByOperations: z.boolean(),
      })
      .nullable()
      .describe('For staff and the consultant'),
    refunds: z.array(
      z.object({
        reference: z.string(),
        status: refundStatus,
        amount: money,
        reason: z.string().nullable(),
        requestedAt: dateTime,
        refundedAt: dateTime.nullable(),
        failureReason: z.string().nullable().describe('Staff only'),
        actions: z.array(z.enum(refundActions)).describe('What may be done with it now by whoever asks'),
      }),
    ),
    timeline: z
      .array(
        z.object({
          at: dateTime,
          source: z.enum(['payment', 'session', 'refund', 'payout', 'dispute', 'ledger', 'event']),
          title: z.string(),
          state: z.string().nullable(),
          detail: z.string().nullable(),
          amount: money.nullable(),
          by: z.object({ role: actorRole, name: z.string().nullable() }).nullable(),
          stripe: z.object({ id: z.string(), url: z.string().nullable() }).nullable(),
          record: z.object({ collection: z.string(), id: z.string() }).nullable(),
          movements: z.array(z.object({ label: z.string(), amount: money })),
        }),
      )
      .describe('Oldest first, as far as the caller may know'),
    actions: z.array(z.enum(paymentActions)).describe('What may be done with it now by whoever asks'),
  })
  .meta({ id: 'Payment' })

const isTestMode = (): boolean => settings.stripe.secretKey?.startsWith('sk_test_') ?? true

const presentItem = ({ at, objectId, movements, ...rest }: TimelineItem) => ({
  at: iso(at),
  ...rest,
  stripe:
    objectId === null ? null : { id: objectId, url: stripeDashboardLink(objectId, { isTest: isTestMode() }) ?? null },
  movements: movements.map(({ label, amount, currency }) => ({ label, amount: { amount, currency } })),
})

const labelOfState = (state: string): string =>
  Object.hasOwn(sessionStates, state) ? sessionStates[state as keyof typeof sessionStates].label.en : state

/** Who says that the money is there, and where it can be looked up. */
const presentElsewhere = (entries: readonly LedgerRecord[]) => {
  const entry = entries.find(({ kind }) => kind === 'charge_elsewhere')
  if (!entry) return null
  const { externalReference: reference, byRole: role, byName: name } = entry
  return { reference, recordedBy: role === null ? null : { role, name } }
}

/** A payment with all that happened to it, as far as `viewer` may know. */
export const presentPayment = async (
  req: PayloadRequest,
  { payment, session, viewer }: { payment: PaymentFacts; session: SessionRow; viewer: PaymentViewer },
) => {
  const records = await readPaymentRecords(req, payment)
  const { currency } = payment
  const of = (amount: number) => ({ amount, currency })
  const { stripeFeeAmount, stripeFeeCurrency } = payment
  const isStaff = viewer === 'staff'
  return {
    payment: {
      reference: payment.reference,
      status: payment.status,
      amount: of(payment.amount),
      refunded: of(payment.refundedAmount),
      refundable: of(payment.succeededAt === null ? 0 : payment.amount - payment.committedAmount),
      method: payment.method,
      receiptUrl: payment.receiptUrl,
      session: { reference: session.reference, status: session.status, start: iso(session.startsAt) },
      consultant: { slug: session.consultantSlug, name: session.consultantName },
      customer: { name: session.customerName },
    },
    elsewhere: isStaff ? presentElsewhere(records.entries) : null,
    split:
      viewer === 'customer'
        ? null
        : {
            platformFee: of(payment.platformFeeAmount),
            consultantShare: of(payment.consultantPayoutAmount),
            stripeFee:
              isStaff && stripeFeeAmount !== null && stripeFeeCurrency !== null
                ? { amount: stripeFeeAmount, currency: stripeFeeCurrency.toUpperCase() }
                : null,
          },
    payout:
      viewer === 'customer'
        ? null
        : {
            status: payment.payoutStatus,
            dueAt: isoOrNull(payment.payoutDueAt),
            paid: of(payment.paidOutAmount),
            reversed: of(payment.reversedAmount),
            setOff: of(payment.nettedAmount),
            heldReason: payment.heldReason,
            heldNote: payment.heldNote,
            isHeldByOperations: payment.isHeldByOperations,
          },
    refunds: records.refunds.map((refund) => ({
      reference: refund.reference,
      status: refund.status,
      amount: of(refund.amount),
      reason: refund.reason,
      requestedAt: iso(refund.requestedAt),
      refundedAt: isoOrNull(refund.refundedAt),
      failureReason: isStaff ? refund.failureReason : null,
      actions: computeRefundActions(refund, records, viewer),
    })),
    timeline: computePaymentTimeline(records, { viewer, labelOfState }).map(presentItem),
    actions: computePaymentActions(records, viewer),
  }
}
