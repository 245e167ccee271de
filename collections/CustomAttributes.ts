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
  labels: {
    singular: { en: 'Custom attribute', de: 'Eigenes Feld' },
    plural: { en: 'Custom attributes', de: 'Eigene Felder' },
  },
  admin: {
    group: { en: 'Settings', de: 'Einstellungen' },
    useAsTitle: 'label',
    defaultColumns: ['label', 'subject', 'type', 'readableBy', 'writableBy', 'isActive'],
    listSearchableFields: ['label', 'key'],
    description: {
      en: 'Questions and fields of your own for sessions, customers, consultants and service types.',
      de: 'Eigene Fragen und Felder für Termine, Kundinnen und Kunden, Fachpersonen und Leistungen.',
    },
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
      label: { en: 'Belongs to', de: 'Gehört zu' },
      description: { en: 'Is not changed later.', de: 'Wird später nicht geändert.' },
    }),
    textField('label', {
      required: true,
      description: {
        en: 'As people read it: the question, or the name of the field.',
        de: 'Wie man es liest: die Frage oder der Name des Feldes.',
      },
    }),
    textField('key', {
      required: true,
      maxLength: 40,
      components: { Field: adminComponent('attribute-key-field') },
      description: {
        en: 'Names it in the API, for example companySize. Is not changed later.',
        de: 'Der Name in der API, zum Beispiel companySize. Wird später nicht geändert.',
      },
      check: (value) =>
        !attributeKeyPattern.test(value)
          ? {
              en: 'Must begin with a small letter and hold letters, digits and single _ only.',
              de: 'Muss mit einem Kleinbuchstaben beginnen; erlaubt sind Buchstaben, Ziffern und einzelne _.',
            }
          : value in Object.prototype
            ? {
                en: 'Names something that every record has. Choose another one.',
                de: 'So heißt etwas, das jeder Eintrag hat. Wählen Sie einen anderen.',
              }
            : undefined,
    }),
    paragraphField('help', {
      maxLength: 500,
      description: { en: 'Shown below the field.', de: 'Steht unter dem Feld.' },
    }),
    choiceField('type', attributeTypes, { required: true, defaultValue: 'text' }),
    {
      name: 'options',
      type: 'array',
      maxRows: maxAttributeOptions,
      admin: {
        condition: isOf('select', 'multi_select'),
        description: { en: 'What can be chosen.', de: 'Was zur Wahl steht.' },
      },
      fields: [
        textField('value', {
          required: true,
          maxLength: 64,
          description: { en: 'What is stored and filtered by.', de: 'Was gespeichert und wonach gefiltert wird.' },
          check: (value) =>
            /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(value)
              ? undefined
              : {
                  en: 'Must begin with a letter or digit and hold letters, digits, _, - and . only.',
                  de: 'Muss mit einem Buchstaben oder einer Ziffer beginnen; erlaubt sind Buchstaben, Ziffern, _, - und Punkte.',
                },
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
            description: {
              en: 'The smallest number, the shortest text, or the fewest choices.',
              de: 'Die kleinste Zahl, der kürzeste Text oder die wenigsten Antworten.',
            },
          },
        },
        {
          name: 'max',
          type: 'number',
          admin: {
            condition: isOf('number', 'text', 'long_text', 'multi_select'),
            description: {
              en: 'The largest number, the longest text, or the most choices.',
              de: 'Die größte Zahl, der längste Text oder die meisten Antworten.',
            },
          },
        },
      ],
    },
    withWarning(
      choicesField('readableBy', attributeReaders, {
        label: { en: 'Who reads it besides staff', de: 'Wer es außer Mitarbeitenden liest' },
        components: { Cell: people },
        description: {
          en: 'Staff always read it. Left empty: staff alone. What somebody does not read they cannot filter or sort by either.',
          de: 'Mitarbeitende lesen es immer. Leer: nur sie. Was jemand nicht liest, kann er auch nicht filtern oder sortieren.',
        },
      }),
    ),
    choicesField('writableBy', attributeWriters, {
      label: { en: 'Who sets it besides staff', de: 'Wer es außer Mitarbeitenden einträgt' },
      components: { Cell: people },
      description: {
        en: 'Staff always set it. Left empty: staff alone. Of a session, the customer sets it when they book.',
        de: 'Mitarbeitende tragen es immer ein. Leer: nur sie. Bei einem Termin geschieht es beim Buchen.',
      },
    }),
    relationListField('serviceTypes', 'service-types', {
      maxDepth: 0,
      condition: (_data, siblingData) => siblingData?.subject === 'scheduled-sessions',
      description: {
        en: 'Asked only in bookings of these. Left empty: in all.',
        de: 'Wird nur bei Buchungen dieser Leistungen gefragt. Leer: bei allen.',
      },
    }),
    {
      name: 'isInMessages',
      type: 'checkbox',
      defaultValue: false,
      label: { en: 'Show in mails about the session', de: 'In Mails zum Termin zeigen' },
      admin: { description: { en: 'To those who may read it.', de: 'Für alle, die es lesen dürfen.' } },
    },
    integerField('position', {
      defaultValue: 0,
      description: { en: 'Smaller numbers are shown first.', de: 'Kleinere Zahlen stehen weiter vorn.' },
    }),
    {
      name: 'isActive',
      type: 'checkbox',
      defaultValue: true,
      index: true,
      admin: {
        position: 'sidebar',
        description: {
          en: 'Switched off, it is neither shown nor asked. Its values are kept.',
          de: 'Ausgeschaltet wird es weder gezeigt noch gefragt. Die Werte bleiben.',
        },
      },
    },
  ],
}
