import type { CollectionConfig } from 'payload'
import { nobody } from '#access/collection-access'
import { staffReadsOnly } from '#access/field-access'
import { ofOwnConsultant } from '#access/record-access'
import { calendarProviders } from '#calendar/calendar-providers'
import { connectionStates } from '#calendar/connections/connection-states'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, jsonField, optionsOf, secretField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'

/** A consultant's linked external account. Tokens are encrypted and never leave the server. */
export const CalendarConnections: CollectionConfig = {
  slug: 'calendar-connections',
  labels: { singular: 'Calendar connection', plural: 'Calendar connections' },
  admin: {
    group: 'Availability',
    useAsTitle: 'accountEmail',
    defaultColumns: ['accountEmail', 'consultant', 'provider', 'status', 'syncedAt', 'lastError'],
    listSearchableFields: ['accountEmail'],
    description: 'Linked external calendars. Consultants connect and disconnect their own under “My calendar”.',
  },
  access: { create: nobody, read: ofOwnConsultant, update: nobody, delete: nobody },
  indexes: [
    { fields: ['consultant', 'provider', 'externalAccountId'], unique: true },
    { fields: ['status', 'syncedAt'] },
  ],
  fields: [
    relationField('consultant', 'consultant-profiles', { required: true }),
    {
      ...choiceField('provider', {}, { required: true, defaultValue: 'google' }),
      // An installation has added its own by the time that they are asked for.
      get options() {
        return optionsOf(Object.fromEntries(calendarProviders.entries()))
      },
    },
    choiceField('status', connectionStates, { required: true, defaultValue: 'connected' }),
    textField('accountEmail', { description: 'The account at the provider.' }),
    textField('externalAccountId', { access: staffReadsOnly }),
    textField('calendarId', {
      maxLength: 1_024,
      description: 'The calendar that sessions are written to. Empty: none of this account.',
    }),
    jsonField('scopes', { access: staffReadsOnly, description: 'What was allowed on the consent page.' }),
    secretField('accessToken'),
    secretField('refreshToken'),
    secretField('feedUrl'),
    instantField('tokenExpiresAt', { access: staffReadsOnly }),
    instantField('connectedAt'),
    instantField('disconnectedAt'),
    instantField('syncedAt', { description: 'When all of its busy times were last read.' }),
    instantField('staleSince', { description: 'Since when reading has failed.' }),
    textField('lastError', { maxLength: 1_000, description: 'Why reading or writing failed last.' }),
    instantField('toldAt', {
      access: staffReadsOnly,
      description: 'When people were told of the present trouble; they are told once.',
    }),
  ],
}
