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
  labels: { singular: 'Scheduled session', plural: 'Scheduled sessions' },
  admin: {
    group: 'Bookings',
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'startsAt', 'consultant', 'customer', 'serviceType'],
    listSearchableFields: ['reference', 'problemTitle'],
    description: 'Consultations with a fixed time. Choosing another status does what the state says, or says why not.',
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
          label: 'Session',
          fields: [
            referenceField('PY'),
            choiceField('status', sessionStates, {
              required: true,
              filledByGuard: true,
              description: 'Left empty, it follows from how the session is charged.',
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
              description: 'Follows from the start and the duration.',
            }),
            minutesField('durationMinutes', {
              required: true,
              filledByGuard: true,
              min: 1,
              access: setByStaff,
              description: "Left empty: the service type's default.",
            }),
            timeZoneField({
              required: true,
              filledByGuard: true,
              access: setByStaff,
              description: "The customer's, unless something else is entered.",
            }),
            languageField({ access: setByStaff, description: "The customer's, unless something else is entered." }),
            {
              name: 'outsideOfferedTimes',
              type: 'group',
              admin: {
                description:
                  'Only for a time that is not offered: why it is booked all the same. It stands in the history afterwards.',
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
              description: 'Until when the consultant has to say yes.',
            }),
            instantField('emailConfirmBy', {
              access: derived,
              readOnly: true,
              description:
                'Until when the customer has to open the link that they were mailed. Empty: they had not to, or have. Until then the consultant hears nothing of it.',
            }),
          ],
        },
        {
          label: 'Price',
          fields: [
            choiceField('charge', charges, {
              access: { create: staffField, read: hostField, update: nobodyField },
              description:
                'Needed where there is a price. Payment link: the customer is mailed a link, and the time is held until the deadline. Paid elsewhere: booked at once, and the money is noted as received. No charge: booked at once at no price.',
            }),
            paragraphField('chargeReason', {
              maxLength: 1_000,
              access: saidOnce,
              condition: (data) => data?.charge === 'none',
              description: 'Why nothing is charged. Needed where the service has a price.',
            }),
            textField('chargeReference', {
              access: saidOnce,
              condition: (data) => data?.charge === 'elsewhere',
              description:
                'Under which the payment is found where it was made. Needed for a session that is paid elsewhere.',
            }),
            {
              name: 'price',
              type: 'group',
              admin: {
                description: 'As it was when it was booked. Later changes of prices and policies do not touch it.',
              },
              fields: [
                optionalInGraphql(
                  amountField('amount', {
                    required: true,
                    filledByGuard: true,
                    access: setByStaff,
                    description: 'Left empty: the price that is offered.',
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
                  description: "The platform's share in hundredths of a percent.",
                }),
                jsonField('cancellationPolicy', { access: derived, readOnly: true }),
              ],
            },
            relationField('payment', 'payments', { access: derived, readOnly: true, maxDepth: 0 }),
          ],
        },
        {
          label: 'Problem',
          fields: [
            ...intakeFields(setByStaff),
            paragraphField('customerNotes', { access: { create: staffField, update: customerField } }),
            attributesField('scheduled-sessions'),
            attributesColumn,
          ],
        },
        {
          label: 'Meeting',
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
                  description: 'What is entered here counts only where no provider makes the room.',
                }),
                urlField('hostUrl', {
                  access: host,
                  description: 'Opens the room as its host. Never shown to customers.',
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
                  description: 'Without consent there is no recording.',
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
          label: 'Outcome',
          fields: [
            paragraphField('aiSummary', { maxLength: 20_000, access: setByHost }),
            textListField('actionItems', { access: setByHost }),
            paragraphField('consultantNotes', {
              maxLength: 20_000,
              access: host,
              description: 'Of the consultant; never shown to the customer.',
            }),
            {
              name: 'consultantFeedback',
              type: 'group',
              access: host,
              admin: { description: "The consultant's view of the customer. Never shown to the customer." },
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
            paragraphField('internalNotes', { access: staffOnly, description: 'Of operations; shown to nobody else.' }),
          ],
        },
        {
          label: 'History',
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
                  description: 'Sent along when the status is changed to a cancelled one.',
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
              description: 'Counts changes of the time, for calendars (iCalendar SEQUENCE).',
            }),
          ],
        },
      ],
    },
    panelField('session-panel'),
    secretField('manageTokenHash'),
  ],
}
