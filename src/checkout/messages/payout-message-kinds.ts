import { z } from 'zod'
import { defineTranslatedMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'

const { session, reason, dispute, payoutAccount, payout, debt, deadline, heldReason, outcome, findings } = messageParts
const openSession = { en: 'Open the session', de: 'Termin öffnen' }
/** About what the customer has no part in. */
const hosts = ['consultant', 'operations'] as const

/** What is said about the money that a consultant gets, and about what may be wrong with money. */
export const payoutMessageKinds = {
  payout_made: defineTranslatedMessage({
    label: { en: 'Paid out', de: 'Ausgezahlt' },
    type: 'payout',
    audiences: ['consultant'],
    category: 'update',
    primary: 'manage',
    data: z.object({ session, payout }),
    words: {
      en: {
        consultant: {
          subject: 'Your payout of {{payoutAmount}} for {{serviceName}}',
          heading: 'We have paid you {{payoutAmount}}',
          intro: 'Your share for {{serviceName}} with {{customerName}} ({{when}}) is on its way to your account.',
          action: 'Open the session',
        },
      },
      de: {
        consultant: {
          subject: 'Ihre Auszahlung über {{payoutAmount}} für {{serviceName}}',
          heading: 'Wir haben Ihnen {{payoutAmount}} ausgezahlt',
          intro: 'Ihr Anteil für {{serviceName}} mit {{customerName}} ({{when}}) ist auf dem Weg zu Ihrem Konto.',
          action: openSession.de,
        },
      },
    },
  }),
  payout_set_off: defineTranslatedMessage({
    label: { en: 'Debt set off against a payout', de: 'Schuld mit einer Auszahlung verrechnet' },
    type: 'payout',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, payout }),
    words: {
      en: {
        consultant: {
          subject: '{{payoutAmount}} of your payout was set off',
          heading: '{{payoutAmount}} of a payout was set off',
          intro:
            'You owed us something from an earlier session. {{payoutAmount}} of your share for {{serviceName}} with {{customerName}} ({{when}}) pays that off.',
          action: 'Open the session',
        },
      },
      de: {
        consultant: {
          subject: '{{payoutAmount}} Ihrer Auszahlung wurden verrechnet',
          heading: '{{payoutAmount}} einer Auszahlung wurden verrechnet',
          intro:
            'Aus einem früheren Termin war noch etwas offen. {{payoutAmount}} Ihres Anteils für {{serviceName}} mit {{customerName}} ({{when}}) gleichen das aus.',
          action: openSession.de,
        },
      },
    },
  }),
  payout_held: defineTranslatedMessage({
    label: { en: 'Payout held back', de: 'Auszahlung zurückgehalten' },
    type: 'payout_held',
    audiences: hosts,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, payout, heldReason, reason }),
    words: {
      en: {
        consultant: {
          subject: 'Your payout of {{payoutAmount}} has to wait',
          heading: 'A payout has to wait',
          intro:
            '{{payoutAmount}} for {{serviceName}} with {{customerName}} ({{when}}) cannot be paid out at the moment.',
          action: 'Open the session',
        },
        operations: {
          subject: 'Payout held back: {{payoutAmount}} to {{consultantName}}, {{reference}}',
          heading: 'A payout is held back',
          intro: '{{payoutAmount}} for {{consultantName}} ({{reference}}) cannot be paid out at the moment.',
          action: 'Open the session',
        },
      },
      de: {
        consultant: {
          subject: 'Ihre Auszahlung über {{payoutAmount}} muss warten',
          heading: 'Eine Auszahlung muss warten',
          intro:
            '{{payoutAmount}} für {{serviceName}} mit {{customerName}} ({{when}}) können im Moment nicht ausgezahlt werden.',
          action: openSession.de,
        },
        operations: {
          subject: 'Auszahlung zurückgehalten: {{payoutAmount}} an {{consultantName}}, {{reference}}',
          heading: 'Eine Auszahlung ist zurückgehalten',
          intro: '{{payoutAmount}} für {{consultantName}} ({{reference}}) können im Moment nicht ausgezahlt werden.',
          action: openSession.de,
        },
      },
    },
  }),
  debt_recorded: defineTranslatedMessage({
    label: { en: 'Payout to be given back', de: 'Auszahlung zurückzugeben' },
    type: 'payout_held',
    audiences: hosts,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, debt }),
    words: {
      en: {
        consultant: {
          subject: '{{debtAmount}} will be kept back from your next payouts',
          heading: 'A payout has to be given back',
          intro:
            'The payment for {{serviceName}} with {{customerName}} ({{when}}) went back after your share was paid out. {{debtAmount}} could not be taken back from your account, so we keep it back from your next payouts.',
          action: 'Open the session',
        },
        operations: {
          subject: 'Payout could not be taken back: {{debtAmount}} of {{consultantName}}, {{reference}}',
          heading: 'A payout could not be taken back',
          intro:
            '{{consultantName}} owes {{debtAmount}} ({{reference}}): Stripe could not take it back. It is set off against their next payouts.',
          action: 'Open the session',
        },
      },
      de: {
        consultant: {
          subject: '{{debtAmount}} behalten wir von Ihren nächsten Auszahlungen ein',
          heading: 'Eine Auszahlung geht zurück',
          intro:
            'Die Zahlung für {{serviceName}} mit {{customerName}} ({{when}}) ging zurück, nachdem Ihr Anteil ausgezahlt war. {{debtAmount}} ließen sich nicht von Ihrem Konto zurückholen; wir behalten sie von Ihren nächsten Auszahlungen ein.',
          action: openSession.de,
        },
        operations: {
          subject: 'Auszahlung ließ sich nicht zurückholen: {{debtAmount}} von {{consultantName}}, {{reference}}',
          heading: 'Eine Auszahlung ließ sich nicht zurückholen',
          intro:
            '{{consultantName}} schuldet {{debtAmount}} ({{reference}}): Stripe konnte das Geld nicht zurückholen. Es wird mit den nächsten Auszahlungen verrechnet.',
          action: openSession.de,
        },
      },
    },
  }),
  dispute_opened: defineTranslatedMessage({
    label: { en: 'Payment disputed', de: 'Zahlung bestritten' },
    type: 'dispute',
    audiences: hosts,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, dispute, deadline }),
    words: {
      en: {
        consultant: {
          subject: '{{customerName}} disputes the payment for {{serviceName}}, {{when}}',
          heading: 'A payment is disputed',
          intro:
            '{{customerName}} contests the payment for {{serviceName}} ({{when}}) at their bank. Your share of it stays as it is until the bank has decided. Our team answers the bank and may ask you what happened.',
          action: 'Open the session',
        },
        operations: {
          subject: 'Dispute {{disputeReference}}: {{disputedAmount}}, {{reference}}',
          heading: 'A payment is disputed',
          intro:
            '{{customerName}} contests {{disputedAmount}} for {{reference}} with {{consultantName}} at their bank. Payout and refunds are frozen. What speaks for us was collected: please look through it and send it in time.',
          action: 'Open the dispute',
        },
      },
      de: {
        consultant: {
          subject: '{{customerName}} bestreitet die Zahlung für {{serviceName}}, {{when}}',
          heading: 'Eine Zahlung wird bestritten',
          intro:
            '{{customerName}} bestreitet die Zahlung für {{serviceName}} ({{when}}) bei der Bank. Mit Ihrem Anteil geschieht nichts, bis die Bank entschieden hat. Unser Team antwortet der Bank und fragt Sie vielleicht, wie es war.',
          action: openSession.de,
        },
        operations: {
          subject: 'Zahlungsstreit {{disputeReference}}: {{disputedAmount}}, {{reference}}',
          heading: 'Eine Zahlung wird bestritten',
          intro:
            '{{customerName}} bestreitet {{disputedAmount}} für {{reference}} mit {{consultantName}} bei der Bank. Auszahlung und Erstattungen ruhen. Was für uns spricht, ist gesammelt: Bitte sehen Sie es durch und schicken Sie es rechtzeitig ab.',
          action: 'Zahlungsstreit öffnen',
        },
      },
    },
  }),
  dispute_decided: defineTranslatedMessage({
    label: { en: 'Dispute decided', de: 'Streitfall entschieden' },
    type: 'dispute',
    audiences: hosts,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, dispute, outcome }),
    words: {
      en: {
        consultant: {
          subject: 'Decided: the disputed payment for {{serviceName}}, {{when}}',
          heading: 'A dispute is decided',
          intro: 'The bank has decided about the payment of {{customerName}} for {{serviceName}} ({{when}}).',
          action: 'Open the session',
        },
        operations: {
          subject: 'Dispute {{disputeReference}} is decided: {{disputedAmount}}, {{reference}}',
          heading: 'A dispute is decided',
          intro: 'The bank has decided about {{disputedAmount}} of {{customerName}} for {{reference}}.',
          action: 'Open the dispute',
        },
      },
      de: {
        consultant: {
          subject: 'Entschieden: die bestrittene Zahlung für {{serviceName}}, {{when}}',
          heading: 'Ein Zahlungsstreit ist entschieden',
          intro: 'Die Bank hat über die Zahlung von {{customerName}} für {{serviceName}} ({{when}}) entschieden.',
          action: openSession.de,
        },
        operations: {
          subject: 'Zahlungsstreit {{disputeReference}} ist entschieden: {{disputedAmount}}, {{reference}}',
          heading: 'Ein Zahlungsstreit ist entschieden',
          intro: 'Die Bank hat über {{disputedAmount}} von {{customerName}} für {{reference}} entschieden.',
          action: 'Zahlungsstreit öffnen',
        },
      },
    },
  }),
  books_differ: defineTranslatedMessage({
    label: { en: 'The books and Stripe differ', de: 'Bücher und Stripe weichen ab' },
    type: 'books_differ',
    audiences: ['operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ findings }),
    words: {
      en: {
        operations: {
          subject: 'The books and Stripe differ: {{findings}} open',
          heading: 'The books and Stripe differ',
          intro:
            'Last night the books were compared with Stripe. Differences that are open: {{findings}}. Nothing was moved because of them: please look at each.',
          action: 'See the differences',
        },
      },
      de: {
        operations: {
          subject: 'Die Bücher und Stripe weichen voneinander ab: {{findings}} offen',
          heading: 'Die Bücher und Stripe weichen voneinander ab',
          intro:
            'Heute Nacht wurden die Bücher mit Stripe verglichen. Offene Abweichungen: {{findings}}. Deswegen wurde nichts bewegt: Bitte sehen Sie sich jede an.',
          action: 'Abweichungen ansehen',
        },
      },
    },
  }),
  payout_account_needs_details: defineTranslatedMessage({
    label: { en: 'Payout account needs details', de: 'Auszahlungskonto braucht Angaben' },
    type: 'payout_held',
    audiences: ['consultant', 'operations'],
    category: 'transactional',
    primary: 'account',
    /** `isPayable`: payouts still arrive, until the deadline. */
    data: z.object({
      payoutAccount: payoutAccount.extend({ isPayable: z.boolean() }),
      deadline,
    }),
    words: {
      en: {
        consultant: {
          subject: 'Your payout account needs details',
          heading: 'Stripe needs something from you',
          intro:
            'Stripe, which pays you out, asks for more about your account. See what is missing; it is given on a page of Stripe’s.',
          action: 'See what is missing',
        },
        operations: {
          subject: 'Payout account needs details: {{consultantName}}',
          heading: 'A payout account needs details',
          intro: 'Stripe asks {{consultantName}} for more about the account that is paid out to. We have told them.',
          action: 'Open the account',
        },
      },
      de: {
        consultant: {
          subject: 'Ihr Auszahlungskonto braucht Angaben',
          heading: 'Stripe braucht etwas von Ihnen',
          intro:
            'Stripe, das Sie auszahlt, fragt nach weiteren Angaben zu Ihrem Konto. Sehen Sie nach, was fehlt; angegeben wird es auf einer Seite von Stripe.',
          action: 'Fehlende Angaben ansehen',
        },
        operations: {
          subject: 'Auszahlungskonto braucht Angaben: {{consultantName}}',
          heading: 'Ein Auszahlungskonto braucht Angaben',
          intro:
            'Stripe fragt {{consultantName}} nach weiteren Angaben zum Auszahlungskonto. Wir haben das mitgeteilt.',
          action: 'Konto öffnen',
        },
      },
    },
  }),
  payout_account_ready: defineTranslatedMessage({
    label: { en: 'Payout account can be paid', de: 'Auszahlungskonto ist bereit' },
    type: 'payout',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'account',
    data: z.object({ payoutAccount }),
    words: {
      en: {
        consultant: {
          subject: 'You can be paid now',
          heading: 'Your payout account is ready',
          intro: 'Stripe has everything it needs. What you earn is paid out to your account from now on.',
          action: 'See your payouts',
        },
      },
      de: {
        consultant: {
          subject: 'Sie können jetzt ausgezahlt werden',
          heading: 'Ihr Auszahlungskonto ist bereit',
          intro: 'Stripe hat alles, was nötig ist. Was Sie verdienen, wird ab jetzt auf Ihr Konto ausgezahlt.',
          action: 'Auszahlungen ansehen',
        },
      },
    },
  }),
}

type PayoutMessages = typeof payoutMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends PayoutMessages {}
}
