import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { findPayment, type PaymentRow } from '../payment-queries'
import { ProviderError } from '../stripe/provider-error'
import { createTransfer, listReversals, listTransfersOfGroup, reverseTransfer } from '../stripe/transfers'
import { findTransfer, listTransfers, type TransferRow } from './transfer-queries'
import type { StripeReversal, StripeTransfer } from '../stripe/stripe-objects'
import { hourMs } from '#shared/time'

/** Stripe forgets idempotency keys after a day; what waited for so long may have been done without our hearing of it. */
const keysForgottenAfterMs = 20 * hourMs

const isKeyForgotten = ({ requestedAt }: TransferRow): boolean => Date.now() - requestedAt > keysForgottenAfterMs

const metadataOf = (transfer: TransferRow, payment: PaymentRow) => ({
  transferId: transfer.id,
  transferReference: transfer.reference,
  paymentId: payment.id,
  sessionId: payment.sessionId,
})

/**
 * The charge that a payout comes out of, so that it may go out before the charge is available. At Stripe, what came back by a
 * reversal does not make room in the charge again, so a payout after one comes out of the balance. Goes only by what was
 * there before the operation: asking again has to ask for the same.
 */
const sourceOf = (transfer: TransferRow, all: readonly TransferRow[], payment: PaymentRow): string | null =>
  all.some(({ id, kind }) => id < transfer.id && (kind === 'reversal' || kind === 'receivable'))
    ? null
    : payment.chargeId

const askForTransfer = async (
  transfer: TransferRow,
  { payment, all }: { payment: PaymentRow; all: readonly TransferRow[] },
): Promise<StripeTransfer> => {
  if (isKeyForgotten(transfer)) {
    const made = (await listTransfersOfGroup(payment.sessionId)).find(
      ({ metadata }) => metadata.transferId === transfer.id,
    )
    if (made) return made
  }
  return createTransfer({
    amount: transfer.amount,
    currency: transfer.currency,
    destination: transfer.destinationAccountId ?? '',
    sourceCharge: sourceOf(transfer, all, payment),
    transferGroup: payment.sessionId,
    metadata: metadataOf(transfer, payment),
    description: `Payout ${transfer.reference} for ${payment.reference}`,
    idempotencyKey: transfer.idempotencyKey ?? `${transfer.id}:1`,
  })
}

const stripeTransferOf = (reversal: TransferRow, all: readonly TransferRow[]): string => {
  const source = all.find(({ id }) => id === reversal.againstId)?.stripeObjectId
  if (!source) throw new Error(`The reversal ${reversal.reference} is of a transfer that Stripe does not have.`)
  return source
}

const askForReversal = async (
  reversal: TransferRow,
  { payment, all }: { payment: PaymentRow; all: readonly TransferRow[] },
): Promise<StripeReversal> => {
  const transferId = stripeTransferOf(reversal, all)
  if (isKeyForgotten(reversal)) {
    const made = (await listReversals(transferId)).find(({ metadata }) => metadata?.transferId === reversal.id)
    if (made) return made
  }
  return reverseTransfer({
    transferId,
    amount: reversal.amount,
    metadata: metadataOf(reversal, payment),
    idempotencyKey: reversal.idempotencyKey ?? `${reversal.id}:1`,
  })
}

export type TransferOutcome = StripeTransfer | StripeReversal | ProviderError

/**
 * Asks Stripe for a transfer or reversal that was written down and is not over. The key stands in its row, so an answer that
 * got lost is fetched by asking again.
 * @returns what Stripe made of it, or its refusal; no outcome when somebody else has recorded one meanwhile.
 * @throws ProviderError when it is not known what Stripe did.
 */
export const carryOutTransfer = async (
  payload: Payload,
  id: string,
): Promise<{ transfer?: TransferRow; outcome?: TransferOutcome }> => {
  const req = await localRequest(payload)
  const transfer = await findTransfer(req, id)
  const payment = transfer && (await findPayment(req, transfer.paymentId))
  if (!payment || transfer.status !== 'requested') return {}
  const context = { payment, all: await listTransfers(req, payment.id) }
  try {
    const ask = transfer.kind === 'reversal' ? askForReversal : askForTransfer
    return { transfer, outcome: await ask(transfer, context) }
  } catch (error) {
    if (error instanceof ProviderError && error.definitive) return { transfer, outcome: error }
    throw error
  }
}

/** Every reversal that Stripe has of the transfer that this one is of; the oldest first. @throws ProviderError */
export const listStripeReversals = async (
  payload: Payload,
  reversal: TransferRow,
): Promise<{ stripeTransferId: string; reversals: StripeReversal[] }> => {
  const all = await listTransfers(await localRequest(payload), reversal.paymentId)
  const stripeTransferId = stripeTransferOf(reversal, all)
  return { stripeTransferId, reversals: (await listReversals(stripeTransferId)).toReversed() }
}
