import type { CollectionConfig } from 'payload'
import { nobody } from '#access/collection-access'
import { staffReadsOnly } from '#access/field-access'
import { ofOwnConsultant } from '#access/record-access'
import { calendarReadings } from '#calendar/connections/connection-states'
import { integerField } from '#database/fields/number-fields'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, secretField, textField } from '#database/fields/text-fields'
import { instantField, timeZoneField } from '#database/fields/time-fields'

/** One calendar of a connected account, and how far its busy times have been read. Written by the synchronisation alone. */
export const ConnectedCalendars: CollectionConfig = {
  slug: 'connected-calendars',
  labels: {
    singular: { en: 'Connected calendar', de: 'Verbundener Kalender' },
    plural: { en: 'Connected calendars', de: 'Verbundene Kalender' },
  },
  admin: {
    group: { en: 'Availability', de: 'Verfügbarkeit' },
    useAsTitle: 'name',
    defaultColumns: ['name', 'consultant', 'countsAsBusy', 'reading', 'syncedAt', 'lastError'],
    listSearchableFields: ['name'],
    description: {
      en: 'The calendars of connected accounts. Consultants choose under “My calendar” which of them block time.',
      de: 'Die Kalender verbundener Konten. Fachpersonen wählen unter „Mein Kalender“, welche davon Zeit sperren.',
    },
  },
  access: { create: nobody, read: ofOwnConsultant, update: nobody, delete: nobody },
  indexes: [
    { fields: ['connection', 'calendarId'], unique: true },
    { fields: ['consultant', 'countsAsBusy'] },
    { fields: ['nextSyncAt'] },
  ],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true }),
    relationField('connection', 'calendar-connections', { required: true, maxDepth: 0 }),
    textField('calendarId', { required: true, maxLength: 1_024, access: staffReadsOnly }),
    textField('name', { maxLength: 500 }),
    timeZoneField({ defaultValue: 'UTC' }),
    { name: 'isPrimary', type: 'checkbox', defaultValue: false },
    {
      name: 'isWritable',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description: { en: 'Whether sessions can be written to it.', de: 'Ob Termine eingetragen werden können.' },
      },
    },
    {
      name: 'countsAsBusy',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description: {
          en: 'Whether what stands in it keeps its owner from being booked.',
          de: 'Ob sein Inhalt Buchungen verhindert.',
        },
      },
    },
    choiceField('reading', calendarReadings, { required: true, defaultValue: 'free_busy', access: staffReadsOnly }),
    integerField('generation', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: {
        en: 'The busy times of this generation count. 0: never read, so nothing can be booked.',
        de: 'Die belegten Zeiten dieses Stands zählen. 0: nie gelesen, also ist nichts buchbar.',
      },
    }),
    integerField('nextGeneration', {
      access: staffReadsOnly,
      description: {
        en: 'The generation that a full reading is writing at present; it counts once it is complete.',
        de: 'Der Stand, den ein vollständiges Lesen gerade schreibt; er zählt, sobald er vollständig ist.',
      },
    }),
    integerField('readEvents', {
      defaultValue: 0,
      description: {
        en: 'How many events the reading at work has seen so far.',
        de: 'Wie viele Ereignisse das laufende Lesen bisher gesehen hat.',
      },
    }),
    secretField('syncToken'),
    secretField('pageToken'),
    instantField('syncedAt', { description: { en: 'When it was last read.', de: 'Wann er zuletzt gelesen wurde.' } }),
    instantField('rebuiltAt', {
      description: {
        en: 'When it was last read from the beginning.',
        de: 'Wann er zuletzt ganz von vorn gelesen wurde.',
      },
    }),
    instantField('staleSince', {
      description: { en: 'Since when reading has failed.', de: 'Seit wann das Lesen misslingt.' },
    }),
    instantField('nextSyncAt', { access: staffReadsOnly }),
    integerField('failures', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: { en: 'In a row.', de: 'In Folge.' },
    }),
    textField('lastError', { maxLength: 1_000 }),
  ],
}
