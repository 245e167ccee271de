import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { paymentActor } from '#shared/actor'
import { computePayoutState } from './decide-payout'
import { movePayout } from './move-payout'
import { bookLedgerEntries, findPaymentByCharge, lockPayment, type PaymentRow } from '../payment-queries'
import { findPayoutAccount } from '../account/payout-account-queries'
import { settlePayoutJob } from './settle-payout-job'
import { NotVisibleYet } from '../stripe-events/event-handler'
import {
  findTransfer,
  findTransferByStripeId,
  insertTransfer,
  listTransfers,
  storePayoutHold,
  storeTransferOutcome,
  type TransferRow,
} from './transfer-queries'
import type { StripeMovement, StripeReversal, StripeTransfer } from '../stripe/stripe-objects'

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

const assertSame = (transfer: TransferRow, truth: StripeMovement): void => {
  if (truth.amount === transfer.amount && truth.currency.toUpperCase() === transfer.currency) return
  throw new Error(
    `${transfer.reference} is over ${transfer.amount} ${transfer.currency}, but Stripe's ${truth.id} over ${truth.amount} ${truth.currency}.`,
  )
}

/** Books a movement that has happened, and looks again at what is left to do. */
const bookMovement = async (
  req: PayloadRequest,
  payment: PaymentRow,
  transfer: Pick<TransferRow, 'id' | 'kind' | 'amount'>,
  stripeObjectId: string,
): Promise<void> => {
  const isReversal = transfer.kind === 'reversal'
  await bookLedgerEntries(req, payment, [
    {
      kind: isReversal ? 'transfer_reversal' : 'transfer',
      amount: isReversal ? transfer.amount : -transfer.amount,
      stripeObjectId,
    },
  ])
  await movePayout(req, payment, { status: computePayoutState(await listTransfers(req, payment.id)) }, 'payment')
  await enqueue(req, settlePayoutJob(payment.id))
  if (isReversal) return
  await enqueue(req, {
    task: 'follow-payout',
    errand: { paymentId: payment.id, event: 'paid', recordId: transfer.id },
  })
}

/**
 * Records that Stripe has carried out an operation of ours. Repeating it changes nothing.
 * @throws Error when Stripe's object is not what was written down, or the operation is over already with another end.
 */
export const applyMovement = async (req: PayloadRequest, transferId: string, truth: StripeMovement): Promise<void> => {
  const known = await findTransfer(req, transferId)
  const payment = known && (await lockPayment(req, known.paymentId))
  // Read anew under the lock.
  const transfer = payment && (await findTransfer(req, transferId))
  if (!transfer || transfer.stripeObjectId === truth.id) return
  assertSame(transfer, truth)
  if (transfer.status !== 'requested') {
    throw new Error(`${transfer.reference} has ended as ${transfer.status}, but Stripe made ${truth.id} of it.`)
  }
  await storeTransferOutcome(req, transfer.id, { status: 'succeeded', stripeObjectId: truth.id })
  await bookMovement(req, payment, transfer, truth.id)
}

const byHand = "Made in Stripe's dashboard."

/**
 * A transfer out of a charge of ours, or to the consultant in the name of a session of ours, that nobody wrote down before.
 * @returns the payment that it belongs to.
 */
const findPaymentOfTransfer = async (req: PayloadRequest, truth: StripeTransfer): Promise<PaymentRow | undefined> => {
  const chargeId = idOf(truth.source_transaction)
  const payment = chargeId === null ? undefined : await findPaymentByCharge(req, chargeId)
  if (!payment) return undefined
  const account = await findPayoutAccount(req, payment.consultantId)
  const earlier = await listTransfers(req, payment.id)
  const accounts = [account?.stripeAccountId, ...earlier.map(({ destinationAccountId }) => destinationAccountId)]
  return accounts.includes(idOf(truth.destination)) ? payment : undefined
}

/**
 * Records a transfer as Stripe has it: one of ours, or one that was made by hand out of a charge of ours to its consultant.
 * @returns whether it is either.
 * @throws NotVisibleYet when it names an operation that is not there; a database error when it exceeds the share.
 */
export const recordTransfer = async (req: PayloadRequest, truth: StripeTransfer): Promise<boolean> => {
  if (await findTransferByStripeId(req, truth.id)) return true
  const named = truth.metadata.transferId
  if (named !== undefined) {
    if (!(await findTransfer(req, named))) {
      throw new NotVisibleYet(`Stripe's transfer ${truth.id} names the operation ${named}, which is not there.`)
    }
    await applyMovement(req, named, truth)
    return true
  }
  const found = await findPaymentOfTransfer(req, truth)
  const payment = found && (await lockPayment(req, found.id))
  if (!payment) return false
  if (await findTransferByStripeId(req, truth.id)) return true
  const made = { kind: 'transfer' as const, amount: truth.amount }
  const id = await insertTransfer(req, {
    ...made,
    payment,
    status: 'succeeded',
    reason: byHand,
    destinationAccountId: idOf(truth.destination),
    stripeObjectId: truth.id,
    by: paymentActor,
  })
  await bookMovement(req, payment, { id, ...made }, truth.id)
  return true
}

/**
 * Records a reversal as Stripe has it. One that was made by hand is not undone by paying again: the payout is held until
 * operations let it go.
 * @returns whether it was news that we had not asked for.
 * @throws NotVisibleYet when it names an operation, or is of a transfer, that is not there.
 */
export const recordReversal = async (
  req: PayloadRequest,
  stripeTransferId: string,
  truth: StripeReversal,
): Promise<boolean> => {
  if (await findTransferByStripeId(req, truth.id)) return false
  const named = truth.metadata?.transferId
  if (named !== undefined) {
    if (!(await findTransfer(req, named))) {
      throw new NotVisibleYet(`Stripe's reversal ${truth.id} names the operation ${named}, which is not there.`)
    }
    await applyMovement(req, named, truth)
    return false
  }
  const transfer = await findTransferByStripeId(req, stripeTransferId)
  const payment = transfer && (await lockPayment(req, transfer.paymentId))
  if (!payment) throw new NotVisibleYet(`Stripe's reversal ${truth.id} is of ${stripeTransferId}, which is not there.`)
  if (await findTransferByStripeId(req, truth.id)) return false
  const made = { kind: 'reversal' as const, amount: truth.amount }
  const id = await insertTransfer(req, {
    ...made,
    payment,
    status: 'succeeded',
    reason: byHand,
    againstId: transfer.id,
    stripeObjectId: truth.id,
    by: paymentActor,
  })
  await storePayoutHold(req, payment.id, { isHeld: true, note: "Taken back in Stripe's dashboard." })
  await bookMovement(req, payment, { id, ...made }, truth.id)
  return true
}
