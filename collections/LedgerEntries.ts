import type { CollectionConfig } from 'payload'
import { nobody, staff } from '#access/collection-access'
import { amountField, currencyField } from '#database/fields/money-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { ledgerKinds } from '#payments/ledger/ledger-kinds'
import { actorRoles } from '#shared/actor'

/** Every movement of money, once. Append-only; balances are derived from it. */
export const LedgerEntries: CollectionConfig = {
  slug: 'ledger-entries',
  labels: {
    singular: { en: 'Ledger entry', de: 'Buchung im Hauptbuch' },
    plural: { en: 'Ledger entries', de: 'Hauptbuch' },
  },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'stripeObjectId',
    defaultColumns: ['occurredAt', 'kind', 'amount', 'currency', 'payment', 'consultant'],
    listSearchableFields: ['stripeObjectId', 'externalReference', 'description'],
    description: {
      en: 'Every movement of money, written once and never changed.',
      de: 'Jede Bewegung von Geld, einmal gebucht und nie geändert.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: staff, update: nobody, delete: nobody },
  indexes: [
    { fields: ['stripeObjectId', 'kind'], unique: true },
    { fields: ['consultant', 'occurredAt'] },
    { fields: ['kind', 'occurredAt'] },
  ],
  fields: [
    choiceField('kind', ledgerKinds, { required: true }),
    amountField('amount', {
      required: true,
      signed: true,
      description: {
        en: 'Smallest unit of the currency; positive comes in, negative goes out.',
        de: 'Kleinste Einheit der Währung; positiv kommt herein, negativ geht hinaus.',
      },
    }),
    currencyField({ required: true }),
    textField('stripeObjectId', { required: true }),
    relationField('payment', 'payments', { maxDepth: 0 }),
    relationField('refund', 'refunds', { maxDepth: 0 }),
    relationField('scheduledSession', 'scheduled-sessions', { maxDepth: 0 }),
    relationField('consultant', 'consultant-profiles', { maxDepth: 0 }),
    relationField('customer', 'customers', { maxDepth: 0 }),
    instantField('occurredAt', { required: true }),
    textField('externalReference', {
      maxLength: 255,
      description: {
        en: 'Where money that moved outside of Stripe can be looked up.',
        de: 'Wo Geld zu finden ist, das nicht über Stripe lief.',
      },
    }),
    textField('recordedBy', {
      description: {
        en: 'Id of the user who recorded money that moved outside of Stripe.',
        de: 'ID des Benutzers, der Geld außerhalb von Stripe eingetragen hat.',
      },
    }),
    choiceField('recordedByRole', actorRoles),
    textField('description', { maxLength: 1_000 }),
  ],
}
