import type { CollectionConfig } from 'payload'
import { nobody } from '#access/collection-access'
import { ofOwnConsultant } from '#access/record-access'
import { staffReadsOnly } from '#access/field-access'
import { integerField } from '#database/fields/number-fields'
import { relationField } from '#database/fields/relation-fields'
import { textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'

/** Intervals in which an external calendar says that the consultant is not free. No titles: they are nobody's business. */
export const BusyTimes: CollectionConfig = {
  slug: 'busy-times',
  labels: { singular: { en: 'Busy time', de: 'Belegte Zeit' }, plural: { en: 'Busy times', de: 'Belegte Zeiten' } },
  admin: {
    group: { en: 'Availability', de: 'Verfügbarkeit' },
    useAsTitle: 'startsAt',
    defaultColumns: ['startsAt', 'endsAt', 'consultant', 'calendar'],
    description: {
      en: 'From external calendars. Written by the synchronisation alone.',
      de: 'Aus externen Kalendern. Schreibt nur der Abgleich.',
    },
  },
  // What was read last. There are as many as consultants have appointments, and no index by their start alone.
  defaultSort: '-updatedAt',
  access: { create: nobody, read: ofOwnConsultant, update: nobody, delete: nobody },
  indexes: [
    { fields: ['consultant', 'startsAt', 'endsAt'] },
    { fields: ['calendar', 'generation', 'sourceId'], unique: true },
  ],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true }),
    relationField('calendar', 'connected-calendars', { required: true, maxDepth: 0 }),
    instantField('startsAt', { required: true }),
    instantField('endsAt', { required: true }),
    textField('sourceId', {
      required: true,
      maxLength: 1_200,
      access: staffReadsOnly,
      description: { en: 'The event it comes from.', de: 'Das Ereignis, aus dem sie kommt.' },
    }),
    integerField('generation', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: {
        en: 'The reading it comes from. Those of the calendar’s present generation count.',
        de: 'Der Lesevorgang, aus dem sie kommt. Es zählen die des aktuellen Stands.',
      },
    }),
  ],
}
