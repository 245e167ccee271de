import type { CollectionConfig } from 'payload'
import { nobody, staff } from '#access/collection-access'
import { derived, staffReadsOnly } from '#access/field-access'
import { ownNotifications } from '#access/record-access'
import { integerField } from '#database/fields/number-fields'
import { optionalInGraphql } from '#database/fields/optional-in-graphql'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, jsonField, languageField, paragraphField, textField } from '#database/fields/text-fields'
import { openChoiceField, openOptions } from '#database/fields/open-choice-field'
import { instantField } from '#database/fields/time-fields'
import { messageChannels } from '#notifications/channels/message-channels'
import { deliveryStates } from '#notifications/delivery-states'
import { messageAudiences, messageKindEntries } from '#notifications/message-kinds'
import { notificationTypes } from '#notifications/notification-types'

/** One message to one person, sent over one channel, and shown in the app if that is one of its channels. Removed after the days that operations have set. */
export const Notifications: CollectionConfig = {
  slug: 'notifications',
  labels: { singular: { en: 'Notification', de: 'Nachricht' }, plural: { en: 'Notifications', de: 'Nachrichten' } },
  admin: {
    group: { en: 'Communication', de: 'Kommunikation' },
    useAsTitle: 'title',
    defaultColumns: ['title', 'type', 'recipient', 'recipientCustomer', 'delivery.state', 'createdAt'],
    listSearchableFields: ['title', 'message'],
    description: {
      en: 'What was sent to whom, and whether it arrived.',
      de: 'Was an wen ging, und ob es angekommen ist.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: nobody, read: ownNotifications, update: ownNotifications, delete: staff },
  indexes: [
    { fields: ['recipient', 'createdAt'] },
    { fields: ['recipientCustomer', 'isRead'] },
    { fields: ['delivery.state', 'delivery.nextAttemptAt'] },
  ],
  fields: [
    relationField('recipient', 'users', {
      access: derived,
      clearedWithTarget: true,
      readOnly: true,
      maxDepth: 0,
      description: { en: 'The login, if there is one.', de: 'Das Konto, falls es eines gibt.' },
    }),
    relationField('recipientCustomer', 'customers', {
      access: derived,
      clearedWithTarget: true,
      readOnly: true,
      maxDepth: 0,
      description: { en: 'The customer, for guests too.', de: 'Kundin oder Kunde, auch bei Gästen.' },
    }),
    choiceField('type', notificationTypes, { required: true, access: derived, readOnly: true }),
    openChoiceField('kind', messageKindEntries, {
      access: staffReadsOnly,
      readOnly: true,
      description: {
        en: 'Which text was sent; several kinds can be of one type.',
        de: 'Welcher Text gesendet wurde; mehrere Arten können von einem Typ sein.',
      },
    }),
    choiceField('audience', messageAudiences, { access: staffReadsOnly, readOnly: true }),
    textField('title', { required: true, access: derived, readOnly: true, maxLength: 500 }),
    paragraphField('message', { access: derived, readOnly: true, maxLength: 10_000 }),
    textField('action', { access: derived, readOnly: true }),
    textField('actionUrl', { access: derived, readOnly: true, maxLength: 2_000 }),
    relationField('scheduledSession', 'scheduled-sessions', {
      access: derived,
      clearedWithTarget: true,
      readOnly: true,
      maxDepth: 0,
    }),
    relationField('request', 'consultation-requests', {
      access: derived,
      clearedWithTarget: true,
      readOnly: true,
      maxDepth: 0,
    }),
    relationField('payment', 'payments', { access: derived, clearedWithTarget: true, readOnly: true, maxDepth: 0 }),
    { name: 'isRead', type: 'checkbox', defaultValue: false },
    { name: 'isArchived', type: 'checkbox', defaultValue: false },
    {
      name: 'channels',
      type: 'select',
      hasMany: true,
      get options() {
        return openOptions(messageChannels.entries)
      },
      access: derived,
      admin: { readOnly: true },
    },
    languageField({ access: derived, readOnly: true }),
    instantField('emailSentAt', { access: derived, readOnly: true }),
    instantField('smsSentAt', { access: derived, readOnly: true }),
    {
      name: 'delivery',
      type: 'group',
      access: staffReadsOnly,
      admin: { readOnly: true },
      fields: [
        optionalInGraphql(
          openChoiceField('channel', messageChannels.entries, {
            required: true,
            defaultValue: 'email',
            description: {
              en: 'Over which it is sent. A message that goes over several channels has a row for each.',
              de: 'Über den sie gesendet wird. Geht sie über mehrere Kanäle, hat jeder einen eigenen Eintrag.',
            },
          }),
        ),
        optionalInGraphql(choiceField('state', deliveryStates, { required: true, defaultValue: 'queued' })),
        integerField('attempts', { defaultValue: 0 }),
        instantField('nextAttemptAt'),
        textField('error', { maxLength: 2_000 }),
        textField('providerMessageId'),
      ],
    },
    textField('dedupeKey', {
      unique: true,
      access: staffReadsOnly,
      readOnly: true,
      maxLength: 255,
      description: {
        en: 'The same message to the same person is recorded once.',
        de: 'Dieselbe Nachricht an dieselbe Person wird einmal erfasst.',
      },
    }),
    jsonField('metadata', { access: staffReadsOnly, readOnly: true }),
    instantField('expiresAt', {
      access: derived,
      readOnly: true,
      description: {
        en: 'Removed after this, unless the setting for messages was changed since.',
        de: 'Wird danach gelöscht, sofern die Einstellung für Nachrichten nicht geändert wurde.',
      },
    }),
  ],
}
