import type { GlobalConfig } from 'payload'
import { isStaff } from '#access/roles'
import { openChoiceField } from '#database/fields/open-choice-field'
import { choiceField, paragraphField, textField } from '#database/fields/text-fields'
import { messageLanguages } from '#notifications/languages'
import { isMessageKind, messageAudiences, messageKindEntries } from '#notifications/message-kinds'
import { unknownPlaceholders } from '#notifications/message-overrides'
import { refuseDoubledTemplates } from '#hooks/message-templates/refuse-doubled-templates'

/** Says which placeholders a text uses that its message does not have. */
const checkPlaceholders = (value: string, siblingData: Partial<Record<string, unknown>>): string | undefined => {
  if (!isMessageKind(siblingData.kind)) return undefined
  const unknown = unknownPlaceholders(siblingData.kind, value)
  return unknown.length ? `This message has no ${unknown.map((name) => `{${name}}`).join(', ')}.` : undefined
}

/** Words of operations in place of the built-in ones, per message, language and audience. */
export const MessageTemplates: GlobalConfig = {
  slug: 'message-templates',
  label: { en: 'Message templates', de: 'Nachrichtentexte' },
  admin: {
    group: { en: 'Settings', de: 'Einstellungen' },
    description: {
      en: 'Subject and opening words of a message in a language. What is not listed uses the built-in words.',
      de: 'Betreff und Einleitung einer Nachricht in einer Sprache. Was hier fehlt, nutzt die eingebauten Texte.',
    },
  },
  access: { read: ({ req }) => isStaff(req), update: ({ req }) => isStaff(req) },
  hooks: { beforeValidate: [refuseDoubledTemplates] },
  fields: [
    {
      name: 'templates',
      type: 'array',
      maxRows: 500,
      fields: [
        openChoiceField('kind', messageKindEntries, { required: true }),
        openChoiceField('language', messageLanguages.entries, { required: true, defaultValue: 'en' }),
        choiceField('audience', messageAudiences, {
          description: {
            en: 'Left empty: for everybody who gets this message.',
            de: 'Leer: für alle, die diese Nachricht bekommen.',
          },
        }),
        textField('subject', { maxLength: 300, check: checkPlaceholders }),
        paragraphField('intro', { maxLength: 2_000, check: checkPlaceholders }),
      ],
    },
  ],
}
