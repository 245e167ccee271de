import type { PayloadRequest } from 'payload'
import { enqueue } from '../outbox/enqueue'
import { DomainError } from '../shared/errors'
import { apportionFeeBack, isValidAmount } from '../shared/money'
import { insertRefund, lockPayment, sumFeesBack, sumRefunds } from './payment-queries'

const refundable: readonly string[] = ['succeeded', 'partially_refunded']

/**
 * Writes a refund down and puts it into the outbox. Two at once cannot exceed what is left: the payment is locked first.
 * @param args.amount minor units; undefined = all that is left.
 * @returns the id of the refund, or undefined when nothing is left to return.
 * @throws DomainError `outside_policy` when the payment cannot be refunded or the amount exceeds what is left.
 */
export const requestRefund = async (
  req: PayloadRequest,
  args: { paymentId: string; amount?: number | undefined; reason: string; requestedBy: string | null },
): Promise<string | undefined> => {
  const payment = await lockPayment(req, args.paymentId)
  if (!payment) throw new DomainError('not_found', 'There is no such payment.')
  if (payment.status === 'disputed') {
    throw new DomainError('outside_policy', 'The payment is disputed: nothing can be refunded until that is decided.')
  }
  const left = payment.amount - (await sumRefunds(req, payment.id))
  const amount = args.amount ?? left
  if (amount === 0) return undefined
  if (!refundable.includes(payment.status)) {
    throw new DomainError(
      'outside_policy',
      `A payment that is ${payment.status.replaceAll('_', ' ')} cannot be refunded.`,
    )
  }
  if (!isValidAmount(amount, payment.currency)) {
    throw new DomainError('invalid_request', 'The amount is not one of this currency.', {
      errors: [{ path: 'amount', message: `must be a whole number of minor units that ${payment.currency} has` }],
    })
  }
  if (amount > left) {
    throw new DomainError('outside_policy', `At most ${left} can still be refunded.`, {
      errors: [{ path: 'amount', message: `must be at most ${left}` }],
    })
  }
  const { platformFeeBack } = apportionFeeBack({
    ...payment,
    refundedSoFar: payment.amount - left,
    feeBackSoFar: await sumFeesBack(req, payment.id),
    refundAmount: amount,
  })
  const refundId = await insertRefund(req, {
    payment,
    amount,
    reason: args.reason,
    requestedBy: args.requestedBy,
    platformFeeAmount: platformFeeBack,
  })
  await enqueue(req, { task: 'run-refund', payload: { refundId }, key: `run-refund:${refundId}` })
  return refundId
}
