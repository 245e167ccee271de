import { formatMoney } from '#shared/money'
import { emitEvent } from '../emit-event'
import { addBalanceTransaction } from '../objects'
import { invalidRequest } from '../refusal'
import { assertAmount } from '../resources/amounts'
import type { StoredTransfer, StoredTransferReversal } from '../stored-objects'
import { find, secondsOf, type World } from '../world'
import { addTransferReversal } from './connect-objects'

const show = (amount: number, currency: string): string =>
  formatMoney({ amount, currency: currency.toUpperCase() }, 'en-US')

/** How many reversals a transfer shows itself. */
const shown = 10

/** @throws Refusal when not that much can be taken back. */
const assertReversible = (transfer: StoredTransfer, amount: number): void => {
  const left = transfer.amount - transfer.amount_reversed
  if (left === 0) throw invalidRequest(`Transfer ${transfer.id} is already fully reversed.`)
  assertAmount(amount, transfer.currency, 'amount')
  if (amount < 1) {
    throw invalidRequest('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
  }
  if (amount > left) {
    throw invalidRequest(
      `Transfer reversal amount (${show(amount, transfer.currency)}) is greater than unreversed amount on transfer (${show(left, transfer.currency)})`,
      { param: 'amount' },
    )
  }
}

/**
 * Takes a transfer back, or a part of it.
 * @throws Refusal when more would be taken back than is left of it, or than the connected account has: what was paid out is
 * gone.
 */
export const reverseTransfer = (
  world: World,
  transfer: StoredTransfer,
  request: { amount: number | undefined; metadata: Record<string, string>; description: string | null },
): StoredTransferReversal => {
  const amount = request.amount ?? transfer.amount - transfer.amount_reversed
  assertReversible(transfer, amount)
  const { currency, destination } = transfer
  if (!destination || !find(world, 'accounts', destination)) {
    throw invalidRequest(`The account of transfer ${transfer.id} is not connected any more.`, {
      code: 'account_invalid',
    })
  }
  const now = secondsOf(world)
  const given = transfer.balance_transaction
    ? find(world, 'balance_transactions', transfer.balance_transaction)
    : undefined
  const availableOn = Math.max(now, given?.available_on ?? 0)
  // Money that is still to become available cannot have been paid out.
  const isStillPending = availableOn > now
  if (!isStillPending && world.balances.availableOf(destination, currency, now) < amount) {
    throw invalidRequest(
      `The connected account has insufficient available funds to reverse ${show(amount, currency)} of transfer ${transfer.id}.`,
      { code: 'balance_insufficient' },
    )
  }

  const reversal = addTransferReversal(world, { amount, currency, transfer: transfer.id, metadata: request.metadata })
  const entry = addBalanceTransaction(world, {
    type: 'transfer_refund',
    reporting_category: 'transfer_reversal',
    source: reversal.id,
    amount,
    fee: 0,
    currency,
    description: request.description ?? `REFUND FOR TRANSFER (${transfer.description ?? transfer.id})`,
    available_on: availableOn,
  })
  reversal.balance_transaction = entry.id
  addBalanceTransaction(
    world,
    {
      type: 'payment_refund',
      reporting_category: 'refund',
      source: String(reversal.destination_payment_refund),
      amount: -amount,
      fee: 0,
      currency,
      description: 'REFUND FOR PAYMENT',
      available_on: availableOn,
    },
    destination,
  )
  const previous = { amount_reversed: transfer.amount_reversed, reversed: transfer.reversed }
  transfer.amount_reversed += amount
  transfer.reversed = transfer.amount_reversed === transfer.amount
  const known = [reversal, ...transfer.reversals.data]
  transfer.reversals.data = known.slice(0, shown)
  transfer.reversals.has_more ||= known.length > shown
  emitEvent(world, 'transfer.reversed', transfer, previous)
  return reversal
}
