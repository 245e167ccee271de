import type { CollectionConfig } from 'payload'
import { nobody, staff } from '#access/collection-access'
import { adminComponent } from '#database/fields/admin-component'
import { integerField } from '#database/fields/number-fields'
import { panelField } from '#database/fields/panel-field'
import { choiceField, paragraphField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { inboxStates } from '#shared/inbox-states'

/** The inbox of Stripe's webhooks: stored before it is answered, worked off by the worker, kept for replay. */
export const StripeEvents: CollectionConfig = {
  slug: 'stripe-events',
  labels: {
    singular: { en: 'Stripe event', de: 'Stripe-Ereignis' },
    plural: { en: 'Stripe events', de: 'Stripe-Ereignisse' },
  },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'eventId',
    defaultColumns: ['eventId', 'type', 'status', 'attempts', 'receivedAt'],
    listSearchableFields: ['eventId', 'type', 'objectId'],
    description: {
      en: 'What Stripe reported. Written by the system alone.',
      de: 'Was Stripe gemeldet hat. Schreibt nur das System.',
    },
    components: { beforeListTable: [adminComponent('failed-events-bar')] },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: staff, update: nobody, delete: nobody },
  indexes: [{ fields: ['eventId', 'account'], unique: true }, { fields: ['status', 'receivedAt'] }],
  fields: [
    panelField('stripe-event-panel'),
    textField('eventId', { required: true }),
    textField('account', {
      defaultValue: '',
      description: {
        en: "The connected account; empty for the platform's own.",
        de: 'Das verbundene Konto; leer beim Konto der Plattform.',
      },
    }),
    textField('type', { required: true }),
    textField('objectId', {
      index: true,
      description: { en: 'The object that it speaks of.', de: 'Das Objekt, von dem es spricht.' },
    }),
    textField('apiVersion'),
    { name: 'livemode', type: 'checkbox', defaultValue: false },
    choiceField('status', inboxStates, { required: true, defaultValue: 'received' }),
    {
      name: 'payload',
      type: 'json',
      required: true,
      admin: {
        components: { Field: adminComponent('json-field') },
        disableListColumn: true,
        description: {
          en: 'What Stripe sent, without what was blank. Kept until the event is dealt with; Stripe itself shows it for longer.',
          de: 'Was Stripe gesendet hat, ohne leere Angaben. Bleibt, bis das Ereignis bearbeitet ist; Stripe selbst zeigt es länger.',
        },
      },
    },
    instantField('occurredAt'),
    instantField('receivedAt', { required: true }),
    instantField('processedAt'),
    integerField('attempts', { defaultValue: 0 }),
    paragraphField('error', { maxLength: 10_000 }),
  ],
}
