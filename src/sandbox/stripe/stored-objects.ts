import type Stripe from 'stripe'

/** An object as it lies in the store: where Stripe's types allow an id or the expanded object, only the id is kept. */
type Stored<T> = {
  [K in keyof T]: T[K] extends infer V ? (V extends { id: string; object: string } ? never : V) : never
}

export type StoredCustomer = Stored<Stripe.Customer>
export type StoredProduct = Stored<Stripe.Product>
export type StoredPrice = Omit<Stored<Stripe.Price>, 'unit_amount_decimal'> & { unit_amount_decimal: string | null }
export type StoredPaymentMethod = Stored<Stripe.PaymentMethod>
export type StoredPaymentIntent = Stored<Stripe.PaymentIntent>
export type StoredSetupIntent = Stored<Stripe.SetupIntent>
export type StoredCharge = Stored<Stripe.Charge>
export type StoredRefund = Stored<Stripe.Refund>
export type StoredBalanceTransaction = Stored<Stripe.BalanceTransaction>
export type StoredCheckoutSession = Stored<Stripe.Checkout.Session>

export type StoredDispute = Stored<Stripe.Dispute>
export type StoredPayout = Stored<Stripe.Payout>
export type StoredAccount = Stored<Stripe.Account>
export type StoredCapability = Stored<Stripe.Capability>
export type StoredTransfer = Stored<Stripe.Transfer>
export type StoredTransferReversal = Stored<Stripe.TransferReversal>

export type StoredLineItem = {
  id: string
  object: 'item'
  amount_discount: number
  amount_subtotal: number
  amount_tax: number
  amount_total: number
  currency: string
  description: string
  metadata: Record<string, string>
  price: StoredPrice
  quantity: number
}

export type StoredEvent = {
  id: string
  object: 'event'
  /** The connected account that it happened to; without it the platform itself. */
  account?: string
  api_version: string
  created: number
  data: { object: JsonObject; previous_attributes?: JsonObject }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: string
}

export type JsonObject = { [key: string]: unknown }

/** What each resource's table holds. */
export type StoredObjects = {
  customers: StoredCustomer
  products: StoredProduct
  prices: StoredPrice
  payment_methods: StoredPaymentMethod
  payment_intents: StoredPaymentIntent
  setup_intents: StoredSetupIntent
  charges: StoredCharge
  refunds: StoredRefund
  balance_transactions: StoredBalanceTransaction
  checkout_sessions: StoredCheckoutSession
  disputes: StoredDispute
  payouts: StoredPayout
  accounts: StoredAccount
  transfers: StoredTransfer
  transfer_reversals: StoredTransferReversal
  events: StoredEvent
}

export type TableName = keyof StoredObjects

/** Every object of the API by id, one table a resource, in the order in which they were made. */
export type StoredTables = { [Name in TableName]: Record<string, StoredObjects[Name]> }

/** What stands before the random part of an id, and which table it belongs to; the longest match decides. */
export const idPrefixes = {
  cus_: 'customers',
  prod_: 'products',
  price_: 'prices',
  pm_: 'payment_methods',
  pi_: 'payment_intents',
  seti_: 'setup_intents',
  ch_: 'charges',
  re_: 'refunds',
  txn_: 'balance_transactions',
  cs_test_: 'checkout_sessions',
  du_: 'disputes',
  po_: 'payouts',
  acct_: 'accounts',
  tr_: 'transfers',
  trr_: 'transfer_reversals',
  evt_: 'events',
} as const satisfies Record<string, TableName>
