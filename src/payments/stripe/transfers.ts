import type Stripe from 'stripe'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'
import type { StripeReversal, StripeTransfer } from './stripe-objects'

export type TransferRequest = {
  /** Minor units, in the currency's smallest step. */
  amount: number
  /** ISO 4217, upper case. */
  currency: string
  /** Of the connected account. */
  destination: string
  /** The charge out of which it is paid, so that it may go out before the charge is available; null: out of the balance. */
  sourceCharge: string | null
  /** Shared by everything that belongs to one session. */
  transferGroup: string
  metadata: Record<string, string>
  description: string
  /** Of the operation and its attempt. */
  idempotencyKey: string
}

/**
 * Pays a connected account.
 * @throws ProviderError; definitive with code `insufficient_capabilities_for_transfer` when the account cannot be paid now,
 *   `balance_insufficient` when the platform has not that much.
 */
export const createTransfer = (request: TransferRequest, stripe: Stripe = getStripe()): Promise<StripeTransfer> =>
  callStripe(() =>
    stripe.transfers.create(
      {
        amount: request.amount,
        currency: request.currency.toLowerCase(),
        destination: request.destination,
        transfer_group: request.transferGroup,
        metadata: request.metadata,
        description: request.description,
        ...(request.sourceCharge === null ? {} : { source_transaction: request.sourceCharge }),
      },
      { idempotencyKey: request.idempotencyKey },
    ),
  )

/** @throws ProviderError; code `resource_missing` when Stripe does not know it. */
export const retrieveTransfer = (transferId: string, stripe: Stripe = getStripe()): Promise<StripeTransfer> =>
  callStripe(() => stripe.transfers.retrieve(transferId))

/** Every transfer of a session, also those made in Stripe's dashboard; the newest first. @throws ProviderError */
export const listTransfersOfGroup = (transferGroup: string, stripe: Stripe = getStripe()): Promise<StripeTransfer[]> =>
  callStripe(() =>
    stripe.transfers.list({ transfer_group: transferGroup, limit: 100 }).autoPagingToArray({ limit: 10_000 }),
  )

/**
 * Takes a transfer back, or a part of it.
 * @throws ProviderError; definitive with code `balance_insufficient` when the account has not that much any more.
 */
export const reverseTransfer = (
  {
    transferId,
    amount,
    metadata,
    idempotencyKey,
  }: { transferId: string; amount: number; metadata: Record<string, string>; idempotencyKey: string },
  stripe: Stripe = getStripe(),
): Promise<StripeReversal> =>
  callStripe(() => stripe.transfers.createReversal(transferId, { amount, metadata }, { idempotencyKey }))

/** Every reversal of a transfer, also those made in Stripe's dashboard; the newest first. @throws ProviderError */
export const listReversals = (transferId: string, stripe: Stripe = getStripe()): Promise<StripeReversal[]> =>
  callStripe(() => stripe.transfers.listReversals(transferId, { limit: 100 }).autoPagingToArray({ limit: 10_000 }))
