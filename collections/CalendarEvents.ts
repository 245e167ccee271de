import type { CollectionConfig } from 'payload'
import { nobody } from '#access/collection-access'
import { staffReadsOnly } from '#access/field-access'
import { ofOwnConsultant } from '#access/record-access'
import { calendarEventStates } from '#calendar/entries/event-states'
import { integerField } from '#database/fields/number-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'

/** The entry of one session in one connected account: what should stand there, and what does. */
export const CalendarEvents: CollectionConfig = {
  slug: 'calendar-events',
  labels: { singular: 'Calendar event', plural: 'Calendar events' },
  admin: {
    group: 'Availability',
    useAsTitle: 'eventId',
    defaultColumns: ['scheduledSession', 'consultant', 'state', 'startsAt', 'lastError', 'updatedAt'],
    description: 'Sessions in the calendars of their consultants. A worker keeps both equal.',
  },
  defaultSort: '-updatedAt',
  access: { create: nobody, read: ofOwnConsultant, update: nobody, delete: nobody },
  indexes: [
    { fields: ['scheduledSession', 'connection'], unique: true },
    { fields: ['connection', 'eventId'], unique: true },
  ],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true }),
    relationField('connection', 'calendar-connections', { required: true, maxDepth: 0 }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true }),
    choiceField('state', calendarEventStates, { required: true, defaultValue: 'queued' }),
    integerField('desiredVersion', {
      defaultValue: 1,
      access: staffReadsOnly,
      description: 'Raised by every change that the calendar has to follow.',
    }),
    integerField('deliveredVersion', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: 'The version that the calendar has.',
    }),
    textField('calendarId', {
      maxLength: 1_024,
      access: staffReadsOnly,
      description: 'The calendar that it was last written to.',
    }),
    textField('eventId', { required: true, access: staffReadsOnly, description: 'Made by us.' }),
    integerField('idGeneration', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: 'Raised when an id cannot be used again; the id follows from it.',
    }),
    instantField('attemptedAt', {
      access: staffReadsOnly,
      description: 'When the present id was first sent to the calendar. Empty: it cannot be there.',
    }),
    instantField('placedAt', {
      access: staffReadsOnly,
      description: 'Since when it is known to stand in the calendar.',
    }),
    instantField('removalAskedAt', {
      access: staffReadsOnly,
      description: 'When we began to remove it, so that nobody else is held to have done so.',
    }),
    instantField('startsAt', { description: 'As the calendar has it.' }),
    instantField('endsAt', { description: 'As the calendar has it.' }),
    integerField('failures', { defaultValue: 0, access: staffReadsOnly, description: 'In a row.' }),
    instantField('nextAttemptAt', { access: staffReadsOnly }),
    textField('lastError', { maxLength: 1_000 }),
  ],
}
