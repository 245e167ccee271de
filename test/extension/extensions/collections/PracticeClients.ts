import type { CollectionConfig } from 'payload'
import { slugField, textField } from '#database/fields/text-fields'

/** For whom the practice acts. It grants nothing, so it is staff's alone. */
export const PracticeClients: CollectionConfig = {
  slug: 'practice-clients',
  labels: { singular: 'Client of the practice', plural: 'Clients of the practice' },
  admin: { group: 'Practice', useAsTitle: 'name', defaultColumns: ['name', 'since'] },
  fields: [
    textField('name', { required: true }),
    slugField('name', { description: 'By which a conflict is found. Left empty, it is made from the name.' }),
    { name: 'since', type: 'date', admin: { date: { pickerAppearance: 'dayOnly' } } },
  ],
}
