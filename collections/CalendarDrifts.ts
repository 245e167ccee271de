import type { CollectionConfig } from 'payload'
import { nobody } from '#access/collection-access'
import { ofOwnConsultant } from '#access/record-access'
import { driftKinds, driftStates } from '#calendar/entries/event-states'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'

/** What a person changed in an external calendar and Parley does not follow by itself: the expert decides. */
export const CalendarDrifts: CollectionConfig = {
  slug: 'calendar-drifts',
  labels: { singular: 'Calendar difference', plural: 'Calendar differences' },
  admin: {
    group: 'Availability',
    useAsTitle: 'kind',
    defaultColumns: ['kind', 'scheduledSession', 'consultant', 'status', 'externalStartsAt', 'createdAt'],
    description: 'Where a calendar and Parley differ because somebody changed the calendar. The expert decides.',
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ofOwnConsultant, update: nobody, delete: nobody },
  indexes: [{ fields: ['consultant', 'status'] }],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true }),
    relationField('scheduledSession', 'scheduled-sessions', { required: true }),
    relationField('calendarEvent', 'calendar-events', { maxDepth: 0 }),
    choiceField('kind', driftKinds, { required: true }),
    choiceField('status', driftStates, { required: true, defaultValue: 'open' }),
    instantField('externalStartsAt', { description: 'Where the calendar has it.' }),
    instantField('externalEndsAt'),
    instantField('decidedAt'),
    textField('decidedBy', { description: 'Id of whoever decided.' }),
  ],
}
