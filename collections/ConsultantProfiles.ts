import type { CollectionConfig } from 'payload'
import { staff } from '#access/collection-access'
import { derived, ownProfileField, setByStaff, staffOnly, staffReadsOnly, secret } from '#access/field-access'
import { ownProfile, ownProfileVersions, publicOrOwnProfile } from '#access/record-access'
import { attributesColumn, attributesField } from '#attributes/attributes-field'
import { listWithAttributes } from '#attributes/list-with-attributes'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField, minutesField } from '#database/fields/number-fields'
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
import { validateHours } from '#hooks/consultant-profiles/validate-hours'

const own = { read: ownProfileField }

export const subscriptionPlans = { free: { en: 'Free', de: 'Kostenlos' }, pro: { en: 'Pro', de: 'Pro' } } as const

/** An expert who can be booked. Operations publish; the consultant edits the rest. */
export const ConsultantProfiles: CollectionConfig = {
  slug: 'consultant-profiles',
  disableDuplicate: true,
  labels: {
    singular: { en: 'Consultant profile', de: 'Profil einer Fachperson' },
    plural: { en: 'Consultant profiles', de: 'Profile der Fachpersonen' },
  },
  versions: { drafts: true, maxPerDoc: 20 },
  admin: {
    group: { en: 'People', de: 'Personen' },
    useAsTitle: 'name',
    defaultColumns: ['name', 'headline', '_status', 'isPublic', 'isVerified'],
    listSearchableFields: ['name', 'slug', 'email', 'headline'],
    description: {
      en: 'Experts who can be booked. Only published, public profiles are shown and bookable.',
      de: 'Fachpersonen, die gebucht werden können. Nur veröffentlichte, öffentliche Profile sind sichtbar und buchbar.',
    },
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
    beforeChange: [guardPublication, keepLiveFacts],
    afterChange: [publishProfileSlots, announcePublication],
    afterDelete: [announceRemoval],
  },
  fields: [
    {
      type: 'tabs',
      tabs: [
        {
          label: { en: 'Profile', de: 'Profil' },
          fields: [
            relationField('user', 'users', { unique: true, access: { read: ownProfileField, ...setByStaff } }),
            slugField('name', { access: setByStaff }),
            textField('name', { required: true, label: { en: 'Name', de: 'Name' } }),
            emailField('email', {
              unique: true,
              access: own,
              description: { en: 'Not shown to the public.', de: 'Nicht öffentlich sichtbar.' },
            }),
            textField('headline', {
              description: {
                en: 'For example: Executive coach, 15+ years.',
                de: 'Zum Beispiel: Führungscoach, über 15 Jahre Erfahrung.',
              },
            }),
            { name: 'bio', type: 'richText' },
            phoneField({
              access: own,
              description: { en: 'Not shown to the public.', de: 'Nicht öffentlich sichtbar.' },
            }),
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
          label: { en: 'Availability', de: 'Verfügbarkeit' },
          description: {
            en: 'All times are on the clock of the time zone below.',
            de: 'Alle Zeiten gelten in der Zeitzone unten.',
          },
          fields: [
            timeZoneField({ required: true, defaultValue: 'UTC' }),
            {
              name: 'isAvailable',
              type: 'checkbox',
              defaultValue: true,
              admin: {
                description: {
                  en: 'Switched off, nothing new can be booked.',
                  de: 'Ausgeschaltet kann nichts Neues gebucht werden.',
                },
              },
            },
            {
              name: 'workingHours',
              type: 'group',
              // “Hours” is no unit here.
              label: { en: 'Working hours', de: 'Arbeitszeiten' },
              access: own,
              admin: {
                description: {
                  en: 'Used on days of which no availability schedule speaks.',
                  de: 'Gelten an Tagen, von denen kein Verfügbarkeitsplan spricht.',
                },
              },
              fields: weekFields((day) => [
                {
                  type: 'row',
                  fields: [
                    { name: 'enabled', type: 'checkbox', defaultValue: day !== 'saturday' && day !== 'sunday' },
                    wallTimeField('startTime', { defaultValue: '09:00' }),
                    wallTimeField('endTime', {
                      defaultValue: '17:00',
                      description: {
                        en: 'Not later than the start: ends on the next day.',
                        de: 'Nicht nach dem Beginn: endet am nächsten Tag.',
                      },
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
              admin: {
                description: {
                  en: 'Taken out of whatever the working hours and schedules open.',
                  de: 'Werden von dem abgezogen, was Arbeitszeiten und Pläne öffnen.',
                },
              },
              fields: [
                {
                  name: 'recurring',
                  type: 'checkbox',
                  defaultValue: true,
                  admin: {
                    description: {
                      en: 'Every week on that day; otherwise once, on the date.',
                      de: 'Jede Woche an diesem Tag; sonst einmal, am Datum.',
                    },
                  },
                },
                {
                  name: 'day',
                  type: 'select',
                  options: [...weekdayOptions],
                  admin: {
                    description: {
                      en: 'Of a break that comes back. Left empty: every day.',
                      de: 'Bei einer wiederkehrenden Pause. Leer: jeden Tag.',
                    },
                  },
                },
                calendarDateField('date', {
                  description: { en: 'Of a break that happens once.', de: 'Bei einer einmaligen Pause.' },
                }),
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
              fields: [calendarDateField('date', { required: true }), textField('reason')],
            },
            integerField('minBookingNoticeHours', {
              max: 24 * 365,
              defaultValue: 2,
              description: {
                en: 'How long before its start a session must be booked at the latest.',
                de: 'Wie lange vor Beginn ein Termin spätestens gebucht sein muss.',
              },
            }),
            integerField('maxAdvanceBookingDays', {
              min: 1,
              max: 730,
              defaultValue: 60,
              description: {
                en: 'How far ahead sessions can be booked.',
                de: 'Wie weit im Voraus Termine gebucht werden können.',
              },
            }),
            minutesField('bufferTimeMinutes', {
              max: 480,
              defaultValue: 0,
              description: {
                en: 'Kept free after each session, unless the service type says otherwise.',
                de: 'Bleibt nach jedem Termin frei, sofern die Leistung nichts anderes bestimmt.',
              },
            }),
          ],
        },
        {
          name: 'consulting',
          label: { en: 'Consulting', de: 'Beratung' },
          fields: [
            {
              name: 'sessionDurations',
              type: 'number',
              hasMany: true,
              maxRows: 20,
              admin: {
                description: {
                  en: 'Minutes. Left empty: every length that the service types offer.',
                  de: 'Minuten. Leer: jede Länge, die die Leistungen anbieten.',
                },
              },
            },
            minutesField('defaultDuration', { min: 5, max: 480 }),
            amountField('basePrice', {
              description: {
                en: 'The price of an hour. A session costs its part of it.',
                de: 'Der Preis einer Stunde. Ein Termin kostet den entsprechenden Teil.',
              },
            }),
            currencyField({ defaultValue: 'GBP' }),
            { name: 'cancellationPolicy', type: 'group', fields: cancellationPolicyFields() },
            urlField('meetingUrl', {
              access: own,
              description: {
                en: "The consultant's own fixed room, used by service types with an own link.",
                de: 'Der feste Raum der Fachperson, für Leistungen mit eigenem Link.',
              },
            }),
          ],
        },
        {
          label: { en: 'Payment', de: 'Zahlung' },
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
          label: { en: 'Statistics', de: 'Statistik' },
          description: {
            en: 'Counted from sessions, payments and reviews.',
            de: 'Aus Terminen, Zahlungen und Bewertungen berechnet.',
          },
          fields: [
            { name: 'totalBookings', type: 'number', defaultValue: 0, access: derived, admin: { readOnly: true } },
            jsonField('totalEarnings', {
              access: { read: ownProfileField, ...derived },
              readOnly: true,
              description: { en: 'Per currency, smallest units.', de: 'Je Währung, in kleinsten Einheiten.' },
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
      admin: {
        position: 'sidebar',
        description: {
          en: 'Switched off, the profile is hidden although it is published.',
          de: 'Ausgeschaltet ist das Profil verborgen, obwohl es veröffentlicht ist.',
        },
      },
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
