import type { CollectionConfig } from 'payload'
import { followSessionAfterWrite } from '#hooks/scheduled-sessions/follow-session-after-write'
import { guardSession } from '#hooks/scheduled-sessions/guard-session'
import { lockSessionBeforeWrite } from '#hooks/scheduled-sessions/lock-session-before-write'
import { admins, staff } from '#access/collection-access'
import { customerField, derived, hostField, nobodyField, setByStaff, staffField, staffOnly } from '#access/field-access'
import { ofOwnSessions } from '#access/record-access'
import { attributesColumn, attributesField } from '#attributes/attributes-field'
import { listWithAttributes } from '#attributes/list-with-attributes'
import { meetingRoomField } from '#sessions/meeting-room-access'
import { sessionStates } from '#sessions/session-states'
import { charges } from '#sessions/create/charge-kinds'
import { adminComponent } from '#database/fields/admin-component'
import { historyField } from '#database/fields/history-field'
import { intakeFields } from '#database/fields/intake-fields'
import { amountField, currencyField } from '#database/fields/money-fields'
import { integerField, minutesField } from '#database/fields/number-fields'
import { optionalInGraphql } from '#database/fields/optional-in-graphql'
import { panelField } from '#database/fields/panel-field'
import { relationField } from '#database/fields/relation-fields'
import {
  choiceField,
  jsonField,
  languageField,
  paragraphField,
  referenceField,
  secretField,
  textField,
  textListField,
  urlField,
} from '#database/fields/text-fields'
import { instantField, timeZoneField } from '#database/fields/time-fields'
import { actorRoles } from '#shared/actor'
import { meetingProviders } from '#meetings/meeting-providers'

/** Staff and the session's consultant read and set it. */
const host = { create: hostField, read: hostField, update: hostField }
const hostReads = { read: hostField, ...derived }
/** Of staff's own booking: said when it is made, and read by staff alone. */
const saidOnce = { create: staffField, read: staffField, update: nobodyField }
/** All who see the session read it; staff and its consultant set it. */
const setByHost = { create: hostField, update: hostField }

/** A consultation with a fixed time. Its state changes only along the table of states, whoever writes. */
export const ScheduledSessions: CollectionConfig = {
  slug: 'scheduled-sessions',
  labels: { singular: { en: 'Scheduled session', de: 'Termin' }, plural: { en: 'Scheduled sessions', de: 'Termine' } },
  admin: {
    group: { en: 'Bookings', de: 'Buchungen' },
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'startsAt', 'consultant', 'customer', 'serviceType'],
    listSearchableFields: ['reference', 'problemTitle'],
    description: {
      en: 'Consultations with a fixed time. Choosing another status does what the state says, or says why not.',
      de: 'Beratungen mit fester Zeit. Einen anderen Status zu wählen bewirkt, was dort steht, oder nennt den Grund, warum nicht.',
    },
    components: listWithAttributes,
  },
  defaultSort: '-startsAt',
  // What was agreed, paid and said is of that one session.
  disableDuplicate: true,
  // Who sees what else of it depends on these.
  forceSelect: { consultant: true, customer: true, status: true },
  access: { create: staff, read: ofOwnSessions, update: ofOwnSessions, delete: admins },
  hooks: {
    beforeOperation: [lockSessionBeforeWrite],
    beforeChange: [guardSession],
    afterChange: [followSessionAfterWrite],
  },
  indexes: [
    { fields: ['consultant', 'startsAt'] },
    { fields: ['customer', 'startsAt'] },
    { fields: ['consultant', 'status'] },
    { fields: ['customer', 'status'] },
    { fields: ['status', 'startsAt'] },
  ],
  fields: [
    {
      type: 'tabs',
      tabs: [
        {
          label: { en: 'Session', de: 'Termin' },
          fields: [
            referenceField('PY'),
            choiceField('status', sessionStates, {
              required: true,
              filledByGuard: true,
              description: {
                en: 'Left empty, it follows from how the session is charged.',
                de: 'Leer folgt er daraus, wie der Termin bezahlt wird.',
              },
              components: { Field: adminComponent('machine-status-field', { machine: 'session' }) },
            }),
            relationField('consultant', 'consultant-profiles', { required: true, access: setByStaff }),
            relationField('customer', 'customers', { required: true, access: setByStaff }),
            relationField('serviceType', 'service-types', { required: true, access: setByStaff }),
            instantField('startsAt', { required: true, access: setByStaff }),
            instantField('endsAt', {
              required: true,
              filledByGuard: true,
              access: derived,
              readOnly: true,
              description: { en: 'Follows from the start and the duration.', de: 'Folgt aus Beginn und Dauer.' },
            }),
            minutesField('durationMinutes', {
              required: true,
              filledByGuard: true,
              min: 1,
              access: setByStaff,
              description: { en: "Left empty: the service type's default.", de: 'Leer: die übliche der Leistung.' },
            }),
            timeZoneField({
              required: true,
              filledByGuard: true,
              access: setByStaff,
              description: {
                en: "The customer's, unless something else is entered.",
                de: 'Die der Kundin oder des Kunden, wenn nichts anderes eingetragen ist.',
              },
            }),
            languageField({
              access: setByStaff,
              description: {
                en: "The customer's, unless something else is entered.",
                de: 'Die der Kundin oder des Kunden, wenn nichts anderes eingetragen ist.',
              },
            }),
            {
              name: 'outsideOfferedTimes',
              type: 'group',
              admin: {
                description: {
                  en: 'Only for a time that is not offered: why it is booked all the same. It stands in the history afterwards.',
                  de: 'Nur für eine Zeit, die nicht angeboten wird: warum sie trotzdem gebucht wird. Steht danach im Verlauf.',
                },
              },
              fields: [
                // Payload shows what it does not store as read-only unless it is told otherwise.
                {
                  ...paragraphField('reason', { maxLength: 1_000, access: staffOnly, readOnly: false }),
                  virtual: true,
                },
              ],
            },
            relationField('request', 'consultation-requests', {
              unique: true,
              access: derived,
              readOnly: true,
              maxDepth: 0,
            }),
            relationField('slot', 'availability-slots', { access: hostReads, readOnly: true, maxDepth: 0 }),
            instantField('paymentDeadline', { access: derived, readOnly: true }),
            instantField('confirmBy', {
              access: derived,
              readOnly: true,
              description: {
                en: 'Until when the consultant has to say yes.',
                de: 'Bis wann die Fachperson zusagen muss.',
              },
            }),
            instantField('emailConfirmBy', {
              access: derived,
              readOnly: true,
              description: {
                en: 'Until when the customer has to open the link that they were mailed. Empty: they had not to, or have. Until then the consultant hears nothing of it.',
                de: 'Bis wann der Link aus der Mail geöffnet werden muss. Leer: das war nicht nötig oder ist geschehen. Bis dahin erfährt die Fachperson nichts davon.',
              },
            }),
          ],
        },
        {
          label: { en: 'Price', de: 'Preis' },
          fields: [
            choiceField('charge', charges, {
              access: { create: staffField, read: hostField, update: nobodyField },
              description: {
                en: 'Needed where there is a price. Payment link: the customer is mailed a link, and the time is held until the deadline. Paid elsewhere: booked at once, and the money is noted as received. No charge: booked at once at no price.',
                de: 'Nötig, wo es einen Preis gibt. Zahlungslink: der Link kommt per Mail, die Zeit bleibt bis zur Frist reserviert. Anderswo bezahlt: sofort gebucht, das Geld gilt als erhalten. Kostenlos: sofort gebucht, ohne Preis.',
              },
            }),
            paragraphField('chargeReason', {
              maxLength: 1_000,
              access: saidOnce,
              condition: (data) => data?.charge === 'none',
              description: {
                en: 'Why nothing is charged. Needed where the service has a price.',
                de: 'Warum nichts berechnet wird. Nötig, wo die Leistung einen Preis hat.',
              },
            }),
            textField('chargeReference', {
              access: saidOnce,
              condition: (data) => data?.charge === 'elsewhere',
              description: {
                en: 'Under which the payment is found where it was made. Needed for a session that is paid elsewhere.',
                de: 'Unter der die Zahlung dort zu finden ist, wo sie geleistet wurde. Nötig bei Terminen, die anderswo bezahlt werden.',
              },
            }),
            {
              name: 'price',
              type: 'group',
              admin: {
                description: {
                  en: 'As it was when it was booked. Later changes of prices and policies do not touch it.',
                  de: 'Wie er beim Buchen war. Spätere Änderungen von Preisen und Bedingungen berühren ihn nicht.',
                },
              },
              fields: [
                optionalInGraphql(
                  amountField('amount', {
                    required: true,
                    filledByGuard: true,
                    access: setByStaff,
                    description: { en: 'Left empty: the price that is offered.', de: 'Leer: der angebotene Preis.' },
                  }),
                  currencyField({ required: true, filledByGuard: true, access: setByStaff }),
                  amountField('platformFeeAmount', {
                    required: true,
                    filledByGuard: true,
                    access: hostReads,
                    readOnly: true,
                  }),
                  amountField('consultantPayoutAmount', {
                    required: true,
                    filledByGuard: true,
                    access: hostReads,
                    readOnly: true,
                  }),
                ),
                integerField('platformFeeBps', {
                  max: 10_000,
                  defaultValue: 0,
                  access: hostReads,
                  readOnly: true,
                  description: {
                    en: "The platform's share in hundredths of a percent.",
                    de: 'Der Anteil der Plattform in Hundertstel Prozent.',
                  },
                }),
                jsonField('cancellationPolicy', { access: derived, readOnly: true }),
              ],
            },
            relationField('payment', 'payments', { access: derived, readOnly: true, maxDepth: 0 }),
          ],
        },
        {
          label: { en: 'Problem', de: 'Anliegen' },
          fields: [
            ...intakeFields(setByStaff),
            paragraphField('customerNotes', { access: { create: staffField, update: customerField } }),
            attributesField('scheduled-sessions'),
            attributesColumn,
          ],
        },
        {
          label: { en: 'Meeting', de: 'Videogespräch' },
          fields: [
            {
              name: 'meeting',
              type: 'group',
              fields: [
                choiceField('provider', meetingProviders, { access: setByStaff }),
                textField('meetingId', {
                  access: { read: meetingRoomField, ...derived },
                  readOnly: true,
                }),
                urlField('joinUrl', {
                  access: { read: meetingRoomField, ...setByHost },
                  description: {
                    en: 'What is entered here counts only where no provider makes the room.',
                    de: 'Was hier steht, zählt nur, wo kein Anbieter den Raum anlegt.',
                  },
                }),
                urlField('hostUrl', {
                  access: host,
                  description: {
                    en: 'Opens the room as its host. Never shown to customers.',
                    de: 'Öffnet den Raum als Gastgeber. Wird Kundinnen und Kunden nie gezeigt.',
                  },
                }),
                instantField('startedAt', { access: derived, readOnly: true }),
                instantField('endedAt', { access: derived, readOnly: true }),
                minutesField('actualDurationMinutes', { access: derived, readOnly: true }),
              ],
            },
            {
              name: 'attendance',
              type: 'group',
              access: derived,
              admin: { readOnly: true },
              fields: [
                instantField('consultantJoinedAt'),
                instantField('consultantLeftAt'),
                instantField('customerJoinedAt'),
                instantField('customerLeftAt'),
              ],
            },
            {
              name: 'recording',
              type: 'group',
              fields: [
                textField('recordingId', { access: derived, readOnly: true }),
                urlField('url', { access: setByHost }),
                minutesField('durationMinutes', { access: derived, readOnly: true }),
                instantField('expiresAt', { access: setByStaff }),
                instantField('consentedAt', {
                  access: derived,
                  readOnly: true,
                  description: {
                    en: 'Without consent there is no recording.',
                    de: 'Ohne Einwilligung gibt es keine Aufzeichnung.',
                  },
                }),
                {
                  name: 'notificationSent',
                  type: 'checkbox',
                  defaultValue: false,
                  access: derived,
                  admin: { readOnly: true },
                },
              ],
            },
          ],
        },
        {
          label: { en: 'Outcome', de: 'Ergebnis' },
          fields: [
            paragraphField('aiSummary', { maxLength: 20_000, access: setByHost }),
            textListField('actionItems', { access: setByHost }),
            paragraphField('consultantNotes', {
              maxLength: 20_000,
              access: host,
              description: {
                en: 'Of the consultant; never shown to the customer.',
                de: 'Von der Fachperson; wird Kundinnen und Kunden nie gezeigt.',
              },
            }),
            {
              name: 'consultantFeedback',
              type: 'group',
              access: host,
              admin: {
                description: {
                  en: "The consultant's view of the customer. Never shown to the customer.",
                  de: 'Wie die Fachperson den Termin sah. Wird Kundinnen und Kunden nie gezeigt.',
                },
              },
              fields: [
                integerField('rating', { min: 1, max: 5 }),
                paragraphField('reviewText', { maxLength: 2_000 }),
                instantField('ratedAt', { readOnly: true }),
              ],
            },
            relationField('review', 'reviews', {
              access: derived,
              clearedWithTarget: true,
              readOnly: true,
              maxDepth: 0,
            }),
            paragraphField('internalNotes', {
              access: staffOnly,
              description: { en: 'Of operations; shown to nobody else.', de: 'Vom Betriebsteam; sieht sonst niemand.' },
            }),
          ],
        },
        {
          label: { en: 'History', de: 'Verlauf' },
          fields: [
            {
              name: 'cancellation',
              type: 'group',
              fields: [
                choiceField('by', actorRoles, { access: derived, readOnly: true }),
                instantField('requestedAt', { access: derived, readOnly: true }),
                instantField('approvedAt', { access: derived, readOnly: true }),
                instantField('cancelledAt', { access: derived, readOnly: true }),
                paragraphField('reason', {
                  maxLength: 2_000,
                  description: {
                    en: 'Sent along when the status is changed to a cancelled one.',
                    de: 'Geht mit, wenn der Status auf storniert geändert wird.',
                  },
                }),
              ],
            },
            historyField(hostField),
            {
              name: 'rescheduleHistory',
              type: 'array',
              access: derived,
              admin: { readOnly: true, components: { Field: adminComponent('reschedule-history') } },
              fields: [
                relationField('fromSlot', 'availability-slots', {
                  access: { read: hostField },
                  maxDepth: 0,
                  clearedWithTarget: true,
                }),
                relationField('toSlot', 'availability-slots', {
                  access: { read: hostField },
                  maxDepth: 0,
                  clearedWithTarget: true,
                }),
                instantField('fromStartsAt'),
                instantField('toStartsAt'),
                instantField('at', { required: true }),
                textField('by', { access: { read: hostField } }),
                choiceField('actorRole', actorRoles),
                textField('reason', { maxLength: 2_000 }),
              ],
            },
            {
              name: 'reminders',
              type: 'group',
              access: hostReads,
              admin: { readOnly: true },
              fields: [
                instantField('dayBeforeSentAt'),
                instantField('hourBeforeSentAt'),
                instantField('postSessionSentAt'),
              ],
            },
            integerField('sequence', {
              defaultValue: 0,
              access: hostReads,
              readOnly: true,
              description: {
                en: 'Counts changes of the time, for calendars (iCalendar SEQUENCE).',
                de: 'Zählt Änderungen der Zeit, für Kalender (SEQUENCE in iCalendar).',
              },
            }),
          ],
        },
      ],
    },
    panelField('session-panel'),
    secretField('manageTokenHash'),
  ],
}
