import { z } from 'zod'
import { defineMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'

/** What a client should bring. `fileNumber` is a placeholder because it stands in `data`. */
export const preparation = defineMessage({
  kind: 'practice_preparation',
  label: 'How to prepare for the session',
  type: 'booking_confirmation',
  audiences: ['customer'],
  category: 'transactional',
  channels: ['email', 'in-app', 'practice_postbox'],
  primary: 'manage',
  onlyWhile: { session: ['scheduled'] },
  usefulUntil: 'start',
  data: z.object({ session: messageParts.session, fileNumber: z.string() }),
  // The firm gives files their numbers. What clients write would be `anybody`.
  writtenBy: { fileNumber: 'us' },
  words: {
    en: {
      customer: {
        subject: 'Please prepare: your file {{fileNumber}}',
        heading: 'What to have at hand',
        intro:
          'Please have your contract and all letters at hand on {{when}}, and quote {{fileNumber}} when you write.',
        action: 'View your booking',
      },
    },
    de: {
      customer: {
        subject: 'Bitte vorbereiten: Ihre Akte {{fileNumber}}',
        intro: 'Bitte halten Sie am {{when}} Ihren Vertrag und alle Schreiben bereit. Ihr Zeichen: {{fileNumber}}.',
      },
    },
  },
})
