import { formatMoney } from '#shared/money'
import { platform } from '../balances'
import { emitEvent } from '../emit-event'
import { addBalanceTransaction } from '../objects'
import { disputesOf, withdrawnBy } from '../payments/open-dispute'
import { invalidRequest } from '../refusal'
import { assertAmount } from '../resources/amounts'
import type { StoredAccount, StoredCharge, StoredTransfer } from '../stored-objects'
import { find, mustFind, secondsOf, type World } from '../world'
import { addTransfer } from './connect-objects'

export type TransferRequest = {
  amount: number | undefined
  currency: string
  destination: string
  description: string | null
  metadata: Record<string, string>
  source_transaction: string | undefined
  transfer_group: string | undefined
}

/** @throws Refusal when nothing can be transferred to it. */
const findDestination = (world: World, id: string): StoredAccount => {
  const account = find(world, 'accounts', id)
  if (!account) {
    throw invalidRequest(`No such destination: '${id}'`, { code: 'resource_missing', param: 'destination' })
  }
  if (account.capabilities?.transfers !== 'active') {
    throw invalidRequest(
      'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments',
      { code: 'insufficient_capabilities_for_transfer' },
    )
  }
  return account
}

const show = (amount: number, currency: string): string =>
  formatMoney({ amount, currency: currency.toUpperCase() }, 'en-US')

/** What was transferred out of a charge; what came back by reversals does not count as back (see the decision). */
const transferredFrom = (world: World, chargeId: string): number =>
  world.catalog.all('transfers', { source_transaction: chargeId }).reduce((sum, { amount }) => sum + amount, 0)

/** @throws Refusal when the charge cannot pay for that. */
const assertSource = (
  world: World,
  charge: StoredCharge,
  wanted: { amount: number; currency: string; transfer_group: string | undefined },
): void => {
  const param = 'source_transaction'
  if (charge.status !== 'succeeded' || !charge.captured) {
    throw invalidRequest(`The charge ${charge.id} holds no money: it has not succeeded, or was not captured.`, {
      param,
    })
  }
  if (charge.currency !== wanted.currency) {
    throw invalidRequest(
      `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${wanted.currency})`,
      { param: 'currency' },
    )
  }
  if (charge.transfer_group && wanted.transfer_group && charge.transfer_group !== wanted.transfer_group) {
    throw invalidRequest(
      `The transfer_group of a transfer must be that of its source_transaction, which is ${charge.transfer_group}.`,
      { param: 'transfer_group' },
    )
  }
  const held = Math.max(0, charge.amount_captured - charge.amount_refunded - withdrawnBy(disputesOf(world, charge.id)))
  const gone = transferredFrom(world, charge.id)
  if (wanted.amount + gone > held) {
    const already = gone
      ? ` (There is already a transfer using this source, amounting to ${show(gone, charge.currency)}.)`
      : ''
    throw invalidRequest(
      `Transfers using this transaction as a source must not exceed the source amount of ${show(held, charge.currency)}.${already}`,
      { param: 'amount' },
    )
  }
}

/** @throws Refusal when the platform has not that much to give away. */
const assertAvailable = (world: World, amount: number, currency: string): void => {
  if (world.balances.availableOf(platform, currency, secondsOf(world)) >= amount) return
  throw invalidRequest(
    'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance',
    { code: 'balance_insufficient' },
  )
}

/** Gives money of the platform to a connected account. @throws Refusal */
export const makeTransfer = (world: World, request: TransferRequest): StoredTransfer => {
  const { currency } = request
  const account = findDestination(world, request.destination)
  const charge =
    request.source_transaction === undefined
      ? undefined
      : mustFind(world, 'charges', request.source_transaction, 'source_transaction')
  const amount = request.amount ?? charge?.amount_captured
  if (amount === undefined) {
    throw invalidRequest('Missing required param: amount.', { code: 'parameter_missing', param: 'amount' })
  }
  assertAmount(amount, currency, 'amount')
  if (amount < 1) {
    throw invalidRequest('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
  }
  if (charge) assertSource(world, charge, { amount, currency, transfer_group: request.transfer_group })
  else assertAvailable(world, amount, currency)

  // Stripe makes a group up where there is none, and gives it to the charge as well.
  if (charge) {
    charge.transfer_group ??= request.transfer_group ?? `group_${charge.id}`
    world.catalog.note('charges', charge)
  }
  const transfer = addTransfer(world, {
    amount,
    currency,
    description: request.description,
    destination: account.id,
    metadata: request.metadata,
    source_transaction: charge?.id ?? null,
    transfer_group: charge?.transfer_group ?? request.transfer_group ?? null,
  })
  // Money of a charge is there for the account when it would have been there for the platform.
  const income = charge?.balance_transaction
    ? find(world, 'balance_transactions', charge.balance_transaction)
    : undefined
  const availableOn = Math.max(secondsOf(world), income?.available_on ?? 0)
  const entry = addBalanceTransaction(world, {
    type: 'transfer',
    reporting_category: 'transfer',
    source: transfer.id,
    amount: -amount,
    fee: 0,
    currency,
    description: transfer.description,
    available_on: availableOn,
  })
  transfer.balance_transaction = entry.id
  addBalanceTransaction(
    world,
    {
      type: 'payment',
      reporting_category: 'charge',
      source: String(transfer.destination_payment),
      amount,
      fee: 0,
      currency,
      description: transfer.description,
      available_on: availableOn,
    },
    account.id,
  )
  emitEvent(world, 'transfer.created', transfer)
  return transfer
}
