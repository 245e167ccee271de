import type { CollectionConfig } from 'payload'
import { staff } from '#access/collection-access'
import { staffField } from '#access/field-access'
import { activeServiceTypes } from '#access/record-access'
import { attributesColumn, attributesField } from '#attributes/attributes-field'
import { listWithAttributes } from '#attributes/list-with-attributes'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField, minutesField } from '#database/fields/number-fields'
import { cancellationPolicyFields } from '#database/fields/policy-fields'
import { relationListField } from '#database/fields/relation-fields'
import { choiceField, slugField, textField } from '#database/fields/text-fields'
import { emailConfirmations } from '#availability/offers/email-confirmations'
import { intakeQuestionTypes } from '#shared/intake-question'
import { meetingProviders } from '#meetings/meeting-providers'
import { hideUnshownConsultants } from '#hooks/service-types/hide-unshown-consultants'
import { publishServiceTypeSlots } from '#hooks/service-types/publish-service-type-slots'
import { validateServiceType } from '#hooks/service-types/validate-service-type'
import { lockBeforeUpdate } from '#hooks/shared/lock-row'

/** What is sold. */
export const ServiceTypes: CollectionConfig = {
  slug: 'service-types',
  labels: { singular: { en: 'Service type', de: 'Leistung' }, plural: { en: 'Service types', de: 'Leistungen' } },
  admin: {
    group: { en: 'Catalogue', de: 'Katalog' },
    useAsTitle: 'name',
    defaultColumns: ['name', 'durations', 'isActive', 'requiresConfirmation', 'updatedAt'],
    listSearchableFields: ['name', 'slug'],
    description: {
      en: 'What is sold: lengths, prices, policies, and who offers it.',
      de: 'Was verkauft wird: Längen, Preise, Bedingungen, und wer es anbietet.',
    },
    components: listWithAttributes,
  },
  access: { create: staff, read: activeServiceTypes, update: staff, delete: staff },
  hooks: {
    beforeOperation: [lockBeforeUpdate('service_types')],
    beforeValidate: [validateServiceType],
    afterChange: [publishServiceTypeSlots],
  },
  fields: [
    textField('name', { required: true, unique: true, index: true }),
    slugField('name'),
    { name: 'description', type: 'richText' },
    {
      name: 'durations',
      type: 'number',
      hasMany: true,
      required: true,
      minRows: 1,
      maxRows: 20,
      admin: { description: { en: 'Minutes, 5 to 480.', de: 'Minuten, 5 bis 480.' } },
    },
    minutesField('defaultDurationMinutes', {
      required: true,
      min: 5,
      max: 480,
      description: { en: 'One of the durations.', de: 'Eine der Längen.' },
    }),
    {
      name: 'isFree',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description: {
          en: 'Nothing is charged, whatever the prices below.',
          de: 'Es wird nichts berechnet, was auch immer die Preise unten sind.',
        },
      },
    },
    {
      name: 'prices',
      type: 'array',
      maxRows: 20,
      admin: {
        description: {
          en: "A fixed price for a length. Without one, the consultant's price of an hour counts in proportion.",
          de: 'Ein fester Preis für eine Länge. Ohne ihn zählt der Stundenpreis der Fachperson anteilig.',
        },
      },
      fields: [
        {
          type: 'row',
          fields: [
            minutesField('durationMinutes', { required: true, min: 5, max: 480 }),
            amountField('amount', { required: true }),
            currencyField({ required: true, defaultValue: 'GBP' }),
          ],
        },
      ],
    },
    currencyField({
      description: {
        en: 'Of sessions at no charge. Other prices bring their own.',
        de: 'Bei kostenlosen Terminen. Andere Preise bringen ihre eigene mit.',
      },
    }),
    {
      name: 'isActive',
      type: 'checkbox',
      defaultValue: true,
      index: true,
      admin: { position: 'sidebar' },
      // A copy is there to be changed before anybody can book it.
      hooks: { beforeDuplicate: [() => false] },
    },
    {
      name: 'requiresConfirmation',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        position: 'sidebar',
        description: {
          en: 'The consultant says yes or no to each booking.',
          de: 'Die Fachperson sagt zu jeder Buchung ja oder nein.',
        },
      },
    },
    choiceField('confirmsEmail', emailConfirmations, {
      defaultValue: 'nobody',
      description: {
        en: 'Whose free bookings wait until the link is opened that they are mailed. The time is held meanwhile. What staff book never waits. With the second choice the answer shows whether an address was confirmed before; with the third it does not.',
        de: 'Wessen kostenlose Buchungen warten, bis der Link aus der Mail geöffnet ist. Die Zeit bleibt solange reserviert. Was Mitarbeitende buchen, wartet nie. Bei der zweiten Wahl verrät die Antwort, ob eine Adresse schon bestätigt war; bei der dritten nicht.',
      },
    }),
    minutesField('bufferBeforeMinutes', {
      max: 480,
      description: { en: 'Kept free before each session.', de: 'Bleibt vor jedem Termin frei.' },
    }),
    minutesField('bufferAfterMinutes', {
      max: 480,
      description: {
        en: "Kept free after each session. Left empty: the consultant's own buffer.",
        de: 'Bleibt nach jedem Termin frei. Leer: der Puffer der Fachperson.',
      },
    }),
    {
      name: 'cancellationPolicy',
      type: 'group',
      admin: {
        description: {
          en: "Left empty: the consultant's policy, then that of the booking settings.",
          de: 'Leer: die Bedingungen der Fachperson, sonst die der Buchungseinstellungen.',
        },
      },
      fields: cancellationPolicyFields(),
    },
    {
      name: 'intakeQuestions',
      type: 'array',
      maxRows: 30,
      admin: {
        description: {
          en: 'What the customer is asked in the booking form.',
          de: 'Was im Buchungsformular gefragt wird.',
        },
      },
      fields: [
        textField('key', {
          required: true,
          maxLength: 64,
          description: {
            en: 'Letters, digits and _. Names the answer; do not change it later.',
            de: 'Buchstaben, Ziffern und _. Benennt die Antwort; ändern Sie ihn später nicht.',
          },
          check: (value) =>
            /^[A-Za-z][A-Za-z0-9_]*$/.test(value)
              ? undefined
              : {
                  en: 'Must begin with a letter and hold letters, digits and _ only.',
                  de: 'Muss mit einem Buchstaben beginnen; erlaubt sind Buchstaben, Ziffern und _.',
                },
        }),
        textField('label', { required: true }),
        choiceField('type', intakeQuestionTypes, { required: true, defaultValue: 'text' }),
        {
          name: 'options',
          type: 'array',
          maxRows: 50,
          admin: { condition: (_data, siblingData) => siblingData.type === 'select' },
          fields: [textField('value', { required: true }), textField('label', { required: true })],
        },
        { name: 'required', type: 'checkbox', defaultValue: false },
      ],
    },
    {
      ...relationListField('consultants', 'consultant-profiles', {
        description: {
          en: 'Who offers it. Nobody, while it is empty.',
          de: 'Wer sie anbietet. Niemand, solange es leer ist.',
        },
      }),
      hooks: { afterRead: [hideUnshownConsultants] },
    },
    attributesField('service-types'),
    attributesColumn,
    choiceField('meetingProvider', meetingProviders, {
      description: { en: 'Left empty: the default of the installation.', de: 'Leer: die Vorgabe der Installation.' },
    }),
    integerField('sortOrder', {
      defaultValue: 0,
      access: { create: staffField, update: staffField },
      description: { en: 'Smaller numbers are shown first.', de: 'Kleinere Zahlen stehen weiter vorn.' },
    }),
  ],
}
