import type { CollectionConfig } from 'payload'
import { followSession } from '#hooks/scheduled-sessions/follow-session'
import { guardSession } from '#hooks/scheduled-sessions/guard-session'
import { lockSession } from '#hooks/scheduled-sessions/lock-session'
import { admins, staff } from '#access/collection-access'
import { customerField, derived, hostField, setByStaff, staffField, staffOnly } from '#access/field-access'
import { ofOwnConsultantOrCustomer } from '#access/record-access'
import { sessionStates } from '#sessions/session-states'
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
import { meetingProviders } from './ServiceTypes'

/** Staff and the session's consultant read and set it. */
const host = { create: hostField, read: hostField, update: hostField }
const hostReads = { read: hostField, ...derived }
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
  },
  defaultSort: '-startsAt',
  access: { create: staff, read: ofOwnConsultantOrCustomer, update: ofOwnConsultantOrCustomer, delete: admins },
  hooks: { beforeOperation: [lockSession], beforeChange: [guardSession], afterChange: [followSession] },
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
              defaultValue: 'scheduled',
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
            timeZoneField({ required: true, defaultValue: 'UTC', access: setByStaff, description: "The customer's." }),
            languageField({ defaultValue: 'en', access: setByStaff, description: "The customer's." }),
            relationField('request', 'consultation-requests', {
              unique: true,
              access: derived,
              readOnly: true,
              maxDepth: 0,
            }),
            relationField('slot', 'availability-slots', { access: hostReads, readOnly: true, maxDepth: 0 }),
            instantField('paymentDeadline', { access: derived, readOnly: true }),
          ],
        },
        {
          label: 'Price',
          fields: [
            {
              name: 'price',
              type: 'group',
              admin: {
                description: 'As it was when it was booked. Later changes of prices and policies do not touch it.',
              },
              fields: [
                optionalInGraphql(
                  amountField('amount', { required: true, defaultValue: 0, access: setByStaff }),
                  currencyField({ required: true, defaultValue: 'GBP', access: setByStaff }),
                  amountField('platformFeeAmount', {
                    required: true,
                    defaultValue: 0,
                    access: hostReads,
                    readOnly: true,
                  }),
                  amountField('consultantPayoutAmount', {
                    required: true,
                    defaultValue: 0,
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
                textField('meetingId', { access: derived, index: true, readOnly: true }),
                urlField('joinUrl', {
                  access: setByHost,
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
