import type { CollectionConfig } from 'payload'
import { guardState } from '#hooks/shared/guard-state'
import { lockBeforeUpdate } from '#hooks/shared/lock-row'
import { refuseStaleRow } from '#hooks/shared/refuse-stale-row'
import { nobody, staff } from '#access/collection-access'
import { derived, hostField, staffOnly, staffReadsOnly } from '#access/field-access'
import { ofOwnConsultantOrCustomer } from '#access/record-access'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField } from '#database/fields/number-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, paragraphField, referenceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { refundMachine, refundStates } from '#payments/payment-states'
import { actorRoles } from '#shared/actor'

const host = { read: hostField, ...derived }

/** Money back. Each is asked for once and carried out by the worker; never deleted. */
export const Refunds: CollectionConfig = {
  slug: 'refunds',
  labels: { singular: { en: 'Refund', de: 'Erstattung' }, plural: { en: 'Refunds', de: 'Erstattungen' } },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'amount', 'currency', 'payment', 'requestedAt'],
    listSearchableFields: ['reference', 'reason', 'stripeRefundId'],
    description: {
      en: 'Money back. Cancellations ask for theirs by policy; operations ask on the payment.',
      de: 'Geld zurück. Stornierungen lösen sie nach den Bedingungen aus, Mitarbeitende an der Zahlung.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnConsultantOrCustomer, update: staff, delete: nobody },
  hooks: { beforeOperation: [lockBeforeUpdate('refunds')], beforeChange: [refuseStaleRow('refunds')] },
  indexes: [{ fields: ['payment', 'status'] }, { fields: ['status', 'requestedAt'] }],
  fields: [
    referenceField('RF'),
    relationField('payment', 'payments', { required: true, access: derived, readOnly: true }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true, access: derived, readOnly: true }),
    relationField('consultant', 'consultant-profiles', { required: true, access: derived, readOnly: true }),
    relationField('customer', 'customers', { required: true, access: derived, readOnly: true }),
    choiceField('status', refundStates, {
      required: true,
      defaultValue: 'requested',
      access: derived,
      readOnly: true,
      guard: guardState(refundMachine),
    }),
    amountField('amount', { required: true, access: derived, readOnly: true }),
    currencyField({ required: true, access: derived, readOnly: true }),
    amountField('platformFeeAmount', {
      access: host,
      readOnly: true,
      description: { en: "The platform's part of it.", de: 'Der Anteil der Plattform daran.' },
    }),
    amountField('consultantPayoutAmount', {
      access: host,
      readOnly: true,
      description: { en: "The consultant's part of it.", de: 'Der Anteil der Fachperson daran.' },
    }),
    paragraphField('reason', { maxLength: 2_000, access: derived, readOnly: true }),
    instantField('requestedAt', { required: true, access: derived, readOnly: true }),
    textField('requestedBy', {
      access: host,
      readOnly: true,
      description: {
        en: 'Id of the user, or of the customer for a guest.',
        de: 'ID des Benutzers, bei Gästen die des Kundeneintrags.',
      },
    }),
    choiceField('requestedByRole', actorRoles, { access: host, readOnly: true }),
    instantField('refundedAt', { access: derived, readOnly: true }),
    instantField('askedAt', {
      access: staffReadsOnly,
      readOnly: true,
      description: {
        en: 'When Stripe was first asked for it; until then it can be cancelled.',
        de: 'Wann Stripe zuerst darum gebeten wurde; bis dahin kann sie abgebrochen werden.',
      },
    }),
    relationField('retryOf', 'refunds', {
      unique: true,
      maxDepth: 0,
      access: staffReadsOnly,
      readOnly: true,
      description: {
        en: 'The failed refund in whose place it was made.',
        de: 'Die gescheiterte Erstattung, die sie ersetzt.',
      },
    }),
    textField('stripeRefundId', { unique: true, access: staffReadsOnly, readOnly: true }),
    textField('failureReason', { maxLength: 1_000, access: staffReadsOnly, readOnly: true }),
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
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
