import type Stripe from 'stripe'
import type { Money } from '#shared/money'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'

/**
 * What an entry of the balance means for the books. `other`: the platform's own payouts to its bank, Stripe's invoices, top-ups,
 * reserves; nothing that belongs to a booking.
 */
export type BalanceMovementKind =
  'charge' | 'refund' | 'refund_failed' | 'transfer' | 'transfer_reversal' | 'dispute' | 'dispute_won' | 'other'

/** An entry of the platform's balance at Stripe and the object that it came from. Amounts in minor units, never negative. */
export type BalanceMovement = {
  /** txn_… */
  id: string
  kind: BalanceMovementKind
  /** The charge, refund, transfer, reversal or dispute. */
  objectId: string
  /** Of the object, in the currency in which the customer paid. */
  amount: Money
  /** What Stripe kept, in the balance's currency. */
  fee: Money
  /** Of the charge, or of the one that was refunded or disputed. */
  paymentIntentId: string | null
  /** The transfer itself, or the one that was reversed. */
  transferId: string | null
  metadata: Record<string, string>
  /** false: it is in the balance already, but may still come back without ever having arrived (a refund under way). */
  isFinal: boolean
  /** It has come back, by an entry of its own (a refund that failed): together they are nothing. */
  isUndone: boolean
}

const kindOf = ({ type, reporting_category: category }: Stripe.BalanceTransaction): BalanceMovementKind => {
  switch (type) {
    case 'charge':
    case 'payment':
      return 'charge'
    case 'refund':
    case 'payment_refund':
      return 'refund'
    case 'refund_failure':
      return 'refund_failed'
    case 'transfer':
      return 'transfer'
    case 'transfer_refund':
      return 'transfer_reversal'
    default:
      if (category === 'dispute') return 'dispute'
      return category === 'dispute_reversal' ? 'dispute_won' : 'other'
  }
}

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

type Origin = Pick<BalanceMovement, 'paymentIntentId' | 'transferId' | 'metadata' | 'isFinal' | 'isUndone'> & {
  amount: number
  currency: string
}

const unknownOrigin = { paymentIntentId: null, transferId: null, metadata: {}, isFinal: true, isUndone: false }

/** What the object behind an entry says; its own amount where the balance is kept in another currency. */
const originOf = (entry: Stripe.BalanceTransaction): Origin => {
  const { source } = entry
  const own = { amount: Math.abs(entry.amount), currency: entry.currency }
  if (typeof source !== 'object' || source === null) return { ...unknownOrigin, ...own }
  const { object } = source
  switch (object) {
    case 'charge':
      return {
        ...unknownOrigin,
        amount: source.amount_captured,
        currency: source.currency,
        paymentIntentId: idOf(source.payment_intent),
        metadata: source.metadata,
      }
    case 'refund':
      return {
        ...unknownOrigin,
        amount: source.amount,
        currency: source.currency,
        paymentIntentId: idOf(source.payment_intent),
        metadata: source.metadata ?? {},
        isFinal: source.status === 'succeeded' || source.status === 'failed',
        isUndone: source.status === 'failed',
      }
    case 'transfer':
      return {
        ...unknownOrigin,
        amount: source.amount,
        currency: source.currency,
        transferId: source.id,
        metadata: source.metadata,
      }
    case 'transfer_reversal':
      return {
        ...unknownOrigin,
        amount: source.amount,
        currency: source.currency,
        transferId: idOf(source.transfer),
        metadata: source.metadata ?? {},
      }
    case 'dispute':
      return { ...unknownOrigin, ...own, paymentIntentId: idOf(source.payment_intent), metadata: source.metadata }
    default:
      return { ...unknownOrigin, ...own }
  }
}

export const toBalanceMovement = (entry: Stripe.BalanceTransaction): BalanceMovement => {
  const { amount, currency, ...origin } = originOf(entry)
  return {
    id: entry.id,
    kind: kindOf(entry),
    objectId: idOf(entry.source) ?? entry.id,
    amount: { amount, currency: currency.toUpperCase() },
    fee: { amount: Math.abs(entry.fee), currency: entry.currency.toUpperCase() },
    ...origin,
  }
}

const pageSize = 100

/**
 * One page of the platform's balance, the newest first.
 * @param page.from epoch ms, inclusive. @param page.until epoch ms, exclusive.
 * @param page.after the last entry of the page before.
 * @throws ProviderError
 */
export const listBalanceMovements = async (
  page: { from: number; until: number; after: string | null },
  stripe: Stripe = getStripe(),
): Promise<{ movements: BalanceMovement[]; hasMore: boolean }> => {
  const { data, has_more: hasMore } = await callStripe(() =>
    stripe.balanceTransactions.list({
      created: { gte: Math.floor(page.from / 1000), lt: Math.ceil(page.until / 1000) },
      limit: pageSize,
      expand: ['data.source'],
      ...(page.after === null ? {} : { starting_after: page.after }),
    }),
  )
  return { movements: data.map(toBalanceMovement), hasMore }
}

/** Every entry of the balance that came from one object; empty when Stripe has none. @throws ProviderError */
export const listMovementsOf = async (objectId: string, stripe: Stripe = getStripe()): Promise<BalanceMovement[]> => {
  const { data } = await callStripe(() =>
    stripe.balanceTransactions.list({ source: objectId, limit: pageSize, expand: ['data.source'] }),
  )
  return data.map(toBalanceMovement)
}

/** The checkout on whose page an intent was paid; null when it was none. @throws ProviderError */
export const findCheckoutOfIntent = async (
  paymentIntentId: string,
  stripe: Stripe = getStripe(),
): Promise<string | null> => {
  const { data } = await callStripe(() => stripe.checkout.sessions.list({ payment_intent: paymentIntentId, limit: 1 }))
  return data[0]?.id ?? null
}
