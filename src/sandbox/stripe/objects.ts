import { type Owner, platform } from './balances'
import type {
  StoredBalanceTransaction,
  StoredCharge,
  StoredCheckoutSession,
  StoredCustomer,
  StoredDispute,
  StoredObjects,
  StoredPaymentIntent,
  StoredPaymentMethod,
  StoredPayout,
  StoredPrice,
  StoredProduct,
  StoredRefund,
  StoredSetupIntent,
  TableName,
} from './stored-objects'
import { entriesOf, newId, secondsOf, type World } from './world'

/**
 * New objects with every field that Stripe's types promise. What a caller does not give has the value that it has at
 * Stripe for a plain test account. Each is put into its table by the caller's resource.
 */

export const add = <Name extends TableName>(
  world: World,
  name: Name,
  object: StoredObjects[Name],
): StoredObjects[Name] => {
  const table: Record<string, StoredObjects[Name]> = world.state.tables[name]
  table[object.id] = object
  world.catalog.note(name, object)
  return object
}

export const addCustomer = (world: World, values: Partial<StoredCustomer>): StoredCustomer =>
  add(world, 'customers', {
    id: newId('cus_', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: secondsOf(world),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: newId('', 8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    ...values,
  })

export const addProduct = (world: World, values: Partial<StoredProduct> & { name: string }): StoredProduct => {
  const now = secondsOf(world)
  return add(world, 'products', {
    id: newId('prod_', 14),
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: now,
    url: null,
    ...values,
  })
}

export const addPrice = (
  world: World,
  values: Partial<StoredPrice> & { product: string; currency: string; unit_amount: number },
): StoredPrice =>
  add(world, 'prices', {
    id: newId('price_'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: secondsOf(world),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount_decimal: String(values.unit_amount),
    ...values,
  })

export const addPaymentMethod = (
  world: World,
  values: Partial<StoredPaymentMethod> & { type: 'card' | 'bacs_debit' | 'sepa_debit' },
): StoredPaymentMethod =>
  add(world, 'payment_methods', {
    id: newId('pm_'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    created: secondsOf(world),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    ...values,
  })

export const addPaymentIntent = (
  world: World,
  values: Partial<StoredPaymentIntent> & { amount: number; currency: string },
): StoredPaymentIntent => {
  const id = newId('pi_')
  return add(world, 'payment_intents', {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: newId(`${id}_secret_`, 25),
    confirmation_method: 'automatic',
    created: secondsOf(world),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    ...values,
  })
}

export const addSetupIntent = (world: World, values: Partial<StoredSetupIntent>): StoredSetupIntent => {
  const id = newId('seti_')
  return add(world, 'setup_intents', {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: newId(`${id}_secret_`, 25),
    created: secondsOf(world),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
    ...values,
  })
}

export const addCharge = (
  world: World,
  values: Partial<StoredCharge> & { intent: StoredPaymentIntent; status: 'succeeded' | 'pending' | 'failed' },
): StoredCharge => {
  const { intent, ...rest } = values
  const id = newId('ch_')
  return add(world, 'charges', {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: intent.statement_descriptor ?? 'PARLEY SANDBOX',
    captured: false,
    created: secondsOf(world),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    payment_method_details: null,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: `${world.url}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    transfer_data: null,
    transfer_group: intent.transfer_group,
    ...rest,
  })
}

export const addRefund = (
  world: World,
  values: Partial<StoredRefund> & { amount: number; currency: string; status: string },
): StoredRefund =>
  add(world, 'refunds', {
    id: newId('re_'),
    object: 'refund',
    balance_transaction: null,
    charge: null,
    created: secondsOf(world),
    customer: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: {},
    payment_intent: null,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    ...values,
  })

/** How long until money that came in can be paid out: two days. */
const settlementSeconds = 2 * 86_400

export const addDispute = (
  world: World,
  values: {
    amount: number
    charge: StoredCharge
    isInquiry: boolean
    reason: string
    /** null when it was not paid by card. */
    cardBrand: string | null
  },
): StoredDispute => {
  const { charge, isInquiry, cardBrand } = values
  return add(world, 'disputes', {
    id: newId('du_'),
    object: 'dispute',
    amount: values.amount,
    balance_transactions: [],
    charge: charge.id,
    created: secondsOf(world),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      access_activity_log: null,
      billing_address: null,
      cancellation_policy: null,
      cancellation_policy_disclosure: null,
      cancellation_rebuttal: null,
      customer_communication: null,
      customer_email_address: charge.billing_details.email,
      customer_name: charge.billing_details.name,
      customer_purchase_ip: null,
      customer_signature: null,
      duplicate_charge_documentation: null,
      duplicate_charge_explanation: null,
      duplicate_charge_id: null,
      enhanced_evidence: {},
      product_description: charge.description,
      receipt: null,
      refund_policy: null,
      refund_policy_disclosure: null,
      refund_refusal_explanation: null,
      service_date: null,
      service_documentation: null,
      shipping_address: null,
      shipping_carrier: null,
      shipping_date: null,
      shipping_documentation: null,
      shipping_tracking_number: null,
      uncategorized_file: null,
      uncategorized_text: null,
    },
    evidence_details: {
      due_by: null,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(cardBrand === null
      ? {}
      : {
          payment_method_details: {
            card: {
              brand: cardBrand,
              case_type: isInquiry ? 'inquiry' : 'chargeback',
              network: cardBrand,
              network_reason_code: values.reason === 'fraudulent' ? '10.4' : '13.1',
            },
            type: 'card',
          },
        }),
    reason: values.reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  })
}

export const addPayout = (
  world: World,
  values: Partial<StoredPayout> & { amount: number; currency: string },
): StoredPayout => {
  const now = secondsOf(world)
  return add(world, 'payouts', {
    id: newId('po_'),
    object: 'payout',
    application_fee: null,
    application_fee_amount: null,
    arrival_date: now,
    automatic: true,
    balance_transaction: null,
    created: now,
    description: 'STRIPE PAYOUT',
    destination: null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'completed',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'in_transit',
    trace_id: null,
    type: 'bank_account',
    ...values,
  })
}

/** An entry in a balance: the platform's, or that of a connected account. */
export const addBalanceTransaction = (
  world: World,
  values: Pick<StoredBalanceTransaction, 'type' | 'reporting_category' | 'source' | 'amount' | 'fee' | 'currency'> & {
    description: string | null
    /** What Stripe takes `fee` for. */
    feeDescription?: string
    /** When it can be paid out, seconds; without it what customers pay takes its time and everything else counts at once. */
    available_on?: number | undefined
  },
  owner: Owner = platform,
): StoredBalanceTransaction => {
  const { feeDescription = 'Stripe processing fees', ...entryValues } = values
  const now = secondsOf(world)
  const isIncome = values.type === 'charge' || values.type === 'payment'
  const availableOn = values.available_on ?? (isIncome ? now + settlementSeconds : now)
  const entry: StoredBalanceTransaction = {
    id: newId('txn_'),
    object: 'balance_transaction',
    balance_type: 'payments',
    created: now,
    exchange_rate: null,
    fee_details: values.fee
      ? [
          {
            amount: values.fee,
            application: null,
            currency: values.currency,
            description: feeDescription,
            type: 'stripe_fee',
          },
        ]
      : [],
    net: values.amount - values.fee,
    status: availableOn > now ? 'pending' : 'available',
    ...entryValues,
    available_on: availableOn,
  }
  if (owner === platform) add(world, 'balance_transactions', entry)
  else entriesOf(world, owner)[entry.id] = entry
  world.balances.add(owner, entry)
  return entry
}

export const addCheckoutSession = (
  world: World,
  values: Partial<StoredCheckoutSession> & {
    /** null where nothing is to be paid. */
    amount_total: number | null
    currency: string | null
    expires_at: number
    success_url: string
  },
): StoredCheckoutSession => {
  const id = newId('cs_test_', 58)
  return add(world, 'checkout_sessions', {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: values.amount_total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: null,
    client_reference_id: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: secondsOf(world),
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null,
    customer_account: null,
    customer_creation: 'if_required',
    customer_details: null,
    customer_email: null,
    discounts: [],
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: {},
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${world.url}/c/pay/${id}`,
    wallet_options: null,
    ...values,
  })
}
