import type { CollectionConfig } from 'payload'
import { admins, nobody } from '#access/collection-access'
import { hostField, staffField } from '#access/field-access'
import { ofOwnConsultantOrCustomer } from '#access/record-access'
import { integerField, minutesField } from '#database/fields/number-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, paragraphField, textField, urlField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { meetingProviders } from '#meetings/meeting-providers'

const host = { read: hostField }

/** What really happened in the video room, as its provider reported it. */
export const Meetings: CollectionConfig = {
  slug: 'meetings',
  labels: { singular: { en: 'Meeting', de: 'Videogespräch' }, plural: { en: 'Meetings', de: 'Videogespräche' } },
  admin: {
    group: { en: 'Bookings', de: 'Buchungen' },
    useAsTitle: 'providerMeetingId',
    defaultColumns: ['providerMeetingId', 'scheduledSession', 'provider', 'actualStartAt', 'durationMinutes'],
    listSearchableFields: ['providerMeetingId'],
    description: {
      en: 'What the video providers reported: who joined when, recordings. Written by the system.',
      de: 'Was die Videodienste gemeldet haben: wer wann dabei war, Aufzeichnungen. Schreibt das System.',
    },
  },
  access: { create: nobody, read: ofOwnConsultantOrCustomer, update: nobody, delete: admins },
  indexes: [{ fields: ['provider', 'providerMeetingId'], unique: true }],
  fields: [
    relationField('scheduledSession', 'scheduled-sessions', { required: true }),
    choiceField('provider', meetingProviders, { required: true, defaultValue: 'jitsi' }),
    textField('providerMeetingId', { required: true }),
    relationField('consultant', 'consultant-profiles', { required: true }),
    relationField('customer', 'customers', { required: true }),
    instantField('scheduledStartAt'),
    instantField('actualStartAt'),
    instantField('actualEndAt'),
    minutesField('durationMinutes'),
    {
      name: 'participants',
      type: 'array',
      fields: [
        textField('userId', { access: host }),
        textField('name'),
        { name: 'email', type: 'email', access: { read: staffField } },
        instantField('joinedAt'),
        instantField('leftAt'),
        minutesField('durationMinutes'),
      ],
    },
    { name: 'hasRecording', type: 'checkbox', defaultValue: false },
    textField('recordingId', { access: host }),
    urlField('recordingUrl'),
    minutesField('recordingDurationMinutes'),
    { name: 'screenshare', type: 'checkbox', defaultValue: false },
    minutesField('screenShareDurationMinutes'),
    paragraphField('transcript', { maxLength: 1_000_000 }),
    integerField('eventCount', {
      defaultValue: 0,
      access: host,
      description: { en: 'How many reports it was made from.', de: 'Aus wie vielen Meldungen es entstanden ist.' },
    }),
  ],
}
