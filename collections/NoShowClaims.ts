import type { CollectionConfig } from 'payload'
import { guardState } from '#hooks/shared/guard-state'
import { lockBeforeUpdate } from '#hooks/shared/lock-row'
import { refuseStaleRow } from '#hooks/shared/refuse-stale-row'
import { nobody, staff } from '#access/collection-access'
import { derived, staffOnly, staffReadsOnly } from '#access/field-access'
import { ofOwnConsultantOrCustomer } from '#access/record-access'
import { integerField } from '#database/fields/number-fields'
import { headField } from '#database/fields/panel-field'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, jsonField, paragraphField, referenceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { sessionSides } from '#sessions/no-show/decide-no-show'
import { noShowClaimMachine, noShowClaimStates } from '#sessions/no-show/no-show-claim-states'
import { actorRoles } from '#shared/actor'

const made = { access: derived, readOnly: true } as const
const staffReads = { access: staffReadsOnly, readOnly: true } as const

/** One side says that the other did not come, and something speaks against it: operations decide. */
export const NoShowClaims: CollectionConfig = {
  slug: 'no-show-claims',
  labels: {
    singular: { en: 'No-show claim', de: 'Meldung über Nichterscheinen' },
    plural: { en: 'No-show claims', de: 'Meldungen über Nichterscheinen' },
  },
  admin: {
    group: { en: 'Bookings', de: 'Buchungen' },
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'deadline', 'missing', 'scheduledSession', 'answeredAt', 'createdAt'],
    listSearchableFields: ['reference', 'statement', 'answer'],
    description: {
      en: 'Where one side says that the other did not come, and what is known speaks against it. While one is open, refund and payout wait.',
      de: 'Wo eine Seite sagt, dass die andere nicht gekommen ist, und etwas dagegen spricht. Solange eine offen ist, warten Erstattung und Auszahlung.',
    },
  },
  // What is to be decided first, then by what is due first.
  defaultSort: ['status', 'deadline'],
  access: { create: nobody, read: ofOwnConsultantOrCustomer, update: staff, delete: nobody },
  hooks: { beforeOperation: [lockBeforeUpdate('no_show_claims')], beforeChange: [refuseStaleRow('no_show_claims')] },
  indexes: [{ fields: ['scheduledSession', 'status'] }, { fields: ['status', 'deadline'] }],
  fields: [
    headField('no-show-claim-panel'),
    referenceField('NC'),
    choiceField('status', noShowClaimStates, {
      required: true,
      defaultValue: 'open',
      ...made,
      guard: guardState(noShowClaimMachine),
    }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true, ...made }),
    relationField('consultant', 'consultant-profiles', { required: true, ...made }),
    relationField('customer', 'customers', { required: true, ...made }),
    relationField('payment', 'payments', { maxDepth: 0, ...made }),
    choiceField('missing', sessionSides, {
      required: true,
      ...made,
      description: { en: 'Who is said not to have come.', de: 'Wer nicht gekommen sein soll.' },
    }),
    choiceField('raisedBy', sessionSides, { required: true, ...made }),
    paragraphField('statement', {
      maxLength: 1_000,
      ...made,
      description: { en: 'In the words of whoever claims it.', de: 'In den Worten der meldenden Seite.' },
    }),
    jsonField('objections', {
      ...made,
      description: { en: 'What spoke against it when it was made.', de: 'Was bei der Meldung dagegen sprach.' },
    }),
    paragraphField('answer', {
      maxLength: 2_000,
      ...made,
      description: {
        en: 'In the words of the side that is said not to have come.',
        de: 'In den Worten der Seite, die nicht gekommen sein soll.',
      },
    }),
    instantField('answeredAt', made),
    instantField('deadline', {
      required: true,
      ...made,
      description: { en: 'Until when that side is asked to answer.', de: 'Bis wann diese Seite antworten soll.' },
    }),
    instantField('remindedAt', {
      ...staffReads,
      description: { en: 'When operations were last reminded.', de: 'Wann das Betriebsteam zuletzt erinnert wurde.' },
    }),
    integerField('reminders', { defaultValue: 0, ...staffReads }),
    instantField('decidedAt', made),
    textField('decidedBy', {
      ...staffReads,
      description: {
        en: 'Id of the user, or of the customer who withdrew it.',
        de: 'ID des Benutzers oder der Person, die sie zurückgezogen hat.',
      },
    }),
    choiceField('decidedByRole', actorRoles, made),
    paragraphField('decisionReason', {
      maxLength: 1_000,
      ...made,
      description: { en: 'Both sides read it.', de: 'Beide Seiten lesen es.' },
    }),
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
