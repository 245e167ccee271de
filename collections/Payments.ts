import type { CollectionConfig } from 'payload'
import { guardState } from '#hooks/shared/guard-state'
import { lockBeforeUpdate } from '#hooks/shared/lock-row'
import { refuseStaleRow } from '#hooks/shared/refuse-stale-row'
import { nobody, staff } from '#access/collection-access'
import { derived, hostField, staffOnly, staffReadsOnly } from '#access/field-access'
import { ofOwnConsultantOrCustomer } from '#access/record-access'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField, percentageField } from '#database/fields/number-fields'
import { optionalInGraphql } from '#database/fields/optional-in-graphql'
import { headField } from '#database/fields/panel-field'
import { relationField } from '#database/fields/relation-fields'
import { stripeLinkField } from '#database/fields/stripe-link-field'
import {
  choiceField,
  jsonField,
  paragraphField,
  referenceField,
  textField,
  urlField,
} from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { heldReasons, paymentMachine, paymentStates, payoutMachine, payoutStates } from '#payments/payment-states'

export const paymentMethods = {
  card: { en: 'Card', de: 'Karte' },
  bank_transfer: { en: 'Bank transfer', de: 'Überweisung' },
  wallet: { en: 'Wallet', de: 'Wallet' },
  elsewhere: { en: 'Paid elsewhere', de: 'Anderswo bezahlt' },
} as const

/** How the price is split is between the platform and the consultant. */
const host = { read: hostField, ...derived }

/** Money in. Written by what Stripe says; never deleted. */
export const Payments: CollectionConfig = {
  slug: 'payments',
  labels: { singular: { en: 'Payment', de: 'Zahlung' }, plural: { en: 'Payments', de: 'Zahlungen' } },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'amount', 'currency', 'customer', 'consultant', 'createdAt'],
    listSearchableFields: ['reference', 'receiptNumber', 'stripe.paymentIntentId'],
    description: {
      en: 'Money in. Payments are never deleted and follow what Stripe says; to give money back, add a refund.',
      de: 'Geldeingang. Zahlungen werden nie gelöscht und folgen dem, was Stripe meldet; um Geld zurückzugeben, legen Sie eine Erstattung an.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnConsultantOrCustomer, update: staff, delete: nobody },
  hooks: { beforeOperation: [lockBeforeUpdate('payments')], beforeChange: [refuseStaleRow('payments')] },
  indexes: [
    { fields: ['consultant', 'status'] },
    { fields: ['customer', 'status'] },
    { fields: ['payout.status', 'payout.dueAt'] },
  ],
  fields: [
    headField('payment-panel'),
    referenceField('PM'),
    relationField('scheduledSession', 'scheduled-sessions', { required: true, access: derived, readOnly: true }),
    relationField('consultant', 'consultant-profiles', { required: true, access: derived, readOnly: true }),
    relationField('customer', 'customers', { required: true, access: derived, readOnly: true }),
    choiceField('status', paymentStates, {
      required: true,
      defaultValue: 'pending',
      access: derived,
      index: true,
      readOnly: true,
      guard: guardState(paymentMachine),
    }),
    amountField('amount', { required: true, access: derived, readOnly: true }),
    currencyField({ required: true, access: derived, readOnly: true }),
    amountField('refundedAmount', { required: true, defaultValue: 0, access: derived, readOnly: true }),
    amountField('platformFeeAmount', { required: true, access: host, readOnly: true }),
    percentageField('platformFeePercentage', { access: host, readOnly: true }),
    amountField('consultantPayoutAmount', { required: true, access: host, readOnly: true }),
    {
      name: 'payout',
      type: 'group',
      access: host,
      admin: { readOnly: true, description: { en: "The consultant's share.", de: 'Der Anteil der Fachperson.' } },
      fields: [
        optionalInGraphql(
          choiceField('status', payoutStates, {
            required: true,
            defaultValue: 'not_due',
            guard: guardState(payoutMachine),
          }),
        ),
        instantField('dueAt'),
        instantField('paidAt'),
        amountField('paidAmount', { defaultValue: 0, currencyField: null }),
        amountField('reversedAmount', { defaultValue: 0, currencyField: null }),
        amountField('nettedAmount', {
          defaultValue: 0,
          currencyField: null,
          description: {
            en: 'Set off against debts of the consultant.',
            de: 'Mit Schulden der Fachperson verrechnet.',
          },
        }),
        choiceField('heldReason', heldReasons),
        paragraphField('heldNote', { maxLength: 1_000 }),
        { name: 'isHeldByOperations', type: 'checkbox', defaultValue: false },
        {
          name: 'hasOpenClaim',
          type: 'checkbox',
          defaultValue: false,
          admin: {
            description: {
              en: 'One side claims that the other did not come: nothing is paid out until that is decided.',
              de: 'Eine Seite meldet, dass die andere nicht gekommen ist: bis zur Entscheidung wird nichts ausgezahlt.',
            },
          },
        },
      ],
    },
    choiceField('paymentMethod', paymentMethods, { access: derived, readOnly: true }),
    {
      name: 'stripe',
      type: 'group',
      access: staffReadsOnly,
      admin: { readOnly: true },
      fields: [
        textField('paymentIntentId', { unique: true }),
        textField('checkoutSessionId', { unique: true }),
        textField('chargeId', { unique: true }),
        textField('customerId'),
        textField('connectAccountId'),
        textField('transferId', { unique: true }),
      ],
    },
    {
      name: 'checkout',
      type: 'group',
      access: staffReadsOnly,
      admin: { readOnly: true },
      fields: [
        urlField('url', { maxLength: 2_000 }),
        instantField('expiresAt'),
        urlField('successUrl', { maxLength: 2_000 }),
        urlField('cancelUrl', { maxLength: 2_000 }),
        instantField('captureBefore', {
          description: {
            en: 'Until when an authorised amount can be captured.',
            de: 'Bis wann ein reservierter Betrag eingezogen werden kann.',
          },
        }),
      ],
    },
    instantField('initiatedAt', { access: derived, readOnly: true }),
    instantField('authorizedAt', { access: derived, readOnly: true }),
    instantField('succeededAt', { access: derived, readOnly: true }),
    instantField('failedAt', { access: derived, readOnly: true }),
    instantField('refundedAt', { access: derived, readOnly: true }),
    {
      name: 'failure',
      type: 'group',
      access: derived,
      admin: { readOnly: true },
      fields: [
        textField('code'),
        textField('message', { maxLength: 1_000 }),
        textField('reason', { maxLength: 1_000 }),
      ],
    },
    {
      name: 'invoice',
      type: 'group',
      access: derived,
      admin: { readOnly: true },
      fields: [
        textField('invoiceId', { description: { en: "The invoice's number.", de: 'Die Nummer der Rechnung.' } }),
        urlField('url'),
      ],
    },
    amountField('stripeFeeAmount', {
      access: staffReadsOnly,
      readOnly: true,
      currencyField: 'stripeFeeCurrency',
      description: {
        en: 'What Stripe kept of the charge, in its own currency.',
        de: 'Was Stripe von der Zahlung einbehalten hat, in eigener Währung.',
      },
    }),
    textField('stripeFeeCurrency', { access: staffReadsOnly, readOnly: true, maxLength: 3 }),
    textField('receiptNumber', { access: derived, readOnly: true }),
    urlField('receiptUrl', { access: derived, readOnly: true }),
    jsonField('metadata', { access: staffReadsOnly, readOnly: true }),
    integerField('attempt', {
      defaultValue: 1,
      access: staffReadsOnly,
      readOnly: true,
      description: {
        en: 'Raised after a definitive error of Stripe; part of the idempotency key.',
        de: 'Steigt nach einem endgültigen Fehler von Stripe; Teil des Idempotency-Keys.',
      },
    }),
    textField('idempotencyKey', { unique: true, access: staffReadsOnly, readOnly: true, maxLength: 255 }),
    stripeLinkField('stripe.paymentIntentId', 'payments'),
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
