import type { CollectionConfig } from 'payload'
import { nobody } from '#access/collection-access'
import { ofOwnConsultant } from '#access/record-access'
import { differenceKinds, differenceStates } from '#calendar/entries/event-states'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'

/** What a person changed in an external calendar and Parley does not follow by itself: the expert decides. */
export const CalendarDifferences: CollectionConfig = {
  slug: 'calendar-differences',
  labels: {
    singular: { en: 'Calendar difference', de: 'Kalenderabweichung' },
    plural: { en: 'Calendar differences', de: 'Kalenderabweichungen' },
  },
  admin: {
    group: { en: 'Availability', de: 'Verfügbarkeit' },
    useAsTitle: 'kind',
    defaultColumns: ['kind', 'scheduledSession', 'consultant', 'status', 'externalStartsAt', 'createdAt'],
    description: {
      en: 'Where a calendar and Parley differ because somebody changed the calendar. The expert decides.',
      de: 'Wo ein Kalender und Parley voneinander abweichen, weil jemand den Kalender geändert hat. Die Fachperson entscheidet.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnConsultant, update: nobody, delete: nobody },
  indexes: [{ fields: ['consultant', 'status'] }],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true }),
    relationField('calendarEvent', 'calendar-events', { maxDepth: 0 }),
    choiceField('kind', differenceKinds, { required: true }),
    choiceField('status', differenceStates, { required: true, defaultValue: 'open' }),
    instantField('externalStartsAt', {
      description: { en: 'Where the calendar has it.', de: 'Wo er im Kalender steht.' },
    }),
    instantField('externalEndsAt'),
    instantField('decidedAt'),
    textField('decidedBy', {
      description: { en: 'Id of whoever decided.', de: 'ID der Person, die entschieden hat.' },
    }),
  ],
}
