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
  label: 'Booking settings',
  admin: { group: 'Settings', description: 'For new bookings. Those that exist keep what they were made with.' },
  access: { read: ({ req }) => isStaff(req), update: ({ req }) => isStaff(req) },
  hooks: { beforeChange: [keepFromLockingOut], afterChange: [useNewBookingSettings] },
  fields: [
    percentageField('platformFeePercentage', {
      required: true,
      defaultValue: 15,
      description: "The platform's share of the price.",
    }),
    minutesField('holdMinutes', {
      required: true,
      min: 1,
      max: 60,
      defaultValue: 10,
      description: 'How long a time is held while somebody fills in the form.',
    }),
    minutesField('paymentDeadlineMinutes', {
      required: true,
      min: 1,
      defaultValue: 30,
      description: 'How long a time is held while somebody pays.',
    }),
    {
      name: 'bounds',
      type: 'group',
      admin: {
        description:
          'How much time can be taken by people who have neither paid nor shown who they are: what is held, waits, or is booked at no charge, all of it at the same time. From three quarters of a bound on, visitors without a login have to let their device compute something first. Staff are not bounded, nor is a consultant in their own time.',
      },
      fields: [
        integerField('callerTimes', {
          required: true,
          min: 1,
          max: 1_000_000,
          defaultValue: 200,
          description:
            'Times that one visitor has, of all consultants. A visitor is a login, or else a network: a household, an office, a mobile provider.',
        }),
        percentageField('callerShare', {
          required: true,
          defaultValue: 5,
          description:
            "How much of one consultant's open time one visitor or one e-mail address has, in percent. Ten times are possible in any case, unless they are more than half.",
        }),
        integerField('inboxTimes', {
          required: true,
          min: 1,
          max: 1_000_000,
          defaultValue: 30,
          description: 'Times that one e-mail address has, of all consultants.',
        }),
        percentageField('strangersShare', {
          required: true,
          defaultValue: 50,
          description:
            "How much of one consultant's open time all visitors together have who have no login and have not opened a link that was mailed to them, in percent.",
        }),
      ],
    },
    minutesField('emailConfirmMinutes', {
      required: true,
      min: 5,
      defaultValue: 60,
      description:
        'How long a time is held while somebody opens the link that they were mailed. Service types say who has to.',
    }),
    integerField('paymentLinkHours', {
      required: true,
      min: 1,
      max: 24,
      defaultValue: 24,
      description:
        'How long a time is held for a customer to whom staff have sent a payment link. Stripe keeps one open for a day.',
    }),
    integerField('requestExpiryHours', {
      required: true,
      min: 1,
      max: 24 * 30,
      defaultValue: 72,
      description: 'After how long a request or a booking to confirm ends unanswered.',
    }),
    {
      name: 'cancellationPolicy',
      type: 'group',
      admin: { description: 'Unless the service type or the consultant says otherwise.' },
      fields: cancellationPolicyFields({ refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 0 }),
    },
    {
      name: 'reschedulePolicy',
      type: 'group',
      admin: { description: 'For customers.' },
      fields: [
        integerField('untilHoursBefore', {
          required: true,
          max: 24 * 90,
          defaultValue: 24,
          description: 'How many hours before the start at the latest.',
        }),
        integerField('maxReschedules', { required: true, max: 100, defaultValue: 3 }),
      ],
    },
    percentageField('noShowRefundPercentage', {
      required: true,
      defaultValue: 0,
      description: 'Given back to a customer who did not come, in percent.',
    }),
    integerField('noShowClaimHours', {
      required: true,
      min: 1,
      max: 720,
      defaultValue: 72,
      description:
        'How many hours a side has to answer when the other one claims that it did not come. After that operations are reminded; they decide.',
    }),
    {
      name: 'reminders',
      type: 'group',
      fields: [
        minutesField('dayBeforeMinutes', {
          required: true,
          max: 60 * 24 * 7,
          defaultValue: 24 * 60,
          description: 'The first reminder, minutes before the start. 0 switches it off.',
        }),
        minutesField('hourBeforeMinutes', {
          required: true,
          defaultValue: 60,
          description: 'The second reminder, minutes before the start. 0 switches it off.',
        }),
      ],
    },
    minutesField('completionGraceMinutes', {
      required: true,
      defaultValue: 30,
      description: 'How long after its end a session counts as completed if nobody says otherwise.',
    }),
    integerField('payoutDelayHours', {
      required: true,
      max: 24 * 180,
      defaultValue: 72,
      description: 'How many hours after its end a session is paid out. Leaves time for complaints and disputes.',
    }),
    {
      name: 'invoiceIssuer',
      type: 'group',
      admin: { description: 'Who invoices and statements come from.' },
      fields: [
        textField('name', { defaultValue: 'Parley' }),
        paragraphField('address', { maxLength: 1_000 }),
        textField('taxId', { description: 'VAT or tax number, as it is printed.' }),
        textField('email'),
        paragraphField('footer', { maxLength: 1_000, description: 'Printed at the end, for example on taxes.' }),
      ],
    },
    {
      name: 'currencies',
      type: 'select',
      hasMany: true,
      required: true,
      options: currencyOptions,
      defaultValue: [...supportedCurrencies],
      admin: { description: 'In which prices may be set.' },
    },
    currencyField({ name: 'defaultCurrency', required: true, defaultValue: 'GBP' }),
    {
      name: 'bookableWhileStale',
      type: 'checkbox',
      defaultValue: true,
      admin: {
        description:
          'Whether an expert whose calendar could not be read for a day stays bookable. What was last known of it blocks either way.',
      },
    },
    choiceField('defaultMeetingProvider', meetingProviders, { required: true, defaultValue: 'jitsi' }),
    {
      name: 'secondFactor',
      type: 'group',
      label: 'Second factor at the login',
      admin: {
        description:
          'From when on somebody needs more than a password to log in: an authenticator app or a passkey. Who has none sets one up at their next login. Empty: everybody decides for themselves. Set up your own first, in your account.',
      },
      fields: [
        instantField('staffFrom', { label: 'Demanded of administrators and operations from' }),
        instantField('consultantsFrom', { label: 'Demanded of consultants from' }),
      ],
    },
    {
      name: 'retention',
      type: 'group',
      admin: {
        description:
          'For how many days something is kept. What is older is removed within minutes, and does not come back. Admin → Storage says how much there is.',
      },
      fields: [
        optionalInGraphql(
          ...retentionNames.map((name) => {
            const { least, most, usual, label, description } = retentionSettings[name]
            const options = { required: true, min: least, max: most, defaultValue: usual }
            const field = integerField(name, { ...options, label: `${label}, days`, description })
            return { ...field, admin: { ...field.admin, width: '50%' } }
          }),
        ),
      ],
    },
  ],
}
