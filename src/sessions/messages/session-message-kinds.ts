import { z } from 'zod'
import { defineTranslatedMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'

const {
  session,
  reason,
  refund,
  deadline,
  previous,
  availableUntil,
  cancelledBy,
  movedBy,
  waitedFor,
  wasScheduled,
  offset,
  missing,
  message,
} = messageParts
const viewBooking = { en: 'View or change your booking', de: 'Buchung ansehen oder ändern' }
const openSession = { en: 'Open the session', de: 'Termin öffnen' }
const toBothSides = ['customer', 'consultant'] as const

/** What is said about a session that takes place, or does not. */
export const sessionMessageKinds = {
  booking_confirmation: defineTranslatedMessage({
    label: { en: 'Booking confirmed', de: 'Buchung bestätigt' },
    type: 'booking_confirmation',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    calendar: 'REQUEST',
    data: z.object({ session }),
    words: {
      en: {
        customer: {
          subject: 'Confirmed: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'Your session is confirmed',
          intro: '{{consultantName}} is looking forward to speaking with you on {{when}}.',
          action: viewBooking.en,
        },
        consultant: {
          subject: 'New booking: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'You have a new booking',
          intro: '{{customerName}} booked {{serviceName}} with you for {{when}}.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Bestätigt: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Ihr Termin ist bestätigt',
          intro: '{{consultantName}} freut sich auf das Gespräch mit Ihnen am {{when}}.',
          action: viewBooking.de,
        },
        consultant: {
          subject: 'Neue Buchung: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Sie haben eine neue Buchung',
          intro: '{{customerName}} hat {{serviceName}} für {{when}} bei Ihnen gebucht.',
          action: openSession.de,
        },
      },
    },
  }),
  booking_to_confirm: defineTranslatedMessage({
    label: { en: 'Booking waits for the mailed link to be opened', de: 'Buchung wartet auf den Link aus der Mail' },
    type: 'address_to_confirm',
    audiences: ['customer'],
    category: 'transactional',
    channels: ['email'],
    primary: 'manage',
    onlyWhile: { session: ['pending_confirmation'] },
    usefulUntil: 'deadline',
    data: z.object({ session, deadline: deadline.unwrap() }),
    words: {
      en: {
        customer: {
          subject: 'Please confirm your booking: {{serviceName}}, {{when}}',
          heading: 'One step left: confirm your booking',
          intro:
            'Somebody booked {{when}} with {{consultantName}} with this e-mail address. If that was you, open the link by {{deadline}} and confirm it. If not, do nothing: the booking then ends by itself.',
          action: 'Confirm the booking',
        },
      },
      de: {
        customer: {
          subject: 'Bitte bestätigen Sie Ihre Buchung: {{serviceName}}, {{when}}',
          heading: 'Nur noch ein Schritt: Buchung bestätigen',
          intro:
            'Jemand hat mit dieser E-Mail-Adresse {{when}} bei {{consultantName}} gebucht. Wenn Sie das waren, öffnen Sie bis {{deadline}} den Link und bestätigen Sie die Buchung. Wenn nicht, müssen Sie nichts tun: Die Buchung endet dann von selbst.',
          action: 'Buchung bestätigen',
        },
      },
    },
  }),
  booking_awaiting_confirmation: defineTranslatedMessage({
    label: { en: 'Booking waits for the consultant’s yes', de: 'Buchung wartet auf die Zusage der Fachperson' },
    type: 'confirmation_requested',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    onlyWhile: { session: ['pending_confirmation'] },
    data: z.object({ session, deadline }),
    words: {
      en: {
        customer: {
          subject: 'Sent to {{consultantName}}: {{serviceName}}, {{when}}',
          heading: 'Waiting for {{consultantName}}',
          intro:
            'We asked {{consultantName}} to confirm {{when}}. You will hear from us as soon as there is an answer.',
          action: viewBooking.en,
        },
        consultant: {
          subject: 'Please confirm: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'A booking needs your answer',
          intro: '{{customerName}} would like {{serviceName}} with you on {{when}}. Please confirm or decline it.',
          action: 'Answer',
        },
      },
      de: {
        customer: {
          subject: 'An {{consultantName}} gesendet: {{serviceName}}, {{when}}',
          heading: 'Wir warten auf {{consultantName}}',
          intro:
            'Wir haben {{consultantName}} gebeten, {{when}} zu bestätigen. Sie hören von uns, sobald die Antwort da ist.',
          action: viewBooking.de,
        },
        consultant: {
          subject: 'Bitte bestätigen: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Eine Buchung braucht Ihre Antwort',
          intro:
            '{{customerName}} möchte am {{when}} {{serviceName}} bei Ihnen. Bitte bestätigen Sie oder lehnen Sie ab.',
          action: 'Antworten',
        },
      },
    },
  }),
  booking_declined: defineTranslatedMessage({
    label: { en: 'Booking declined', de: 'Buchung abgelehnt' },
    type: 'booking_declined',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, reason, refund }),
    // The consultant or operations say why.
    writtenBy: { reason: 'us' },
    words: {
      en: {
        customer: {
          subject: 'Not possible: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: '{{consultantName}} could not take your booking',
          intro: 'We are sorry: {{consultantName}} cannot offer {{serviceName}} on {{when}}.',
          action: 'See what you can do',
        },
      },
      de: {
        customer: {
          subject: 'Nicht möglich: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: '{{consultantName}} konnte Ihre Buchung nicht annehmen',
          intro: 'Es tut uns leid: {{consultantName}} kann {{serviceName}} nicht zu dieser Zeit anbieten ({{when}}).',
          action: 'Ansehen, was möglich ist',
        },
      },
    },
  }),
  booking_expired: defineTranslatedMessage({
    label: { en: 'Booking expired', de: 'Buchung abgelaufen' },
    type: 'booking_expired',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, waitedFor }),
    words: {
      en: {
        customer: {
          subject: 'Expired: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'Your booking has expired',
          intro: 'The time on {{when}} with {{consultantName}} is no longer kept for you.',
          action: 'See what you can do',
        },
        consultant: {
          subject: 'Expired: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'A booking has expired',
          intro: 'The booking of {{customerName}} for {{when}} has expired; the time is free again.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Abgelaufen: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Ihre Buchung ist abgelaufen',
          intro: 'Die Zeit {{when}} mit {{consultantName}} ist nicht mehr für Sie reserviert.',
          action: 'Ansehen, was möglich ist',
        },
        consultant: {
          subject: 'Abgelaufen: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Eine Buchung ist abgelaufen',
          intro: 'Die Buchung von {{customerName}} für {{when}} ist abgelaufen; die Zeit ist wieder frei.',
          action: openSession.de,
        },
      },
    },
  }),
  booking_cancelled: defineTranslatedMessage({
    label: { en: 'Booking cancelled', de: 'Buchung storniert' },
    type: 'booking_cancelled',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    calendar: 'CANCEL',
    data: z.object({ session, cancelledBy, wasScheduled, reason, refund }),
    words: {
      en: {
        customer: {
          subject: 'Cancelled: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'Your session is cancelled',
          intro: 'The session with {{consultantName}} on {{when}} will not take place.',
          action: 'View your booking',
        },
        consultant: {
          subject: 'Cancelled: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'A session is cancelled',
          intro: 'The session with {{customerName}} on {{when}} will not take place; the time is free again.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Abgesagt: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Ihr Termin ist abgesagt',
          intro: 'Der Termin mit {{consultantName}} ({{when}}) findet nicht statt.',
          action: 'Buchung ansehen',
        },
        consultant: {
          subject: 'Abgesagt: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Ein Termin ist abgesagt',
          intro: 'Der Termin mit {{customerName}} ({{when}}) findet nicht statt; die Zeit ist wieder frei.',
          action: openSession.de,
        },
      },
    },
  }),
  booking_rescheduled: defineTranslatedMessage({
    label: { en: 'Booking moved', de: 'Buchung verschoben' },
    type: 'booking_rescheduled',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    calendar: 'REQUEST',
    data: z.object({ session, previous, movedBy, reason }),
    words: {
      en: {
        customer: {
          subject: 'New time: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'Your session has a new time',
          intro: 'Your session with {{consultantName}} is now on {{when}}. There is nothing more to pay.',
          action: viewBooking.en,
        },
        consultant: {
          subject: 'New time: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'A session has a new time',
          intro: 'The session with {{customerName}} is now on {{when}}.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Neue Zeit: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Ihr Termin hat eine neue Zeit',
          intro: 'Ihr Termin mit {{consultantName}} ist jetzt am {{when}}. Für Sie entstehen keine weiteren Kosten.',
          action: viewBooking.de,
        },
        consultant: {
          subject: 'Neue Zeit: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Ein Termin hat eine neue Zeit',
          intro: 'Der Termin mit {{customerName}} ist jetzt am {{when}}.',
          action: openSession.de,
        },
      },
    },
  }),
  booking_reminder: defineTranslatedMessage({
    label: { en: 'Reminder', de: 'Erinnerung' },
    type: 'booking_reminder',
    audiences: toBothSides,
    category: 'reminder',
    primary: 'join',
    onlyWhile: { session: ['scheduled'] },
    usefulUntil: 'start',
    data: z.object({ session, offset }),
    words: {
      en: {
        customer: {
          subject: 'Reminder: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'Your session starts {{startsIn}}',
          intro: 'You will speak with {{consultantName}} on {{when}}. The same link opens the room when it is time.',
          action: 'Join the session',
        },
        consultant: {
          subject: 'Reminder: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'A session starts {{startsIn}}',
          intro: 'You will speak with {{customerName}} on {{when}}.',
          action: 'Join the session',
        },
      },
      de: {
        customer: {
          subject: 'Erinnerung: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Ihr Termin beginnt {{startsIn}}',
          intro: 'Sie sprechen am {{when}} mit {{consultantName}}. Derselbe Link öffnet den Raum, wenn es so weit ist.',
          action: 'Am Termin teilnehmen',
        },
        consultant: {
          subject: 'Erinnerung: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Ein Termin beginnt {{startsIn}}',
          intro: 'Sie sprechen am {{when}} mit {{customerName}}.',
          action: 'Am Termin teilnehmen',
        },
      },
    },
  }),
  session_started: defineTranslatedMessage({
    label: { en: 'The consultant is waiting', de: 'Die Fachperson wartet' },
    type: 'session_started',
    audiences: ['customer'],
    category: 'update',
    primary: 'join',
    onlyWhile: { session: ['in_progress'] },
    usefulUntil: 'end',
    data: z.object({ session }),
    words: {
      en: {
        customer: {
          subject: '{{consultantName}} is in the room',
          heading: '{{consultantName}} is waiting for you',
          intro: 'Your session {{serviceName}} has started.',
          action: 'Join now',
        },
      },
      de: {
        customer: {
          subject: '{{consultantName}} ist im Raum',
          heading: '{{consultantName}} wartet auf Sie',
          intro: 'Ihr Termin {{serviceName}} hat begonnen.',
          action: 'Jetzt teilnehmen',
        },
      },
    },
  }),
  session_completed: defineTranslatedMessage({
    label: { en: 'Session completed, review asked for', de: 'Termin abgeschlossen, Bitte um Bewertung' },
    type: 'session_completed',
    audiences: ['customer'],
    category: 'update',
    primary: 'review',
    onlyWhile: { session: ['completed'] },
    data: z.object({ session }),
    words: {
      en: {
        customer: {
          subject: 'How was your session with {{consultantName}}?',
          heading: 'Thank you for your visit',
          intro:
            'We hope {{consultantName}} could help. Your review helps others to find the right expert; it takes a minute.',
          action: 'Write a review',
        },
      },
      de: {
        customer: {
          subject: 'Wie war Ihr Termin mit {{consultantName}}?',
          heading: 'Vielen Dank für das Gespräch',
          intro:
            'Wir hoffen, {{consultantName}} konnte helfen. Ihre Bewertung hilft anderen bei der Suche; sie dauert eine Minute.',
          action: 'Bewertung schreiben',
        },
      },
    },
  }),
  no_show: defineTranslatedMessage({
    label: { en: 'Missed session', de: 'Versäumter Termin' },
    type: 'no_show',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, missing, refund }),
    words: {
      en: {
        customer: {
          subject: 'Missed: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'Your session did not take place',
          intro: 'The session with {{consultantName}} on {{when}} was marked as missed.',
          action: 'View your booking',
        },
        consultant: {
          subject: 'Missed: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'A session did not take place',
          intro: 'The session with {{customerName}} on {{when}} was marked as missed.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Verpasst: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Ihr Termin hat nicht stattgefunden',
          intro: 'Der Termin mit {{consultantName}} ({{when}}) wurde als verpasst vermerkt.',
          action: 'Buchung ansehen',
        },
        consultant: {
          subject: 'Verpasst: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Ein Termin hat nicht stattgefunden',
          intro: 'Der Termin mit {{customerName}} ({{when}}) wurde als verpasst vermerkt.',
          action: openSession.de,
        },
      },
    },
  }),
  recording_ready: defineTranslatedMessage({
    label: { en: 'Recording ready', de: 'Aufzeichnung bereit' },
    type: 'recording_ready',
    audiences: toBothSides,
    category: 'update',
    primary: 'manage',
    data: z.object({ session, availableUntil }),
    words: {
      en: {
        customer: {
          subject: 'The recording of your session with {{consultantName}} is ready',
          heading: 'Your recording is ready',
          intro: 'You can watch the recording of {{serviceName}} with {{consultantName}} now.',
          action: 'Watch the recording',
        },
        consultant: {
          subject: 'The recording of your session with {{customerName}} is ready',
          heading: 'A recording is ready',
          intro: 'You can watch the recording of {{serviceName}} with {{customerName}} now.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Die Aufzeichnung Ihres Termins mit {{consultantName}} ist da',
          heading: 'Ihre Aufzeichnung ist da',
          intro: 'Sie können die Aufzeichnung von {{serviceName}} mit {{consultantName}} jetzt ansehen.',
          action: 'Aufzeichnung ansehen',
        },
        consultant: {
          subject: 'Die Aufzeichnung Ihres Termins mit {{customerName}} ist da',
          heading: 'Eine Aufzeichnung ist da',
          intro: 'Sie können die Aufzeichnung von {{serviceName}} mit {{customerName}} jetzt ansehen.',
          action: openSession.de,
        },
      },
    },
  }),
  message_received: defineTranslatedMessage({
    label: { en: 'Message received', de: 'Nachricht erhalten' },
    type: 'message_received',
    audiences: toBothSides,
    category: 'update',
    primary: 'manage',
    data: z.object({ session, message }),
    words: {
      en: {
        customer: {
          subject: 'A message from {{senderName}}',
          heading: '{{senderName}} wrote to you',
          intro: 'You have a message about {{serviceName}} on {{when}}.',
          action: 'View your booking',
        },
        consultant: {
          subject: 'A message from {{senderName}}',
          heading: '{{senderName}} wrote to you',
          intro: 'You have a message about {{serviceName}} on {{when}}.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Eine Nachricht von {{senderName}}',
          heading: '{{senderName}} hat Ihnen geschrieben',
          intro: 'Sie haben eine Nachricht zu {{serviceName}} ({{when}}).',
          action: 'Buchung ansehen',
        },
        consultant: {
          subject: 'Eine Nachricht von {{senderName}}',
          heading: '{{senderName}} hat Ihnen geschrieben',
          intro: 'Sie haben eine Nachricht zu {{serviceName}} ({{when}}).',
          action: openSession.de,
        },
      },
    },
  }),
}

type SessionMessages = typeof sessionMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends SessionMessages {}
}
