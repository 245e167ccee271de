import { z } from 'zod'
import { defineTranslatedMessage } from '../message-kinds'
import { messageParts } from '../message-parts'

/** Mails about a login. They are no notifications: they are sent, but not recorded. */
export const accountMessageKinds = {
  account_verify: defineTranslatedMessage({
    label: 'Verify the address',
    type: null,
    audiences: ['account'],
    category: 'transactional',
    channels: ['email'],
    primary: 'account',
    data: z.object({}),
    words: {
      en: {
        account: {
          subject: 'Please verify your address',
          heading: 'Is this your address?',
          intro: 'Please confirm that this address is yours. Then you can log in.',
          action: 'Yes, this is my address',
        },
      },
      de: {
        account: {
          subject: 'Bitte bestätigen Sie Ihre Adresse',
          heading: 'Ist das Ihre Adresse?',
          intro: 'Bitte bestätigen Sie, dass diese Adresse Ihnen gehört. Danach können Sie sich anmelden.',
          action: 'Ja, das ist meine Adresse',
        },
      },
    },
  }),
  password_reset: defineTranslatedMessage({
    label: 'New password',
    type: null,
    audiences: ['account'],
    category: 'transactional',
    channels: ['email'],
    primary: 'account',
    data: z.object({ validMinutes: messageParts.validMinutes }),
    words: {
      en: {
        account: {
          subject: 'Choose a new password',
          heading: 'Choose a new password',
          intro: 'Somebody, probably you, asked for a new password. The link works for {{validFor}}.',
          action: 'Choose a new password',
        },
      },
      de: {
        account: {
          subject: 'Neues Passwort wählen',
          heading: 'Neues Passwort wählen',
          intro: 'Jemand, vermutlich Sie, hat ein neues Passwort angefordert. Der Link gilt {{validFor}}.',
          action: 'Neues Passwort wählen',
        },
      },
    },
  }),
}

type AccountMessages = typeof accountMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends AccountMessages {}
}
