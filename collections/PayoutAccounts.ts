import type { CollectionConfig } from 'payload'
import { nobody, staff } from '#access/collection-access'
import { derived, staffOnly, staffReadsOnly } from '#access/field-access'
import { ofOwnConsultant } from '#access/record-access'
import { integerField } from '#database/fields/number-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, countryField, jsonField, paragraphField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { payoutAccountStates } from '#payments/account/payout-account-states'

const made = { access: derived, readOnly: true } as const

/** A consultant's account at Stripe, as Stripe says it is. */
export const PayoutAccounts: CollectionConfig = {
  slug: 'payout-accounts',
  labels: {
    singular: { en: 'Payout account', de: 'Auszahlungskonto' },
    plural: { en: 'Payout accounts', de: 'Auszahlungskonten' },
  },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'stripeAccountId',
    defaultColumns: ['consultant', 'status', 'country', 'deadline', 'syncedAt'],
    listSearchableFields: ['stripeAccountId'],
    description: {
      en: "Where consultants are paid. Follows what Stripe says; missing details are given on Stripe's pages.",
      de: 'Wohin Fachpersonen bezahlt werden. Folgt dem, was Stripe meldet; fehlende Angaben werden bei Stripe gemacht.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnConsultant, update: staff, delete: nobody },
  indexes: [{ fields: ['status', 'syncedAt'] }],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true, unique: true, ...made }),
    textField('stripeAccountId', { unique: true, access: staffReadsOnly, readOnly: true }),
    choiceField('status', payoutAccountStates, { required: true, defaultValue: 'onboarding', ...made }),
    countryField(made),
    textField('defaultCurrency', { maxLength: 3, ...made }),
    textField('email', made),
    textField('transfersCapability', { maxLength: 40, ...made }),
    { name: 'payoutsEnabled', type: 'checkbox', defaultValue: false, access: derived, admin: { readOnly: true } },
    { name: 'detailsSubmitted', type: 'checkbox', defaultValue: false, access: derived, admin: { readOnly: true } },
    jsonField('requirements', {
      ...made,
      description: {
        en: 'What Stripe still wants to know, and since when it is late.',
        de: 'Was Stripe noch wissen will, und seit wann es überfällig ist.',
      },
    }),
    textField('disabledReason', made),
    instantField('deadline', {
      ...made,
      description: {
        en: 'Until when the missing details have to be given.',
        de: 'Bis wann die fehlenden Angaben nötig sind.',
      },
    }),
    instantField('syncedAt', made),
    instantField('disconnectedAt', made),
    integerField('attempt', {
      defaultValue: 1,
      access: staffReadsOnly,
      readOnly: true,
      description: {
        en: 'Raised after a definitive error of Stripe; part of the idempotency key.',
        de: 'Steigt nach einem endgültigen Fehler von Stripe; Teil des Idempotency-Keys.',
      },
    }),
    paragraphField('internalNotes', { access: staffOnly }),
  ],
}
