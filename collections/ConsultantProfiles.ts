import type { CollectionConfig } from 'payload'
import { staff } from '#access/collection-access'
import { derived, ownProfileField, setByStaff, staffOnly, staffReadsOnly, secret } from '#access/field-access'
import { ownProfile, ownProfileVersions, publicOrOwnProfile } from '#access/record-access'
import { attributesColumn, attributesField } from '#attributes/attributes-field'
import { listWithAttributes } from '#attributes/list-with-attributes'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField, minutesField } from '#database/fields/number-fields'
import { headField } from '#database/fields/panel-field'
import { cancellationPolicyFields } from '#database/fields/policy-fields'
import { imageField, relationField } from '#database/fields/relation-fields'
import {
  choiceField,
  emailField,
  jsonField,
  paragraphField,
  phoneField,
  secretField,
  slugField,
  textField,
  textListField,
  urlField,
} from '#database/fields/text-fields'
import {
  calendarDateField,
  timeZoneField,
  wallTimeField,
  weekdayOptions,
  weekFields,
} from '#database/fields/time-fields'
import { announcePublication, announceRemoval } from '#hooks/consultant-profiles/announce-publication'
import { guardPublication } from '#hooks/consultant-profiles/guard-publication'
import { keepLiveFacts } from '#hooks/consultant-profiles/keep-live-facts'
import { lockConsultantProfileBeforeWrite } from '#hooks/consultant-profiles/lock-consultant-profile-before-write'
import { publishProfileSlots } from '#hooks/consultant-profiles/publish-profile-slots'
import { validateDurations } from '#hooks/consultant-profiles/validate-durations'
import { sessionsTouchedByProfiles } from '#hooks/shared/tell-touched-sessions'
import { validateHours } from '#hooks/consultant-profiles/validate-hours'

const own = { read: ownProfileField }

export const subscriptionPlans = { free: 'Free', pro: 'Pro' } as const

/** An expert who can be booked. Operations publish; the consultant edits the rest. */
export const ConsultantProfiles: CollectionConfig = {
  slug: 'consultant-profiles',
  disableDuplicate: true,
  labels: { singular: 'Consultant profile', plural: 'Consultant profiles' },
  versions: { drafts: true, maxPerDoc: 20 },
  admin: {
    group: 'People',
    useAsTitle: 'name',
    defaultColumns: ['name', 'headline', '_status', 'isPublic', 'isVerified'],
    listSearchableFields: ['name', 'slug', 'email', 'headline'],
    description: 'Experts who can be booked. Only published, public profiles are shown and bookable.',
    components: listWithAttributes,
  },
  access: {
    create: staff,
    read: publicOrOwnProfile,
    readVersions: ownProfileVersions,
    update: ownProfile,
    delete: staff,
  },
  hooks: {
    beforeOperation: [lockConsultantProfileBeforeWrite],
    beforeValidate: [validateDurations, validateHours],
    beforeChange: [guardPublication, keepLiveFacts, sessionsTouchedByProfiles.beforeChange],
    afterChange: [publishProfileSlots, announcePublication, sessionsTouchedByProfiles.afterChange],
    afterDelete: [announceRemoval],
    afterOperation: [sessionsTouchedByProfiles.afterOperation],
  },
  fields: [
    {
      type: 'tabs',
      tabs: [
        {
          label: 'Profile',
          fields: [
            relationField('user', 'users', { unique: true, access: { read: ownProfileField, ...setByStaff } }),
            slugField('name', { access: setByStaff }),
            textField('name', { required: true, label: 'Name' }),
            emailField('email', { unique: true, access: own, description: 'Not shown to the public.' }),
            textField('headline', { description: 'For example: Executive coach, 15+ years.' }),
            { name: 'bio', type: 'richText' },
            phoneField({ access: own, description: 'Not shown to the public.' }),
            textField('location'),
            textField('company'),
            urlField('website'),
            imageField('profileImage'),
            textListField('specialties'),
            textListField('languages'),
            textListField('certifications'),
            integerField('yearsOfExperience', { max: 80 }),
            attributesField('consultant-profiles'),
            attributesColumn,
          ],
        },
        {
          name: 'availability',
          label: 'Availability',
          description: 'All times are on the clock of the time zone below.',
          fields: [
            headField('touched-by-profile'),
            timeZoneField({ required: true, defaultValue: 'UTC' }),
            {
              name: 'isAvailable',
              type: 'checkbox',
              defaultValue: true,
              admin: { description: 'Switched off, nothing new can be booked.' },
            },
            {
              name: 'workingHours',
              type: 'group',
              access: own,
              admin: { description: 'Used on days of which no availability schedule speaks.' },
              fields: weekFields((day) => [
                {
                  type: 'row',
                  fields: [
                    { name: 'enabled', type: 'checkbox', defaultValue: day !== 'saturday' && day !== 'sunday' },
                    wallTimeField('startTime', { defaultValue: '09:00' }),
                    wallTimeField('endTime', {
                      defaultValue: '17:00',
                      description: 'Not later than the start: ends on the next day.',
                    }),
                  ],
                },
              ]),
            },
            {
              name: 'breakTimes',
              type: 'array',
              dbName: 'consultant_break_times',
              maxRows: 100,
              access: own,
              admin: { description: 'Taken out of whatever the working hours and schedules open.' },
              fields: [
                {
                  name: 'recurring',
                  type: 'checkbox',
                  defaultValue: true,
                  admin: { description: 'Every week on that day; otherwise once, on the date.' },
                },
                {
                  name: 'day',
                  type: 'select',
                  options: [...weekdayOptions],
                  admin: { description: 'Of a break that comes back. Left empty: every day.' },
                },
                calendarDateField('date', { description: 'Of a break that happens once.' }),
                wallTimeField('startTime', { required: true }),
                wallTimeField('endTime', { required: true }),
              ],
            },
            {
              name: 'unavailableDates',
              type: 'array',
              dbName: 'consultant_unavailable_dates',
              maxRows: 1_000,
              access: own,
              admin: {
                description: {
                  en: 'Whole days on which nothing new can be booked, whatever is open. Sessions on them stay as they are.',
                  de: 'Ganze Tage, an denen nichts Neues gebucht werden kann, was immer sonst offen ist. Termine an diesen Tagen bleiben, wie sie sind.',
                },
              },
              fields: [
                {
                  type: 'row',
                  fields: [
                    calendarDateField('date', { required: true, label: { en: 'First day', de: 'Erster Tag' } }),
                    calendarDateField('lastDate', {
                      label: { en: 'Last day', de: 'Letzter Tag' },
                      description: { en: 'Left empty: the first day alone.', de: 'Leer: nur der erste Tag.' },
                    }),
                  ],
                },
                textField('reason', { label: { en: 'Reason', de: 'Grund' } }),
              ],
            },
            integerField('minBookingNoticeHours', {
              max: 24 * 365,
              defaultValue: 2,
              description: 'How long before its start a session must be booked at the latest.',
            }),
            integerField('maxAdvanceBookingDays', {
              min: 1,
              max: 730,
              defaultValue: 60,
              description: 'How far ahead sessions can be booked.',
            }),
            minutesField('bufferTimeMinutes', {
              max: 480,
              defaultValue: 0,
              description: 'Kept free after each session, unless the service type says otherwise.',
            }),
          ],
        },
        {
          name: 'consulting',
          label: 'Consulting',
          fields: [
            {
              name: 'sessionDurations',
              type: 'number',
              hasMany: true,
              maxRows: 20,
              admin: { description: 'Minutes. Left empty: every length that the service types offer.' },
            },
            minutesField('defaultDuration', { min: 5, max: 480 }),
            amountField('basePrice', {
              description: 'The price of an hour. A session costs its part of it.',
            }),
            currencyField({ defaultValue: 'GBP' }),
            { name: 'cancellationPolicy', type: 'group', fields: cancellationPolicyFields() },
            urlField('meetingUrl', {
              access: own,
              description: "The consultant's own fixed room, used by service types with an own link.",
            }),
          ],
        },
        {
          label: 'Payment',
          fields: [
            {
              name: 'paymentSettings',
              type: 'group',
              access: own,
              fields: [
                textField('stripeAccountId', { unique: true, access: derived, readOnly: true }),
                textField('bankAccountId'),
                currencyField(),
                { name: 'payoutsEnabled', type: 'checkbox', defaultValue: false, access: derived },
                { name: 'detailsSubmitted', type: 'checkbox', defaultValue: false, access: derived },
                textField('disabledReason', { access: derived, readOnly: true }),
              ],
            },
          ],
        },
        {
          name: 'statistics',
          label: 'Statistics',
          description: 'Counted from sessions, payments and reviews.',
          fields: [
            { name: 'totalBookings', type: 'number', defaultValue: 0, access: derived, admin: { readOnly: true } },
            jsonField('totalEarnings', {
              access: { read: ownProfileField, ...derived },
              readOnly: true,
              description: 'Per currency, smallest units.',
            }),
            {
              name: 'averageRating',
              type: 'number',
              min: 0,
              max: 5,
              access: derived,
              index: true,
              admin: { readOnly: true },
            },
            { name: 'reviewCount', type: 'number', defaultValue: 0, access: derived, admin: { readOnly: true } },
            { name: 'responseTimeHours', type: 'number', min: 0, access: derived, admin: { readOnly: true } },
          ],
        },
      ],
    },
    choiceField('subscriptionPlan', subscriptionPlans, {
      defaultValue: 'free',
      access: { read: ownProfileField, ...setByStaff },
    }),
    { name: 'isVerified', type: 'checkbox', defaultValue: false, access: setByStaff, admin: { position: 'sidebar' } },
    {
      name: 'isPublic',
      type: 'checkbox',
      defaultValue: true,
      index: true,
      admin: { position: 'sidebar', description: 'Switched off, the profile is hidden although it is published.' },
    },
    paragraphField('internalNotes', { access: staffOnly }),
    {
      // Read by our own code with every offer, so it is refused to all but not `hidden`.
      ...integerField('rulesVersion', { defaultValue: 0, access: { ...staffReadsOnly, ...secret } }),
      admin: { hidden: true },
    },
    secretField('feedTokenHash', { unique: true }),
  ],
}
