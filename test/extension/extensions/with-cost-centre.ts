import type { CollectionConfig } from 'payload'
import { textField } from '#database/fields/text-fields'

/** Where the customer's company books the price. */
export const withCostCentre = (standard: CollectionConfig): CollectionConfig => ({
  ...standard,
  fields: [...standard.fields, textField('costCentre')],
})
