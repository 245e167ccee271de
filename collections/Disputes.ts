import type { CollectionConfig } from 'payload'
import { guardState } from '#hooks/shared/guard-state'
import { lockBeforeUpdate } from '#hooks/shared/lock-row'
import { refuseStaleRow } from '#hooks/shared/refuse-stale-row'
import { nobody, staff } from '#access/collection-access'
import { derived, staffOnly, staffReadsOnly } from '#access/field-access'
import { ofOwnConsultant } from '#access/record-access'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField } from '#database/fields/number-fields'
import { headField } from '#database/fields/panel-field'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, jsonField, paragraphField, referenceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import {
  disputeAnswerMachine,
  disputeAnswers,
  disputeAnswerStates,
  disputeMachine,
  disputeStates,
} from '#payments/payment-states'
import { actorRoles } from '#shared/actor'

const made = { access: derived, readOnly: true } as const
const staffReads = { access: staffReadsOnly, readOnly: true } as const

/** A customer contests a payment at their bank. Follows what Stripe says. */
export const Disputes: CollectionConfig = {
  slug: 'disputes',
  labels: { singular: { en: 'Dispute', de: 'Streitfall' }, plural: { en: 'Disputes', de: 'Streitfälle' } },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'amount', 'currency', 'reason', 'evidenceDueBy', 'payment'],
    listSearchableFields: ['reference', 'stripeDisputeId', 'reason'],
    description: {
      en: 'Payments that customers contest at their bank. While one is open, payout and refunds are frozen.',
      de: 'Zahlungen, denen bei der Bank widersprochen wurde. Solange einer offen ist, ruhen Auszahlung und Erstattungen.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnConsultant, update: staff, delete: nobody },
  hooks: { beforeOperation: [lockBeforeUpdate('disputes')], beforeChange: [refuseStaleRow('disputes')] },
  indexes: [{ fields: ['payment', 'status'] }, { fields: ['status', 'evidenceDueBy'] }],
  fields: [
    headField('dispute-panel'),
    referenceField('DP'),
    choiceField('status', disputeStates, {
      required: true,
      defaultValue: 'needs_response',
      ...made,
      guard: guardState(disputeMachine),
    }),
    relationField('payment', 'payments', { required: true, ...made }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true, ...made }),
    relationField('consultant', 'consultant-profiles', { required: true, ...made }),
    relationField('customer', 'customers', { required: true, ...made }),
    amountField('amount', {
      required: true,
      ...made,
      description: { en: 'May exceed the payment.', de: 'Kann höher sein als die Zahlung.' },
    }),
    currencyField({ required: true, ...made }),
    textField('reason', { ...made, description: { en: 'As the bank puts it.', de: 'In den Worten der Bank.' } }),
    instantField('evidenceDueBy', made),
    instantField('openedAt', { required: true, ...made }),
    instantField('closedAt', made),
    amountField('withdrawnAmount', {
      defaultValue: 0,
      ...staffReads,
      description: { en: 'What the bank has taken back.', de: 'Was die Bank zurückgeholt hat.' },
    }),
    amountField('platformShareAmount', {
      defaultValue: 0,
      ...staffReads,
      description: {
        en: 'What the platform bears of a lost dispute.',
        de: 'Was die Plattform von einem verlorenen Streitfall trägt.',
      },
    }),
    textField('stripeDisputeId', { required: true, unique: true, ...staffReads }),
    jsonField('evidence', {
      ...staffReads,
      description: {
        en: 'Collected from the booking: the policy that was accepted, who came, what was written.',
        de: 'Aus der Buchung gesammelt: die angenommenen Bedingungen, wer gekommen ist, was geschrieben wurde.',
      },
    }),
    paragraphField('evidenceText', {
      maxLength: 20_000,
      access: staffOnly,
      description: {
        en: 'In your own words, for the bank. Sent along with what was collected.',
        de: 'In Ihren Worten, für die Bank. Geht mit dem Gesammelten mit.',
      },
    }),
    instantField('evidenceSubmittedAt', staffReads),
    textField('evidenceSubmittedBy', staffReads),
    {
      name: 'answer',
      type: 'group',
      access: staffReadsOnly,
      admin: {
        readOnly: true,
        description: {
          en: 'What operations last told the bank, and whether Stripe has it.',
          de: 'Was der Bank zuletzt mitgeteilt wurde, und ob es bei Stripe ist.',
        },
      },
      fields: [
        choiceField('kind', disputeAnswers),
        choiceField('status', disputeAnswerStates, { guard: guardState(disputeAnswerMachine) }),
        instantField('requestedAt'),
        textField('requestedBy', { description: { en: 'Id of the user.', de: 'ID des Benutzers.' } }),
        choiceField('requestedByRole', actorRoles),
        textField('failureReason', { maxLength: 1_000 }),
        integerField('attempt', {
          defaultValue: 0,
          description: {
            en: 'Raised with every answer; part of the idempotency key.',
            de: 'Steigt mit jeder Antwort; Teil des Idempotency-Keys.',
          },
        }),
      ],
    },
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
