import { z } from 'zod'
import { defineTranslatedMessage } from '#notifications/message-kinds'
import { messageMoney, messageParts } from '#notifications/message-parts'

const { session, reason, refund, deadline, payment } = messageParts
const openSession = { en: 'Open the session', de: 'Termin öffnen' }

/** What is said about the money that a customer pays for a session, or gets back. */
export const sessionPaymentMessageKinds = {
  booking_pending_payment: defineTranslatedMessage({
    label: { en: 'Booking waits for payment', de: 'Buchung wartet auf Zahlung' },
    type: 'payment_requested',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'pay',
    onlyWhile: { session: ['pending_payment'] },
    usefulUntil: 'deadline',
    data: z.object({ session, deadline: deadline.unwrap() }),
    words: {
      en: {
        customer: {
          subject: 'Please pay to keep your time: {{serviceName}}, {{when}}',
          heading: 'One step left: the payment',
          intro:
            'We are holding {{when}} with {{consultantName}} for you. Please pay {{price}} by {{deadline}} to keep it.',
          action: 'Pay {{price}}',
        },
      },
      de: {
        customer: {
          subject: 'Bitte bezahlen und Termin sichern: {{serviceName}}, {{when}}',
          heading: 'Es fehlt nur noch die Zahlung',
          intro:
            'Wir halten {{when}} mit {{consultantName}} für Sie frei. Bitte zahlen Sie {{price}} bis {{deadline}}.',
          action: '{{price}} bezahlen',
        },
      },
    },
  }),
  payment_received: defineTranslatedMessage({
    label: { en: 'Payment received', de: 'Zahlung erhalten' },
    type: 'payment_received',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, payment }),
    words: {
      en: {
        customer: {
          subject: 'Payment received: {{paidAmount}} for {{serviceName}}',
          heading: 'Thank you for your payment',
          intro: 'We received {{paidAmount}} for {{serviceName}} with {{consultantName}}.',
          action: 'View your booking',
        },
      },
      de: {
        customer: {
          subject: 'Zahlung eingegangen: {{paidAmount}} für {{serviceName}}',
          heading: 'Vielen Dank für Ihre Zahlung',
          intro: 'Wir haben {{paidAmount}} für {{serviceName}} mit {{consultantName}} erhalten.',
          action: 'Buchung ansehen',
        },
      },
    },
  }),
  payment_failed: defineTranslatedMessage({
    label: { en: 'Payment failed', de: 'Zahlung fehlgeschlagen' },
    type: 'payment_failed',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'pay',
    onlyWhile: { session: ['pending_payment'] },
    usefulUntil: 'deadline',
    data: z.object({ session, deadline }),
    words: {
      en: {
        customer: {
          subject: 'Your payment for {{serviceName}} did not go through',
          heading: 'The payment did not go through',
          intro:
            'Nothing was charged. Your time with {{consultantName}} on {{when}} is still held for a while: please try again, perhaps with another card.',
          action: 'Try again',
        },
      },
      de: {
        customer: {
          subject: 'Ihre Zahlung für {{serviceName}} hat nicht geklappt',
          heading: 'Die Zahlung hat nicht geklappt',
          intro:
            'Es wurde nichts abgebucht. Ihre Zeit mit {{consultantName}} ({{when}}) ist noch eine Weile reserviert: Bitte versuchen Sie es noch einmal, vielleicht mit einer anderen Karte.',
          action: 'Noch einmal versuchen',
        },
      },
    },
  }),
  late_payment_refunded: defineTranslatedMessage({
    label: { en: 'Late payment sent back', de: 'Späte Zahlung zurückgeschickt' },
    type: 'refund_processed',
    audiences: ['customer', 'operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, refund: messageMoney }),
    words: {
      en: {
        customer: {
          subject: 'Your payment came too late and is on its way back',
          heading: 'Your payment is on its way back',
          intro:
            'Your payment for {{when}} with {{consultantName}} arrived after the time had been given to somebody else. We are sorry. We send the whole amount back at once.',
          action: 'View your booking',
        },
        operations: {
          subject: 'Late payment sent back: {{reference}}, {{refundAmount}}',
          heading: 'A late payment was sent back',
          intro:
            '{{customerName}} paid for {{reference}} after the time had gone. {{refundAmount}} is being refunded automatically.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Ihre Zahlung kam zu spät und geht zurück',
          heading: 'Ihre Zahlung geht zurück',
          intro:
            'Ihre Zahlung für {{when}} mit {{consultantName}} kam an, als die Zeit schon vergeben war. Das tut uns leid. Wir überweisen den ganzen Betrag sofort zurück.',
          action: 'Buchung ansehen',
        },
        operations: {
          subject: 'Verspätete Zahlung zurückgeschickt: {{reference}}, {{refundAmount}}',
          heading: 'Eine verspätete Zahlung ging zurück',
          intro:
            '{{customerName}} hat {{reference}} bezahlt, als die Zeit schon vergeben war. {{refundAmount}} werden automatisch erstattet.',
          action: openSession.de,
        },
      },
    },
  }),
  refund_processed: defineTranslatedMessage({
    label: { en: 'Refund', de: 'Erstattung' },
    type: 'refund_processed',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, refund: refund.unwrap(), reason }),
    words: {
      en: {
        customer: {
          subject: 'Your refund of {{refundAmount}}',
          heading: 'Your refund is on its way',
          intro: 'We sent back {{refundAmount}} for {{serviceName}} with {{consultantName}}.',
          action: 'View your booking',
        },
      },
      de: {
        customer: {
          subject: 'Ihre Erstattung über {{refundAmount}}',
          heading: 'Ihre Erstattung ist unterwegs',
          intro: 'Wir haben {{refundAmount}} für {{serviceName}} mit {{consultantName}} zurückgeschickt.',
          action: 'Buchung ansehen',
        },
      },
    },
  }),
  refund_failed: defineTranslatedMessage({
    label: { en: 'Refund failed', de: 'Erstattung fehlgeschlagen' },
    type: 'refund_processed',
    audiences: ['operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, refund: messageMoney, reason }),
    words: {
      en: {
        operations: {
          subject: 'Refund failed: {{reference}}, {{refundAmount}}',
          heading: 'A refund failed',
          intro:
            '{{refundAmount}} for {{customerName}} did not go back. The money is still here: please return it another way, or try again.',
          action: openSession.en,
        },
      },
      de: {
        operations: {
          subject: 'Erstattung fehlgeschlagen: {{reference}}, {{refundAmount}}',
          heading: 'Eine Erstattung ist fehlgeschlagen',
          intro:
            '{{refundAmount}} für {{customerName}} konnten nicht erstattet werden. Das Geld liegt noch bei uns: Bitte überweisen Sie es auf anderem Weg zurück oder versuchen Sie es noch einmal.',
          action: openSession.de,
        },
      },
    },
  }),
  refund_to_return: defineTranslatedMessage({
    label: { en: 'Refund to be returned by hand', de: 'Erstattung von Hand auszuführen' },
    type: 'refund_processed',
    audiences: ['operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, refund: messageMoney, reason }),
    words: {
      en: {
        operations: {
          subject: 'To be returned by you: {{refundAmount}} for {{reference}}',
          heading: 'A refund waits for you',
          intro:
            '{{customerName}} gets {{refundAmount}} back, and paid outside of Stripe: please return it the same way, then say so on the payment, or cancel the refund there.',
          action: openSession.en,
        },
      },
      de: {
        operations: {
          subject: 'Von Ihnen zu erstatten: {{refundAmount}} für {{reference}}',
          heading: 'Eine Erstattung wartet auf Sie',
          intro:
            '{{customerName}} bekommt {{refundAmount}} zurück und hat nicht über Stripe bezahlt: Bitte zahlen Sie den Betrag auf demselben Weg zurück und vermerken Sie es bei der Zahlung, oder brechen Sie die Erstattung dort ab.',
          action: openSession.de,
        },
      },
    },
  }),
}

type SessionPaymentMessages = typeof sessionPaymentMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends SessionPaymentMessages {}
}
