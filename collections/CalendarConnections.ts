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
  labels: {
    singular: { en: 'Calendar connection', de: 'Kalenderverbindung' },
    plural: { en: 'Calendar connections', de: 'Kalenderverbindungen' },
  },
  admin: {
    group: { en: 'Availability', de: 'Verfügbarkeit' },
    useAsTitle: 'accountEmail',
    defaultColumns: ['accountEmail', 'consultant', 'provider', 'status', 'syncedAt', 'lastError'],
    listSearchableFields: ['accountEmail'],
    description: {
      en: 'Linked external calendars. Consultants connect and disconnect their own under “My calendar”.',
      de: 'Verbundene externe Kalender. Fachpersonen verbinden und trennen ihre eigenen unter „Mein Kalender“.',
    },
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
    textField('accountEmail', { description: { en: 'The account at the provider.', de: 'Das Konto beim Anbieter.' } }),
    textField('externalAccountId', { access: staffReadsOnly }),
    textField('calendarId', {
      maxLength: 1_024,
      description: {
        en: 'The calendar that sessions are written to. Empty: none of this account.',
        de: 'Der Kalender, in den Termine eingetragen werden. Leer: keiner dieses Kontos.',
      },
    }),
    jsonField('scopes', {
      access: staffReadsOnly,
      description: { en: 'What was allowed on the consent page.', de: 'Was auf der Zustimmungsseite erlaubt wurde.' },
    }),
    secretField('accessToken'),
    secretField('refreshToken'),
    secretField('feedUrl'),
    instantField('tokenExpiresAt', { access: staffReadsOnly }),
    instantField('connectedAt'),
    instantField('disconnectedAt'),
    instantField('syncedAt', {
      description: {
        en: 'When all of its busy times were last read.',
        de: 'Wann zuletzt alle belegten Zeiten gelesen wurden.',
      },
    }),
    instantField('staleSince', {
      description: { en: 'Since when reading has failed.', de: 'Seit wann das Lesen misslingt.' },
    }),
    textField('lastError', {
      maxLength: 1_000,
      description: {
        en: 'Why reading or writing failed last.',
        de: 'Warum das Lesen oder Schreiben zuletzt misslang.',
      },
    }),
    instantField('toldAt', {
      access: staffReadsOnly,
      description: {
        en: 'When people were told of the present trouble; they are told once.',
        de: 'Wann über die aktuelle Störung informiert wurde; das geschieht einmal.',
      },
    }),
  ],
}
