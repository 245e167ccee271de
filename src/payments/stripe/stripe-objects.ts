import type Stripe from 'stripe'

// Stripe's objects as far as we look at them. Names and units are Stripe's: amounts in minor units, currencies in lower case.

type Reference = string | { id: string } | null

export type StripeRefund = {
  id: string
  amount: number
  currency: string
  status: string | null
  reason: string | null
  failure_reason?: string
  metadata: Record<string, string> | null
  payment_intent: Reference
  charge: Reference
}

export type StripeCharge = {
  id: string
  metadata: Record<string, string>
  /** What it made of the balance: its fee, in the currency of the balance; unexpanded or null while that is not known. */
  balance_transaction: string | { fee: number; currency: string } | null
}

/** What a transfer and its reversal have in common. */
export type StripeMovement = { id: string; amount: number; currency: string }

export type StripeTransfer = StripeMovement & {
  amount_reversed: number
  metadata: Record<string, string>
  source_transaction: Reference
  destination: Reference
}

export type StripeReversal = StripeMovement & { metadata: Record<string, string> | null }

/** What Stripe tells on its own. */
export type StripeEvent = {
  id: string
  type: StripeEventType
  /** The connected account in which it happened. */
  account?: string
  api_version: string | null
  livemode: boolean
  /** Epoch seconds. */
  created: number
  data: { object: object }
}

export type StripeEventType = Stripe.Event['type']
