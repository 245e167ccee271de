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
  labels: { singular: 'Service type', plural: 'Service types' },
  admin: {
    group: 'Catalogue',
    useAsTitle: 'name',
    defaultColumns: ['name', 'durations', 'isActive', 'requiresConfirmation', 'updatedAt'],
    listSearchableFields: ['name', 'slug'],
    description: 'What is sold: lengths, prices, policies, and who offers it.',
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
      admin: { description: 'Minutes, 5 to 480.' },
    },
    minutesField('defaultDurationMinutes', { required: true, min: 5, max: 480, description: 'One of the durations.' }),
    {
      name: 'isFree',
      type: 'checkbox',
      defaultValue: false,
      admin: { description: 'Nothing is charged, whatever the prices below.' },
    },
    {
      name: 'prices',
      type: 'array',
      maxRows: 20,
      admin: {
        description: "A fixed price for a length. Without one, the consultant's price of an hour counts in proportion.",
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
    currencyField({ description: 'Of sessions at no charge. Other prices bring their own.' }),
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
      admin: { position: 'sidebar', description: 'The consultant says yes or no to each booking.' },
    },
    choiceField('confirmsEmail', emailConfirmations, {
      defaultValue: 'nobody',
      description:
        'Whose free bookings wait until the link is opened that they are mailed. The time is held meanwhile. What staff book never waits. With the second choice the answer shows whether an address was confirmed before; with the third it does not.',
    }),
    minutesField('bufferBeforeMinutes', { max: 480, description: 'Kept free before each session.' }),
    minutesField('bufferAfterMinutes', {
      max: 480,
      description: "Kept free after each session. Left empty: the consultant's own buffer.",
    }),
    {
      name: 'cancellationPolicy',
      type: 'group',
      admin: { description: "Left empty: the consultant's policy, then that of the booking settings." },
      fields: cancellationPolicyFields(),
    },
    {
      name: 'intakeQuestions',
      type: 'array',
      maxRows: 30,
      admin: { description: 'What the customer is asked in the booking form.' },
      fields: [
        textField('key', {
          required: true,
          maxLength: 64,
          description: 'Letters, digits and _. Names the answer; do not change it later.',
          check: (value) =>
            /^[A-Za-z][A-Za-z0-9_]*$/.test(value)
              ? undefined
              : 'Must begin with a letter and hold letters, digits and _ only.',
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
        description: 'Who offers it. Nobody, while it is empty.',
      }),
      hooks: { afterRead: [hideUnshownConsultants] },
    },
    attributesField('service-types'),
    attributesColumn,
    choiceField('meetingProvider', meetingProviders, { description: 'Left empty: the default of the installation.' }),
    integerField('sortOrder', {
      defaultValue: 0,
      access: { create: staffField, update: staffField },
      description: 'Smaller numbers are shown first.',
    }),
  ],
}
