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
  labels: { singular: 'Refund', plural: 'Refunds' },
  admin: {
    group: 'Money',
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'amount', 'currency', 'payment', 'requestedAt'],
    listSearchableFields: ['reference', 'reason', 'stripeRefundId'],
    description: 'Money back. Cancellations ask for theirs by policy; operations ask on the payment.',
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
      description: "The platform's part of it.",
    }),
    amountField('consultantPayoutAmount', {
      access: host,
      readOnly: true,
      description: "The consultant's part of it.",
    }),
    paragraphField('reason', { maxLength: 2_000, access: derived, readOnly: true }),
    instantField('requestedAt', { required: true, access: derived, readOnly: true }),
    textField('requestedBy', {
      access: host,
      readOnly: true,
      description: 'Id of the user, or of the customer for a guest.',
    }),
    choiceField('requestedByRole', actorRoles, { access: host, readOnly: true }),
    instantField('refundedAt', { access: derived, readOnly: true }),
    instantField('askedAt', {
      access: staffReadsOnly,
      readOnly: true,
      description: 'When Stripe was first asked for it; until then it can be cancelled.',
    }),
    relationField('retryOf', 'refunds', {
      unique: true,
      maxDepth: 0,
      access: staffReadsOnly,
      readOnly: true,
      description: 'The failed refund in whose place it was made.',
    }),
    textField('stripeRefundId', { unique: true, access: staffReadsOnly, readOnly: true }),
    textField('failureReason', { maxLength: 1_000, access: staffReadsOnly, readOnly: true }),
    integerField('attempt', {
      defaultValue: 1,
      access: staffReadsOnly,
      readOnly: true,
      description: 'Raised after a definitive error of Stripe; part of the idempotency key.',
    }),
    textField('idempotencyKey', { unique: true, access: staffReadsOnly, readOnly: true, maxLength: 255 }),
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
