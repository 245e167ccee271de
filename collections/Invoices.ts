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
  labels: { singular: 'Invoice', plural: 'Invoices' },
  admin: {
    group: 'Money',
    useAsTitle: 'number',
    defaultColumns: ['number', 'kind', 'issuedAt', 'amount', 'currency', 'customer'],
    listSearchableFields: ['number'],
    description: 'Issued by the system when something is paid or returned. Never changed.',
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnCustomer, update: nobody, delete: nobody },
  indexes: [{ fields: ['refund', 'kind'], unique: true }],
  fields: [
    textField('number', { required: true, unique: true }),
    choiceField('kind', invoiceKinds, { required: true }),
    relationField('payment', 'payments', { required: true, maxDepth: 0 }),
    relationField('refund', 'refunds', { maxDepth: 0, description: 'What a credit or debit note is for.' }),
    relationField('corrects', 'invoices', { maxDepth: 0, description: 'The document that it takes back.' }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true }),
    relationField('customer', 'customers', { required: true }),
    instantField('issuedAt', { required: true }),
    amountField('amount', { required: true }),
    currencyField({ required: true }),
    paragraphField('description', { required: true, maxLength: 1_000 }),
    jsonField('billTo', { required: true, description: 'Name and address as they were.' }),
    jsonField('issuer', { required: true, description: 'Who issued it, as it was.' }),
  ],
}
