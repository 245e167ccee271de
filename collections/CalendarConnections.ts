import type { CollectionConfig } from 'payload'
import { nobody } from '../src/access/collection-access'
import { staffReadsOnly } from '../src/access/field-access'
import { ofOwnConsultant } from '../src/access/record-access'
import { integerField } from '../src/database/fields/number-fields'
import { relationField } from '../src/database/fields/relation-fields'
import { choiceField, jsonField, secretField, textField } from '../src/database/fields/text-fields'
import { instantField } from '../src/database/fields/time-fields'

/** Zoom has no calendar: its connection only opens rooms. */
export const connectionProviders = {
  google: 'Google Calendar',
  ics: 'Calendar address (ICS)',
  zoom: 'Zoom (meetings only)',
} as const

export const connectionStates = {
  connected: 'Connected',
  needs_reauth: 'Must be connected again',
  error: 'Not reachable',
  disconnected: 'Disconnected',
} as const

/** A consultant's linked external calendar. Tokens are encrypted and never leave the server. */
export const CalendarConnections: CollectionConfig = {
  slug: 'calendar-connections',
  labels: { singular: 'Calendar connection', plural: 'Calendar connections' },
  admin: {
    group: 'Availability',
    useAsTitle: 'accountEmail',
    defaultColumns: ['accountEmail', 'consultant', 'provider', 'status', 'syncedAt'],
    listSearchableFields: ['accountEmail'],
    description: 'Linked external calendars. Consultants connect and disconnect their own.',
  },
  access: { create: nobody, read: ofOwnConsultant, update: nobody, delete: ofOwnConsultant },
  indexes: [
    { fields: ['consultant', 'provider', 'externalAccountId'], unique: true },
    { fields: ['status', 'syncedAt'] },
  ],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true }),
    choiceField('provider', connectionProviders, { required: true, defaultValue: 'google' }),
    choiceField('status', connectionStates, { required: true, defaultValue: 'connected' }),
    textField('accountEmail', { description: 'The account at the provider.' }),
    textField('externalAccountId', { access: staffReadsOnly }),
    textField('calendarId', { maxLength: 1_024, description: 'The calendar that sessions are written to.' }),
    jsonField('calendars', { description: 'The calendars of the account, and which of them count as busy.' }),
    jsonField('scopes', { access: staffReadsOnly }),
    secretField('accessToken'),
    secretField('refreshToken'),
    secretField('feedUrl'),
    instantField('tokenExpiresAt', { access: staffReadsOnly }),
    secretField('syncToken'),
    integerField('generation', {
      defaultValue: 0,
      access: staffReadsOnly,
      description: 'Raised by a full rebuild of the busy times.',
    }),
    instantField('syncedAt', { description: 'When its busy times were last read.' }),
    instantField('staleSince', { description: 'Since when reading has failed.' }),
    textField('lastError', { maxLength: 1_000 }),
    {
      name: 'watch',
      type: 'group',
      access: staffReadsOnly,
      admin: { description: 'The channel on which the provider reports changes.' },
      fields: [
        textField('channelId', { index: true }),
        textField('resourceId'),
        secretField('tokenHash'),
        instantField('expiresAt'),
      ],
    },
  ],
}
