import type { GlobalConfig } from 'payload'
import { isStaff } from '#access/roles'
import { integerField, minutesField, percentageField } from '#database/fields/number-fields'
import { optionalInGraphql } from '#database/fields/optional-in-graphql'
import { cancellationPolicyFields } from '#database/fields/policy-fields'
import { instantField } from '#database/fields/time-fields'
import { choiceField, paragraphField, textField } from '#database/fields/text-fields'
import { currencyField } from '#database/fields/money-fields'
import { currencyOptions, supportedCurrencies } from '#shared/money'
import { keepFromLockingOut } from '#hooks/booking-settings/keep-from-locking-out'
import { useNewBookingSettings } from '#hooks/booking-settings/use-new-booking-settings'
import { retentionNames, retentionSettings } from '#shared/retention'
import { meetingProviders } from '#meetings/meeting-providers'

/** What operations decide for all bookings. Bookings that exist keep what they were made with. */
export const BookingSettings: GlobalConfig = {
  slug: 'booking-settings',
  label: { en: 'Booking settings', de: 'Buchungseinstellungen' },
  admin: {
    group: { en: 'Settings', de: 'Einstellungen' },
    description: {
      en: 'For new bookings. Those that exist keep what they were made with.',
      de: 'Für neue Buchungen. Bestehende behalten, womit sie entstanden sind.',
    },
  },
  access: { read: ({ req }) => isStaff(req), update: ({ req }) => isStaff(req) },
  hooks: { beforeChange: [keepFromLockingOut], afterChange: [useNewBookingSettings] },
  fields: [
    percentageField('platformFeePercentage', {
      required: true,
      defaultValue: 15,
      description: { en: "The platform's share of the price.", de: 'Der Anteil der Plattform am Preis.' },
    }),
    minutesField('holdMinutes', {
      required: true,
      min: 1,
      max: 60,
      defaultValue: 10,
      description: {
        en: 'How long a time is held while somebody fills in the form.',
        de: 'Wie lange eine Zeit reserviert bleibt, während jemand das Formular ausfüllt.',
      },
    }),
    minutesField('paymentDeadlineMinutes', {
      required: true,
      min: 1,
      defaultValue: 30,
      description: {
        en: 'How long a time is held while somebody pays.',
        de: 'Wie lange eine Zeit reserviert bleibt, während jemand bezahlt.',
      },
    }),
    {
      name: 'bounds',
      type: 'group',
      admin: {
        description: {
          en: 'How much time can be taken by people who have neither paid nor shown who they are: what is held, waits, or is booked at no charge, all of it at the same time. From three quarters of a bound on, visitors without a login have to let their device compute something first. Staff are not bounded, nor is a consultant in their own time.',
          de: 'Wie viel Zeit Menschen belegen können, die weder bezahlt noch gezeigt haben, wer sie sind: was reserviert ist, wartet oder kostenlos gebucht ist, alles zusammen. Ab drei Vierteln einer Grenze muss das Gerät von Besuchern ohne Anmeldung zuerst etwas berechnen. Für Mitarbeitende gelten die Grenzen nicht, für Fachpersonen nicht in ihrer eigenen Zeit.',
        },
      },
      fields: [
        integerField('callerTimes', {
          required: true,
          min: 1,
          max: 1_000_000,
          defaultValue: 200,
          description: {
            en: 'Times that one visitor has, of all consultants. A visitor is a login, or else a network: a household, an office, a mobile provider.',
            de: 'So viele Zeiten kann ein Besucher haben, über alle Fachpersonen. Ein Besucher ist ein Konto, sonst ein Netz: ein Haushalt, ein Büro, ein Mobilfunkanbieter.',
          },
        }),
        percentageField('callerShare', {
          required: true,
          defaultValue: 5,
          description: {
            en: "How much of one consultant's open time one visitor or one e-mail address has, in percent. Ten times are possible in any case, unless they are more than half.",
            de: 'Wie viel der offenen Zeit einer Fachperson ein Besucher oder eine E-Mail-Adresse haben kann, in Prozent. Zehn Zeiten sind immer möglich, außer sie sind mehr als die Hälfte.',
          },
        }),
        integerField('inboxTimes', {
          required: true,
          min: 1,
          max: 1_000_000,
          defaultValue: 30,
          description: {
            en: 'Times that one e-mail address has, of all consultants.',
            de: 'So viele Zeiten kann eine E-Mail-Adresse haben, über alle Fachpersonen.',
          },
        }),
        percentageField('strangersShare', {
          required: true,
          defaultValue: 50,
          description: {
            en: "How much of one consultant's open time all visitors together have who have no login and have not opened a link that was mailed to them, in percent.",
            de: 'Wie viel der offenen Zeit einer Fachperson alle Besucher zusammen haben können, die weder ein Konto haben noch einen Link aus einer Mail geöffnet haben, in Prozent.',
          },
        }),
      ],
    },
    minutesField('emailConfirmMinutes', {
      required: true,
      min: 5,
      defaultValue: 60,
      description: {
        en: 'How long a time is held while somebody opens the link that they were mailed. Service types say who has to.',
        de: 'Wie lange eine Zeit reserviert bleibt, bis der Link aus der Mail geöffnet ist. Wer das muss, steht bei den Leistungen.',
      },
    }),
    integerField('paymentLinkHours', {
      required: true,
      min: 1,
      max: 24,
      defaultValue: 24,
      description: {
        en: 'How long a time is held for a customer to whom staff have sent a payment link. Stripe keeps one open for a day.',
        de: 'Wie lange eine Zeit reserviert bleibt, wenn Mitarbeitende einen Zahlungslink geschickt haben. Stripe hält einen Link einen Tag lang offen.',
      },
    }),
    integerField('requestExpiryHours', {
      required: true,
      min: 1,
      max: 24 * 30,
      defaultValue: 72,
      description: {
        en: 'After how long a request or a booking to confirm ends unanswered.',
        de: 'Nach welcher Zeit eine Anfrage oder eine unbestätigte Buchung ohne Antwort endet.',
      },
    }),
    {
      name: 'cancellationPolicy',
      type: 'group',
      admin: {
        description: {
          en: 'Unless the service type or the consultant says otherwise.',
          de: 'Sofern Leistung oder Fachperson nichts anderes bestimmen.',
        },
      },
      fields: cancellationPolicyFields({ refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 0 }),
    },
    {
      name: 'reschedulePolicy',
      type: 'group',
      admin: { description: { en: 'For customers.', de: 'Für Kundinnen und Kunden.' } },
      fields: [
        integerField('untilHoursBefore', {
          required: true,
          max: 24 * 90,
          defaultValue: 24,
          description: {
            en: 'How many hours before the start at the latest.',
            de: 'Wie viele Stunden vor Beginn spätestens.',
          },
        }),
        integerField('maxReschedules', { required: true, max: 100, defaultValue: 3 }),
      ],
    },
    percentageField('noShowRefundPercentage', {
      required: true,
      defaultValue: 0,
      description: {
        en: 'Given back to a customer who did not come, in percent.',
        de: 'Was jemand zurückbekommt, der nicht gekommen ist, in Prozent.',
      },
    }),
    integerField('noShowClaimHours', {
      required: true,
      min: 1,
      max: 720,
      defaultValue: 72,
      description: {
        en: 'How many hours a side has to answer when the other one claims that it did not come. After that operations are reminded; they decide.',
        de: 'Wie viele Stunden eine Seite zum Antworten hat, wenn die andere meldet, dass sie nicht gekommen ist. Danach wird das Betriebsteam erinnert; es entscheidet.',
      },
    }),
    {
      name: 'reminders',
      type: 'group',
      fields: [
        minutesField('dayBeforeMinutes', {
          required: true,
          max: 60 * 24 * 7,
          defaultValue: 24 * 60,
          description: {
            en: 'The first reminder, minutes before the start. 0 switches it off.',
            de: 'Die erste Erinnerung, Minuten vor Beginn. 0 schaltet sie aus.',
          },
        }),
        minutesField('hourBeforeMinutes', {
          required: true,
          defaultValue: 60,
          description: {
            en: 'The second reminder, minutes before the start. 0 switches it off.',
            de: 'Die zweite Erinnerung, Minuten vor Beginn. 0 schaltet sie aus.',
          },
        }),
      ],
    },
    minutesField('completionGraceMinutes', {
      required: true,
      defaultValue: 30,
      description: {
        en: 'How long after its end a session counts as completed if nobody says otherwise.',
        de: 'Wie lange nach seinem Ende ein Termin als abgeschlossen gilt, wenn niemand etwas anderes sagt.',
      },
    }),
    integerField('payoutDelayHours', {
      required: true,
      max: 24 * 180,
      defaultValue: 72,
      description: {
        en: 'How many hours after its end a session is paid out. Leaves time for complaints and disputes.',
        de: 'Wie viele Stunden nach seinem Ende ein Termin ausgezahlt wird. Das lässt Zeit für Beschwerden und Zahlungsstreitfälle.',
      },
    }),
    {
      name: 'invoiceIssuer',
      type: 'group',
      admin: {
        description: {
          en: 'Who invoices and statements come from.',
          de: 'Von wem Rechnungen und Abrechnungen kommen.',
        },
      },
      fields: [
        textField('name', { defaultValue: 'Parley' }),
        paragraphField('address', { maxLength: 1_000 }),
        textField('taxId', {
          description: {
            en: 'VAT or tax number, as it is printed.',
            de: 'Umsatzsteuer- oder Steuernummer, wie sie gedruckt wird.',
          },
        }),
        textField('email'),
        paragraphField('footer', {
          maxLength: 1_000,
          description: {
            en: 'Printed at the end, for example on taxes.',
            de: 'Wird am Ende gedruckt, zum Beispiel zu Steuern.',
          },
        }),
      ],
    },
    {
      name: 'currencies',
      type: 'select',
      hasMany: true,
      required: true,
      options: currencyOptions,
      defaultValue: [...supportedCurrencies],
      admin: { description: { en: 'In which prices may be set.', de: 'In denen Preise festgelegt werden können.' } },
    },
    currencyField({ name: 'defaultCurrency', required: true, defaultValue: 'GBP' }),
    {
      name: 'bookableWhileStale',
      type: 'checkbox',
      defaultValue: true,
      admin: {
        description: {
          en: 'Whether an expert whose calendar could not be read for a day stays bookable. What was last known of it blocks either way.',
          de: 'Ob eine Fachperson buchbar bleibt, deren Kalender einen Tag lang nicht gelesen werden konnte. Was zuletzt darin stand, sperrt in jedem Fall.',
        },
      },
    },
    choiceField('defaultMeetingProvider', meetingProviders, { required: true, defaultValue: 'jitsi' }),
    {
      name: 'secondFactor',
      type: 'group',
      label: { en: 'Second factor at the login', de: 'Zweiter Faktor beim Anmelden' },
      admin: {
        description: {
          en: 'From when on somebody needs more than a password to log in: an authenticator app or a passkey. Who has none sets one up at their next login. Empty: everybody decides for themselves. Set up your own first, in your account.',
          de: 'Ab wann zum Anmelden mehr als ein Passwort nötig ist: eine Authenticator-App oder ein Passkey. Wer keinen hat, richtet ihn bei der nächsten Anmeldung ein. Leer: jeder entscheidet selbst. Richten Sie zuerst Ihren eigenen ein, in Ihrem Konto.',
        },
      },
      fields: [
        instantField('staffFrom', {
          label: {
            en: 'Demanded of administrators and operations from',
            de: 'Verlangt von Administratoren und Betriebsteam ab',
          },
        }),
        instantField('consultantsFrom', {
          label: { en: 'Demanded of consultants from', de: 'Verlangt von Fachpersonen ab' },
        }),
      ],
    },
    {
      name: 'retention',
      type: 'group',
      admin: {
        description: {
          en: 'For how many days something is kept. What is older is removed within minutes, and does not come back. Admin → Storage says how much there is.',
          de: 'Wie viele Tage etwas aufbewahrt wird. Was älter ist, wird binnen Minuten gelöscht und kommt nicht wieder. Unter „Speicher“ steht, wie viel es ist.',
        },
      },
      fields: [
        optionalInGraphql(
          ...retentionNames.map((name) => {
            const { least, most, usual, label, description } = retentionSettings[name]
            const options = { required: true, min: least, max: most, defaultValue: usual }
            const field = integerField(name, {
              ...options,
              label: { en: `${label.en}, days`, de: `${label.de}, Tage` },
              description,
            })
            return { ...field, admin: { ...field.admin, width: '50%' } }
          }),
        ),
      ],
    },
  ],
}
