import type { CollectionConfig, SelectField } from 'payload'
import { staff } from '#access/collection-access'
import {
  attributeKeyPattern,
  attributeReaders,
  attributeSubjects,
  attributeTypes,
  attributeWriters,
  maxAttributeOptions,
} from '#attributes/attribute-kinds'
import { guardDefinition } from '#hooks/custom-attributes/guard-definition'
import { guardDefinitionDelete } from '#hooks/custom-attributes/guard-definition-delete'
import { useNewDefinitions } from '#hooks/custom-attributes/use-new-definitions'
import { adminComponent } from '#database/fields/admin-component'
import { integerField } from '#database/fields/number-fields'
import { relationListField } from '#database/fields/relation-fields'
import { choiceField, choicesField, paragraphField, textField } from '#database/fields/text-fields'

const isOf =
  (...types: string[]) =>
  (_data: unknown, siblingData: Partial<Record<string, unknown>>) =>
    types.some((type) => type === siblingData.type)

/** In a list: staff, and who is named besides. */
const people = adminComponent('attribute-people-cell')

/** Below the field: what it means to show something to everybody. */
const withWarning = (field: SelectField): SelectField => ({
  ...field,
  admin: {
    ...field.admin,
    components: { ...field.admin?.components, afterInput: [adminComponent('public-attribute-warning')] },
  },
})

/** Questions and fields that operations add to records, without code. The values stand in the records, under `attributes`. */
export const CustomAttributes: CollectionConfig = {
  slug: 'custom-attributes',
  labels: { singular: 'Custom attribute', plural: 'Custom attributes' },
  admin: {
    group: 'Settings',
    useAsTitle: 'label',
    defaultColumns: ['label', 'subject', 'type', 'readableBy', 'writableBy', 'isActive'],
    listSearchableFields: ['label', 'key'],
    description: 'Questions and fields of your own for sessions, customers, consultants and service types.',
  },
  defaultSort: ['subject', 'position'],
  disableDuplicate: true,
  access: { create: staff, read: staff, update: staff, delete: staff },
  hooks: {
    beforeValidate: [guardDefinition],
    afterChange: [useNewDefinitions],
    beforeDelete: [guardDefinitionDelete],
    afterDelete: [useNewDefinitions],
  },
  indexes: [{ fields: ['subject', 'key'], unique: true }],
  fields: [
    choiceField('subject', attributeSubjects, {
      required: true,
      label: 'Belongs to',
      description: 'Is not changed later.',
    }),
    textField('label', { required: true, description: 'As people read it: the question, or the name of the field.' }),
    textField('key', {
      required: true,
      maxLength: 40,
      components: { Field: adminComponent('attribute-key-field') },
      description: 'Names it in the API, for example companySize. Is not changed later.',
      check: (value) =>
        !attributeKeyPattern.test(value)
          ? 'Must begin with a small letter and hold letters, digits and single _ only.'
          : value in Object.prototype
            ? 'Names something that every record has. Choose another one.'
            : undefined,
    }),
    paragraphField('help', { maxLength: 500, description: 'Shown below the field.' }),
    choiceField('type', attributeTypes, { required: true, defaultValue: 'text' }),
    {
      name: 'options',
      type: 'array',
      maxRows: maxAttributeOptions,
      admin: { condition: isOf('select', 'multi_select'), description: 'What can be chosen.' },
      fields: [
        textField('value', {
          required: true,
          maxLength: 64,
          description: 'What is stored and filtered by.',
          check: (value) =>
            /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(value)
              ? undefined
              : 'Must begin with a letter or digit and hold letters, digits, _, - and . only.',
        }),
        textField('label', { required: true }),
      ],
    },
    { name: 'required', type: 'checkbox', defaultValue: false },
    {
      type: 'row',
      fields: [
        {
          name: 'min',
          type: 'number',
          admin: {
            condition: isOf('number', 'text', 'long_text', 'multi_select'),
            description: 'The smallest number, the shortest text, or the fewest choices.',
          },
        },
        {
          name: 'max',
          type: 'number',
          admin: {
            condition: isOf('number', 'text', 'long_text', 'multi_select'),
            description: 'The largest number, the longest text, or the most choices.',
          },
        },
      ],
    },
    withWarning(
      choicesField('readableBy', attributeReaders, {
        label: 'Who reads it besides staff',
        components: { Cell: people },
        description:
          'Staff always read it. Left empty: staff alone. What somebody does not read they cannot filter or sort by either.',
      }),
    ),
    choicesField('writableBy', attributeWriters, {
      label: 'Who sets it besides staff',
      components: { Cell: people },
      description: 'Staff always set it. Left empty: staff alone. Of a session, the customer sets it when they book.',
    }),
    relationListField('serviceTypes', 'service-types', {
      maxDepth: 0,
      condition: (_data, siblingData) => siblingData?.subject === 'scheduled-sessions',
      description: 'Asked only in bookings of these. Left empty: in all.',
    }),
    {
      name: 'isInMessages',
      type: 'checkbox',
      defaultValue: false,
      label: 'Show in mails about the session',
      admin: { description: 'To those who may read it.' },
    },
    integerField('position', { defaultValue: 0, description: 'Smaller numbers are shown first.' }),
    {
      name: 'isActive',
      type: 'checkbox',
      defaultValue: true,
      index: true,
      admin: { position: 'sidebar', description: 'Switched off, it is neither shown nor asked. Its values are kept.' },
    },
  ],
}
