import type { CollectionConfig } from 'payload'
import { nobody } from '#access/collection-access'
import { ofOwnCustomer } from '#access/record-access'
import { amountField, currencyField } from '#database/fields/money-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, jsonField, paragraphField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { invoiceKinds } from '#payments/invoice/invoice-kinds'

/** An invoice of the platform, or what takes one back. Numbered without gaps; as it was issued, for ever. */
export const Invoices: CollectionConfig = {
  slug: 'invoices',
  labels: { singular: { en: 'Invoice', de: 'Rechnung' }, plural: { en: 'Invoices', de: 'Rechnungen' } },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'number',
    defaultColumns: ['number', 'kind', 'issuedAt', 'amount', 'currency', 'customer'],
    listSearchableFields: ['number'],
    description: {
      en: 'Issued by the system when something is paid or returned. Never changed.',
      de: 'Stellt das System aus, wenn etwas bezahlt oder zurückgezahlt ist. Wird nie geändert.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnCustomer, update: nobody, delete: nobody },
  indexes: [{ fields: ['refund', 'kind'], unique: true }],
  fields: [
    textField('number', { required: true, unique: true }),
    choiceField('kind', invoiceKinds, { required: true }),
    relationField('payment', 'payments', { required: true, maxDepth: 0 }),
    relationField('refund', 'refunds', {
      maxDepth: 0,
      description: {
        en: 'What a credit or debit note is for.',
        de: 'Wofür eine Rechnungskorrektur oder ihre Aufhebung steht.',
      },
    }),
    relationField('corrects', 'invoices', {
      maxDepth: 0,
      description: { en: 'The document that it takes back.', de: 'Das Dokument, das es aufhebt.' },
    }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true }),
    relationField('customer', 'customers', { required: true }),
    instantField('issuedAt', { required: true }),
    amountField('amount', { required: true }),
    currencyField({ required: true }),
    paragraphField('description', { required: true, maxLength: 1_000 }),
    jsonField('billTo', {
      required: true,
      description: { en: 'Name and address as they were.', de: 'Name und Anschrift, wie sie damals waren.' },
    }),
    jsonField('issuer', {
      required: true,
      description: { en: 'Who issued it, as it was.', de: 'Wer es ausgestellt hat, wie es damals war.' },
    }),
  ],
}
