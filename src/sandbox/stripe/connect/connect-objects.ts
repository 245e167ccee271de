import { add } from '../objects'
import type { StoredAccount, StoredTransfer, StoredTransferReversal } from '../stored-objects'
import { newId, secondsOf, type World } from '../world'

/** New objects of Connect, complete as those in `objects.ts`. */

export const addAccount = (
  world: World,
  values: Partial<StoredAccount> & { country: string; default_currency: string; type: 'express' | 'none' },
): StoredAccount => {
  const id = newId('acct_', 16)
  return add(world, 'accounts', {
    id,
    object: 'account',
    business_profile: {
      annual_revenue: null,
      estimated_worker_count: null,
      mcc: null,
      minority_owned_business_designation: null,
      name: null,
      product_description: null,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: null,
    },
    business_type: null,
    capabilities: {},
    charges_enabled: false,
    controller: {
      fees: { payer: values.type === 'express' ? 'application_express' : 'application' },
      is_controller: true,
      losses: { payments: 'application' },
      requirement_collection: 'stripe',
      stripe_dashboard: { type: 'express' },
      type: 'application',
    },
    created: secondsOf(world),
    details_submitted: false,
    email: null,
    external_accounts: { object: 'list', data: [], has_more: false, url: `/v1/accounts/${id}/external_accounts` },
    future_requirements: {
      alternatives: [],
      current_deadline: null,
      currently_due: [],
      disabled_reason: null,
      errors: [],
      eventually_due: [],
      past_due: [],
      pending_verification: [],
    },
    groups: null,
    metadata: {},
    payouts_enabled: false,
    settings: {
      bacs_debit_payments: { display_name: null, service_user_number: null },
      branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
      card_issuing: { tos_acceptance: { date: null, ip: null } },
      card_payments: {
        decline_on: { avs_failure: false, cvc_failure: false },
        statement_descriptor_prefix: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
      dashboard: { display_name: null, timezone: 'Etc/UTC' },
      invoices: { default_account_tax_ids: null, hosted_payment_method_save: 'offer' },
      payments: {
        statement_descriptor: null,
        statement_descriptor_kana: null,
        statement_descriptor_kanji: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
      payouts: {
        debit_negative_balances: true,
        schedule: { delay_days: 2, interval: 'daily' },
        statement_descriptor: null,
      },
      sepa_debit_payments: {},
    },
    tos_acceptance: { date: null, ip: null, user_agent: null },
    ...values,
  })
}

export const addTransfer = (
  world: World,
  values: Partial<StoredTransfer> & { amount: number; currency: string; destination: string },
): StoredTransfer => {
  const id = newId('tr_')
  return add(world, 'transfers', {
    id,
    object: 'transfer',
    amount_reversed: 0,
    balance_transaction: null,
    created: secondsOf(world),
    description: null,
    destination_payment: newId('py_'),
    livemode: false,
    metadata: {},
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: null,
    source_type: 'card',
    transfer_group: null,
    ...values,
  })
}

export const addTransferReversal = (
  world: World,
  values: Partial<StoredTransferReversal> & { amount: number; currency: string; transfer: string },
): StoredTransferReversal =>
  add(world, 'transfer_reversals', {
    id: newId('trr_'),
    object: 'transfer_reversal',
    balance_transaction: null,
    created: secondsOf(world),
    destination_payment_refund: newId('pyr_'),
    metadata: {},
    source_refund: null,
    ...values,
  })
