import type { CollectionConfig } from 'payload'
import { followRequestAfterWrite } from '#hooks/consultation-requests/follow-request-after-write'
import { guardRequest } from '#hooks/consultation-requests/guard-request'
import { lockRequestBeforeWrite } from '#hooks/consultation-requests/lock-request-before-write'
import { staff } from '#access/collection-access'
import { assignedField, derived, requestPartyField, setByStaff, staffField, staffOnly } from '#access/field-access'
import { assignedOrOwnRequests } from '#access/record-access'
import { requestStates } from '#requests/request-states'
import { adminComponent } from '#database/fields/admin-component'
import { historyField } from '#database/fields/history-field'
import { intakeFields } from '#database/fields/intake-fields'
import { relationField } from '#database/fields/relation-fields'
import {
  choiceField,
  languageField,
  paragraphField,
  referenceField,
  secretField,
  textField,
} from '#database/fields/text-fields'
import { instantField, timeZoneField } from '#database/fields/time-fields'

/** Somebody asks for help before a time is fixed; operations or the consultant answers. */
export const ConsultationRequests: CollectionConfig = {
  slug: 'consultation-requests',
  disableDuplicate: true,
  labels: {
    singular: { en: 'Consultation request', de: 'Anfrage' },
    plural: { en: 'Consultation requests', de: 'Anfragen' },
  },
  admin: {
    group: { en: 'Bookings', de: 'Buchungen' },
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'status', 'requester', 'serviceType', 'assignedConsultant', 'urgency', 'requestedAt'],
    listSearchableFields: ['reference', 'problemTitle', 'problemDescription', 'company'],
    description: {
      en: 'Questions that came in before a time was fixed. Choosing a consultant, proposing times or choosing another status does what it says, or says why not.',
      de: 'Anfragen, bevor eine Zeit feststeht. Eine Fachperson, Zeiten oder einen anderen Status zu wählen bewirkt, was dort steht, oder nennt den Grund, warum nicht.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: staff, read: assignedOrOwnRequests, update: assignedOrOwnRequests, delete: staff },
  hooks: {
    beforeOperation: [lockRequestBeforeWrite],
    beforeChange: [guardRequest],
    afterChange: [followRequestAfterWrite],
  },
  indexes: [
    { fields: ['status', 'expiresAt'] },
    { fields: ['assignedConsultant', 'status'] },
    { fields: ['requester', 'status'] },
  ],
  fields: [
    referenceField('RQ'),
    relationField('requester', 'customers', { required: true, access: setByStaff }),
    textField('company', { access: setByStaff }),
    relationField('serviceType', 'service-types', { required: true, access: setByStaff }),
    relationField('preferredConsultant', 'consultant-profiles', { access: setByStaff }),
    instantField('preferredStart', { access: setByStaff }),
    instantField('preferredEnd', { access: setByStaff }),
    paragraphField('requestDetails', {
      access: setByStaff,
      description: { en: 'Topics to cover.', de: 'Worum es gehen soll.' },
    }),
    ...intakeFields(setByStaff),
    choiceField('status', requestStates, {
      required: true,
      defaultValue: 'pending',
      components: { Field: adminComponent('machine-status-field', { machine: 'request' }) },
    }),
    historyField(requestPartyField),
    instantField('requestedAt', { access: derived, readOnly: true }),
    relationField('assignedConsultant', 'consultant-profiles', { access: setByStaff }),
    {
      name: 'proposedTimes',
      type: 'array',
      maxRows: 20,
      access: { create: staffField, update: assignedField },
      admin: {
        description: {
          en: 'Setting them proposes them to the requester. Each must be free at that moment.',
          de: 'Was Sie eintragen, wird vorgeschlagen. Jede Zeit muss in diesem Moment frei sein.',
        },
      },
      fields: [
        instantField('startsAt', { required: true }),
        instantField('endsAt', {
          required: true,
          filledByGuard: true,
          description: {
            en: "Left empty: after the service type's usual length.",
            de: 'Leer: nach der üblichen Länge der Leistung.',
          },
        }),
      ],
    },
    relationField('scheduledSession', 'scheduled-sessions', { unique: true, access: derived, readOnly: true }),
    paragraphField('rejectionReason', { maxLength: 2_000, access: { create: staffField, update: assignedField } }),
    instantField('expiresAt', {
      access: setByStaff,
      description: { en: 'When it ends unanswered.', de: 'Wann sie ohne Antwort endet.' },
    }),
    timeZoneField({ access: setByStaff, description: { en: "The requester's.", de: 'Die der anfragenden Person.' } }),
    languageField({ access: setByStaff }),
    paragraphField('internalNotes', { access: staffOnly }),
    secretField('manageTokenHash'),
  ],
}
