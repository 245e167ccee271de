import type { CollectionConfig } from 'payload'
import { staff } from '#access/collection-access'
import { derived, ownCustomerField, setByStaff, staffOnly, staffReadsOnly } from '#access/field-access'
import { ownCustomer, ownCustomerOrThoseMet } from '#access/record-access'
import { attributesColumn, attributesField } from '#attributes/attributes-field'
import { listWithAttributes } from '#attributes/list-with-attributes'
import { integerField } from '#database/fields/number-fields'
import { imageField, relationField } from '#database/fields/relation-fields'
import { stripeLinkField } from '#database/fields/stripe-link-field'
import {
  choiceField,
  countryField,
  emailField,
  jsonField,
  languageField,
  paragraphField,
  phoneField,
  textField,
} from '#database/fields/text-fields'
import { instantField, timeZoneField } from '#database/fields/time-fields'
import { tellStripe } from '#hooks/customers/tell-stripe'
import { forgetConfirmedEmail } from '#hooks/customers/forget-confirmed-email'
import { lockCustomerBeforeWrite } from '#hooks/customers/lock-customer-before-write'

/** A consultant who has met a customer sees the name, the zone and the language; the rest is the customer's own. */
const own = { read: ownCustomerField }

export const customerStatuses = {
  active: { en: 'Active', de: 'Aktiv' },
  suspended: { en: 'Suspended', de: 'Gesperrt' },
  deleted: { en: 'Deleted', de: 'Gelöscht' },
} as const

/** Who books. May be a guest without a login, who claims the record later by verifying the same e-mail address. */
export const Customers: CollectionConfig = {
  slug: 'customers',
  disableDuplicate: true,
  labels: { singular: { en: 'Customer', de: 'Kundin/Kunde' }, plural: { en: 'Customers', de: 'Kundschaft' } },
  admin: {
    group: { en: 'People', de: 'Personen' },
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'company', 'status', 'createdAt'],
    listSearchableFields: ['name', 'email', 'company'],
    description: {
      en: 'Who books. Guests have no user until they register with a verified e-mail address.',
      de: 'Wer bucht. Gäste haben kein Benutzerkonto, bis sie sich mit bestätigter E-Mail-Adresse registrieren.',
    },
    components: listWithAttributes,
  },
  access: { create: staff, read: ownCustomerOrThoseMet, update: ownCustomer, delete: staff },
  hooks: {
    beforeOperation: [lockCustomerBeforeWrite],
    beforeChange: [forgetConfirmedEmail],
    afterChange: [tellStripe],
  },
  fields: [
    relationField('user', 'users', {
      unique: true,
      clearedWithTarget: true,
      access: { read: ownCustomerField, ...setByStaff },
      description: { en: 'Empty for guests.', de: 'Leer bei Gästen.' },
    }),
    emailField('email', { required: true, unique: true, access: { read: ownCustomerField, ...setByStaff } }),
    textField('name', { required: true }),
    phoneField({ access: own }),
    imageField('profileImage', { access: own }),
    textField('company', { access: own }),
    textField('role', {
      access: own,
      description: { en: 'What they do in their company.', de: 'Die Aufgabe im Unternehmen.' },
    }),
    timeZoneField({ defaultValue: 'UTC' }),
    languageField({ defaultValue: 'en' }),
    {
      name: 'preferences',
      type: 'group',
      access: own,
      fields: [
        { name: 'emailNotifications', type: 'checkbox', defaultValue: true },
        { name: 'smsNotifications', type: 'checkbox', defaultValue: false },
        { name: 'remindersEnabled', type: 'checkbox', defaultValue: true },
      ],
    },
    {
      name: 'statistics',
      type: 'group',
      access: { read: ownCustomerField, ...derived },
      admin: {
        readOnly: true,
        description: {
          en: 'Counted from sessions and payments. Amounts per currency.',
          de: 'Aus Terminen und Zahlungen berechnet. Beträge je Währung.',
        },
      },
      fields: [
        { name: 'totalBookings', type: 'number', defaultValue: 0 },
        jsonField('totalSpent'),
        jsonField('averageSpentPerSession'),
      ],
    },
    textField('stripeCustomerId', { unique: true, access: staffReadsOnly, readOnly: true }),
    integerField('stripeCustomerAttempt', {
      defaultValue: 1,
      access: staffReadsOnly,
      readOnly: true,
      description: {
        en: 'Raised when the customer was deleted at Stripe; part of the idempotency key.',
        de: 'Steigt, wenn der Eintrag bei Stripe gelöscht wurde; Teil des Idempotency-Keys.',
      },
    }),
    textField('defaultPaymentMethodId', { access: staffReadsOnly, readOnly: true }),
    {
      name: 'savedPaymentMethods',
      type: 'array',
      access: { read: ownCustomerField, ...derived },
      admin: { readOnly: true },
      fields: [
        textField('stripePaymentMethodId', { access: staffReadsOnly }),
        { name: 'isDefault', type: 'checkbox', defaultValue: false },
        textField('cardLast4', { maxLength: 4 }),
        textField('cardBrand', { maxLength: 40 }),
        integerField('cardExpMonth', { min: 1, max: 12 }),
        integerField('cardExpYear', { min: 2000, max: 9999 }),
      ],
    },
    instantField('paymentMethodsSyncedAt', {
      access: staffReadsOnly,
      readOnly: true,
      description: {
        en: 'When the saved cards were last read from Stripe.',
        de: 'Wann die gespeicherten Karten zuletzt von Stripe gelesen wurden.',
      },
    }),
    {
      name: 'address',
      type: 'group',
      access: own,
      admin: { description: { en: 'For invoices.', de: 'Für Rechnungen.' } },
      fields: [
        textField('street'),
        textField('city'),
        textField('state', { label: { en: 'State', de: 'Bundesland oder Region' } }),
        textField('zipCode', { maxLength: 20 }),
        countryField(),
      ],
    },
    attributesField('customers'),
    attributesColumn,
    choiceField('status', customerStatuses, {
      required: true,
      defaultValue: 'active',
      index: true,
      access: { read: ownCustomerField, ...setByStaff },
    }),
    {
      name: 'emailVerified',
      type: 'checkbox',
      defaultValue: false,
      access: { read: ownCustomerField, ...setByStaff },
      admin: {
        description: {
          en: 'They have a login with it, or have opened a link that was mailed to it. Until then mails are few and without their words.',
          de: 'Es gibt ein Konto mit ihr, oder ein dorthin gesendeter Link wurde geöffnet. Bis dahin gehen nur wenige Mails dorthin, ohne Texte von Fremden.',
        },
      },
    },
    stripeLinkField('stripeCustomerId', 'customers'),
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
