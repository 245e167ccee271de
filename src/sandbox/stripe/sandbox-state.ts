import { randomBytes } from 'node:crypto'
import type { DeliveryRecord } from '../shared/delivery-queue'
import type { StoredBalanceTransaction, StoredLineItem, StoredTables } from './stored-objects'

/** An attempt to bring one event to the webhook endpoint. */
export type Delivery = Omit<DeliveryRecord<never>, 'message'> & { eventId: string; eventType: string }

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
  kind:
    | 'expire_checkout'
    | 'expire_authorization'
    | 'settle_debit'
    | 'settle_refund'
    | 'fail_refund'
    | 'open_dispute'
    | 'decide_dispute'
    | 'expire_dispute'
    | 'verify_account'
    | 'enforce_requirements'
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
  /** Whether a card that is kept may be offered again. */
  allow_redisplay: 'always' | 'limited' | null
}

/** What Stripe knows of a connected account and does not show to the platform. */
export type AccountFile = {
  /** What was entered, by the name of the requirement: `individual.first_name`. */
  given: Record<string, string>
  /** Capabilities that the platform asked for, and when (seconds). */
  requested: Record<string, number>
  /** Asked for after the onboarding; without it the account is restricted from `deadline` (seconds) on. */
  demanded: { fields: string[]; deadline: number } | null
  verification: 'none' | 'pending' | 'verified'
  /** Stripe has closed the account for good. */
  rejected: 'rejected.fraud' | 'rejected.listed' | 'rejected.other' | 'rejected.terms_of_service' | null
  /** From then on the account's holder enters the details, and the platform cannot any more. */
  hasLink: boolean
}

/** An account link, or a visit of the onboarding pages that was begun with one. Instants are seconds. */
export type OnboardingVisit = {
  account: string
  collect: 'currently_due' | 'eventually_due'
  refreshUrl: string
  returnUrl: string
  expiresAt: number
}

/** Everything the sandbox knows: plain JSON, so that it can be written to a file and read again. */
export type SandboxState = {
  version: 1
  /** How far the sandbox's clock is ahead of the real one, ms. */
  clockOffset: number
  tables: StoredTables
  lineItems: Record<string, StoredLineItem[]>
  intentPlans: Record<string, IntentPlan>
  /** Payment methods that belong to nobody and were used, or were taken from their customer. */
  spentMethods: Record<string, true>
  /** Ids of customers that were deleted: Stripe still knows that they were. */
  deletedCustomers: Record<string, true>
  /** The platform, as connected accounts see it. */
  applicationId: string
  accountFiles: Record<string, AccountFile>
  /** By the secret part of the address; `visits` are what links turn into once they were opened. */
  accountLinks: Record<string, OnboardingVisit & { isUsed: boolean }>
  visits: Record<string, OnboardingVisit>
  /** The account by the secret part of the address. */
  loginLinks: Record<string, { account: string; expiresAt: number; isUsed: boolean }>
  /** Balance transactions of connected accounts, by account and id. */
  connectedEntries: Record<string, Record<string, StoredBalanceTransaction>>
  /** Whose balance each payout came from, and which entries of it. */
  payoutOwners: Record<string, string>
  payoutEntries: Record<string, string[]>
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
    setup_intents: {},
    charges: {},
    refunds: {},
    balance_transactions: {},
    checkout_sessions: {},
    disputes: {},
    payouts: {},
    accounts: {},
    transfers: {},
    transfer_reversals: {},
    events: {},
  },
  lineItems: {},
  intentPlans: {},
  spentMethods: {},
  deletedCustomers: {},
  applicationId: `ca_${randomBytes(16).toString('hex')}`,
  accountFiles: {},
  accountLinks: {},
  visits: {},
  loginLinks: {},
  connectedEntries: {},
  payoutOwners: {},
  payoutEntries: {},
  answers: {},
  scheduled: [],
  deliveries: [],
})
