import type { CollectionConfig } from 'payload'
import { guardState } from '#hooks/shared/guard-state'
import { lockBeforeUpdate } from '#hooks/shared/lock-row'
import { refuseStaleRow } from '#hooks/shared/refuse-stale-row'
import { nobody, staff } from '#access/collection-access'
import { derived, staffOnly, staffReadsOnly } from '#access/field-access'
import { ofOwnConsultant } from '#access/record-access'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField } from '#database/fields/number-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, paragraphField, referenceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { transferKinds, transferMachine, transferStates } from '#payments/payment-states'
import { actorRoles } from '#shared/actor'

const made = { access: derived, readOnly: true } as const
const staffReads = { access: staffReadsOnly, readOnly: true } as const

/** Money to a consultant and back. Each is written down before Stripe is asked; never deleted. */
export const Transfers: CollectionConfig = {
  slug: 'transfers',
  labels: { singular: { en: 'Transfer', de: 'Überweisung' }, plural: { en: 'Transfers', de: 'Überweisungen' } },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'kind', 'status', 'amount', 'currency', 'consultant', 'requestedAt'],
    listSearchableFields: ['reference', 'stripeObjectId', 'reason'],
    description: {
      en: "What was paid out to consultants' accounts, what was taken back, and what they still owe.",
      de: 'Was an Konten von Fachpersonen ausgezahlt und zurückgeholt wurde, und was sie noch schulden.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnConsultant, update: staff, delete: nobody },
  hooks: { beforeOperation: [lockBeforeUpdate('transfers')], beforeChange: [refuseStaleRow('transfers')] },
  indexes: [
    { fields: ['payment', 'kind', 'status'] },
    { fields: ['consultant', 'kind', 'status'] },
    { fields: ['status', 'requestedAt'] },
  ],
  fields: [
    referenceField('TR'),
    choiceField('kind', transferKinds, { required: true, ...made }),
    choiceField('status', transferStates, {
      required: true,
      defaultValue: 'requested',
      ...made,
      guard: guardState(transferMachine),
    }),
    relationField('payment', 'payments', { required: true, maxDepth: 0, ...made }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true, ...made }),
    relationField('consultant', 'consultant-profiles', { required: true, ...made }),
    amountField('amount', { required: true, ...made }),
    currencyField({ required: true, ...made }),
    amountField('recoveredAmount', {
      defaultValue: 0,
      ...made,
      description: {
        en: 'What of a debt was set off against later payouts.',
        de: 'Was von einer Schuld mit späteren Auszahlungen verrechnet wurde.',
      },
    }),
    paragraphField('reason', { maxLength: 1_000, ...made }),
    relationField('against', 'transfers', {
      maxDepth: 0,
      ...made,
      description: {
        en: 'The payout that is taken back, or the debt that is set off.',
        de: 'Die Auszahlung, die zurückgeholt, oder die Schuld, die verrechnet wird.',
      },
    }),
    relationField('refund', 'refunds', {
      maxDepth: 0,
      ...made,
      description: { en: 'The refund that brought it about.', de: 'Die Erstattung, die dazu geführt hat.' },
    }),
    relationField('dispute', 'disputes', {
      maxDepth: 0,
      ...made,
      description: { en: 'The dispute that brought it about.', de: 'Der Streitfall, der dazu geführt hat.' },
    }),
    instantField('requestedAt', { required: true, ...made }),
    textField('requestedBy', {
      ...made,
      description: {
        en: 'Id of the user; empty when the system did it.',
        de: 'ID des Benutzers; leer, wenn es das System war.',
      },
    }),
    choiceField('requestedByRole', actorRoles, made),
    instantField('settledAt', made),
    textField('destinationAccountId', staffReads),
    textField('stripeObjectId', { unique: true, ...staffReads }),
    textField('failureCode', staffReads),
    textField('failureReason', { maxLength: 1_000, ...staffReads }),
    integerField('attempt', {
      defaultValue: 1,
      ...staffReads,
      description: {
        en: 'Raised after a definitive error of Stripe; part of the idempotency key.',
        de: 'Steigt nach einem endgültigen Fehler von Stripe; Teil des Idempotency-Keys.',
      },
    }),
    textField('idempotencyKey', { unique: true, maxLength: 255, ...staffReads }),
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
