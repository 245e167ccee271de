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
  labels: { singular: 'Connected calendar', plural: 'Connected calendars' },
  admin: {
    group: 'Availability',
    useAsTitle: 'name',
    defaultColumns: ['name', 'consultant', 'countsAsBusy', 'reading', 'syncedAt', 'lastError'],
    listSearchableFields: ['name'],
    description:
      'The calendars of connected accounts. Consultants choose under “My calendar” which of them block time.',
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
      admin: { description: 'Whether sessions can be written to it.' },
    },
    {
      name: 'countsAsBusy',
      type: 'checkbox',
      defaultValue: false,
      admin: { description: 'Whether what stands in it keeps its owner from being booked.' },
    },
    choiceField('reading', calendarReadings, { required: true, defaultValue: 'free_busy', access: staffReadsOnly }),
    integerField('generation', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: 'The busy times of this generation count. 0: never read, so nothing can be booked.',
    }),
    integerField('nextGeneration', {
      access: staffReadsOnly,
      description: 'The generation that a full reading is writing at present; it counts once it is complete.',
    }),
    integerField('readEvents', {
      defaultValue: 0,
      description: 'How many events the reading at work has seen so far.',
    }),
    secretField('syncToken'),
    secretField('pageToken'),
    instantField('syncedAt', { description: 'When it was last read.' }),
    instantField('rebuiltAt', { description: 'When it was last read from the beginning.' }),
    instantField('staleSince', { description: 'Since when reading has failed.' }),
    instantField('nextSyncAt', { access: staffReadsOnly }),
    integerField('failures', { defaultValue: 0, access: staffReadsOnly, description: 'In a row.' }),
    textField('lastError', { maxLength: 1_000 }),
  ],
}
