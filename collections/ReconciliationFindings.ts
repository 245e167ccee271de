import type { CollectionConfig } from 'payload'
import { nobody, staff } from '#access/collection-access'
import { derived, staffOnly } from '#access/field-access'
import { adminComponent } from '#database/fields/admin-component'
import { amountField } from '#database/fields/money-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, jsonField, paragraphField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { findingKinds, findingStates } from '#payments/reconciliation/reconciliation-kinds'

const made = { access: derived, readOnly: true } as const

/** Something in which the books and Stripe differ, once, however often it is found. */
export const ReconciliationFindings: CollectionConfig = {
  slug: 'reconciliation-findings',
  labels: { singular: { en: 'Difference', de: 'Abweichung' }, plural: { en: 'Differences', de: 'Abweichungen' } },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'objectId',
    defaultColumns: ['objectId', 'kind', 'status', 'ours', 'theirs', 'currency', 'lastSeenAt'],
    listSearchableFields: ['objectId', 'detail'],
    description: {
      en: 'In what the books and Stripe differ. Resolved by itself once it is found no more.',
      de: 'Worin Bücher und Stripe voneinander abweichen. Erledigt sich von selbst, sobald es nicht mehr gefunden wird.',
    },
    components: { beforeListTable: [adminComponent('compare-now-bar')] },
  },
  defaultSort: '-lastSeenAt',
  access: { create: nobody, read: staff, update: staff, delete: nobody },
  indexes: [{ fields: ['kind', 'objectId'], unique: true }, { fields: ['status', 'lastSeenAt'] }],
  fields: [
    choiceField('kind', findingKinds, { required: true, ...made }),
    textField('objectId', {
      required: true,
      ...made,
      description: {
        en: 'The object at Stripe, or the record of ours.',
        de: 'Das Objekt bei Stripe oder unser Eintrag.',
      },
    }),
    choiceField('status', findingStates, { required: true, defaultValue: 'open', ...made }),
    relationField('payment', 'payments', { maxDepth: 0, ...made }),
    amountField('ours', { signed: true, ...made, description: { en: 'In the books.', de: 'In den Büchern.' } }),
    amountField('theirs', { signed: true, ...made, description: { en: 'At Stripe.', de: 'Bei Stripe.' } }),
    textField('currency', { maxLength: 3, ...made }),
    paragraphField('detail', { maxLength: 2_000, ...made }),
    jsonField('facts', made),
    relationField('run', 'reconciliation-runs', {
      maxDepth: 0,
      ...made,
      description: { en: 'The last that found it.', de: 'Der letzte, der es gefunden hat.' },
    }),
    instantField('firstSeenAt', { required: true, ...made }),
    instantField('lastSeenAt', { required: true, ...made }),
    instantField('resolvedAt', made),
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
