import { z } from 'zod'
import { defineTranslatedMessage } from '../message-kinds'
import { messageParts } from '../message-parts'

/** What all of these mails have in common. */
const aboutLogin = {
  type: null,
  audiences: ['account'],
  category: 'transactional',
  channels: ['email'],
  primary: 'account',
  data: z.object({ validMinutes: messageParts.validMinutes }),
} as const

/** What has happened to a login; whether it was them is for its owner to say. */
const newsOfLogin = { ...aboutLogin, data: z.object({}) } as const

/** What to do if it was somebody else, which is why these mails are sent. */
const ifNotYou = {
  en: 'If it was not you, choose a new password now, and tell us.',
  de: 'Wenn Sie das nicht waren, wählen Sie jetzt ein neues Passwort, und sagen Sie uns Bescheid.',
} as const

const newPassword = { en: 'Choose a new password', de: 'Neues Passwort wählen' } as const

/** Mails about a login. They are no notifications: they are sent, but not recorded. */
export const accountMessageKinds = {
  account_verify: defineTranslatedMessage({
    ...aboutLogin,
    label: { en: 'Somebody registers', de: 'Registrierung' },
    words: {
      en: {
        account: {
          subject: 'Please confirm your address',
          heading: 'Did you ask for an account?',
          intro:
            'Somebody asked for an account at {{brandName}} with this address. If it was you, choose a password now: the link works for {{validFor}}. If it was not you, do nothing; then no account is made, and nobody learns anything.',
          action: 'It was me: choose a password',
        },
      },
      de: {
        account: {
          subject: 'Bitte bestätigen Sie Ihre Adresse',
          heading: 'Wollten Sie ein Konto anlegen?',
          intro:
            'Jemand möchte mit dieser Adresse ein Konto bei {{brandName}} anlegen. Wenn Sie das waren, wählen Sie jetzt ein Passwort: Der Link gilt {{validFor}}. Wenn nicht, brauchen Sie nichts zu tun; dann entsteht kein Konto, und niemand erfährt etwas.',
          action: 'Das war ich: Passwort wählen',
        },
      },
    },
  }),
  account_known: defineTranslatedMessage({
    ...aboutLogin,
    label: {
      en: 'Somebody registers with the address of an account',
      de: 'Registrierung mit der Adresse eines Kontos',
    },
    words: {
      en: {
        account: {
          subject: 'You have an account already',
          heading: 'You have an account already',
          intro:
            'Somebody tried to register at {{brandName}} with your address. If it was you: you have an account, so log in as always, or choose a new password with the link, which works for {{validFor}}. If it was not you, do nothing; your account stays as it is, and nobody learns that you have one.',
          action: 'Choose a new password',
        },
      },
      de: {
        account: {
          subject: 'Sie haben schon ein Konto',
          heading: 'Sie haben schon ein Konto',
          intro:
            'Jemand wollte sich mit Ihrer Adresse bei {{brandName}} registrieren. Wenn Sie das waren: Sie haben schon ein Konto, melden Sie sich also wie immer an, oder wählen Sie über den Link ein neues Passwort; er gilt {{validFor}}. Wenn nicht, brauchen Sie nichts zu tun; Ihr Konto bleibt, wie es ist, und niemand erfährt, dass Sie eines haben.',
          action: 'Neues Passwort wählen',
        },
      },
    },
  }),
  account_invite: defineTranslatedMessage({
    ...aboutLogin,
    label: { en: 'Invitation to an account that staff have made', de: 'Einladung zu einem angelegten Konto' },
    words: {
      en: {
        account: {
          subject: 'Your account at {{brandName}}',
          heading: 'There is an account for you',
          intro:
            'An account at {{brandName}} was made for this address. Choose a password of your own to confirm it; then you can log in. The link works for {{validFor}}. If you do not know what this is about, do nothing: without you nobody can log in to it.',
          action: 'Choose a password',
        },
      },
      de: {
        account: {
          subject: 'Ihr Konto bei {{brandName}}',
          heading: 'Es gibt ein Konto für Sie',
          intro:
            'Für diese Adresse wurde ein Konto bei {{brandName}} angelegt. Bestätigen Sie es, indem Sie ein eigenes Passwort wählen; danach können Sie sich anmelden. Der Link gilt {{validFor}}. Wenn Sie nicht wissen, worum es geht, brauchen Sie nichts zu tun: Ohne Sie kann sich niemand dort anmelden.',
          action: 'Passwort wählen',
        },
      },
    },
  }),
  password_reset: defineTranslatedMessage({
    ...aboutLogin,
    label: { en: 'New password', de: 'Neues Passwort' },
    words: {
      en: {
        account: {
          subject: 'Choose a new password',
          heading: 'Choose a new password',
          intro:
            'Somebody, probably you, asked for a new password. The link works for {{validFor}}. If it was not you, do nothing: your password stays as it is.',
          action: 'Choose a new password',
        },
      },
      de: {
        account: {
          subject: 'Neues Passwort wählen',
          heading: 'Neues Passwort wählen',
          intro:
            'Jemand, vermutlich Sie, hat ein neues Passwort angefordert. Der Link gilt {{validFor}}. Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
          action: 'Neues Passwort wählen',
        },
      },
    },
  }),
  second_factor_added: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'A second factor was added to a login', de: 'Zweiter Faktor hinzugefügt' },
    words: {
      en: {
        account: {
          subject: 'Your login has a new second factor',
          heading: 'Your login has a new second factor',
          intro: `An authenticator app or a passkey was added to your login at {{brandName}}. From now on it is asked for after the password, and you were logged out everywhere else. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Ihre Anmeldung hat einen neuen zweiten Faktor',
          heading: 'Ihre Anmeldung hat einen neuen zweiten Faktor',
          intro: `Zu Ihrer Anmeldung bei {{brandName}} wurde eine Authenticator-App oder ein Passkey hinzugefügt. Nach dem Passwort wird künftig danach gefragt, und Sie wurden überall sonst abgemeldet. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  second_factor_removed: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'A second factor was removed from a login', de: 'Zweiter Faktor entfernt' },
    words: {
      en: {
        account: {
          subject: 'A second factor was removed from your login',
          heading: 'A second factor was removed from your login',
          intro: `An authenticator app or a passkey was removed from your login at {{brandName}}. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Ein zweiter Faktor Ihrer Anmeldung wurde entfernt',
          heading: 'Ein zweiter Faktor Ihrer Anmeldung wurde entfernt',
          intro: `Von Ihrer Anmeldung bei {{brandName}} wurde eine Authenticator-App oder ein Passkey entfernt. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  second_factor_reset: defineTranslatedMessage({
    ...newsOfLogin,
    label: {
      en: 'Staff have taken all second factors from a login',
      de: 'Alle zweiten Faktoren von Mitarbeitenden entfernt',
    },
    words: {
      en: {
        account: {
          subject: 'Your second factors were removed',
          heading: 'Your second factors were removed',
          intro: `Staff of {{brandName}} have removed all second factors from your login, and you were logged out everywhere. Log in with your password, and set up a new one. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Ihre zweiten Faktoren wurden entfernt',
          heading: 'Ihre zweiten Faktoren wurden entfernt',
          intro: `Mitarbeitende von {{brandName}} haben alle zweiten Faktoren Ihrer Anmeldung entfernt, und Sie wurden überall abgemeldet. Melden Sie sich mit Ihrem Passwort an, und richten Sie einen neuen ein. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  recovery_codes_renewed: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'New recovery codes were made', de: 'Neue Wiederherstellungscodes' },
    words: {
      en: {
        account: {
          subject: 'You have new recovery codes',
          heading: 'You have new recovery codes',
          intro: `New recovery codes were made for your login at {{brandName}}. Those from before open nothing any more. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Sie haben neue Wiederherstellungscodes',
          heading: 'Sie haben neue Wiederherstellungscodes',
          intro: `Für Ihre Anmeldung bei {{brandName}} wurden neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht mehr. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  recovery_code_used: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'Somebody logged in with a recovery code', de: 'Anmeldung mit einem Wiederherstellungscode' },
    words: {
      en: {
        account: {
          subject: 'A recovery code was used',
          heading: 'A recovery code was used',
          intro: `Somebody logged in to your account at {{brandName}} with your password and a recovery code. The code opens nothing any more. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Ein Wiederherstellungscode wurde benutzt',
          heading: 'Ein Wiederherstellungscode wurde benutzt',
          intro: `Jemand hat sich mit Ihrem Passwort und einem Wiederherstellungscode bei {{brandName}} in Ihrem Konto angemeldet. Der Code gilt nicht mehr. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  provider_connected: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'An account elsewhere was connected with a login', de: 'Anderes Konto mit der Anmeldung verbunden' },
    words: {
      en: {
        account: {
          subject: 'There is a new way to log in to your account',
          heading: 'There is a new way to log in to your account',
          intro: `An account with another provider (such as Google) was connected with your login at {{brandName}}. Whoever is logged in there can log in to your account here. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Es gibt einen neuen Weg in Ihr Konto',
          heading: 'Es gibt einen neuen Weg in Ihr Konto',
          intro: `Mit Ihrer Anmeldung bei {{brandName}} wurde ein Konto bei einem anderen Anbieter (etwa Google) verbunden. Wer dort angemeldet ist, kann sich hier in Ihrem Konto anmelden. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  provider_disconnected: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'An account elsewhere was disconnected from a login', de: 'Anderes Konto von der Anmeldung getrennt' },
    words: {
      en: {
        account: {
          subject: 'A way to log in to your account was removed',
          heading: 'A way to log in to your account was removed',
          intro: `An account with another provider (such as Google) was disconnected from your login at {{brandName}}. Nobody logs in with it any more. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Ein Weg in Ihr Konto wurde entfernt',
          heading: 'Ein Weg in Ihr Konto wurde entfernt',
          intro: `Von Ihrer Anmeldung bei {{brandName}} wurde ein Konto bei einem anderen Anbieter (etwa Google) getrennt. Damit meldet sich niemand mehr an. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  login_password_set: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'An administrator has set the password of a login', de: 'Passwort von der Administration gesetzt' },
    words: {
      en: {
        account: {
          subject: 'Your password was changed',
          heading: 'Your password was changed',
          intro: `An administrator of {{brandName}} has set another password for your login. You were logged out everywhere, and accounts with other providers were disconnected. ${ifNotYou.en}`,
          action: newPassword.en,
        },
      },
      de: {
        account: {
          subject: 'Ihr Passwort wurde geändert',
          heading: 'Ihr Passwort wurde geändert',
          intro: `Eine Administratorin oder ein Administrator von {{brandName}} hat für Ihre Anmeldung ein anderes Passwort gesetzt. Sie wurden überall abgemeldet, und Konten bei anderen Anbietern wurden getrennt. ${ifNotYou.de}`,
          action: newPassword.de,
        },
      },
    },
  }),
  login_address_changed: defineTranslatedMessage({
    ...newsOfLogin,
    label: { en: 'An administrator has changed the address of a login', de: 'Adresse von der Administration geändert' },
    words: {
      en: {
        account: {
          subject: 'Your login has another address now',
          heading: 'Your login has another address now',
          intro:
            'An administrator of {{brandName}} has changed the address of your login. This one opens it no more, and this is the last mail that it gets about it. If you did not ask for that, tell us now.',
          action: 'Go to {{brandName}}',
        },
      },
      de: {
        account: {
          subject: 'Ihre Anmeldung hat jetzt eine andere Adresse',
          heading: 'Ihre Anmeldung hat jetzt eine andere Adresse',
          intro:
            'Eine Administratorin oder ein Administrator von {{brandName}} hat die Adresse Ihrer Anmeldung geändert. Diese hier gilt dafür nicht mehr, und das ist die letzte Mail dazu, die sie bekommt. Wenn Sie nicht darum gebeten haben, sagen Sie uns sofort Bescheid.',
          action: 'Zu {{brandName}}',
        },
      },
    },
  }),
}

type AccountMessages = typeof accountMessageKinds

/** The kinds of mails about a login. */
export type AccountMessageKind = keyof AccountMessages

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends AccountMessages {}
}
