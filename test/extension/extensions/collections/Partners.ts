import type { CollectionConfig } from 'payload'
import { anyone, staff } from '#access/collection-access'
import { choiceField, textField } from '#database/fields/text-fields'

/** Companies whose people are sent here. Everybody may know them, staff keep them. */
export const Partners: CollectionConfig = {
  slug: 'partners',
  labels: { singular: 'Partner', plural: 'Partners' },
  admin: { group: 'Catalogue', useAsTitle: 'name' },
  access: { create: staff, read: anyone, update: staff, delete: staff },
  fields: [
    textField('name', { required: true, unique: true }),
    choiceField('kind', { employer: 'Employer', agency: 'Agency' }, { required: true, defaultValue: 'employer' }),
  ],
}
