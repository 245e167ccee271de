import { z } from 'zod'
import { refundStateNames } from '#payments/payment-states'
import type { RefundRow } from '#payments/refund/refund-queries'
import { actorRole, dateTime, money } from '../support/schemas'
import { iso } from '#shared/time'

export const refundStatus = z.enum(refundStateNames).meta({ id: 'RefundStatus' })

export const refundAnswer = z
  .object({
    reference: z.string(),
    status: refundStatus,
    amount: money,
    platformFee: money.describe("The platform's part of it; an estimate until it has succeeded"),
    consultantShare: money.describe("The consultant's part of it"),
    reason: z.string(),
    requestedAt: dateTime,
    requestedBy: z.object({ role: actorRole.nullable() }),
    refundedAt: dateTime.nullable(),
    failureReason: z.string().nullable(),
  })
  .meta({ id: 'Refund' })

/** A refund as staff see it. */
export const presentRefund = (refund: RefundRow): z.input<typeof refundAnswer> => {
  const of = (amount: number) => ({ amount, currency: refund.currency })
  return {
    reference: refund.reference,
    status: refund.status,
    amount: of(refund.amount),
    platformFee: of(refund.platformFeeAmount),
    consultantShare: of(refund.amount - refund.platformFeeAmount),
    reason: refund.reason,
    requestedAt: iso(refund.requestedAt),
    requestedBy: { role: refund.requestedByRole },
    refundedAt: refund.refundedAt === null ? null : iso(refund.refundedAt),
    failureReason: refund.failureReason,
  }
}
