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
  labels: {
    singular: { en: 'Calendar event', de: 'Kalendereintrag' },
    plural: { en: 'Calendar events', de: 'Kalendereinträge' },
  },
  admin: {
    group: { en: 'Availability', de: 'Verfügbarkeit' },
    useAsTitle: 'eventId',
    defaultColumns: ['scheduledSession', 'consultant', 'state', 'startsAt', 'lastError', 'updatedAt'],
    description: {
      en: 'Sessions in the calendars of their consultants. A worker keeps both equal.',
      de: 'Termine in den Kalendern ihrer Fachpersonen. Ein Hintergrunddienst hält beide gleich.',
    },
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
      description: {
        en: 'Raised by every change that the calendar has to follow.',
        de: 'Steigt mit jeder Änderung, der der Kalender folgen muss.',
      },
    }),
    integerField('deliveredVersion', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: { en: 'The version that the calendar has.', de: 'Der Stand, den der Kalender hat.' },
    }),
    textField('calendarId', {
      maxLength: 1_024,
      access: staffReadsOnly,
      description: {
        en: 'The calendar that it was last written to.',
        de: 'Der Kalender, in den zuletzt geschrieben wurde.',
      },
    }),
    textField('eventId', {
      required: true,
      access: staffReadsOnly,
      description: { en: 'Made by us.', de: 'Von uns vergeben.' },
    }),
    integerField('idGeneration', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: {
        en: 'Raised when an id cannot be used again; the id follows from it.',
        de: 'Steigt, wenn eine ID nicht wieder verwendet werden kann; die ID folgt daraus.',
      },
    }),
    instantField('attemptedAt', {
      access: staffReadsOnly,
      description: {
        en: 'When the present id was first sent to the calendar. Empty: it cannot be there.',
        de: 'Wann die aktuelle ID zuerst an den Kalender ging. Leer: sie kann nicht dort sein.',
      },
    }),
    instantField('placedAt', {
      access: staffReadsOnly,
      description: {
        en: 'Since when it is known to stand in the calendar.',
        de: 'Seit wann bekannt ist, dass der Eintrag im Kalender steht.',
      },
    }),
    instantField('removalAskedAt', {
      access: staffReadsOnly,
      description: {
        en: 'When we began to remove it, so that nobody else is held to have done so.',
        de: 'Wann wir begonnen haben, ihn zu entfernen, damit es niemand anderem zugerechnet wird.',
      },
    }),
    instantField('startsAt', { description: { en: 'As the calendar has it.', de: 'Wie es im Kalender steht.' } }),
    instantField('endsAt', { description: { en: 'As the calendar has it.', de: 'Wie es im Kalender steht.' } }),
    integerField('failures', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: { en: 'In a row.', de: 'In Folge.' },
    }),
    instantField('nextAttemptAt', { access: staffReadsOnly }),
    textField('lastError', { maxLength: 1_000 }),
  ],
}
