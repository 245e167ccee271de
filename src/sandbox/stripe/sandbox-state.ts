import type { StoredLineItem, StoredTables } from './stored-objects'

/** An attempt to bring one event to the webhook endpoint. */
export type Delivery = {
  eventId: string
  eventType: string
  attempt: number
  /** Epoch ms, by the real clock. */
  at: number
  /** HTTP status of the answer; null when there was none. */
  status: number | null
  outcome: 'delivered' | 'failed' | 'dropped'
  error: string | null
}

/** The stored answer of an idempotency key. */
export type SavedAnswer = {
  endpoint: string
  /** The parameters as they were sent, in a fixed order. */
  fingerprint: string
  status: number
  body: string
  requestId: string
  /** Epoch ms by the sandbox's clock. */
  savedAt: number
}

/** Something that happens by itself once the sandbox's clock has come so far. */
export type Scheduled = {
  at: number
  kind: 'expire_checkout' | 'expire_authorization' | 'settle_debit' | 'settle_refund' | 'fail_refund'
  id: string
}

/** What `payment_intent_data` of a checkout asked for; Stripe keeps it for the intent, which is made on the first try. */
export type IntentPlan = {
  capture_method: 'automatic' | 'automatic_async' | 'manual'
  transfer_group: string | null
  description: string | null
  metadata: Record<string, string>
  receipt_email: string | null
  statement_descriptor: string | null
  statement_descriptor_suffix: string | null
  setup_future_usage: 'on_session' | 'off_session' | null
}

/** Everything the sandbox knows: plain JSON, so that it can be written to a file and read again. */
export type SandboxState = {
  version: 1
  /** How far the sandbox's clock is ahead of the real one, ms. */
  clockOffset: number
  tables: StoredTables
  lineItems: Record<string, StoredLineItem[]>
  intentPlans: Record<string, IntentPlan>
  answers: Record<string, SavedAnswer>
  scheduled: Scheduled[]
  deliveries: Delivery[]
}

export const createSandboxState = (): SandboxState => ({
  version: 1,
  clockOffset: 0,
  tables: {
    customers: {},
    products: {},
    prices: {},
    payment_methods: {},
    payment_intents: {},
    charges: {},
    refunds: {},
    balance_transactions: {},
    checkout_sessions: {},
    events: {},
  },
  lineItems: {},
  intentPlans: {},
  answers: {},
  scheduled: [],
  deliveries: [],
})
